import { randomBytes } from 'node:crypto';
import { accessSync, closeSync, constants, fchmodSync, fchownSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode, type Refusal, refusalOf } from './refusal';

/**
 * Writes a file at once: whoever reads it sees the old text or the new one. Mode and owner stay; of a link, what it leads to is written.
 * Returns why it could not, in which case nothing has changed. `shown` is its name in the sentence.
 */
export function writeAtomically(path: string, text: string, shown: string = path): Refusal | undefined {
	let temporary: string | undefined;
	try {
		const target = targetOf(path);
		const old = statSync(target, { throwIfNoEntry: false });
		// Renaming would replace a file that its owner has made read-only.
		if (old) accessSync(target, constants.W_OK);
		temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.whittle`);
		writeNew(temporary, text, old);
		renameSync(temporary, target);
		return undefined;
	} catch (error) {
		if (temporary !== undefined) rmSync(temporary, { force: true });
		return refusalOf(error, shown, 'written');
	}
}

function targetOf(path: string): string {
	try {
		return realpathSync(path);
	} catch (error) {
		if (errorCode(error) !== 'ENOENT') throw error;
		return path;
	}
}

function writeNew(path: string, text: string, old: Stats | undefined): void {
	const file = openSync(path, 'wx');
	try {
		writeFileSync(file, text);
		if (old) {
			keepOwner(file, old);
			fchmodSync(file, old.mode & 0o7777);
		}
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

/** Only root may give files away; for anybody else the file becomes theirs, as with every editor. */
function keepOwner(file: number, old: Stats): void {
	try {
		fchownSync(file, old.uid, old.gid);
	} catch (error) {
		if (errorCode(error) !== 'EPERM') throw error;
	}
}
