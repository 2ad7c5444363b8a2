import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Connection, Version } from '../../server/src/podman/engine';
import { isPlanRefusal, type Plan } from '../../server/src/podman/plan';
import { planConnections } from '../../server/src/podman/plan/connections';
import type { Order } from '../../server/src/podman/plan/order';
import { argumentsOf, list, machine, order, words } from './support/orders';

function planOf(of: Partial<Order>, connections: readonly Connection[], version?: Version, assigned: Readonly<Record<string, string>> = {}): Plan {
	const names = connections.map(({ name }) => name);
	const plan = planConnections(order(connections, of, version), names, assigned);
	if (isPlanRefusal(plan)) throw new Error(plan.because);
	return plan;
}

const pair = [machine('pc', 'linux/amd64'), machine('pi', 'linux/arm64')];
const folder = join(tmpdir(), 'whittle-3f2a');
const repository = 'quay.io/me/app';

const format = '{{.Os}}/{{.Architecture}} {{.Size}} {{.Digest}}';
const guard = [words('--root /r image exists quay.io/me/app:1')];

describe('on several connections', () => {
	it('saves and loads the images where nothing is pushed', () => {
		const plan = planOf({}, pair);
		const build = (where: string, kind: string) => [
			words(`--connection ${where} build --platform linux/${kind} --tag ${repository}:1-linux-${kind} --tag ${list}-linux-${kind} --no-cache --file /src/Containerfile /src`),
			[...words(`--connection ${where} image inspect --format`), format, `${repository}:1-linux-${kind}`],
		];
		const bring = (where: string, kind: string) => [
			words(`--connection ${where} image save --format oci-archive --output ${folder}/linux-${kind} ${list}-linux-${kind}`),
			words(`--root /r image load --input ${folder}/linux-${kind}`),
		];
		const member = (kind: string) => ({ before: `${list}@`, memberOf: list, platform: `linux/${kind}`, options: ['--root', '/r'] });
		const image = (kind: string) => ({ before: 'containers-storage:@', idOf: `${list}-linux-${kind}`, options: ['--root', '/r'] });
		const assemble = [
			words(`--root /r manifest create ${list}`),
			[...words(`--root /r manifest add ${list}`), image('amd64')],
			[...words(`--root /r manifest add ${list}`), image('arm64')],
			words(`--root /r manifest inspect ${list}`),
			[...words('--root /r image inspect --format'), format, member('amd64')],
			[...words('--root /r image inspect --format'), format, member('arm64')],
			words(`--root /r tag ${list} ${repository}:1`),
			[...words('--root /r tag'), member('amd64'), `${repository}:1-linux-amd64`],
			[...words('--root /r tag'), member('arm64'), `${repository}:1-linux-arm64`],
			words(`--root /r manifest rm ${list}`),
			words(`--root /r image rm --ignore ${list}-linux-amd64`),
			words(`--root /r image rm --ignore ${list}-linux-arm64`),
		];
		const forget = (where: string, kind: string) => words(`--connection ${where} image rm --ignore ${list}-linux-${kind}`);
		expect(argumentsOf(plan)).toEqual([
			{ '': guard },
			{ pc: build('pc', 'amd64'), pi: build('pi', 'arm64') },
			{ pc: bring('pc', 'amd64'), pi: bring('pi', 'arm64') },
			{ '': assemble },
			{ pc: [forget('pc', 'amd64')], pi: [forget('pi', 'arm64')] },
		]);
		expect(plan.rows[1]?.map(({ steps }) => steps.map(({ must, builds }) => builds ?? must))).toEqual([
			[['linux/amd64'], { kind: 'platform', platform: 'linux/amd64' }],
			[['linux/arm64'], { kind: 'platform', platform: 'linux/arm64' }],
		]);
		expect(plan.cleanup.map(({ args }) => args)).toEqual([
			words(`--root /r manifest rm ${list}`),
			words(`--root /r image rm --ignore ${list}-linux-amd64`),
			forget('pc', 'amd64'),
			words(`--root /r image rm --ignore ${list}-linux-arm64`),
			forget('pi', 'arm64'),
		]);
		expect(plan).toMatchObject({ strategy: 'connections', name: `${repository}:1`, platforms: ['linux/amd64', 'linux/arm64'], folder, remarks: [] });
	});

	it('pushes every image by the name of its platform, and lists digests where podman says them', () => {
		const connections = [machine('pc', 'linux/amd64', [], [5, 4, 2]), machine('old', 'linux/arm64', [], [4, 5, 1])];
		const destination = { full: 'localhost:5000/a/b:2', repository: 'localhost:5000/a/b', tag: '2', registry: 'localhost:5000' };
		const plan = planOf({ destination, pushOptions: ['--tls-verify=false'] }, connections, [5, 4, 2]);
		const build = (where: string, kind: string) => [
			words(`--connection ${where} build --platform linux/${kind} --tag ${repository}:1-linux-${kind} --no-cache --file /src/Containerfile /src`),
			[...words(`--connection ${where} image inspect --format`), format, `${repository}:1-linux-${kind}`],
		];
		const assemble = [
			words(`--root /r manifest create ${list}`),
			[...words(`--root /r manifest add --tls-verify=false ${list}`), { before: 'docker://localhost:5000/a/b@', contentOf: `${folder}/linux-amd64` }],
			words(`--root /r manifest add --tls-verify=false ${list} docker://localhost:5000/a/b:2-linux-arm64`),
			words(`--root /r manifest inspect ${list}`),
			words(`--root /r tag ${list} ${repository}:1`),
			words(`--root /r manifest rm ${list}`),
			words(`--root /r manifest push --all --tls-verify=false ${repository}:1 docker://localhost:5000/a/b:2`),
		];
		const push = (where: string, kind: string, digest: string) =>
			words(`--connection ${where} push --tls-verify=false ${digest}${repository}:1-linux-${kind} docker://localhost:5000/a/b:2-linux-${kind}`);
		expect(argumentsOf(plan)).toEqual([
			{ '': guard },
			{ pc: build('pc', 'amd64'), old: build('old', 'arm64') },
			{ pc: [push('pc', 'amd64', `--digestfile ${folder}/linux-amd64 `)], old: [push('old', 'arm64', '')] },
			{ '': assemble },
		]);
		expect(plan.rows[3]?.[0]?.steps.find(({ must }) => must)?.must).toEqual({ kind: 'list', platforms: ['linux/amd64', 'linux/arm64'] });
		expect(plan.cleanup.map(({ args }) => args)).toEqual([words(`--root /r manifest rm ${list}`)]);
		expect(plan.remarks).toEqual(['The images stay in the registry under names of their own too, as localhost:5000/a/b:2-linux-amd64, localhost:5000/a/b:2-linux-arm64']);
	});

	it('says a variant to the list, and keeps what only the docker format has', () => {
		const request = { file: '/src/Containerfile', context: '/src', name: 'a', platforms: [], options: { format: 'docker' } } as const;
		const plan = planOf({ platforms: ['linux/arm/v7'], request }, [machine('pi', 'linux/arm/v7')]);
		const steps = plan.rows.flat().flatMap((lane) => lane.steps);
		expect(steps.find(({ args }) => args.includes('save'))?.args).toContain('docker-archive');
		expect(steps.find(({ args }) => args.includes('add'))?.args).toEqual([
			...words(`--root /r manifest add --variant v7 ${list}`),
			{ before: 'containers-storage:@', idOf: `${list}-linux-arm-v7`, options: ['--root', '/r'] },
		]);
	});

	it('refuses a tag that is too long with a platform behind it', () => {
		const tag = 'x'.repeat(120);
		const name = { full: `localhost/app:${tag}`, repository: 'localhost/app', tag };
		expect(planConnections(order(pair, { name }), ['pc', 'pi'], {})).toEqual({ because: expect.stringContaining('is too long') });
		expect(planConnections(order(pair, { destination: name }), ['pc', 'pi'], {})).toEqual({ because: expect.stringContaining('is too long') });
	});
});

