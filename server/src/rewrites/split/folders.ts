import { holds } from '../../model/basics/paths';
import type { Act, Shop } from './ecosystem';

/** Folders that hold what an image itself brings, or what a build leaves that nobody wants: copying them whole would copy too much. */
const shared = new Set([
	...['/', '/root', '/home', '/home/node', '/home/gradle', '/usr', '/usr/local', '/usr/local/src', '/opt', '/var', '/var/lib', '/var/www', '/mnt', '/media', '/srv/www'],
	...['/go', '/go/src', '/go/bin', '/go/pkg'],
]);

/** Below these lies what the system brings; single files are another matter. */
const system = ['/bin', '/sbin', '/lib', '/lib64', '/boot', '/dev', '/etc', '/proc', '/run', '/sys', '/usr/bin', '/usr/sbin', '/usr/lib', '/usr/share', '/usr/include'].concat(
	...['/usr/local/bin', '/usr/local/sbin', '/usr/local/lib', '/usr/local/include', '/usr/local/share', '/usr/local/etc', '/var/lib', '/var/cache', '/var/log'].map((one) => [one]),
);

/** Whether a folder is the application's own, so that it can be copied whole. */
export function isOwnFolder(path: string): boolean {
	return !shared.has(path) && !system.some((folder) => holds(folder, path)) && !isTemporary(path);
}

/** Whether a path is a single file in a folder of programs or configuration, by its place. */
export function isOwnFile(path: string): boolean {
	return /^\/(?:usr\/local\/|usr\/)?s?bin\/[\w.+-]+$/.test(path) || /^\/[\w.+-]+$/.test(path);
}

/** Whether a path is lost between builder and image without loss: nothing that runs looks there. */
export function isTemporary(path: string): boolean {
	return holds('/tmp', path) || holds('/var/tmp', path);
}

/** As few of the paths as hold all of them, in the order in which they come. */
export function cover(paths: readonly string[]): readonly string[] {
	const all = [...new Set(paths)];
	return all.filter((path) => !all.some((other) => other !== path && holds(other, path)));
}

/** The roots that are projects, as the acts that build them say, and those that something was written or taken out to. */
export function partRoots({ acts, roots }: Shop, projectOf: (act: Act) => string | undefined): { readonly projects: readonly string[]; readonly others: readonly string[] } {
	const folders = acts.flatMap((act) => projectOf(act) ?? []);
	const projects = roots.filter((root) => folders.some((folder) => holds(root, folder)));
	return { projects, others: roots.filter((root) => !projects.includes(root)) };
}
