import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { endRuns } from './endRuns';

/** A program to run: its arguments reach it as they are, no shell between. */
export interface Program {
	readonly program: string;
	readonly args: readonly string[];
	/** Variables on top of this process's own. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Ends the program and all that it started. */
	readonly signal?: AbortSignal;
	/**
	 * It is a podman that builds: it is let clean up when `signal` ends it. One that builds on another machine has the same time to come to its end by itself:
	 * the service of podman 4.3.1 crashes where its client goes away between two instructions, and takes the builds of others with it.
	 */
	readonly builds?: boolean;
	/** Each line that it writes, without its end, while it runs. */
	readonly onLine?: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** How a program ended. */
export interface Ended {
	/** Its exit status; 128 and the signal's number where one ended it. */
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
	/** Why it could not be started at all: `ENOENT`, `EACCES`. */
	readonly notStarted?: string;
}

/** How long a cancelled program has to clean up before it is ended, or killed, in milliseconds. */
const grace = 10_000;

/** How often the commands of RUN instructions are looked for that a cancelled build still starts, in milliseconds. */
const pause = 200;

/** Runs a program to its end; the only place that starts one. It gets a process group of its own, so that cancelling reaches all that it started. Never rejects. */
export function runProgram({ program, args, environment, signal, builds, onLine }: Program): Promise<Ended> {
	return new Promise((resolve) => {
		if (signal?.aborted) return resolve({ status: 130, stdout: '', stderr: '' });
		let child: ChildProcessByStdio<null, Readable, Readable>;
		try {
			child = spawn(program, [...args], { detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
		} catch (error) {
			// Some of the system's errors are thrown, such as that of arguments that are too long.
			return resolve({ status: 2, stdout: '', stderr: '', notStarted: (error as NodeJS.ErrnoException).code ?? String(error) });
		}
		const texts = { stdout: '', stderr: '' };
		for (const stream of ['stdout', 'stderr'] as const) {
			createInterface({ input: child[stream], crlfDelay: Number.POSITIVE_INFINITY }).on('line', (text) => {
				texts[stream] += `${text}\n`;
				onLine?.(stream, text);
			});
		}
		const timers: NodeJS.Timeout[] = [];
		const endIt = () => {
			endGroup(child.pid, 'SIGTERM');
			timers.push(setTimeout(() => endGroup(child.pid, 'SIGKILL'), grace));
		};
		// Podman ends at a signal at once and leaves its working containers behind (4.3.1 and 5.4.2); where a RUN fails it removes them.
		const letCleanUp = () => {
			endRuns(child.pid ?? 0);
			timers.push(
				setInterval(() => endRuns(child.pid ?? 0), pause),
				setTimeout(endIt, grace),
			);
		};
		const cancel = builds === true && process.platform === 'linux' ? letCleanUp : endIt;
		signal?.addEventListener('abort', cancel, { once: true });
		const end = (ended: Partial<Ended>) => {
			for (const timer of timers) clearInterval(timer);
			signal?.removeEventListener('abort', cancel);
			resolve({ status: 2, ...texts, ...ended });
		};
		child.on('error', (error: NodeJS.ErrnoException) => child.pid === undefined && end({ notStarted: error.code ?? error.message }));
		child.on('close', (code, name) => end({ status: code ?? 128 + signalNumber(name) }));
	});
}

function endGroup(pid: number | undefined, name: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(process.platform === 'win32' ? pid : -pid, name);
	} catch {
		// It has ended by itself.
	}
}

function signalNumber(name: NodeJS.Signals | null): number {
	return name === 'SIGKILL' ? 9 : name === 'SIGINT' ? 2 : 15;
}
