import { spawnSync } from 'node:child_process';
import { describe, expect } from 'vitest';
import { bothWith, buildOn, contentsAt, platforms, testOnMachines, textWith } from './support/machines';
import { podman } from './support/podman';
import { run } from './support/programs';

const hasFarms = spawnSync('podman', ['farm', 'list']).status === 0;

describe('on a farm, podman builds', { timeout: 120_000 }, () => {
	const test = testOnMachines('on a farm', async ({ environment }) => hasFarms && run('podman', ['farm', 'create', 'ours', 'pc', 'pi'], environment));

	if (!hasFarms) {
		// This podman is older than farms; npm run test:podman5 has a newer one.
		test('nothing where it knows no farms, and says since when there are some', async (all) => {
			await expect(buildOn(all, textWith('never'), { name: 'app', platforms, farm: 'ours' })).rejects.toThrow(/^Podman knows no farm "ours"; .* with podman 4\.9 or later$/);
		});
		return;
	}

	test('with podman farm build, each platform once, also after a second build', async (all) => {
		const wanted = { name: `${all.registry.address}/team/farm`, platforms, farm: 'ours', push: true };
		const { plan, outcome, events } = await buildOn(all, textWith('first'), wanted);
		expect(plan.strategy).toBe('farm');
		expect(outcome).toMatchObject({ kind: 'built', name: `${wanted.name}:latest`, pushed: true });
		expect(await contentsAt(all, 'team/farm:latest')).toEqual(bothWith('first'));
		const begun = events.flatMap((event) => (event.kind === 'progress' ? [event.progress.platform] : []));
		expect([...new Set(begun)].toSorted()).toEqual(platforms);
		expect((await buildOn(all, textWith('second'), wanted)).outcome.kind).toBe('built');
		expect(await contentsAt(all, 'team/farm:latest')).toEqual(bothWith('second'));
	});

	test('on its connections where the name has a tag, with which podman farm build fails', async (all) => {
		const { plan, outcome } = await buildOn(all, textWith('tagged'), { name: `${all.registry.address}/team/farm:2`, platforms, farm: 'ours', push: true });
		expect(plan.strategy).toBe('connections');
		expect(plan.remarks).toContain('The connections of the farm ours are used one by one: `podman farm build` fails where the name has a tag');
		expect(outcome).toMatchObject({ kind: 'built', pushed: true });
		expect(await contentsAt(all, 'team/farm:2')).toEqual(bothWith('tagged'));
	});

	test('and keeps the good list where a RUN fails', async (all) => {
		const wanted = { name: `${all.registry.address}/team/good`, platforms, farm: 'ours', push: true };
		expect((await buildOn(all, textWith('good'), wanted)).outcome.kind).toBe('built');
		const { outcome } = await buildOn(all, textWith('bad', '[ "$(uname -m)" = x86_64 ] || exit 42; uname -m'), wanted);
		expect(outcome).toMatchObject({ kind: 'failed', at: { platform: 'linux/arm64', instruction: 2 } });
		expect(await contentsAt(all, 'team/good:latest')).toEqual(bothWith('good'));
		expect(JSON.parse(await podman(all.here, ['manifest', 'inspect', wanted.name]))).toMatchObject({ manifests: [{}, {}] });
	});
});
