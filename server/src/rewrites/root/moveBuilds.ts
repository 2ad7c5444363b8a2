import { holds, related } from '../../model/basics/paths';
import { assignmentsOf } from '../../model/basics/references';
import type { StageModel } from '../../model/stages/model';
import type { Containerfile } from '../../syntax/containerfile';
import { systemFolders } from '../compiled/places';
import type { Refusal } from '../rewrite';
import type { Act } from './acts';
import { followBuild } from './builds';
import { isPlain, touchesPath } from './places';
import { isLeftBehind, isSystem, type Tracks } from './tracks';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** What is compiled in the builder. */
export interface Builds {
	/** Files and folders of the builder that the root gets. */
	readonly results: readonly string[];
	/** Folders that it gets, without what is in them. */
	readonly folders: readonly string[];
	/** Places for temporary things and sources that the image has no more. */
	readonly leaves: readonly string[];
	/** COPY and ADD whose files come with the results, or are of no use but to be compiled. */
	readonly absorbed: ReadonlySet<Act>;
	/** COPY and ADD that the builder needs too. */
	readonly read: ReadonlySet<Act>;
	readonly ldconfig: boolean;
}

/** The acts with those that compile, and what they depend on, as builds of the builder; a refusal where it is not exactly known what these leave. `cwd`: WORKDIR of the image. */
export function moveBuilds(
	file: Containerfile,
	stage: StageModel,
	acts: readonly Act[],
	cwd: string | undefined,
): { readonly acts: readonly Act[]; readonly builds?: Builds } | Refusal {
	const last = acts.findLastIndex((act) => act.kind === 'run' && act.compiles !== undefined);
	if (last < 0) return { acts };
	const runs = acts.slice(0, last + 1).filter((act) => act.kind === 'run');
	let moved = runs.filter((act) => act.compiles !== undefined || !act.invocations.every(staysPlain));
	let tracks = newTracks(new Set());
	for (let pass = 0; pass < 4; pass++) {
		tracks = newTracks(tracks.kept);
		for (const act of moved) {
			const refusal = followBuild(stage, act.run, act.invocations, tracks);
			if (refusal) return refusal;
		}
		const more = runs.filter((act) => !moved.includes(act) && [...tracks.results, ...tracks.leaves].some((place) => touchesPath(act, place)));
		const looked = lookedAt(file, acts, acts.slice(last + 1), tracks, cwd);
		if (more.length === 0 && looked.length === 0) break;
		moved = runs.filter((act) => moved.includes(act) || more.includes(act));
		tracks = newTracks(new Set([...tracks.kept, ...looked]));
	}
	const stop = surroundingStops(acts, last, moved);
	if (stop) return stop;
	const copies = acts.slice(0, last).filter((act) => act.kind === 'copy');
	const absorbed = new Set<Act>();
	for (const act of copies) {
		const refusal = absorb(act, stage.stage.instructions.indexOf(act.instruction), tracks, absorbed);
		if (refusal) return refusal;
	}
	return {
		acts: acts.map((act) =>
			act.kind === 'run' && moved.includes(act) ? { kind: 'build', instruction: act.instruction, run: act.run, text: act.text, invocations: act.invocations } : act,
		),
		builds: {
			results: [...tracks.results].sort(),
			folders: [...tracks.folders].sort(),
			leaves: outermost([...tracks.leaves].filter((leaf) => ![...tracks.removed.keys()].some((one) => holds(one, leaf)))),
			absorbed,
			read: new Set(copies),
			ldconfig: tracks.ldconfig,
		},
	};
}

function outermost(paths: readonly string[]): readonly string[] {
	return paths.filter((path) => !paths.some((other) => other !== path && holds(other, path))).toSorted();
}

/** What is in force or done before, and is not so in the builder. */
function surroundingStops(acts: readonly Act[], last: number, moved: readonly Act[]): Refusal | undefined {
	let user: Act | undefined;
	for (const act of acts.slice(0, last + 1)) {
		if (act.kind === 'state' && act.instruction.keyword === 'USER') user = /^(?:root|0)(?::|$)/.test(act.instruction.words[0]?.value ?? '') ? undefined : act;
		if (user && moved.includes(act)) return { because: 'something is compiled as this user, whom the builder has not', span: user.instruction.span };
		if (act.kind === 'language' && !act.act.onlyTools) return { because: 'this goes into the root, and what is compiled behind it may need it', span: act.span };
		const owner = act.kind === 'copy' ? act.instruction.flags.find(({ name }) => name === 'chown')?.value : undefined;
		if (owner !== undefined && !/^(?:\d+|root)(?::(?:\d+|root))?$/.test(owner))
			return { because: 'something is compiled behind this in a stage that has not its owner; copy it behind that, or give it to a number', span: act.instruction.span };
	}
	return undefined;
}

