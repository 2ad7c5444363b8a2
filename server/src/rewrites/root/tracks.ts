import { posix } from 'node:path';
import { holds, related } from '../../model/basics/paths';
import { systemFolders } from '../compiled/places';

/** What is known of the files that compilations leave in the builder, so far. */
export interface Tracks {
	/** Files and folders that the image has to get. */
	readonly results: Set<string>;
	/** What is removed again, a COPY's files perhaps, with the place of the RUN in its stage. */
	readonly removed: Map<string, number>;
	/** The place of the RUN that is followed. */
	position: number;
	/** Folders that have to be there. */
	readonly folders: Set<string>;
	/** Places below folders for temporary things and sources, where nobody looks again. */
	readonly leaves: Set<string>;
	/** Places for temporary things where somebody does look again. */
	readonly kept: ReadonlySet<string>;
	/** Where `make install` puts what was configured; undefined before anything is. */
	prefix: string | undefined;
	/** Libraries have to be made known to the loader. */
	ldconfig: boolean;
}

/** A place as far as it is known: `exact` where no part of it is a pattern or a variable's. */
export interface Place {
	readonly path: string;
	readonly exact: boolean;
}

const temporary = ['/tmp', '/var/tmp', '/usr/src', '/usr/local/src', '/var/cache', '/root/.cache', '/root/go', '/root/rpmbuild', '/dev', '/proc'];
/** Folders of the system in which a distribution has nothing of its own, so that they can be copied whole. */
const empty = ['/usr/local', '/opt', '/srv', '/home', '/mnt', '/media'];

/** Whether what lies there is of no use when the image runs. */
export function isLeftBehind({ kept }: Tracks, path: string): boolean {
	return temporary.some((folder) => holds(folder, path)) && ![...kept].some((place) => related(place, path));
}

/** Whether a path is none that a package brings, as far as its name tells, or was written by what is followed. */
export function isOwn(tracks: Tracks, path: string): boolean {
	return isLeftBehind(tracks, path) || [...tracks.results].some((one) => holds(one, path)) || (!systemFolders.has(path) && !isSystem(path));
}

/** Whether a path lies in a folder that packages fill. */
export function isSystem(path: string): boolean {
	return /^\/(?:usr|etc|var|lib64|lib|bin|sbin|run|boot|root)(?:\/|$)/.test(path) && !holds('/usr/local', path) && !holds('/usr/src', path);
}

/** The part of a path that no pattern and no variable decides on. */
export function placeOf(written: string, cwd: Place | undefined): Place | undefined {
	if (written.startsWith('~')) return undefined;
	if (!written.startsWith('/') && !cwd?.exact) return written.includes('..') ? undefined : cwd;
	const parts = posix.resolve(cwd?.path ?? '/', written).split('/');
	const odd = parts.findIndex((part) => /[$*?[{}`]/.test(part));
	return odd < 0 ? { path: parts.join('/'), exact: true } : { path: parts.slice(0, odd).join('/') || '/', exact: false };
}

/** Notes that files are written below a folder; false where packages may have files there. */
export function fills(tracks: Tracks, place: Place, sure: boolean): boolean {
	const mixes = isSystem(place.path) && ![...tracks.results].some((one) => holds(one, place.path)) && !isLeftBehind(tracks, place.path);
	return !mixes && writes(tracks, place, sure);
}

/** Notes that a folder is made. */
export function makes(tracks: Tracks, place: Place, sure: boolean): boolean {
	if (!isSystem(place.path) && !systemFolders.has(place.path)) return writes(tracks, place, sure);
	if (!sure || !place.exact) return isLeftBehind(tracks, place.path);
	if (!isLeftBehind(tracks, place.path)) tracks.folders.add(place.path);
	return true;
}

/** Notes that a file is written there; false where that may be anywhere in a folder of the system. `sure`: the command runs for certain. */
export function writes(tracks: Tracks, { path, exact }: Place, sure: boolean): boolean {
	if (isLeftBehind(tracks, path)) {
		tracks.leaves.add(path);
		return true;
	}
	if ([...tracks.results].some((one) => holds(one, path))) return true;
	const isWhole = empty.some((folder) => holds(folder, path));
	if (!sure || path === '/' || ((systemFolders.has(path) || tracks.folders.has(path)) && !isWhole) || (isSystem(path) && !exact)) return false;
	for (const one of tracks.results) if (holds(path, one)) tracks.results.delete(one);
	tracks.results.add(path);
	return true;
}

/** Notes that something is removed; false where that may be a package's. */
export function removes(tracks: Tracks, { path, exact }: Place): boolean {
	if (!isOwn(tracks, path) && ![...tracks.results].some((one) => holds(path, one))) return false;
	const inside = [...tracks.results].filter((one) => holds(path, one));
	for (const one of inside) tracks.results.delete(one);
	if (exact) tracks.removed.set(path, tracks.position);
	// Which of them a pattern means is not known.
	return exact || isLeftBehind(tracks, path) || writes(tracks, { path, exact: true }, true);
}
