import type { Flag } from '../../syntax/containerfile';
import { isOn, mountFields, mountTarget } from '../../syntax/mount';
import type { Word } from '../../text/span';
import { expand } from '../basics/expand';
import { below, holds, normalizePath } from '../basics/paths';
import type { Cache, PackageManager } from '../catalog/packageManager';
import { packageManagers } from '../catalog/packageManagers';
import type { Invocation } from '../commands/invocation';
import type { Operation, Option } from '../commands/operation';
import { type Removal, removalsOf } from '../commands/removal';
import { isWrittenBefore } from '../stages/configured';
import { type Model, operationOf, type Run, stageOf } from '../stages/model';
import { type Owner, ownerAt, placesOf } from './cachePlaces';
import { cachesFilledBy, cleans } from './caches';

/** A `--mount=type=cache` of a RUN that commands can write to. */
export interface CacheMount {
	readonly flag: Flag;
	/** As written, variables put in; absolute, without a slash at its end. */
	readonly target: string;
	readonly fields: ReadonlyMap<string, string>;
}

/** The cache mounts of a RUN whose place is known. */
export function cacheMountsOf(run: Run): readonly CacheMount[] {
	return run.instruction.flags.flatMap((flag) => {
		const fields = mountFields(flag);
		if (fields?.get('type') !== 'cache' || isOn(fields, 'ro', 'readonly')) return [];
		const written = mountTarget(fields);
		const target = written === undefined ? undefined : expand(written, run.variables);
		if (!target?.startsWith('/')) return [];
		return [{ flag, target: target.replace(/(?<=.)\/+$/, ''), fields }];
	});
}

/** Why a cache mount does not do what it is there for. */
export type Defeat = { readonly mount: CacheMount; readonly operation: Operation } & (
	| { readonly kind: 'off'; readonly option: Option | undefined; readonly variable: string | undefined }
	/** `words`: what an `rm` is told to remove of it, with nothing else among them; none for the manager's own cleaning. */
	| { readonly kind: 'emptied'; readonly invocation: Invocation; readonly words: readonly Word[] }
	/** `place`: where the cache lies. `by`: why it is not where the mount is. */
	| { readonly kind: 'elsewhere'; readonly place: string; readonly by: 'tool' | 'root' | 'user'; readonly user: string | undefined }
	/** `alsoCleaned`: the RUN empties the mount itself, too. */
	| { readonly kind: 'hook'; readonly alsoCleaned: boolean }
);

/** Every cache mount of a RUN that a command of a package manager defeats or misses. */
export function defeatsOf(model: Model, run: Run): readonly Defeat[] {
	const mounts = cacheMountsOf(run);
	if (mounts.length === 0 || run.operations.length === 0) return [];
	const owner = ownerAt(model, run);
	const known = owner.home !== undefined || !owner.isSaid;
	return [...(known ? [...switchedOff(run, mounts, owner), ...emptied(model, run, mounts, owner)] : []), ...misplaced(model, run, mounts, owner), ...hooked(model, run, mounts)];
}

/** Whether what is mounted is a place or holds it; `~` stands for any home. */
function holdsPlace(target: string, place: string): boolean {
	return holds(place.startsWith('~') ? normalized(target) : target, place);
}

function isInPlace(target: string, place: string): boolean {
	return holds(place, place.startsWith('~') ? normalized(target) : target);
}

function normalized(path: string): string {
	return normalizePath(path, '/') ?? path;
}

function switchedOff(run: Run, mounts: readonly CacheMount[], owner: Owner): readonly Defeat[] {
	return run.operations.flatMap((operation): readonly Defeat[] => {
		const [manager] = operation.managers;
		if (!manager?.cacheOff || operation.root !== undefined || !fillsAny(manager, operation)) return [];
		const mount = manager.caches.map((cache) => mountOf(cache, run, operation, mounts, owner)).find((one) => one !== undefined);
		const off = offBy(manager, run, operation);
		// The mount is for one that keeps its cache, where there is one.
		if (!mount || !off || run.operations.some((other) => keepsIn(mount, run, operation, other, owner))) return [];
		return [{ kind: 'off', mount, operation, ...off }];
	});
}

