import { describe, expect, it } from 'vitest';
import type { Connection, Engine, Version } from '../../server/src/podman/engine';
import type { Plan } from '../../server/src/podman/plan';
import { type Order, planConnections } from '../../server/src/podman/plan/connections';

const order: Order = {
	file: '/src/Containerfile',
	context: '/src',
	name: 'quay.io/me/app:1',
	fresh: 'localhost/whittle-3f2a',
	platforms: ['linux/amd64', 'linux/arm64'],
	folder: '/tmp/w',
	buildOptions: ['--no-cache'],
	format: 'oci',
	registryOptions: [],
};

function machine(name: string, platform: string, emulated: readonly string[] = [], version: Version = [4, 3, 1]): Connection {
	return { name, uri: `ssh://${name}`, isDefault: false, machine: { version, platform, emulated } };
}

function engine(connections: readonly Connection[], version: Version = [4, 3, 1]): Engine {
	return { program: 'podman', options: ['--root', '/r'], version, remote: false, machine: { version, platform: 'linux/amd64', emulated: [] }, connections, farms: [] };
}

function planOf(of: Partial<Order>, connections: readonly Connection[], version?: Version, assigned: Readonly<Record<string, string>> = {}): Plan {
	const plan = planConnections(
		{ ...order, ...of },
		engine(connections, version),
		connections.map(({ name }) => name),
		assigned,
	);
	if ('because' in plan) throw new Error(plan.because);
	return plan;
}

function commands({ rows }: Plan): readonly unknown[] {
	return rows.map((row) => row.map(({ label, steps }) => ({ [label]: steps.map(({ args }) => args) })));
}

const pair = [machine('pc', 'linux/amd64'), machine('pi', 'linux/arm64')];

