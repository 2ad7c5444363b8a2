import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Runs `work` while no other process that asks for the same lock file does; a lock whose process is gone counts for nothing. */
export async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
	while (!take(lock)) await setTimeout(500);
	try {
		return await work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function take(lock: string): boolean {
	try {
		writeFileSync(lock, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	if (isStale(lock)) rmSync(lock, { force: true });
	return false;
}

function isStale(lock: string): boolean {
	try {
		const owner = Number(readFileSync(lock, 'utf8'));
		// A file that is still empty was made a moment ago.
		if (!owner) return Date.now() - statSync(lock).mtimeMs > 10_000;
		process.kill(owner, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}
