import { basename, dirname, isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file's folder and name; undefined for a document that is no file on this machine. */
export function fileOf(uri: string): { readonly folder: string; readonly name: string } | undefined {
	const path = pathOf(uri);
	return path === undefined ? undefined : { folder: dirname(path), name: basename(path) };
}

/** The path of a `file:` URI; undefined for any other. */
export function pathOf(uri: string): string | undefined {
	if (!uri.startsWith('file:')) return undefined;
	try {
		return fileURLToPath(uri);
	} catch {
		return undefined;
	}
}

/** The folders from `folder` up to the innermost of `roots` that holds it, that one included; only `folder` itself where none does. */
export function foldersUp(folder: string, roots: readonly string[]): readonly string[] {
	const root = roots.filter((candidate) => holds(candidate, folder)).sort((a, b) => b.length - a.length)[0];
	if (root === undefined) return [folder];
	const up = [folder];
	for (let at = folder; relative(root, at) !== '' && dirname(at) !== at; at = dirname(at)) up.push(dirname(at));
	return up;
}

function holds(root: string, folder: string): boolean {
	const way = relative(root, folder);
	return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way);
}
