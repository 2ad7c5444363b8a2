import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The path from the current folder where it is inside of that, else as it is. */
export function shownPath(path: string): string {
	const way = relative('', resolve(path));
	return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way;
}

/** The path with forward slashes: from the current folder where it is inside of that, else whole. */
export function slashed(path: string): string {
	return shownPath(path).split(sep).join('/');
}

/** A URI reference: relative to the current folder where the path is inside of that. */
export function uriOf(path: string): string {
	const way = shownPath(path);
	return isAbsolute(way) || way.startsWith('..') ? pathToFileURL(resolve(way)).href : way.split(sep).map(encodeURIComponent).join('/');
}
