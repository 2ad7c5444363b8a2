import { setTimeout } from 'node:timers/promises';
import { describe, expect, vi } from 'vitest';
import type { BuildEvent } from '../../server/src/podman/events';
import { type Built, bothWith, buildOn, contentsAt, namesIn, platforms, testOnMachines, textWith } from './support/machines';
import { podman } from './support/podman';
import { attempt } from './support/programs';
import { listedAt } from './support/registry';

describe('on several connections, podman builds', { timeout: 120_000 }, () => {
	const test = testOnMachines('on several machines');

	test('each platform where it is native, at the same time, and the registry has each once, also after a second build', async (all) => {
		const name = `${all.registry.address}/team/app:1`;
		const wanted = { name, platforms, connections: ['pc', 'pi'], push: true };
		const { plan, outcome, events } = await buildOn(all, textWith('first'), wanted);
		expect(outcome).toMatchObject({ kind: 'built', name, pushed: true });
		expect(plan.strategy).toBe('connections');
		expect(await contentsAt(all, 'team/app:1')).toEqual(bothWith('first'));
		const builds = events.flatMap((event) => ((event.kind === 'started' || event.kind === 'ended') && event.step.builds ? [`${event.kind} ${event.lane}`] : []));
		expect(builds.slice(0, 2)).toEqual(['started pc', 'started pi']);
		expect((await buildOn(all, textWith('second'), wanted)).outcome.kind).toBe('built');
		expect(await contentsAt(all, 'team/app:1')).toEqual(bothWith('second'));
		expect((await namesIn(all.here)).filter((one) => one.includes('team/app'))).toEqual([name]);
	});

	test('the list is here without a registry, and outlives a pruning', async (all) => {
		const { plan, outcome } = await buildOn(all, textWith('here'), { name: 'app:2', platforms, connections: ['pc'], assigned: { 'linux/arm64': 'plain' } });
		expect(outcome).toMatchObject({ kind: 'built', name: 'localhost/app:2', pushed: false });
		expect(plan.remarks).toEqual(['linux/arm64 is built on plain, a machine of linux/amd64, in an emulator; this takes several times as long']);
		await podman(all.here, ['image', 'prune', '--force']);
		const pushed = `${all.registry.address}/from/here:2`;
		await podman(all.here, ['manifest', 'push', '--all', '--tls-verify=false', 'localhost/app:2', `docker://${pushed}`]);
		expect(await contentsAt(all, 'from/here:2')).toEqual(bothWith('here'));
		const names = [await namesIn(all.here), await namesIn(all.pc.store), await namesIn(all.pi.store)];
		expect(names.map((store) => store.filter((one) => /app:2/.test(one)).toSorted())).toEqual([
			['localhost/app:2', 'localhost/app:2-linux-amd64', 'localhost/app:2-linux-arm64'],
			['localhost/app:2-linux-amd64'],
			['localhost/app:2-linux-arm64'],
		]);
		expect(names.flat().filter((one) => one.includes('whittle-build'))).toEqual([]);
	});

	test('a RUN that fails on one of them, and the good list stays as it was', async (all) => {
		const name = `${all.registry.address}/team/half:1`;
		const wanted = { name, platforms, connections: ['pc', 'pi'] };
		expect((await buildOn(all, textWith('good'), wanted)).outcome.kind).toBe('built');
		const before = await podman(all.here, ['manifest', 'inspect', name]);
		const { outcome } = await buildOn(all, textWith('bad', '[ "$(uname -m)" = x86_64 ] || exit 42; uname -m'), { ...wanted, push: true });
		expect(outcome).toMatchObject({ kind: 'failed', status: 42, lane: 'pi', at: { platform: 'linux/arm64', instruction: 2, stage: { number: 1, of: 2 } } });
		expect(await listedAt(`${name}-linux-amd64`)).toBeUndefined();
		expect(await podman(all.here, ['manifest', 'inspect', name])).toBe(before);
		expect((await namesIn(all.here)).filter((one) => one.includes('whittle-build'))).toEqual([]);
	});

	test('until somebody cancels, which leaves nothing half made', async (all) => {
		const abort = new AbortController();
		const begun = new Set<string>();
		const onEvent = (event: BuildEvent): void => {
			if (event.kind === 'line' && event.text === 'begun' && begun.add(event.lane).size === 2) abort.abort();
		};
		const wanted = { name: 'app:4', platforms, connections: ['pc', 'pi'] };
		const { outcome } = await buildOn(all, textWith('never', 'echo begun && sleep 00020'), wanted, { signal: abort.signal, onEvent });
		expect(outcome).toEqual({ kind: 'cancelled' });
		// The command itself goes on where it runs; what comes after it does not.
		expect(await isRunning('sleep 00020')).toBe(true);
		await vi.waitUntil(async () => !(await isRunning('sleep 00020')), { timeout: 60_000, interval: 500 });
		await setTimeout(3000);
		const names = [await namesIn(all.here), await namesIn(all.pc.store), await namesIn(all.pi.store)];
		expect(names.flat().filter((one) => /whittle-build|app:4/.test(one))).toEqual([]);
	});

	test('nothing where a connection does not answer, and says why', async (all) => {
		const build = (connections: readonly string[]): Promise<Built> => buildOn(all, textWith('never'), { name: 'app:3', platforms, connections });
		await expect(build(['pc', 'off'])).rejects.toThrow(/^No connection builds for linux\/arm64 \(pc is linux\/amd64; off: The podman service does not answer/);
		await expect(build(['pc', 'nowhere'])).rejects.toThrow('Podman knows no connection "nowhere"');
	});
});

async function isRunning(command: string): Promise<boolean> {
	const { stdout } = await attempt('sh', ['-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "']);
	return stdout.includes(` ${command} `);
}
