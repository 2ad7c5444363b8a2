import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The built command line. */
export const program = join(__dirname, '../../dist/cli.js');

/** What a run of the command line gave. */
export interface Outcome {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** How to run it. */
export interface RunOptions {
	readonly cwd: string;
	readonly input?: string | Uint8Array;
	readonly env?: Readonly<Record<string, string>>;
	/** Another user's id; only root may ask for one. */
	readonly uid?: number;
}

/** Runs the built command line, without a terminal. */
export function whittle(words: readonly string[], { cwd, input = '', env = {}, uid }: RunOptions): Outcome {
	const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...words], {
		cwd,
		input,
		encoding: 'utf8',
		env: { ...process.env, ...env },
		maxBuffer: 64 * 1024 * 1024,
		...(uid === undefined ? {} : { uid, gid: uid }),
	});
	// It may stop reading what is too long.
	if (error && !('code' in error && error.code === 'EPIPE')) throw error;
	return { status, stdout, stderr };
}

/** A folder with these files, by path; it is gone after the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'whittle-')));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
	return folder;
}

/** A file with a warning that has a safe repair, and with infos. */
export const wasteful = 'FROM fedora:33\nRUN dnf -y install nginx\n';

/** A file in which nothing is found. */
export const clean = 'FROM scratch\nCOPY app /app\n';

/** Every sentence on standard error ends in a full stop, question or exclamation mark, and none shows the insides of the program. */
export function sentences(stderr: string): readonly string[] {
	const lines = stderr.split('\n').filter((line) => line !== '');
	for (const line of lines) {
		if (!/^whittle: .*[.?!]$/.test(line) || /\bat .*:\d+:\d+|node:internal|Error:/.test(line)) throw new Error(`not a sentence for people: ${line}`);
	}
	return lines.map((line) => line.replace(/^whittle: /, ''));
}
