import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type ConfigFile, readConfig } from '../lint/config';
import { readContainerfile } from './read';
import { errorCode, isRefusal, type Refusal } from './refusal';

/** The name of a configuration file. */
export const configName = '.whittlerc.json';

const manifestName = 'package.json';
const manifestKey = 'whittle';

/** The nearest configuration, in the folder or upward from it; undefined where there is none. */
export function findConfig(folder: string): string | undefined {
	for (let at = resolve(folder); ; at = dirname(at)) {
		const path = configIn(at);
		if (path !== undefined || at === dirname(at)) return path;
	}
}

/** The configuration of the folder itself: `.whittlerc.json`, else a `package.json` with a key `whittle`. */
export function configIn(folder: string): string | undefined {
	const own = join(folder, configName);
	if (isThere(own)) return own;
	const manifest = join(folder, manifestName);
	return isConfigured(manifest) ? manifest : undefined;
}

/** Reads a configuration; `problems` are sentences about what is wrong in it and was left out. */
export function loadConfig(path: string, shown: string = path): { readonly config: ConfigFile; readonly problems: readonly string[] } | Refusal {
	const text = readContainerfile(path, shown);
	if (isRefusal(text)) return text;
	let value: unknown;
	try {
		value = parse(text);
	} catch (error) {
		return { because: `${shown} is not valid JSON: ${(error as SyntaxError).message}` };
	}
	const inManifest = basename(path) === manifestName;
	if (inManifest && !hasKey(value)) return { because: `${shown} has no key "${manifestKey}"` };
	const { config, problems } = readConfig(inManifest ? (value as Record<string, unknown>)[manifestKey] : value);
	return { config, problems: problems.map((problem) => `${shown}${inManifest ? ` ("${manifestKey}")` : ''}: ${problem}`) };
}

/** The way from a configuration's folder to a file, with forward slashes; undefined where the file is not below that folder. */
export function pathBelow(configPath: string, file: string): string | undefined {
	const way = relative(dirname(configPath), file);
	return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : way.split(sep).join('/');
}

/** A manifest that cannot be read, or that is broken and names no such key, is not ours to complain about. */
function isConfigured(manifest: string): boolean {
	const text = readContainerfile(manifest);
	if (isRefusal(text) || !text.includes(`"${manifestKey}"`)) return false;
	try {
		return hasKey(parse(text));
	} catch {
		return new RegExp(`"${manifestKey}"\\s*:`).test(text);
	}
}

function hasKey(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, manifestKey);
}

function parse(text: string): unknown {
	return JSON.parse(text.replace(/^\uFEFF/, ''));
}

function isThere(path: string): boolean {
	try {
		return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
	} catch (error) {
		return errorCode(error) !== 'ENOTDIR'; // one that cannot be looked at is reported when it is read
	}
}
