import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findContainerfiles } from '../disk/find';
import { readContainerfile, textOf } from '../disk/read';
import type { Refusal } from '../disk/refusal';
import { sizeLimit } from '../lint/analyze';

/** Something to look at: a file, or standard input where `path` is absent. */
export interface Input {
	/** Its name as people know it: as it was given, or the given folder's and the way down from there. */
	readonly shown: string;
	readonly path?: string;
	/** Where the configuration is looked for. */
	readonly folder: string;
}

/** The files that the paths of a command line mean, each once, and sentences about those that mean none. */
export function findInputs(paths: readonly string[], stdinName: string | undefined): { readonly inputs: readonly Input[]; readonly refusals: readonly Refusal[] } {
	const inputs = new Map<string, Input>();
	const refusals: Refusal[] = [];
	const add = (path: string) => {
		const whole = resolve(path);
		if (!inputs.has(whole)) inputs.set(whole, { shown: path, path: whole, folder: dirname(whole) });
	};
	for (const path of paths.length === 0 ? ['.'] : paths) {
		if (path === '-') inputs.set('-', { shown: stdinName ?? '-', folder: dirname(resolve(stdinName ?? '-')) });
		else if (path === '') refusals.push({ because: 'one of the paths is empty' });
		else if (!isFolder(path)) add(path);
		else {
			const found = findContainerfiles(path);
			refusals.push(...found.refusals);
			found.files.forEach(add);
			if (found.files.length === 0 && found.refusals.length === 0)
				refusals.push({ because: `there is no Containerfile or Dockerfile in ${path === '.' ? 'this folder' : path} or below it` });
		}
	}
	return { inputs: [...inputs.values()], refusals };
}

/** The text of an input, or why there is none. */
export async function readInput(input: Input): Promise<string | Refusal> {
	return input.path === undefined ? textOf(await readStandardInput(), 'standard input') : readContainerfile(input.path, input.shown);
}

async function readStandardInput(): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > sizeLimit) break;
	}
	return Buffer.concat(chunks);
}

function isFolder(path: string): boolean {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false; // reading it says what is wrong
	}
}
