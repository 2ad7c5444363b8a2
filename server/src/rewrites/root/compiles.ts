import type { Invocation } from '../../model/invocation';

const compilers =
	/^(?:g?make|gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|cmake|ninja|meson|configure|autogen\.sh|autoreconf|autoconf|bootstrap(?:\.sh)?|buildconf|scons|bazel|rustc|javac|mvnw?|gradlew?|ant|sbt|lein|ghc|stack|cabal|rpmbuild|phpize|pecl|cpanm?|dotnet|msbuild|swift|zig|flutter|rebar3|mix)$/;

/** Why a command cannot run in a root that has only what it names; undefined where it can. A compilation calls programs that no line of the file names. */
export function refusesRoot(invocation: Invocation, others: readonly Invocation[], text: string): string | undefined {
	const { program, args, command } = invocation;
	if (program === undefined) return undefined;
	const words = args.map(({ value, text: written }) => value ?? written);
	if (compilers.test(program) && !words.some((word) => /^--?version$/.test(word))) return 'it compiles in the stage that ships; compile in a stage of its own first';
	if (/^(?:go|cargo)$/.test(program) && /^(?:build|install|get|run)$/.test(words[0] ?? '')) return 'it compiles in the stage that ships; compile in a stage of its own first';
	if (/^python[\d.]*$/.test(command.words[0]?.value?.replace(/^.*\//, '') ?? '') && words.includes('setup.py'))
		return 'it builds a Python package in the stage that ships; install it with pip';
	if (/^(?:ba|da|z)?sh$|^(?:python|perl|node|ruby)[\d.]*$/.test(program)) {
		const behind = text.slice(0, command.span.start).trimEnd();
		const fetched = others.some((other) => /^(?:curl|wget)$/.test(other.program ?? '') && other.command.statement === command.statement);
		if (fetched && /\|&?\s*(?:sudo\s+(?:-\S+\s+)*)?$/.test(behind)) return 'a script from the network is run here, and nobody knows what it needs';
		if (words.some((word) => /\$\((?:curl|wget)\b|<\((?:curl|wget)\b/.test(word))) return 'a script from the network is run here, and nobody knows what it needs';
	}
	return undefined;
}