describe('on several connections', () => {
	it('saves and loads the images where nothing is pushed', () => {
		const plan = planOf({}, pair);
		const build = (name: string, architecture: string) => {
			const image = `quay.io/me/app:1-linux-${architecture}`;
			const tags = ['--tag', image, '--tag', `localhost/whittle-3f2a-linux-${architecture}`];
			return [
				['--connection', name, 'build', '--no-cache', '--platform', `linux/${architecture}`, ...tags, '--file', '/src/Containerfile', '/src'],
				['--connection', name, 'image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', image],
			];
		};
		const bring = (name: string, architecture: string) => [
			['--connection', name, 'image', 'save', '--format', 'oci-archive', '--output', `/tmp/w/linux-${architecture}.tar`, `localhost/whittle-3f2a-linux-${architecture}`],
			['--root', '/r', 'image', 'load', '--input', `/tmp/w/linux-${architecture}.tar`],
		];
		const add = (architecture: string) => [
			...['--root', '/r', 'manifest', 'add', '--os', 'linux', '--arch', architecture, 'localhost/whittle-3f2a'],
			`containers-storage:localhost/whittle-3f2a-linux-${architecture}`,
		];
		const rename = (architecture: string) => [
			['--root', '/r', 'tag', `localhost/whittle-3f2a-linux-${architecture}`, `quay.io/me/app:1-linux-${architecture}`],
			['--root', '/r', 'image', 'rm', '--ignore', `localhost/whittle-3f2a-linux-${architecture}`],
		];
		const assemble = [
			['--root', '/r', 'manifest', 'create', 'localhost/whittle-3f2a'],
			add('amd64'),
			add('arm64'),
			['--root', '/r', 'manifest', 'inspect', 'localhost/whittle-3f2a'],
			['--root', '/r', 'tag', 'localhost/whittle-3f2a', 'quay.io/me/app:1'],
			['--root', '/r', 'manifest', 'rm', 'localhost/whittle-3f2a'],
			...rename('amd64'),
			...rename('arm64'),
		];
		const forget = (name: string, architecture: string) => [['--connection', name, 'image', 'rm', '--ignore', `localhost/whittle-3f2a-linux-${architecture}`]];
		expect(commands(plan)).toEqual([
			[{ pc: build('pc', 'amd64') }, { pi: build('pi', 'arm64') }],
			[{ pc: bring('pc', 'amd64') }, { pi: bring('pi', 'arm64') }],
			[{ '': assemble }],
			[{ pc: forget('pc', 'amd64') }, { pi: forget('pi', 'arm64') }],
		]);
		expect(plan.rows[0]?.map(({ steps }) => steps.map(({ must, builds }) => builds ?? must))).toEqual([
			[['linux/amd64'], { kind: 'platform', platform: 'linux/amd64' }],
			[['linux/arm64'], { kind: 'platform', platform: 'linux/arm64' }],
		]);
		expect(plan.cleanup.map(({ args }) => args)).toEqual([
			['--root', '/r', 'manifest', 'rm', 'localhost/whittle-3f2a'],
			['--root', '/r', 'image', 'rm', '--ignore', 'localhost/whittle-3f2a-linux-amd64'],
			...forget('pc', 'amd64'),
			['--root', '/r', 'image', 'rm', '--ignore', 'localhost/whittle-3f2a-linux-arm64'],
			...forget('pi', 'arm64'),
		]);
		expect(plan.remarks).toEqual([]);
	});

	it('pushes every image by the name of its architecture, and lists digests', () => {
		const connections = [machine('pc', 'linux/amd64', [], [5, 4, 2]), machine('old', 'linux/arm64', [], [4, 5, 1])];
		const plan = planOf({ destination: 'localhost:5000/a/b:2', registryOptions: ['--tls-verify=false'] }, connections, [5, 4, 2]);
		const build = (name: string, architecture: string) => [
			...['--connection', name, 'build', '--no-cache', '--platform', `linux/${architecture}`, '--tag', `quay.io/me/app:1-linux-${architecture}`],
			...['--file', '/src/Containerfile', '/src'],
		];
		expect(plan.rows[0]?.map(({ steps }) => steps[0]?.args)).toEqual([build('pc', 'amd64'), build('old', 'arm64')]);
		const push = ['push', '--tls-verify=false'];
		const add = ['--root', '/r', 'manifest', 'add', '--tls-verify=false', '--os', 'linux', '--arch'];
		expect(commands(plan).slice(1)).toEqual([
			[
				{ pc: [['--connection', 'pc', ...push, '--digestfile', '/tmp/w/linux-amd64.digest', 'quay.io/me/app:1-linux-amd64', 'docker://localhost:5000/a/b:2-linux-amd64']] },
				{ old: [['--connection', 'old', ...push, 'quay.io/me/app:1-linux-arm64', 'docker://localhost:5000/a/b:2-linux-arm64']] },
			],
			[
				{
					'': [
						['--root', '/r', 'manifest', 'create', 'localhost/whittle-3f2a'],
						[...add, 'amd64', 'localhost/whittle-3f2a', { before: 'docker://localhost:5000/a/b@', contentOf: '/tmp/w/linux-amd64.digest' }],
						[...add, 'arm64', 'localhost/whittle-3f2a', 'docker://localhost:5000/a/b:2-linux-arm64'],
						['--root', '/r', 'manifest', 'inspect', 'localhost/whittle-3f2a'],
						['--root', '/r', 'tag', 'localhost/whittle-3f2a', 'quay.io/me/app:1'],
						['--root', '/r', 'manifest', 'rm', 'localhost/whittle-3f2a'],
						['--root', '/r', 'manifest', 'push', '--all', '--tls-verify=false', 'quay.io/me/app:1', 'docker://localhost:5000/a/b:2'],
					],
				},
			],
		]);
		expect(plan.cleanup.map(({ args }) => args)).toEqual([['--root', '/r', 'manifest', 'rm', 'localhost/whittle-3f2a']]);
		expect(plan.remarks).toEqual(['The images of single platforms stay in the registry, as localhost:5000/a/b:2-linux-amd64']);
	});

	it('says a variant to the list, and keeps what only the docker format has', () => {
		const plan = planOf({ platforms: ['linux/arm/v7'], format: 'docker' }, [machine('pi', 'linux/arm/v7')]);
		const steps = plan.rows.flat().flatMap((lane) => lane.steps);
		expect(steps.find(({ args }) => args.includes('save'))?.args).toContain('docker-archive');
		expect(steps.find(({ args }) => args.includes('add'))?.args).toEqual([
			...['--root', '/r', 'manifest', 'add', '--os', 'linux', '--arch', 'arm', '--variant', 'v7', 'localhost/whittle-3f2a'],
			'containers-storage:localhost/whittle-3f2a-linux-arm-v7',
		]);
		expect(steps.map(({ must }) => must).filter(Boolean)).toEqual([
			{ kind: 'platform', platform: 'linux/arm' },
			{ kind: 'list', platforms: ['linux/arm/v7'] },
		]);
	});
});

