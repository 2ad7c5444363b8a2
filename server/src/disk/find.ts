import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { isRefusal, type Refusal, refusalOf } from './refusal';

const included = /^(?:(?:container|docker)file(?:\..+)?|.+\.(?:container|docker)file)$/i;
const excluded = /\.(?:dockerignore|containerignore|md|j2|in|tmpl|bak|orig|expected)$/i;
const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Whether a file of this name is taken for a Containerfile when a folder is searched. */
export function isContainerfileName(name: string): boolean {
	return included.test(name) && !excluded.test(name);
}

/**
 * All Containerfiles of a folder and of those below, one after the other in the order of their paths, which begin with the folder's; a refusal for each folder
 * that cannot be read. Links to folders are not followed; a file with two names (`Dockerfile` as a link to `Containerfile`) is found once, by its own name
 * where the folder holds that too. No more is held than the names of the folders on the way down.
 */
export function* findContainerfiles(folder: string): Generator<string | Refusal> {
	const root = realPath(folder);
	const linked = new Set<string>();
	const waiting: Entry[] = [{ path: folder, order: '', kind: 'folder' }];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { path, kind } = next;
		if (kind === 'file') yield path;
		else if (kind === 'link') {
			const real = realPath(path);
			if (real !== undefined && (linked.has(real) || (root !== undefined && isFoundBelow(root, real)))) continue;
			if (real !== undefined) linked.add(real);
			yield path;
		} else {
			const entries = entriesOf(path);
			if (isRefusal(entries)) yield entries;
			else for (const entry of entries) waiting.push(entry);
		}
	}
}

/** A folder, or what is to be looked at. */
interface Entry {
	readonly path: string;
	/** Sorts as whole paths do: what is below a folder begins with its name and a separator. */
	readonly order: string;
	readonly kind: 'folder' | 'file' | 'link';
}

/** The last one first. */
function entriesOf(folder: string): readonly Entry[] | Refusal {
	try {
		return readdirSync(folder, { withFileTypes: true })
			.flatMap((entry): readonly Entry[] => {
				const { name } = entry;
				const path = join(folder, name);
				if (entry.isDirectory()) return skipped.has(name) ? [] : [{ path, order: `${name}${sep}`, kind: 'folder' }];
				if (!isContainerfileName(name)) return [];
				if (entry.isFile()) return [{ path, order: name, kind: 'file' }];
				return entry.isSymbolicLink() && !leadsToFolder(path) ? [{ path, order: name, kind: 'link' }] : [];
			})
			.sort((a, b) => (a.order < b.order ? 1 : -1)); // by code units, so that the order is the same on every machine
	} catch (error) {
		return refusalOf(error, folder);
	}
}

/** Whether the search of a folder finds a file by its own name; both paths are real ones. */
function isFoundBelow(root: string, file: string): boolean {
	const way = relative(root, file);
	const parts = way.split(sep);
	return !isAbsolute(way) && parts[0] !== '..' && isContainerfileName(basename(file)) && !parts.some((part) => skipped.has(part));
}

/** A dangling link is no folder: reading it says what is wrong with it. */
function leadsToFolder(path: string): boolean {
	try {
		return !statSync(path).isFile();
	} catch {
		return false;
	}
}

/** Undefined for a link that leads nowhere. */
function realPath(path: string): string | undefined {
	try {
		return realpathSync(path);
	} catch {
		return undefined;
	}
}
