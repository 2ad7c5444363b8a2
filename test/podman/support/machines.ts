import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { askConnections } from '../../../server/src/podman/askConnections';
import { askEngine } from '../../../server/src/podman/askEngine';
import type { BuildEvent, BuildOutcome } from '../../../server/src/podman/events';
import { type Execution, execute } from '../../../server/src/podman/execute';
import { isPlanRefusal, type Plan } from '../../../server/src/podman/plan';
import { planBuild } from '../../../server/src/podman/planBuild';
import type { BuildRequest } from '../../../server/src/podman/request';
import { busyboxArchive } from './busybox';
import { emulateArm64 } from './emulation';
import { whyNoPlatformBuilds } from './missing';
import { presentAs } from './otherMachine';
import { environment as common, optionsOf, podman, removeStore, type Store } from './podman';
import { run } from './programs';
import { fileAt, listedAt, type Registry, startRegistry } from './registry';
import { type Service, startService } from './services';

/** Two machines that build, a registry, and a podman that knows them by connections of its own. */
export interface Machines {
	readonly folder: string;
	readonly environment: Readonly<Record<string, string>>;
	/** Where lists are made. */
	readonly here: Store;
	readonly registry: Registry;
	/** What is behind the connection `pc`; it has `localhost/base` for linux/amd64. */
	readonly pc: Service;
	/** What is behind the connections `pi`, which says linux/arm64, and `plain`, which says what it is; it has `localhost/base` for linux/arm64. Behind `off` is nothing. */
	readonly pi: Service;
	close(): Promise<void>;
}

/** What became of a request. */
export interface Built {
	readonly plan: Plan;
	readonly outcome: BuildOutcome;
	readonly events: readonly BuildEvent[];
}

/** Those of the two machines. */
export const platforms: readonly string[] = ['linux/amd64', 'linux/arm64'];

/** A Containerfile's text that writes down the machine that it runs on, and a word. */
export function textWith(word: string, command = 'uname -m'): string {
	return `FROM localhost/base:1 AS build\nRUN mkdir /output && ${command} > /output/machine && echo ${word} > /output/word\nFROM scratch\nCOPY --from=build /output /\n`;
}

/** What a list of such images holds in the registry: by platform, the machine and the word. `name` has a tag. */
export async function contentsAt({ registry, folder }: Machines, name: string): Promise<readonly (readonly [platform: string, machine: string, word: string])[]> {
	const repository = `${registry.address}/${name.split(':')[0]}`;
	const listed = (await listedAt(`${registry.address}/${name}`)) ?? [];
	return Promise.all(listed.map(async (one) => [one.platform, await fileAt(repository, one, 'machine', folder), await fileAt(repository, one, 'word', folder)] as const));
}

/** Starts all of it. Throws where the kernel knows no emulator for arm64. */
export async function startMachines(): Promise<Machines> {
	const emulation = await emulateArm64();
	if (emulation.missing !== undefined) throw new Error(emulation.missing);
	// Podman takes no path of more than 50 characters for what it keeps while it runs.
	const folder = mkdtempSync(join(tmpdir(), 'whittle-'));
	const environment = { ...common, CONTAINERS_CONF: join(folder, 'containers.conf'), PODMAN_CONNECTIONS_CONF: join(folder, 'connections.json') };
	writeFileSync(environment.CONTAINERS_CONF, '');
	const here = { root: join(folder, 'store'), runRoot: join(folder, 'run') };
	const [registry, pc, pi] = await Promise.all([startRegistry(join(folder, 'registry')), startService(join(folder, 'pc')), startService(join(folder, 'pi'))]);
	await podman(pc.store, ['import', '--quiet', '--arch', 'amd64', await busyboxArchive('amd64'), 'localhost/base:1']);
	await podman(pi.store, ['import', '--quiet', '--arch', 'arm64', await busyboxArchive('arm64'), 'localhost/base:1']);
	const presented = join(folder, 'arm64.sock');
	const arm64 = await presentAs('arm64', pi.socket, presented);
	const sockets = { pc: pc.socket, pi: presented, plain: pi.socket, off: join(folder, 'nothing.sock') };
	for (const [name, socket] of Object.entries(sockets)) await run('podman', ['system', 'connection', 'add', name, `unix://${socket}`], environment);
	const close = async () => {
		arm64.close();
		await Promise.all([registry.close(), pc.close(), pi.close()]);
		await removeStore(folder);
		await emulation.end();
	};
	return { folder, environment, here, registry, pc, pi, close };
}

/** Asks, plans and builds, as the command line does, until `signal` ends it. The base image of `text` is in the stores already; throws with the sentence of a refusal. */
export async function buildOn(
	{ folder, environment, here }: Machines,
	text: string,
	wanted: Omit<BuildRequest, 'file' | 'context'>,
	{ signal, onEvent }: Pick<Execution, 'signal' | 'onEvent'> = {},
): Promise<Built> {
	const context = mkdtempSync(join(folder, 'context-'));
	const file = join(context, 'Containerfile');
	writeFileSync(file, text);
	mkdirSync(here.runRoot, { recursive: true });
	const request: BuildRequest = { ...wanted, file, context, options: { pull: 'never', tlsVerify: false, ...wanted.options } };
	const engine = await askEngine('podman', optionsOf(here), { environment });
	if (isPlanRefusal(engine)) throw new Error(engine.because);
	const plan = planBuild(request, await askConnections(request, engine, { environment }), randomBytes(8).toString('hex'), text);
	if (isPlanRefusal(plan)) throw new Error(plan.because);
	const events: BuildEvent[] = [];
	const heard = (event: BuildEvent): void => {
		events.push(event);
		onEvent?.(event);
	};
	const outcome = await execute(plan, { environment, onEvent: heard, ...(signal ? { signal } : {}) });
	return { plan, outcome, events };
}

/** The names of the images in a store. */
export async function namesIn(store: Store): Promise<readonly string[]> {
	return (await podman(store, ['images', '--format', '{{.Repository}}:{{.Tag}}'])).split('\n').filter((name) => name !== '' && !name.startsWith('<none>'));
}

/** Tests that share a set of machines; skipped by name where builds for several platforms cannot be made, which in CI is a failure. `prepare` runs once they are there. */
export function testOnMachines(
	what: string,
	prepare: (machines: Machines) => Promise<unknown> = async () => {},
): (name: string, work: (machines: Machines) => Promise<void>) => void {
	const missing = process.env['CI'] ? undefined : whyNoPlatformBuilds();
	if (missing !== undefined) console.log(`skipped: builds ${what}, because ${missing}`);
	let machines: Machines | undefined;
	beforeAll(async () => {
		if (missing !== undefined) return;
		machines = await startMachines();
		await prepare(machines);
	}, 300_000);
	afterAll(async () => {
		await machines?.close();
	}, 60_000);
	return (name, work) =>
		it(name, async ({ skip }) => {
			if (missing !== undefined) skip(missing);
			if (!machines) throw new Error('The machines did not start');
			await work(machines);
		});
}

/** What `contentsAt` finds of an image that `textWith` a word made for both platforms. */
export function bothWith(word: string): readonly (readonly string[])[] {
	return [
		['linux/amd64', 'x86_64\n', `${word}\n`],
		['linux/arm64', 'aarch64\n', `${word}\n`],
	];
}
