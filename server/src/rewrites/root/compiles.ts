import type { Invocation } from '../../model/commands/invocation';

/** Compilers and what calls them, whose ways the builder can follow. */
const compilers =
	/^(?:g?make|gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|gfortran|cmake|ninja|configure|autogen\.sh|autoreconf|autoconf|autoheader|aclocal|automake|libtoolize|bootstrap(?:\.sh)?|buildconf|rustc)$/;

/** The same, of which nobody follows what they leave where. */
const unfollowed = /^(?:meson|scons|bazel|javac|mvnw?|gradlew?|ant|sbt|lein|ghc|stack|cabal|rpmbuild|phpize|pecl|cpanm?|dotnet|msbuild|swift|zig|flutter|rebar3|mix)$/;

/** Whether a command compiles, so that the root would need a compiler for it. */
export function callsCompiler({ program = '', args, command }: Invocation): boolean {
	const words = args.map(({ value, text }) => value ?? text);
	if (command.substituted || words.some((word) => /^--?version$/.test(word))) return false;
	return compilers.test(program) || (program === 'go' && /^(?:build|install|get|run|mod|generate)$/.test(words[0] ?? ''));
}

/** Why a command cannot run in a root that has only what it names; undefined where it can. A compilation calls programs that no line of the file names. */
export function refusesRoot(invocation: Invocation, others: readonly Invocation[], text: string): string | undefined {
	const { program, args, command } = invocation;
	if (program === undefined) return undefined;
	const words = args.map(({ value, text: written }) => value ?? written);
	if (unfollowed.test(program) && !words.some((word) => /^--?version$/.test(word)))
		return 'it compiles in the stage that ships, and it is not known where that leaves what it makes; compile in a stage of its own first';
	if (program === 'cargo' && /^(?:build|install|run)$/.test(words[0] ?? ''))
		return 'it compiles in the stage that ships, and what that links to is not known; compile in a stage of its own first';
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
