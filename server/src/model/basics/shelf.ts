import { literal } from '../../text/literal';

/** Things by their paths and by the folders that hold those, so that removing one does not ask about all others. */
export type Shelf<T extends { readonly key: string }> = Map<string, Set<T>>;

/** Adds a thing. */
export function put<T extends { readonly key: string }>(shelf: Shelf<T>, one: T): void {
	for (const path of placesOf(one.key)) {
		const there = shelf.get(path);
		if (there) there.add(one);
		else shelf.set(path, new Set([one]));
	}
}

/** Takes a thing away. */
export function take<T extends { readonly key: string }>(shelf: Shelf<T>, one: T): void {
	for (const path of placesOf(one.key)) shelf.get(path)?.delete(one);
}

/** What has exactly this key. */
export function at<T extends { readonly key: string }>(shelf: Shelf<T>, key: string): readonly T[] {
	return [...(shelf.get(alone(key)) ?? [])];
}

/** What a path, with the shell's `*` and `?`, names, and everything below that. */
export function below<T extends { readonly key: string }>(shelf: Shelf<T>, path: string): readonly T[] {
	const star = path.search(/[*?]/);
	if (star < 0) return [...(shelf.get(path) ?? [])];
	const pattern = patternOf(path);
	return [...(shelf.get(path.slice(0, path.lastIndexOf('/', star)) || '/') ?? [])].filter(({ key }) => pattern.test(key));
}

/** Everything, in the order in which it came. */
export function all<T extends { readonly key: string }>(shelf: Shelf<T>): readonly T[] {
	return [...new Set([...shelf.values()].flatMap((there) => [...there]))];
}

/** Where a thing is looked for: by its path, by the folders that hold it, and by its path without what is below. */
function placesOf(key: string): readonly string[] {
	return [...pathAndFolders(key), alone(key)];
}

function alone(key: string): string {
	return `\0${key}`;
}

/** A path and the folders that hold it, from the root on; anything else alone. */
export function pathAndFolders(key: string): readonly string[] {
	if (!key.startsWith('/')) return [key];
	const folders = ['/'];
	for (let slash = key.indexOf('/', 1); slash > 0; slash = key.indexOf('/', slash + 1)) folders.push(key.slice(0, slash));
	return key === '/' ? folders : [...folders, key];
}

function patternOf(path: string): RegExp {
	const parts = path.split(/([*?])/).map((part) => (part === '*' ? '[^/]*' : part === '?' ? '[^/]' : literal(part)));
	return new RegExp(`^${parts.join('')}(?:/|$)`);
}
