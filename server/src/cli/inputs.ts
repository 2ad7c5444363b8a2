import { createReadStream, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findContainerfiles } from '../disk/find';
import { readContainerfile, textOf } from '../disk/read';
import { isRefusal, type Refusal, refusalOf } from '../disk/refusal';
import { sizeLimit } from '../lint/analyze';

/** Something to look at: a file, or standard input where `path` is absent. */
export interface Input {
	/** Its name as people know it: as it was given, or the given folder's and the way down from there. */
	readonly shown: string;
	readonly path?: string;
	/** Where the configuration is looked for. */
	readonly folder: string;
}

/** The files that the paths of a command line mean, each once and one after the other; refusals for paths that mean none and for folders that cannot be read. */
export function* findInputs(paths: readonly string[], stdinName: string | undefined): Generator<Input | Refusal> {
	// What one folder holds is found once anyway, and may be very much.
	const known = paths.length > 1 ? new Set<string>() : undefined;
	const isNew = (key: string): boolean => {
		if (known?.has(key)) return false;
		known?.add(key);
		return true;
	};
	for (const path of paths.length === 0 ? ['.'] : paths) {
		if (path === '') yield { because: 'one of the paths is empty' };
		else if (path === '-') {
			if (isNew(path)) yield { shown: stdinName ?? '-', folder: dirname(resolve(stdinName ?? '-')) };
		} else {
			for (const found of isFolder(path) ? inFolder(path) : [path]) {
				if (isRefusal(found)) yield found;
				else if (isNew(resolve(found))) yield inputOf(found);
			}
		}
	}
}

/** The same all at once, for commands that take few. */
export function listInputs(paths: readonly string[], stdinName: string | undefined): { readonly inputs: readonly Input[]; readonly refusals: readonly Refusal[] } {
	const inputs: Input[] = [];
	const refusals: Refusal[] = [];
	for (const found of findInputs(paths, stdinName)) {
		if (isRefusal(found)) refusals.push(found);
		else inputs.push(found);
	}
	return { inputs, refusals };
}

function* inFolder(folder: string): Generator<string | Refusal> {
	let isEmpty = true;
	for (const found of findContainerfiles(folder)) {
		isEmpty = false;
		yield found;
	}
	if (isEmpty) yield { because: `there is no Containerfile or Dockerfile in ${folder === '.' ? 'this folder' : folder} or below it` };
}

function inputOf(path: string): Input {
	const whole = resolve(path);
	return { shown: path, path: whole, folder: dirname(whole) };
}

/** The text of an input, or why there is none. */
export async function readInput(input: Input): Promise<string | Refusal> {
	const { path, shown } = input;
	if (path === undefined) return textOf(await readAll(process.stdin), 'standard input');
	if (!isStream(path)) return readContainerfile(path, shown);
	try {
		return textOf(await readAll(createReadStream(path)), shown);
	} catch (error) {
		return refusalOf(error, shown);
	}
}

/** Waits for what comes, and can be interrupted meanwhile. */
async function readAll(stream: AsyncIterable<Buffer>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stream) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > sizeLimit) break;
	}
	return Buffer.concat(chunks);
}

function isFolder(path: string): boolean {
	return kindOf(path)?.isDirectory() ?? false;
}

/** A pipe (`whittle lint <(…)`) or a device. */
function isStream(path: string): boolean {
	const kind = kindOf(path);
	return kind !== undefined && !kind.isFile() && !kind.isDirectory();
}

function kindOf(path: string): Stats | undefined {
	try {
		return statSync(path);
	} catch {
		return undefined; // reading it says what is wrong
	}
}
