import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { environment, optionsOf, type Store } from './podman';

/** A podman that serves its own store, as one on another machine does. */
export interface Service {
	readonly store: Store;
	/** The path of its socket. */
	readonly socket: string;
	close(): Promise<void>;
}

/** Starts a service with a store of its own in a folder. */
export async function startService(folder: string): Promise<Service> {
	const store = { root: join(folder, 'store'), runRoot: join(folder, 'run') };
	mkdirSync(store.runRoot, { recursive: true });
	const socket = join(folder, 'podman.sock');
	const child = spawn('podman', [...optionsOf(store), 'system', 'service', '--time=0', `unix://${socket}`], { env: { ...process.env, ...environment }, stdio: 'ignore' });
	const ended = new Promise<void>((done) => {
		child.on('close', () => done());
		child.on('error', () => done());
	});
	for (let tries = 0; !(await answers(socket)); tries += 1) {
		if (tries > 100 || child.exitCode !== null || child.pid === undefined) throw new Error('podman system service does not start');
		await setTimeout(100);
	}
	const close = () => {
		child.kill();
		return ended;
	};
	return { store, socket, close };
}

function answers(socketPath: string): Promise<boolean> {
	return new Promise((done) => {
		const asked = request({ socketPath, path: '/_ping' }, (answer) => {
			answer.resume();
			done(answer.statusCode === 200);
		});
		asked.on('error', () => done(false));
		asked.end();
	});
}
