import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';
import { requirementsIn } from '../model/basics/requirementFiles';
import { isManifest } from '../model/context/buildContext';
import type { BuildContext } from '../model/context/context';
import { readContainerfile } from './read';
import { isRefusal, type Refusal, refusalOf } from './refusal';

const ignoreFile = /\.(?:docker|container)ignore$/;

/** A text that is larger is not a script or a project file that a rewrite could read, in characters. */
const textLimit = 64 * 1024;

/**
 * Looks up the wanted paths of a build context and reads the ignore files and manifests among them; reads the wanted texts too, if any are asked for.
 * Paths that lead out of the folder, through links too, are left out.
 */
export function readBuildContext(folder: string, fileName: string, wanted: readonly string[], wantedTexts?: readonly string[]): BuildContext {
	const present = new Set<string>();
	const ignoreFiles = new Map<string, string>();
	const manifests = new Map<string, string>();
	for (const path of wanted) {
		const name = nameInside(path);
		if (name === undefined || present.has(name) || !existsInside(folder, name)) continue;
		present.add(name);
		const texts = ignoreFile.test(name) ? ignoreFiles : isManifest(name) ? manifests : undefined;
		const text = texts && readInside(folder, name);
		if (text !== undefined && !isRefusal(text)) texts?.set(name, text);
	}
	return { present, ignoreFiles, fileName, manifests, ...(wantedTexts ? { texts: readTexts(folder, wantedTexts) } : {}) };
}

function readTexts(folder: string, wanted: readonly string[]): ReadonlyMap<string, string> {
	const texts = new Map<string, string>();
	const paths = [...wanted];
	for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
		const name = nameInside(path);
		if (name === undefined || texts.has(name)) continue;
		const text = name === '.' ? undefined : readInside(folder, name);
		if (text === undefined || isRefusal(text) || text.length > textLimit) continue;
		texts.set(name, text);
		if (name.endsWith('.txt')) paths.push(...requirementsIn(text).map((other) => join(dirname(name), other)));
	}
	return texts;
}

/** The text of a file of the folder; undefined where there is no such file, a refusal where it cannot be read or is a link that leads out of the folder. */
export function readInside(folder: string, name: string, shown: string = name): string | Refusal | undefined {
	const path = join(folder, name);
	try {
		if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
	} catch (error) {
		return refusalOf(error, shown);
	}
	const text = readContainerfile(path, shown);
	return isRefusal(text) || staysInside(folder, path) ? text : { because: `${shown} is a link that leads out of its folder` };
}

/** The path with forward slashes, without a trailing one and without `.` or `..`; undefined where it leaves the folder. */
export function nameInside(path: string): string | undefined {
	if (path === '' || path.includes('\0') || isAbsolute(path)) return undefined;
	const name = normalize(path).split(sep).join('/').replace(/\/+$/, '');
	return name === '..' || name.startsWith('../') ? undefined : name;
}

/** Whether the name is there; the last part may be a link to anywhere, as it is a link that would be copied. */
function existsInside(folder: string, name: string): boolean {
	const path = join(folder, name);
	try {
		return lstatSync(path, { throwIfNoEntry: false }) !== undefined && (name === '.' || staysInside(folder, dirname(path)));
	} catch {
		return false;
	}
}

function staysInside(folder: string, path: string): boolean {
	try {
		const way = relative(realpathSync(folder), realpathSync(path));
		return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
	} catch {
		return false;
	}
}
