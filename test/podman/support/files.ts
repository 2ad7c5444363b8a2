import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** Which differences between the files of two images are promised or mean nothing. */
export interface Allowed {
	/** Whether Debian packages may be gone, with all their files. */
	readonly withoutPackages?: boolean;
	/** Paths that may be gone. */
	readonly mayGo: readonly RegExp[];
	/** Paths that may be new. */
	readonly mayCome: readonly RegExp[];
	/** Files whose content may be another one. */
	readonly mayChange: readonly RegExp[];
	/** Paths that may be anything, or not there. */
	readonly mayBeAnything?: readonly RegExp[];
}

/** What differs between two folders beyond what is allowed, a sentence each: paths, kinds, owners, modes, link targets and contents. Times count for nothing. */
export function differences(before: string, after: string, allowed: Allowed): readonly string[] {
	const old = filesOf(before);
	const now = filesOf(after);
	const packaged = allowed.withoutPackages ? filesOfLostPackages(before, after) : undefined;
	const found: string[] = [];
	for (const [path, stats] of old) {
		if (matches(allowed.mayBeAnything ?? [], path)) continue;
		const other = now.get(path);
		if (!other) {
			if (!packaged?.has(path) && !matches(allowed.mayGo, path)) found.push(`${path} is gone`);
		} else if (describe(stats) !== describe(other)) {
			found.push(`${path} was ${describe(stats)} and is ${describe(other)}`);
		} else if (!matches(allowed.mayChange, path) && !sameContent(join(before, path), stats, join(after, path), other)) {
			found.push(`${path} has another content`);
		}
	}
	for (const path of now.keys()) if (!old.has(path) && !matches(allowed.mayCome, path)) found.push(`${path} is new`);
	return found;
}

/** What the package database of the one lists for packages that the other does not have. */
function filesOfLostPackages(before: string, after: string): ReadonlySet<string> {
	const database = 'var/lib/dpkg/info';
	const kept = new Set(readdirSync(join(after, database)));
	const lost = readdirSync(join(before, database)).filter((name) => !kept.has(name));
	const lists = lost.filter((name) => name.endsWith('.list')).flatMap((name) => readFileSync(join(before, database, name), 'utf8').split('\n'));
	return new Set([...lists.flatMap((path) => [path, `/usr${path}`]), ...lost.map((name) => `/${database}/${name}`)]);
}

function matches(patterns: readonly RegExp[], path: string): boolean {
	return patterns.some((pattern) => pattern.test(path));
}

function filesOf(root: string): ReadonlyMap<string, Stats> {
	const found = new Map<string, Stats>();
	const open = ['/'];
	for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
		for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
			const path = join(folder, entry.name);
			found.set(path, lstatSync(join(root, path)));
			if (entry.isDirectory()) open.push(path);
		}
	}
	return found;
}

function describe(stats: Stats): string {
	return `${stats.mode.toString(8)} of ${stats.uid}:${stats.gid}`;
}

function sameContent(before: string, old: Stats, after: string, now: Stats): boolean {
	if (old.isSymbolicLink()) return readlinkSync(before) === readlinkSync(after);
	if (!old.isFile()) return true;
	// A file of a common layer is one and the same.
	if (old.ino === now.ino && old.size === now.size && old.mtimeMs === now.mtimeMs) return true;
	return old.size === now.size && digest(before) === digest(after);
}

function digest(path: string): string {
	return createHash('sha256').update(readFileSync(path)).digest('hex');
}