function newTracks(kept: ReadonlySet<string>): Tracks {
	return { results: new Set(), removed: new Map(), position: 0, folders: new Set(), leaves: new Set(), kept, prefix: undefined, ldconfig: false };
}

const reading = /^(?:sed|grep|cat|ls|id|test|\[|date|cp|mv|groupmod|passwd|chpasswd)$/;

/** Whether a command works only on what it names, so that it may stay where it is if that is nothing of the compilation's. */
function staysPlain(invocation: Of<'run'>['invocations'][number]): boolean {
	return isPlain(invocation) || reading.test(invocation.program ?? '');
}

/** Places for temporary things that the image's own settings or a later RUN name. */
function lookedAt(file: Containerfile, acts: readonly Act[], later: readonly Act[], tracks: Tracks, cwd: string | undefined): readonly string[] {
	const leaves = [...tracks.leaves];
	const settings = acts.flatMap((act) => (act.kind === 'state' && act.instruction.keyword === 'ENV' ? assignmentsOf(act.instruction) : []));
	const texts = [
		...acts.filter((act) => act.kind === 'description' && act.instruction.keyword !== 'LABEL'),
		...later.filter(
			(act) => act.kind === 'run' && !act.invocations.every(({ program, command }) => program === undefined || program === 'rm' || (program === 'cd' && command.topLevel)),
		),
	].map(({ instruction }) => file.text.slice(instruction.span.start, instruction.span.end));
	const folders = [cwd, ...later.flatMap((act) => (act.kind === 'run' ? [act.run.cwd] : []))];
	return leaves.filter((leaf) => {
		const names = settings.flatMap(([name, value]) => (value?.includes(leaf) ? [name] : []));
		return (
			names.includes('PATH') ||
			names.includes('LD_LIBRARY_PATH') ||
			folders.some((folder) => folder !== undefined && holds(leaf, folder) && folder !== '/tmp') ||
			texts.some((text) => text.includes(leaf) || names.some((name) => new RegExp(`\\$\\{?${name}\\b`).test(text)))
		);
	});
}

/** Decides on a COPY in front of what is compiled: it may lie where that is, or be of no use but for it. */
function absorb(act: Of<'copy'>, position: number, tracks: Tracks, absorbed: Set<Act>): Refusal | undefined {
	const { destination, instruction } = act;
	if (destination === undefined) return { because: 'where this is copied to is not known, and something is compiled behind it', span: instruction.span };
	const { results, leaves } = tracks;
	const removed = [...tracks.removed].flatMap(([path, at]) => (at > position ? [path] : []));
	const names = instruction.words.slice(0, -1).map(({ value, text }) => (value ?? text).replace(/\/+$/, '').replace(/^.*\//, ''));
	const files = [destination, ...names.map((name) => `${destination === '/' ? '' : destination}/${name}`)];
	if (removed.some((one) => holds(one, destination) || (names.length === 1 && one === files[1]))) {
		absorbed.add(act);
		return undefined;
	}
	if ([...results].some((one) => holds(one, destination)) || (isLeftBehind(tracks, destination) && [...leaves].some((one) => related(one, destination)))) {
		absorbed.add(act);
		return undefined;
	}
	const inside = [...results, ...removed].filter((one) => holds(destination, one));
	if (inside.length === 0) return undefined;
	if (!systemFolders.has(destination) && !isSystem(destination)) {
		for (const one of inside) results.delete(one);
		results.add(destination);
		absorbed.add(act);
		return undefined;
	}
	// A name with an ending is a file's.
	const apart = names.every((name) => /\w\.\w+$/.test(name) && !inside.some((one) => one.startsWith(`${destination === '/' ? '' : destination}/${name}`)));
	return apart ? undefined : { because: 'this may bring what is compiled later; copy it into a folder of its own', span: instruction.span };
}

/** The commands that bring what was compiled into the root. */
export function copyCommands({ results, folders: made, ldconfig }: Builds, output: string): readonly string[] {
	const above = (path: string) => `${output}${path.replace(/\/[^/]*$/, '')}`;
	const needed = [...new Set([...made.map((path) => output + path), ...results.map(above)])];
	const folders = needed.filter((folder) => folder !== output && !needed.some((other) => other.startsWith(`${folder}/`)));
	return [
		...(folders.length > 0 ? [`mkdir -p ${folders.join(' ')}`] : []),
		...results.map((path) => `cp -a ${path} ${above(path)}/`),
		...(ldconfig ? [`ldconfig -r ${output}`] : []),
	];
}
