import { operationOf, type Run } from '../stages/model';

/** What a RUN works on: what the image's own code needs (`dependencies`), that code (`sources`), both, or neither for all that can be told. */
export type StepKind = 'dependencies' | 'sources' | 'both' | 'neither';

const builders =
	/^(?:make|gmake|cmake|ctest|ninja|meson|bazel|scons|configure|autogen\.sh|bootstrap|autoreconf|gcc|g\+\+|cc|c\+\+|clang|clang\+\+|rustc|javac|tsc|webpack|vite|mvn|mvnw|gradle|gradlew|ant|sbt|lein|msbuild|dotnet|mix|rebar3|stack|cabal|ghc|swift|zig|pytest|tox|python[\d.]*|ruby|node|perl|php|rake|jest|go|cargo|flutter|hugo|bundle|jlink|jpackage|poetry|uv|pipenv)$/;
const fetches = /^(?:download|fetch|get|install|vendor|sync|restore|dependency:go-offline|deps\.get|mod|add|update)$/;
const repositories = /^(?:add-apt-repository|apt-key|rpm|dpkg|yum-config-manager|subscription-manager|curl|wget|gpg|update-ca-certificates|gem|cpan|cpanm|luarocks|conda|mamba)$/;
const onOwnSources = /^(?:-e|--editable|\.|\.\[.*|\.\/.*)$/;

/** What a RUN works on, as far as its commands tell. */
export function stepKind(run: Run): StepKind {
	let dependencies = false;
	let sources = false;
	for (const invocation of run.invocations) {
		const known = operationOf(run, invocation);
		const operation = known?.action === 'build' ? undefined : known;
		const { program = '', name, args, script } = invocation;
		if (script) continue;
		if (operation) {
			if (operation.action !== 'clean' && operation.action !== 'remove') dependencies = true;
			if (operation.managers.some((manager) => manager.family === undefined) && args.some((word) => onOwnSources.test(word.value ?? ''))) sources = true;
		} else if (/^(?:npm|yarn|pnpm|npx)$/.test(program)) sources = true;
		else if (builders.test(program)) {
			if (/^(?:go|cargo|mvn|mvnw|dotnet|mix|bundle|poetry|uv|pipenv)$/.test(program) && fetches.test(args[0]?.value ?? '')) dependencies = true;
			else sources = true;
		} else if (repositories.test(program)) dependencies = true;
		else if (/\.(?:sh|bash|py|pl|rb|js)$/.test(name?.value ?? '') || /^\.{1,2}\//.test(name?.value ?? '')) sources = true;
		else if (/^(?:ba|da|a|z)?sh$/.test(program) && args.some((word) => !word.text.startsWith('-'))) sources = true;
	}
	if (dependencies && sources) return 'both';
	return dependencies ? 'dependencies' : sources ? 'sources' : 'neither';
}
