import { posix } from 'node:path';

/** A folder or file as it counts for comparison: absolute or from `~`, without glob at its end, homes as `~`. */
export function normalizePath(path: string, cwd: string | undefined): string | undefined {
	const home = path.replace(/^(?:\$HOME|\$\{HOME\}|"\$HOME"|\/root|\/home\/[^/*]+)(?=\/|$)/, '~');
	if (home.startsWith('~')) return strip(posix.normalize(home));
	if (home.startsWith('/')) return strip(posix.normalize(home));
	return cwd === undefined ? undefined : normalizePath(posix.join(cwd, path), '/');
}

/** A path as it is, homes and globs too, without a slash at its end; undefined where it is relative to a folder that is not known. */
export function absolutePath(path: string, cwd: string | undefined): string | undefined {
	if (path.startsWith('~') || (cwd === undefined && !path.startsWith('/'))) return undefined;
	return posix.resolve('/', cwd ?? '/', path);
}

function strip(path: string): string {
	return path.replace(/(?:\/(?:\*+|\.\*|\.\[!\.\]\*|\{\*,\.\*\}))+$/, '').replace(/(?<=.)\/+$/, '') || '/';
}

/** Whether `outer` is `inner` or a folder that holds it; both normalized. */
export function holds(outer: string, inner: string): boolean {
	return outer === '/' || inner === outer || inner.startsWith(`${outer}/`);
}

/** Whether one holds the other. */
export function related(a: string, b: string): boolean {
	return holds(a, b) || holds(b, a);
}

/** A path below another root: `/output` and `/var/cache` give `/output/var/cache`. */
export function below(root: string, path: string): string {
	return root === '/' || path.startsWith('~') ? path : `${root}${path}`;
}
