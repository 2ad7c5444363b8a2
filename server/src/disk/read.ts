import { closeSync, lstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { sizeLimit } from '../lint/analyze';
import { errorCode, type Refusal, refusalOf } from './refusal';

/**
 * The text of a file, byte order mark included, or why there is none: missing, a folder, a pipe or device (which could be waited for without end), unreadable, not
 * text, over the size limit. `shown` is its name in the sentence.
 */
export function readContainerfile(path: string, shown: string = path): string | Refusal {
	try {
		const kind = statSync(path);
		if (kind.isDirectory()) return { because: `${shown} is a folder` };
		return kind.isFile() ? textOf(readAtMost(path, sizeLimit + 1), shown) : { because: `${shown} is not a file but a pipe or a device` };
	} catch (error) {
		return errorCode(error) === 'ENOENT' && isLink(path) ? { because: `${shown} is a symbolic link to nothing` } : refusalOf(error, shown);
	}
}

/** The text of a file of our own, however large, or why there is none. */
export function readText(path: string, shown: string = path): string | Refusal {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		return errorCode(error) === 'EISDIR' ? { because: `${shown} is a folder` } : refusalOf(error, shown);
	}
}

/** The text of bytes that were read up to one past the size limit, or why they are none. */
export function textOf(bytes: Uint8Array, shown: string): string | Refusal {
	if (bytes.length > sizeLimit) return { because: `${shown} is larger than 1 MiB and is not looked at` };
	const binary = { because: `${shown} is not a text file (it has to be UTF-8 without NUL characters)` };
	if (bytes.includes(0)) return binary;
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return binary;
	}
}

function readAtMost(path: string, limit: number): Uint8Array {
	const file = openSync(path, 'r');
	try {
		const chunks: Uint8Array[] = [];
		let length = 0;
		while (length < limit) {
			const chunk = new Uint8Array(Math.min(65536, limit - length));
			const read = readSync(file, chunk);
			if (read === 0) break;
			chunks.push(chunk.subarray(0, read));
			length += read;
		}
		return Buffer.concat(chunks);
	} finally {
		closeSync(file);
	}
}

function isLink(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
