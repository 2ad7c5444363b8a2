import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Config, readConfig } from '../lint/config';
import { readContainerfile } from './read';
import { errorCode, isRefusal, type Refusal } from './refusal';

/** The name of a configuration file. */
export const configName = '.whittlerc.json';

/** The nearest configuration file, in the folder or upward from it; undefined where there is none. */
export function findConfig(folder: string): string | undefined {
	for (let at = resolve(folder); ; at = dirname(at)) {
		const path = join(at, configName);
		if (isThere(path)) return path;
		if (at === dirname(at)) return undefined;
	}
}

/** Reads a configuration file; `problems` are sentences about what is wrong in it and was left out. */
export function loadConfig(path: string, shown: string = path): { readonly config: Config; readonly problems: readonly string[] } | Refusal {
	const text = readContainerfile(path, shown);
	if (isRefusal(text)) return text;
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		return { because: `${shown} is not valid JSON: ${(error as SyntaxError).message}` };
	}
	const { config, problems } = readConfig(value);
	return { config, problems: problems.map((problem) => `${shown}: ${problem}`) };
}

function isThere(path: string): boolean {
	try {
		return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
	} catch (error) {
		return errorCode(error) !== 'ENOTDIR'; // one that cannot be looked at is reported when it is read
	}
}
