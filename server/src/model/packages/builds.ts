import { remember } from '../basics/remember';
import type { Invocation } from '../commands/invocation';
import type { Model, Run } from '../stages/model';

/** What a command that builds belongs to. */
export type BuildTool = 'Go' | 'Rust' | 'Java' | '.NET' | 'Node.js' | 'C' | 'other';

/** A command that makes a program from sources. */
export interface Build {
	readonly run: Run;
	readonly invocation: Invocation;
	readonly tool: BuildTool;
	/** Its last word that says so: `build` of `go build`, as an index of the arguments; undefined where the program alone does. */
	readonly verb: number | undefined;
}

const scriptOfBuild = /^(?:build|compile|bundle|dist|production|prod)(?:[:-](?!dev|watch|test)[\w:.-]+)?$/;

const tools: readonly { readonly tool: BuildTool; readonly programs: RegExp; readonly verbs?: RegExp; readonly not?: RegExp }[] = [
	{ tool: 'Go', programs: /^go$/, verbs: /^(?:build|install)$/ },
	{ tool: 'Rust', programs: /^cargo$/, verbs: /^(?:build|b|install)$/ },
	{ tool: 'Java', programs: /^mvnw?$/, verbs: /^(?:package|install|verify)$/ },
	{ tool: 'Java', programs: /^gradlew?$/, verbs: /^(?:[\w-]*:)*(?:build|assemble|jar|shadowJar|bootJar|war|bootWar|fatJar|installDist|distZip|distTar|buildFatJar|install)$/ },
	{ tool: 'Java', programs: /^sbt$/, verbs: /^(?:[\w-]+\/)?(?:assembly|package|stage|dist|compile|universal:packageBin)$/ },
	{ tool: 'Java', programs: /^javac$/, not: /^-?-version$/ },
	{ tool: '.NET', programs: /^dotnet$/, verbs: /^(?:publish|build)$/ },
	{ tool: 'C', programs: /^(?:make|gmake|ninja)$/, not: /^(?:--version|-v|--help|help|clean|test|check|lint)$/ },
	{ tool: 'C', programs: /^cmake$/, verbs: /^--build$/ },
	{ tool: 'C', programs: /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|gfortran)$/, not: /^(?:--version|-v|-dumpversion|-dumpmachine|-print.*|-E)$/ },
	{ tool: 'other', programs: /^(?:stack|cabal|swift|zig)$/, verbs: /^(?:build|install)$/ },
];

/** Reads a command as one that builds; undefined for any other. */
export function readBuild(run: Run, invocation: Invocation): Build | undefined {
	const { program, args } = invocation;
	if (program === undefined) return undefined;
	const node = nodeVerb(
		program,
		args.map(({ value }) => value),
	);
	if (node !== undefined) return { run, invocation, tool: 'Node.js', verb: node };
	for (const { tool, programs, verbs, not } of tools) {
		if (!programs.test(program) || args.some(({ value }) => not?.test(value ?? ''))) continue;
		const verb = verbs ? args.findLastIndex(({ value }) => verbs.test(value ?? '')) : undefined;
		if (verb !== -1) return { run, invocation, tool, verb };
	}
	return undefined;
}

/** `npm run build` and its like. */
function nodeVerb(program: string, values: readonly (string | undefined)[]): number | undefined {
	if (!/^(?:npm|yarn|yarnpkg|pnpm)$/.test(program)) return undefined;
	const at = values.findIndex((value) => value !== undefined && /^(?:run|run-script)$/.test(value));
	const script = at >= 0 ? at + 1 : program === 'npm' ? -1 : values.findIndex((value) => value !== undefined && !value.startsWith('-'));
	return scriptOfBuild.test(values[script] ?? '') ? script : undefined;
}

/** The commands that build in the stages that ship, in their order. */
export const shippedBuilds = remember((model: Model): readonly Build[] =>
	model.stages
		.filter(({ ships }) => ships)
		.flatMap(({ runs }) => runs.flatMap((run) => run.invocations.flatMap((invocation) => (invocation.command.substituted ? [] : (readBuild(run, invocation) ?? []))))),
);
