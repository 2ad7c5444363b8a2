import { remember } from '../basics/remember';
import type { Cache } from '../catalog/packageManager';
import { type Model, type Run, type StageModel, stageOf } from '../stages/model';
import type { FilledCache } from './caches';

/** Who runs the commands, as far as it is known. */
export interface Owner {
	readonly user: string | undefined;
	readonly home: string | undefined;
	/** The file has a USER that is in force. */
	readonly isSaid: boolean;
}

/** The USERs of a stage; the name undefined where a variable hides it. */
const usersOf = remember(({ stage }: StageModel) =>
	stage.instructions.flatMap(({ keyword, onbuild, words }, position) => (keyword === 'USER' && !onbuild ? [{ position, name: words[0]?.value?.split(':')[0] }] : [])),
);

/** Who runs a RUN, by the USERs before it, the base and HOME. */
export function ownerAt(model: Model, run: Run): Owner {
	const stage = stageOf(model, run);
	const written = stage.chain.flatMap((index) => usersOf(model.stages[index] as StageModel).filter(({ position }) => index !== run.stage || position < run.position)).at(-1);
	// What a RUN sets itself is in force for some of its commands only.
	if (/\bHOME=/.test(run.text)) return { user: undefined, home: undefined, isSaid: true };
	const named = written ? written.name : stage.image?.passesOn.user === null ? 'root' : (stage.image?.passesOn.user ?? undefined);
	const user = named === '0' ? 'root' : named;
	const isSaid = written !== undefined;
	if (run.variables.has('HOME')) return { user, home: run.variables.get('HOME'), isSaid };
	if (user === undefined || /^\d+$/.test(user)) return { user, home: undefined, isSaid };
	return { user, home: user === 'root' ? '/root' : `/home/${user}`, isSaid };
}

/** Where a cache lies for whoever runs the command, as normalized paths; those below a home stay as they are where that is not known. */
export function placesOf(cache: Cache, paths: readonly string[], run: Run, owner: Owner): readonly string[] {
	const moved = cache.movedBy && run.variables.get(cache.movedBy.variable);
	// Of a list the first is meant.
	if (cache.movedBy && moved !== undefined) return [`${moved.replace(/:.*$/, '')}${cache.movedBy.below}`];
	return paths.map((path) => (path.startsWith('~') && owner.home !== undefined ? owner.home + path.slice(1) : path));
}

/** The place of a cache for messages: the one of this user and of the variable that moves it; the variable itself where its value is not known or a base that nobody knows may set it. Undefined where it is not known which of several package managers runs, and they differ. */
export function placeOf(model: Model, { run, operation, cache, paths }: FilledCache): string | undefined {
	const { movedBy, ofUsers } = cache;
	const possible = operation.managers.flatMap(({ caches }) => caches.filter(({ what }) => what === cache.what));
	if (possible.some((other) => other.paths[0] !== cache.paths[0])) return undefined;
	if (movedBy) {
		const { variable, below } = movedBy;
		const isUnknown = run.variables.has(variable) ? run.variables.get(variable) === undefined : stageOf(model, run).image === undefined;
		return isUnknown ? `$${variable}${below}` : (placesOf(cache, paths.slice(-1), run, noOwner)[0] ?? '');
	}
	const { user = 'root' } = operation.invocation.prefix === '' ? ownerAt(model, run) : noOwner;
	return (user === 'root' ? undefined : ofUsers) ?? paths[0] ?? '';
}

const noOwner: Owner = { user: undefined, home: undefined, isSaid: false };
