import type { Family } from '../../model/catalog/baseImage';
import { isBuildPackage } from '../../model/catalog/buildTools';
import { listed } from '../../text/listed';
import type { Refusal } from '../rewrite';
import type { Act } from './acts';
import { nameHolds } from './copied';
import type { Builds } from './moveBuilds';
import type { Needs } from './needs';
import { isPlain } from './places';
import type { RootBase } from './recipe';
import { unique } from './words';

/** Which of the packages that a file asks for go where. */
export interface Sorted {
	readonly root: readonly string[];
	/** What the builder itself needs. */
	readonly builder: readonly string[];
	readonly assumes: readonly string[];
}

/** What full images have in a form of their own, with which these conflict. */
const ofTheBase = /^(?:coreutils(?:-single)?|curl(?:-minimal)?|libcurl(?:-minimal)?|glibc-[\w-]*langpacks?(?:-\w+)?|glibc|bash|rpm|dnf|yum|setup|filesystem)$/;

/** Interpreters: what they are given may call anything. */
const callsOthers = /^(?:bash|dash|python3?|perl(?:-interpreter|-base)?|nodejs|npm|ruby|php-cli|rpm|sudo)$/;

/** Tells the packages that only compile or install packages of a language from those that run; the libraries of development packages take their place in the root. */
export function sortPackages(
	family: Family,
	base: RootBase,
	acts: readonly Act[],
	asked: readonly string[],
	removed: ReadonlySet<string>,
	needs: Needs,
	builds: Builds | undefined,
): Sorted | Refusal {
	const language = acts.find((act) => act.kind === 'language');
	const build = acts.find((act) => act.kind === 'build');
	const from = language ?? build;
	if (!from) return { root: asked, builder: [], assumes: [] };
	const { languages } = base;
	const span = from.kind === 'language' ? from.span : from.instruction.span;
	if (!languages) return { because: `it is not known how ${language ? 'packages of Python' : 'libraries of what is compiled'} get into a root of this system`, span };
	const installers = language ? asked.filter((name) => languages.interpreterOf(name) !== undefined) : [];
	if (language && installers.length === 0) return { because: 'the package that brings pip is not installed here, so that the builder would not have it', span };
	const isRun = (name: string) => !/-dev(?:el)?$/.test(name) && [...needs.unexplained].some((program) => nameHolds(name, program));
	const development = asked.filter((name) => isBuildPackage(name, family));
	const interpreters = installers.flatMap((name) => languages.interpreterOf(name) ?? []);
	const libraries = development.map((name) => ({ name, library: languages.libraryOf(name) }));
	const unknown = libraries.find(({ library }) => library === undefined);
	if (unknown) return { because: `it is not known which library belongs to ${unknown.name}; install that by its name too`, span };
	const linked = unique(libraries.flatMap(({ library }) => library ?? []));
	// What one tool is started for may call the others.
	const keepsAll =
		development.some(isRun) ||
		acts.some(
			(act) =>
				act.kind === 'run' &&
				!act.invocations.every((invocation) => {
					const bringer = base.packageOf(invocation.program ?? '');
					return isPlain(invocation) || (bringer !== undefined && !callsOthers.test(bringer));
				}),
		);
	const goes = (name: string) => !keepsAll && (development.includes(name) || (build !== undefined && removed.has(name)));
	const left = asked.filter((name) => !installers.includes(name) && !goes(name));
	const alsoLinked = acts.some(mayUseOpenMp) ? unique(development.flatMap((name) => languages.compilerLibraries(name))).filter((name) => !linked.includes(name)) : [];
	const gone = asked.filter((name) => !left.includes(name));
	return {
		root: unique([...interpreters, ...left, ...linked, ...alsoLinked]),
		builder: build
			? unique([...interpreters, ...asked.filter((name) => !ofTheBase.test(name))])
			: unique([...interpreters, ...installers, ...development, ...asked.filter((name) => /^(?:git|git-core)$/.test(name) || linked.includes(name))]),
		assumes: [
			...(language && linked.length > 0 ? [`The libraries that the compiled Python packages link to are in ${listed(linked)}.`] : []),
			...(builds ? compiledWith(builds, unique([...linked, ...alsoLinked])) : []),
			...(gone.length > 0 && (language || build) ? [`Nothing uses ${listed(build ? gone : installers)} when the image runs.`] : []),
		],
	};
}

/** Whether something is compiled with options that are not all written here, or with that of OpenMP. */
function mayUseOpenMp(act: Act): boolean {
	return (
		act.kind === 'build' &&
		act.invocations.some(({ program, args }) => /^(?:g?make|ninja|cmake)$/.test(program ?? '') || args.some(({ text }) => /^-f?openmp$|^-fopenmp/.test(text)))
	);
}

function compiledWith({ results, leaves }: Builds, linked: readonly string[]): readonly string[] {
	return [
		`What is compiled puts nothing that the image needs outside of ${listed(results)}.`,
		`It needs no library but those of ${linked.length > 0 ? `${listed(linked)}, and of ` : ''}the packages that are installed and the C library.`,
		...(leaves.length > 0 ? [`Nothing reads what is left in ${listed(leaves)} where it is compiled.`] : []),
	];
}
