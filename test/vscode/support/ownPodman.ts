import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { environment, optionsOf, podman, removeStore, type Store } from '../../podman/support/podman';
import { run } from '../../podman/support/programs';

/** A podman with a store of its own. */
export interface OwnPodman {
	/** The path of a program that is podman on that store. */
	readonly program: string;
	/** For the editor that starts it. */
	readonly environment: Readonly<Record<string, string>>;
	/** The same podman, for the test itself; it has to work. */
	readonly ask: (...args: readonly string[]) => Promise<string>;
}

/** The base images of a store of `ownPodman`: a manifest list for linux/amd64 and linux/arm64, each with a shell that this machine runs itself. */
export const base = 'localhost/tiny';

/** Makes a podman with a store of its own and the base image in it, until the test is over; takes some seconds. */
export async function ownPodman(): Promise<OwnPodman> {
	// Podman takes no path of more than 50 characters for what it keeps while it runs.
	const folder = mkdtempSync(join(tmpdir(), 'whittle-'));
	onTestFinished(() => removeStore(folder));
	const store: Store = { root: join(folder, 'store'), runRoot: join(folder, 'run') };
	await makeBase(store, folder);
	const program = join(folder, 'podman');
	writeFileSync(program, `#!/bin/sh\nexec podman ${optionsOf(store).join(' ')} "$@"\n`);
	chmodSync(program, 0o755);
	return { program, environment, ask: (...args) => podman(store, args) };
}

/** A file that differs keeps podman from taking the layers of one platform for those of the other. */
async function makeBase(store: Store, folder: string): Promise<void> {
	const programs = join(folder, 'root/bin');
	mkdirSync(programs, { recursive: true });
	copyFileSync((await run('sh', ['-c', 'command -v busybox'])).trim(), join(programs, 'busybox'));
	for (const name of ['sh', 'sleep', 'touch']) symlinkSync('busybox', join(programs, name));
	await podman(store, ['manifest', 'create', base]);
	for (const platform of ['amd64', 'arm64']) {
		writeFileSync(join(folder, 'root/platform'), platform);
		await run('tar', ['-C', join(folder, 'root'), '-cf', join(folder, 'root.tar'), '.']);
		await podman(store, ['import', '--quiet', '--arch', platform, join(folder, 'root.tar'), `${base}-${platform}`]);
		await podman(store, ['manifest', 'add', '--arch', platform, base, `containers-storage:${base}-${platform}:latest`]);
	}
}