/** Whether another command fills the mount, so that it is there for that one. */
function keepsIn(mount: CacheMount, run: Run, { managers: [own] }: Operation, other: Operation, owner: Owner): boolean {
	const [manager] = other.managers;
	if (!manager || !fillsAny(manager, other) || offBy(manager, run, other)) return false;
	return manager === own || manager.caches.some((cache) => mountOf(cache, run, other, [mount], owner) !== undefined);
}

/** Those that keep their cache in the first of their folders; the others are there for mounts and removals that somebody made. */
const firstFolder: ReadonlySet<string> = new Set(['dnf4', 'composer']);

/** The mount that takes in all of a cache, whichever of the records that fit the command it is. */
function mountOf({ what }: Cache, run: Run, { managers, root = '/' }: Operation, mounts: readonly CacheMount[], owner: Owner): CacheMount | undefined {
	const alike = managers.map(({ id, caches }) => ({ id, cache: caches.find((one) => one.what === what) }));
	const places = alike.flatMap(({ id, cache }) => (cache ? placesOf(cache, firstFolder.has(id) ? cache.paths.slice(0, 1) : cache.paths, run, owner) : []));
	return places.length === 0 ? undefined : mounts.find(({ target }) => places.every((place) => holdsPlace(target, below(root, place))));
}

function fillsAny({ caches }: PackageManager, { action }: Operation): boolean {
	return caches.some(({ filledBy }) => filledBy.includes(action));
}

function offBy(
	{ cacheOff }: PackageManager,
	run: Run,
	{ options, invocation }: Operation,
): { readonly option: Option | undefined; readonly variable: string | undefined } | undefined {
	const option = options.find(({ name, value, words }) => cacheOff?.options.includes(name) && value === undefined && words.length === 1);
	if (option) return { option, variable: undefined };
	const isSet = ([name, value]: readonly [string, RegExp]) =>
		!invocation.command.assignments.some((one) => one.name === name) && !run.instruction.script?.assigns.includes(name) && value.test(run.variables.get(name) ?? '');
	const variable = Object.entries(cacheOff?.environment ?? {}).find(isSet)?.[0];
	return variable === undefined ? undefined : { option: undefined, variable };
}

function emptied(model: Model, run: Run, mounts: readonly CacheMount[], owner: Owner): readonly Defeat[] {
	const found: Defeat[] = [];
	const seen = new Set<Invocation>();
	const moves = run.invocations.some(({ program }) => program === 'cd' || program === 'pushd');
	const cleanings = run.invocations.filter(
		(invocation) =>
			!invocation.command.conditional && !invocation.command.substituted && (operationOf(run, invocation)?.action === 'clean' || (invocation.program === 'rm' && !moves)),
	);
	if (cleanings.length === 0) return [];
	for (const operation of run.operations) {
		const { start } = operation.invocation.command.span;
		for (const { cache, paths } of cachesFilledBy(model, run, operation)) {
			const places = placesOf(cache, paths, run, owner);
			const mount = mountOf(cache, run, operation, mounts, owner);
			if (!mount) continue;
			for (const invocation of cleanings) {
				if (invocation.command.span.start <= start || seen.has(invocation)) continue;
				const cleaning = operationOf(run, invocation);
				const isCleaning = cleaning?.managers.some((manager) => operation.managers.includes(manager)) && cleaning.root === operation.root && cleans(cleaning, cache);
				const removals = cleaning ? [] : emptyingRemovals(invocation, run, mount, places);
				if (!isCleaning && removals.length === 0) continue;
				seen.add(invocation);
				found.push({ kind: 'emptied', mount, operation, invocation, words: removals.map(({ word }) => word) });
			}
		}
	}
	return found;
}

/** What a command removes that holds all of a cache and lies in the mount. */
function emptyingRemovals(invocation: Invocation, run: Run, { target }: CacheMount, places: readonly string[]): readonly Removal[] {
	return removalsOf(invocation, run.cwd).filter(({ path }) => path !== undefined && holds(normalized(target), path) && places.some((place) => holds(path, normalized(place))));
}

/** Where dnf and yum of all versions keep what they fetch: whoever mounts one of them means that. */
const rpmFolders = packageManagers.filter(({ id }) => /^(?:dnf|yum)\d$/.test(id)).flatMap(({ caches }) => caches.flatMap(({ paths }) => paths));

