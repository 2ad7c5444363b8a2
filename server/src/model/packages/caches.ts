import type { Saving } from '../../advice/advice';
import { below, holds } from '../basics/paths';
import { remember } from '../basics/remember';
import type { Cache, Figure, PackageManager } from '../catalog/packageManager';
import { managersNamed } from '../catalog/packageManagers';
import type { Invocation } from '../commands/invocation';
import { hasOption, type Operation } from '../commands/operation';
import { removalsOf, removes } from '../commands/removal';
import type { Context } from '../context/context';
import { isWrittenBefore } from '../stages/configured';
import { type Model, type Run, reachesImage, runsInLayer, type StageModel, stageOf } from '../stages/model';
import { isOldPip } from './oldPip';

/** A cache that a RUN fills, with where it lies. */
export interface FilledCache {
	readonly run: Run;
	/** The first operation of the RUN that fills it. */
	readonly operation: Operation;
	/** The record it comes from: the first that fits. */
	readonly manager: PackageManager;
	readonly cache: Cache;
	/** Normalized, other root included; removing or mounting any of them covers it. */
	readonly paths: readonly string[];
	/** What is known of its size; undefined on a base that the catalogue does not know. */
	readonly figure: Figure | undefined;
}

/**
 * What it saves when a cache goes; the same bytes for all caches that a RUN's commands of one manager fill. What a package manager of the system fetches about
 * its repositories is the same in every RUN of a stage. Undefined where nothing is known of its size.
 */
export function cacheSaving({ run, manager, operation, figure }: FilledCache): Saving | undefined {
	const place = manager.family === undefined ? `RUN at ${run.instruction.span.start}` : `stage ${run.stage} in ${operation.root ?? '/'}`;
	return figure && { of: `${manager.id} cache of the ${place}`, ...figure };
}

/** The commands of the RUN that fill these caches of one manager. */
export function fillingOf(caches: readonly [FilledCache, ...FilledCache[]]): readonly Operation[] {
	const [{ run, manager }] = caches;
	return run.operations.filter(({ managers, action }) => managers.includes(manager) && caches.some(({ cache }) => cache.filledBy.includes(action)));
}

/** What the RUN fills of package managers' caches and does not remove or mount over, as far as it gets into the image. */
export function keptCaches(model: Model, run: Run): readonly FilledCache[] {
	return keptIn(model)(run);
}

const keptIn = remember((model: Model) => remember((run: Run) => uncleanedCaches(model, run).filter((filled) => !cleaningOfWrongRoot(model, filled))));

/** Whether a later RUN that ends in the same layer removes a cache. `oneLayer`: see Context. */
export function isCleanedInLayer(model: Model, filled: FilledCache, oneLayer: Context['oneLayer']): boolean {
	const { run: own } = filled;
	return runsInLayer(model, own, oneLayer).some((run) => run !== own && run.instruction.span.start > own.instruction.span.start && cleanersIn(run, filled).length > 0);
}

/** The command that was to clean what another one left in another root, but looks into the builder's own. */
export interface WrongRootCleaning {
	readonly filled: FilledCache;
	readonly run: Run;
	readonly cleaning: Operation;
}

/** Every such command of the file, with the install whose cache it misses. */
export function wrongRootCleanings(model: Model): readonly WrongRootCleaning[] {
	return model.runs.flatMap((run) => uncleanedCaches(model, run).flatMap((filled) => cleaningOfWrongRoot(model, filled) ?? []));
}

function uncleanedCaches(model: Model, run: Run): readonly FilledCache[] {
	const { ships } = stageOf(model, run);
	return filledCaches(model, run).filter(
		(filled) =>
			!isMounted(filled) && !isCleanedIn(run, filled, startOf(filled.operation)) && (ships || (cleanings(stageOf(model, run), filled).at(-1) ?? -1) < startOf(filled.operation)),
	);
}

/**
 * Whether a cache that a RUN fills is there without it: an earlier RUN of the stage fetches it for all later ones, and nothing removes it in between.
 * What comes later then misses nothing where this RUN fills none.
 */
export function isFetchedBefore(model: Model, filled: FilledCache): boolean {
	const { run, operation, manager } = filled;
	const stage = stageOf(model, run);
	const cleaned = cleanings(stage, filled).findLast((at) => at < startOf(operation)) ?? -1;
	const fetches = (one: Operation) =>
		one.action === 'refresh' && one.root === operation.root && isSameTool(one, filled) && !one.invocation.command.conditional && startOf(one) > cleaned;
	return stage.runs.some(
		(other) =>
			other.position < run.position &&
			other.operations.some(fetches) &&
			keptCaches(model, other).some((kept) => kept.manager === manager && kept.operation.root === operation.root),
	);
}

/** By cache. */
const cleaningsOf = remember((_stage: StageModel) => new Map<string, readonly number[]>());

