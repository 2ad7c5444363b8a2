import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Refusal, refusalOf } from './refusal';

/** What a folder holds. */
export interface Found {
	/** Paths that begin with the folder's, in a stable order. */
	readonly files: readonly string[];
	/** Folders below that could not be read. */
	readonly refusals: readonly Refusal[];
}

const included = /^(?:(?:container|docker)file(?:\..+)?|.+\.(?:container|docker)file)$/i;
const excluded = /\.(?:dockerignore|containerignore|md|j2|in|tmpl|bak|orig|expected)$/i;
const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Whether a file of this name is taken for a Containerfile when a folder is searched. */
export function isContainerfileName(name: string): boolean {
	return included.test(name) && !excluded.test(name);
}

/**
 * All Containerfiles of a folder and of those below. Links to folders are not followed; a file with two names (`Dockerfile` as a link to
 * `Containerfile`) is found once, by its own name where the folder holds that too.
 */
export function findContainerfiles(folder: string): Found {
	const own: string[] = [];
	const links: string[] = [];
	const refusals: Refusal[] = [];
	const waiting = [folder];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		for (const entry of entriesOf(next, refusals)) {
			const path = join(next, entry.name);
			if (entry.isDirectory()) {
				if (!skipped.has(entry.name)) waiting.push(path);
			} else if (isContainerfileName(entry.name)) {
				if (entry.isFile()) own.push(path);
				else if (entry.isSymbolicLink() && !leadsToFolder(path)) links.push(path);
			}
		}
	}
	const known = new Set(own.map(realPath));
	const others = links.filter((path) => !known.has(realPath(path)) && known.add(realPath(path)));
	return { files: [...own, ...others].sort(byPath), refusals };
}

function entriesOf(folder: string, refusals: Refusal[]): readonly Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true }).sort((a, b) => byPath(a.name, b.name));
	} catch (error) {
		refusals.push(refusalOf(error, folder));
		return [];
	}
}

/** A dangling link is no folder: reading it says what is wrong with it. */
function leadsToFolder(path: string): boolean {
	try {
		return !statSync(path).isFile();
	} catch {
		return false;
	}
}

function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

/** By code units, so that the order is the same on every machine. */
function byPath(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