function misplaced(model: Model, run: Run, mounts: readonly CacheMount[], owner: Owner): readonly Defeat[] {
	const filled = run.operations.flatMap((operation) =>
		cachesFilledBy(model, run, operation).map(({ cache, manager, paths }) => ({ operation, cache, manager, places: placesOf(cache, paths, run, owner) })),
	);
	const isRight = ({ target }: CacheMount, places: readonly string[]) => places.some((one) => holdsPlace(target, one) || isInPlace(target, one));
	const idle = mounts.filter((mount) => !filled.some(({ places }) => isRight(mount, places)));
	const found = new Map<CacheMount, Defeat>();
	for (const { operation, cache, manager, places } of filled) {
		const [place] = places;
		const isOther = run.mounts.some(({ type, target }) => type !== 'cache' && (target === undefined || places.some((one) => holds(target, normalized(one)))));
		if (place === undefined || isOther || operation.invocation.prefix !== '' || mounts.some((mount) => isRight(mount, places))) continue;
		for (const mount of idle) {
			const by = missedBy(model, run, mount, cache, manager, operation, owner);
			if (by && !found.has(mount)) found.set(mount, { kind: 'elsewhere', mount, operation, place, by, user: owner.user });
		}
	}
	return [...found.values()];
}

/** Why a mount misses a cache that it is meant for: the system's where another root is filled, another version's, another home's. Undefined where it may be meant for something else. */
function missedBy(
	model: Model,
	run: Run,
	{ target }: CacheMount,
	cache: Cache,
	{ id, family }: PackageManager,
	{ root, managers }: Operation,
	{ user }: Owner,
): 'tool' | 'root' | 'user' | undefined {
	// Named a second time, something else of the RUN uses it.
	if (run.text.split(target).length > 2) return undefined;
	if (family === 'rpm') {
		if (managers.length > 1 || !/^(?:dnf|yum)\d$/.test(id)) return undefined;
		if (root !== undefined) return cache.paths.includes(target) ? 'root' : undefined;
		return rpmFolders.includes(target) ? 'tool' : undefined;
	}
	if (cache.movedBy && new RegExp(`\\b${cache.movedBy.variable}=`).test(run.text)) return undefined;
	if (cache.movedBy && cache.paths.includes(normalized(target))) return 'tool';
	if (id === 'go' && cache.what === 'build cache' && target.endsWith('/go-build')) return 'tool';
	if (!sureHomes.has(id) || !cache.paths.some((path) => path.startsWith('~/') && path === normalized(target))) return undefined;
	// A base that nobody knows may set HOME.
	const isOthers = user === 'root' ? stageOf(model, run).image !== undefined && target.startsWith('/home/') : user !== undefined && target.startsWith('/root/');
	return isOthers ? 'user' : undefined;
}

/** Those whose every version keeps its cache in the home, whoever runs it. */
const sureHomes: ReadonlySet<string> = new Set(['pip', 'npm', 'pipenv', 'poetry', 'uv', 'go', 'maven', 'gradle', 'cpanm']);

/** The hook of the official images of Debian and Ubuntu empties /var/cache/apt whenever apt has installed something. */
function hooked(model: Model, run: Run, mounts: readonly CacheMount[]): readonly Defeat[] {
	const operation = run.operations.find(
		({ managers: [manager], action, invocation }) => manager?.id === 'apt' && (action === 'install' || action === 'upgrade') && !invocation.command.conditional,
	);
	const mount = mounts.find(({ target }) => target === '/var/cache/apt' || target === '/var/cache/apt/archives');
	if (!operation || !mount || stageOf(model, run).image?.sets.dockerClean !== true) return [];
	const isGone = isWrittenBefore(model, run, operation.invocation.command.span.end, /docker-clean|Keep-Downloaded-Packages|apt\.conf|Dir::Cache|APT_CONFIG/i);
	const alsoCleaned =
		run.operations.some(({ managers: [manager], action }) => manager?.id === 'apt' && action === 'clean') ||
		run.invocations.some((invocation) => removalsOf(invocation, run.cwd).some(({ path }) => path !== undefined && holds('/var/cache/apt', path)));
	return isGone ? [] : [{ kind: 'hook', mount, operation, alsoCleaned }];
}