describe('where a platform is built', () => {
	function places(connections: readonly Connection[], platforms: readonly string[] = ['linux/amd64', 'linux/arm64'], assigned: Readonly<Record<string, string>> = {}): unknown {
		const names = connections.map(({ name }) => name);
		const plan = planConnections(order(connections, { platforms }), names, assigned);
		if (isPlanRefusal(plan)) return plan.because;
		const built = plan.rows[1]?.map(({ label, steps }) => `${label}: ${steps.flatMap(({ builds = [] }) => builds).join(' ')}`);
		return [...(built ?? []), ...plan.remarks];
	}

	it('a machine of that platform comes first, also where another emulates it', () => {
		expect(places([machine('pc', 'linux/amd64', ['linux/arm64']), machine('pi', 'linux/arm64/v8')])).toEqual(['pc: linux/amd64', 'pi: linux/arm64']);
	});

	it('a machine that emulates it does too, and that is said', () => {
		const remark = 'linux/arm64 is built on pc, a machine of linux/amd64, in an emulator; this takes several times as long';
		expect(places([machine('pc', 'linux/amd64', ['linux/arm64'])])).toEqual(['pc: linux/amd64 linux/arm64', remark]);
	});

	it('where nobody names a platform, each machine builds its own', () => {
		expect(places([machine('pc', 'linux/amd64'), machine('pi', 'linux/arm64'), machine('pc2', 'linux/amd64')], [])).toEqual(['pc: linux/amd64', 'pi: linux/arm64']);
	});

	it('a person may say where, whatever the machines say', () => {
		const remark = 'linux/arm64 is built on two, a machine of linux/amd64, in an emulator; this takes several times as long';
		const pcs = [machine('one', 'linux/amd64'), machine('two', 'linux/amd64')];
		expect(places(pcs, undefined, { 'linux/arm64/v8': 'two' })).toEqual(['one: linux/amd64', 'two: linux/arm64', remark]);
	});

	it('a platform without a place is refused with what was found', () => {
		const silent: Connection = { name: 'off', uri: 'ssh://off', isDefault: false, unreachable: 'The podman service does not answer' };
		const pc = machine('pc', 'linux/amd64');
		expect(places([pc, silent])).toBe(
			'No connection builds for linux/arm64 (pc is linux/amd64; off: The podman service does not answer); name one of that platform, or one with an emulator for it: --connection linux/arm64=pc',
		);
		expect(places([pc, silent], undefined, { 'linux/arm64': 'off' })).toBe('linux/arm64 cannot be built on off. The podman service does not answer');
		expect(places([pc, silent], ['linux/amd64'])).toEqual(['pc: linux/amd64', 'Nothing is built on off. The podman service does not answer']);
	});

	it('a connection that podman does not know is refused by its name', () => {
		expect(planConnections(order(pair), ['pc', '$(id)'], {})).toEqual({ because: expect.stringContaining('Podman knows no connection "$(id)"') });
		expect(planConnections(order(pair), ['pc'], { 'linux/arm64': 'gone' })).toEqual({ because: expect.stringContaining('Podman knows no connection "gone"') });
	});
});