/** Where the commands of a stage start that remove a cache, in their order. */
function cleanings(stage: StageModel, filled: FilledCache): readonly number[] {
	const key = [filled.manager.id, ...filled.operation.managers.map(({ id }) => id), filled.operation.root ?? '', ...filled.paths].join(' ');
	const known = cleaningsOf(stage).get(key);
	if (known !== undefined) return known;
	const starts = stage.runs.flatMap((run) => cleanersIn(run, filled)).sort((a, b) => a - b);
	cleaningsOf(stage).set(key, starts);
	return starts;
}

/** Where a cache can still be cleaned: in its own RUN, and where a COPY takes the stage's files as they are in the end, in every later one of the stage. */
function cleaningRuns(model: Model, { run }: FilledCache): readonly Run[] {
	const stage = stageOf(model, run);
	return stage.ships ? [run] : stage.runs.filter((one) => one.position >= run.position);
}

function cleaningOfWrongRoot(model: Model, filled: FilledCache): WrongRootCleaning | undefined {
	const { operation, cache } = filled;
	if (operation.root === undefined) return undefined;
	for (const run of cleaningRuns(model, filled)) {
		const cleaning = run.operations.find(
			(one) => one.action === 'clean' && one.root === undefined && startOf(one) > startOf(operation) && isSameTool(one, filled) && cleans(one, cache),
		);
		// It does its work where a cache of the system itself is filled before that gets into the image, too.
		const isNeeded = cleaning?.managers.some(({ id, family }) => [id, family].some((tool) => (systemCaches(model, run).get(tool) ?? Number.POSITIVE_INFINITY) < startOf(cleaning)));
		if (cleaning && !isNeeded) return { filled, run, cleaning };
	}
	return undefined;
}

/** Where a cache is first filled, by a package manager's id or by the family of its packages. */
type FirstFilled = ReadonlyMap<string | undefined, number>;

const systemCachesOf = remember((_stage: StageModel) => new Map<Run | undefined, FirstFilled>());

/** What is filled of the system's own caches where a cleaning in the RUN still helps: in the RUN itself, and in a stage whose end state is copied in all its RUNs. */
function systemCaches(model: Model, run: Run): FirstFilled {
	const stage = stageOf(model, run);
	const key = stage.ships ? run : undefined;
	const known = systemCachesOf(stage).get(key);
	if (known) return known;
	const first = new Map<string | undefined, number>();
	for (const one of key ? [key] : stage.runs) {
		for (const { operation } of filledCaches(model, one)) {
			if (operation.root !== undefined) continue;
			for (const tool of operation.managers.flatMap(({ id, family }) => (family === undefined ? [id] : [id, family]))) if (!first.has(tool)) first.set(tool, startOf(operation));
		}
	}
	systemCachesOf(stage).set(key, first);
	return first;
}

function startOf(operation: Operation): number {
	return operation.invocation.command.span.start;
}

function isSameTool(operation: Operation, { operation: other, manager }: FilledCache): boolean {
	return operation.managers.some((one) => other.managers.includes(one) || (one.family !== undefined && one.family === manager.family));
}

/** All package managers' caches that a RUN fills and that would get into the image, each once. */
export function filledCaches(model: Model, run: Run): readonly FilledCache[] {
	return filledIn(model)(run);
}

const filledIn = remember((model: Model) => remember((run: Run) => findFilledCaches(model, run)));

function findFilledCaches(model: Model, run: Run): readonly FilledCache[] {
	const filled = new Map<string, FilledCache>();
	for (const operation of run.operations) {
		for (const one of cachesFilledBy(model, run, operation)) {
			if (!one.paths.some((path) => reachesImage(stageOf(model, run), path))) continue;
			const key = `${one.manager.id} ${one.paths[0]}`;
			if (!filled.has(key)) filled.set(key, one);
		}
	}
	return [...filled.values()];
}

/** The caches that a command fills, in whatever stage and wherever its files go. */
export function cachesFilledBy(model: Model, run: Run, operation: Operation): readonly FilledCache[] {
	const [manager] = operation.managers;
	if (!manager || operation.root === '' || keepsNothing(model, run, operation) || isOldPip(model, run, operation)) return [];
	const stage = stageOf(model, run);
	const base = model.stages[stage.bottom]?.base;
	const bottom = base?.kind === 'image' ? (base.reference ?? '') : '';
	return manager.caches.flatMap((cache) => {
		if (!cache.filledBy.includes(operation.action)) return [];
		if (cache.emptiedByDockerClean && !leavesArchives(model, run, operation)) return [];
		if (cache.onlyWith && !cache.onlyWith.test(bottom) && !isWrittenBefore(model, run, operation.invocation.command.span.end, cache.onlyWith)) return [];
		const alike = operation.managers.flatMap((other) => other.caches.filter((one) => one.what === cache.what).flatMap((one) => one.paths));
		const paths = [...new Set(alike)].map((path) => below(operation.root ?? '/', path));
		return [{ run, operation, manager, cache, paths, figure: manager.family === undefined || stage.image ? cache.figure : undefined }];
	});
}