describe('where a platform is built', () => {
	function places(connections: readonly Connection[], platforms = order.platforms, assigned: Readonly<Record<string, string>> = {}): unknown {
		const plan = planConnections(
			{ ...order, platforms },
			engine(connections),
			connections.map(({ name }) => name),
			assigned,
		);
		if ('because' in plan) return plan.because;
		const built = plan.rows[0]?.map(({ label, steps }) => `${label}: ${steps.flatMap(({ builds = [] }) => builds).join(' ')}`);
		return [...(built ?? []), ...plan.remarks];
	}

	it('a machine of that platform comes first, also where another emulates it', () => {
		expect(places([machine('pc', 'linux/amd64', ['linux/arm64']), machine('pi', 'linux/arm64/v8')])).toEqual(['pc: linux/amd64', 'pi: linux/arm64']);
	});

	it('a machine that emulates it does too, and that is said', () => {
		const remark = 'linux/arm64 is built on pc, a machine of linux/amd64, in an emulator; this takes several times as long';
		expect(places([machine('pc', 'linux/amd64', ['linux/arm64'])])).toEqual(['pc: linux/amd64 linux/arm64', remark]);
	});

	it('a person may say where, whatever the machines say', () => {
		const remark = 'linux/arm64 is built on two, a machine of linux/amd64, in an emulator; this takes several times as long';
		expect(places([machine('one', 'linux/amd64'), machine('two', 'linux/amd64')], undefined, { 'linux/arm64': 'two' })).toEqual(['one: linux/amd64', 'two: linux/arm64', remark]);
	});

	it('a platform without a place is refused with what was found', () => {
		const silent: Connection = { name: 'off', uri: 'ssh://off', isDefault: false, unreachable: 'The podman service does not answer' };
		expect(places([machine('pc', 'linux/amd64'), silent])).toBe(
			'No connection builds for linux/arm64 (pc is linux/amd64; off: The podman service does not answer); name one of that platform, or one with an emulator for it: --connection linux/arm64=pc',
		);
		expect(places([machine('pc', 'linux/amd64'), silent], undefined, { 'linux/arm64': 'off' })).toBe('linux/arm64 cannot be built on off. The podman service does not answer');
		expect(places([machine('pc', 'linux/amd64'), silent], ['linux/amd64'])).toEqual(['pc: linux/amd64', 'Nothing is built on off. The podman service does not answer']);
	});

	it('a connection that podman does not know is refused by its name', () => {
		expect(planConnections(order, engine(pair), ['pc', '$(id)'], {})).toEqual({ because: expect.stringContaining('Podman knows no connection $(id)') });
		expect(planConnections(order, engine(pair), ['pc'], { 'linux/arm64': 'gone' })).toEqual({ because: expect.stringContaining('Podman knows no connection gone') });
	});
});
