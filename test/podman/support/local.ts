import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askEngine } from '../../../server/src/podman/askEngine';
import type { Engine } from '../../../server/src/podman/engine';
import { isPlanRefusal } from '../../../server/src/podman/plan';
import { busyboxArchive } from './busybox';
import { emulateArm64 } from './emulation';
import { environment as common, optionsOf, podman, removeStore, type Store } from './podman';
import { type Registry, startRegistry } from './registry';

/** One machine that builds for amd64 and arm64, and a registry with a base image of both. */
export interface Local {
	readonly folder: string;
	readonly store: Store;
	readonly engine: Engine;
	readonly registry: Registry;
	/** The name of the base image: busybox. */
	readonly base: string;
	/** For podman, and for a command line that has to use the same store. */
	readonly environment: Readonly<Record<string, string>>;
	close(): Promise<void>;
}

/** Starts all of it. Throws where the kernel knows no emulator for arm64. */
export async function startLocal(): Promise<Local> {
	const emulation = await emulateArm64();
	if (emulation.missing !== undefined) throw new Error(emulation.missing);
	// Podman takes no path of more than 50 characters for what it keeps while it runs.
	const folder = mkdtempSync(join(tmpdir(), 'whittle-'));
	const store = { root: join(folder, 'store'), runRoot: join(folder, 'run') };
	mkdirSync(store.runRoot);
	const storage = join(folder, 'storage.conf');
	writeFileSync(storage, `[storage]\ndriver = "overlay"\ngraphroot = "${store.root}"\nrunroot = "${store.runRoot}"\n`);
	writeFileSync(join(folder, 'containers.conf'), '');
	const environment = { ...common, CONTAINERS_STORAGE_CONF: storage, CONTAINERS_CONF: join(folder, 'containers.conf') };
	const registry = await startRegistry(join(folder, 'registry'));
	const base = `${registry.address}/base:1`;
	for (const architecture of ['amd64', 'arm64'] as const) {
		await podman(store, ['import', '--quiet', '--arch', architecture, await busyboxArchive(architecture), `localhost/base-${architecture}`]);
		await podman(store, ['manifest', architecture === 'amd64' ? 'create' : 'add', 'localhost/base', `containers-storage:localhost/base-${architecture}`]);
	}
	await podman(store, ['manifest', 'push', '--all', '--tls-verify=false', 'localhost/base', `docker://${base}`]);
	await podman(store, ['manifest', 'rm', 'localhost/base']);
	const engine = await askEngine('podman', optionsOf(store), { environment });
	if (isPlanRefusal(engine)) throw new Error(engine.because);
	const close = async () => {
		await registry.close();
		await removeStore(folder);
		await emulation.end();
	};
	return { folder, store, engine, registry, base, environment, close };
}