/** apt keeps its packages only where the base is known to have no docker-clean, or where the file takes that away. */
function leavesArchives(model: Model, run: Run, operation: Operation): boolean {
	const removed = isWrittenBefore(model, run, operation.invocation.command.span.start, /docker-clean|Keep-Downloaded-Packages/i);
	return removed || stageOf(model, run).image?.sets.dockerClean === false;
}

const withoutDownload = new Set([
	'--no-index',
	'--dry-run',
	'--download-only',
	'--downloadonly',
	'--simulate',
	'--print-uris',
	'-s',
	'-C',
	'--cacheonly',
	'--offline',
	'--version',
	'--help',
]);

function keepsNothing(model: Model, run: Run, operation: Operation): boolean {
	if (hasOption(operation, (option) => withoutDownload.has(option.name) && option.value === undefined)) return true;
	const { command, within } = operation.invocation;
	const assignments = [...command.assignments, ...(within?.shell.command.assignments ?? [])];
	const before = (pattern: RegExp) => isWrittenBefore(model, run, operation.invocation.command.span.start, pattern);
	return operation.managers.some(({ keepsNothing: how }) => {
		if (
			hasOption(operation, (option) =>
				how.options.some((name) => option.name === name || option.text.startsWith(`${name}=`) || (name.includes(' ') && option.text.startsWith(name.replace(' ', '=')))),
			)
		)
			return true;
		if (how.environment.some((name) => run.variables.has(name) || assignments.some((assignment) => assignment.name === name) || before(new RegExp(`\\b${name}=`)))) return true;
		return how.configuredBy !== undefined && before(how.configuredBy);
	});
}

function isMounted({ run, paths, cache }: FilledCache): boolean {
	return run.mounts.some(({ type, target }) => {
		if (type === 'secret' || type === 'ssh') return false;
		return target === undefined || cache.elsewhere?.test(target) || paths.some((path) => holds(target, path) || (cache.serves !== undefined && holds(path, target)));
	});
}

/** Whether a command of the RUN behind `offset` removes what fills a cache: the manager's own cleaning, an `rm`, or a script that says it cleans. */
function isCleanedIn(run: Run, filled: FilledCache, offset: number): boolean {
	return cleanersIn(run, filled).some((start) => start > offset);
}

/** Where commands of a RUN start that remove a cache. */
export function cleanersIn(run: Run, filled: FilledCache): readonly number[] {
	const { operation, cache, paths } = filled;
	const starts: number[] = [];
	for (const other of run.operations) {
		if (other.action === 'clean' && isSameTool(other, filled) && other.root === operation.root && cleans(other, cache)) starts.push(startOf(other));
	}
	const moves = run.invocations.some(({ program }) => program === 'cd' || program === 'pushd');
	for (const invocation of run.invocations) {
		const { start } = invocation.command.span;
		const isRemoval = removalsOf(invocation, moves ? undefined : run.cwd).some(
			(removal) =>
				paths.some((path) => removes(removal, path)) ||
				(removal.path !== undefined && cache.elsewhere?.test(removal.path)) ||
				(removal.path === undefined && asksForCache(removal.word.text, operation.program)),
		);
		if (isRemoval) starts.push(start);
		else if (invocation.program === 'chroot' && operation.root !== undefined && invocation.args.some(({ value }) => value === 'clean')) starts.push(start);
		else if (operation.root === undefined && (/clean/i.test(invocation.program ?? '') || runsCleaningScript(invocation) || isAskedToCleanUp(invocation))) starts.push(start);
	}
	return starts;
}

/** `$(npm config get cache)`, `$(yarn cache dir)`. */
function asksForCache(text: string, program: string): boolean {
	return /^"?\$\(/.test(text) && text.includes(program) && text.includes('cache');
}

/** `curl …/clean_caches.sh | sh`, `bash /tmp/cleanup.sh`. */
function runsCleaningScript({ program, args }: Invocation): boolean {
	return /^(?:ba|da|a)?sh$|^(?:curl|wget|source|\.)$/.test(program ?? '') && args.some(({ text }) => /clean[\w-]*\.(?:ba)?sh$/i.test(text));
}

/** `helper --cleanup`, `helper cleanup`; what a package manager means by that is known. */
function isAskedToCleanUp({ program = '', args }: Invocation): boolean {
	return managersNamed(program).length === 0 && args.some(({ value }) => value !== undefined && /^-{0,2}clean-?up$/i.test(value));
}

/** Whether a cleaning command removes a cache. */
export function cleans(operation: Operation, cache: Cache): boolean {
	if (cache.cleanedWith !== undefined && !hasOption(operation, ({ name }) => name === cache.cleanedWith)) return false;
	const said = [...operation.verb, ...operation.operands].map((word) => word.value ?? '').join(' ');
	return [cache, ...operation.managers.flatMap((manager) => manager.caches.filter((other) => other.what === cache.what))].some((one) =>
		one.cleanedBy.some((phrase) => said === phrase || said.startsWith(`${phrase} `) || (said.startsWith('clean ') && said.split(' ').includes(phrase.split(' ')[1] ?? ''))),
	);
}
