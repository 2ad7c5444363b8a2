import { describe, expect, it } from 'vitest';
import type { Connection } from '../../server/src/podman/engine';
import { isPlanRefusal, type Plan } from '../../server/src/podman/plan';
import { planFarm } from '../../server/src/podman/plan/farm';
import type { Order } from '../../server/src/podman/plan/order';
import { argumentsOf, machine, order, words } from './support/orders';

const app = { full: 'quay.io/me/app:latest', repository: 'quay.io/me/app', tag: 'latest', registry: 'quay.io' };
const pushed: Partial<Order> = { name: app, destination: app };
const pair = [machine('pc', 'linux/amd64'), machine('pi', 'linux/arm64')];

function planOf(of: Partial<Order>, connections: readonly Connection[], assigned: Readonly<Record<string, string>> = {}): Plan {
	const farms = [{ name: 'ours', connections: connections.map(({ name }) => name) }];
	const plan = planFarm(order([...connections, machine('other', 'linux/s390x')], of, [4, 9, 0], farms), 'ours', assigned);
	if (isPlanRefusal(plan)) throw new Error(plan.because);
	return plan;
}

describe('on a farm', () => {
	it('podman farm build does it where each platform is that of a machine and the list is pushed', () => {
		const plan = planOf(pushed, pair);
		expect(argumentsOf(plan)).toEqual([
			{
				'': [
					words('--root /r image exists quay.io/me/app:latest'),
					words('--root /r farm build --farm ours --local=false --platforms linux/amd64,linux/arm64 --tag quay.io/me/app --no-cache --file /src/Containerfile /src'),
					words('--root /r manifest inspect quay.io/me/app:latest'),
				],
			},
		]);
		expect(plan).toMatchObject({ strategy: 'farm', name: 'quay.io/me/app:latest', platforms: ['linux/amd64', 'linux/arm64'], cleanup: [] });
		expect(plan.rows[0]?.[0]?.steps.map(({ must, builds }) => must?.kind ?? builds)).toEqual(['status', ['linux/amd64', 'linux/arm64'], 'list']);
		expect(plan.rows[0]?.[0]?.steps.map(({ pushes }) => pushes)).toEqual([undefined, true, undefined]);
		expect(plan.remarks).toEqual(['`podman farm build` builds on the farm ours: each platform is that of one of its machines. It pushes each image, and the list']);
	});

	it('it is told the variant that a machine says, without which podman finds it not', () => {
		const pi: Connection = { name: 'pi', uri: 'ssh://pi', isDefault: false, machine: { version: [5, 4, 2], platform: 'linux/arm64', variant: 'v8', emulated: [] } };
		const args = planOf({ ...pushed, platforms: ['linux/arm64'] }, [pi]).rows[0]?.[0]?.steps[1]?.args;
		expect(args?.slice(2, 8)).toEqual(words('farm build --farm ours --local=false --platforms'));
		expect(args?.[8]).toBe('linux/arm64/v8');
	});

	it('it builds for all its machines where nobody names a platform', () => {
		const plan = planOf({ ...pushed, platforms: [] }, pair);
		expect(plan).toMatchObject({ strategy: 'farm', platforms: ['linux/amd64', 'linux/arm64'] });
	});

	const silent: Connection = { name: 'off', uri: 'ssh://off', isDefault: false, unreachable: 'The podman service does not answer' };
	const tagged = { full: 'quay.io/me/app:1', repository: 'quay.io/me/app', tag: '1', registry: 'quay.io' };
	const request = { file: '/src/Containerfile', context: '/src', name: 'a', platforms: [], options: { tlsVerify: false } };
	const reasons: readonly [string, Partial<Order>, readonly Connection[], Readonly<Record<string, string>>][] = [
		['always pushes what it builds', { name: app }, pair, {}],
		['pushes to no other name than that of the list', { name: app, destination: tagged }, pair, {}],
		['fails where the name has a tag', { name: tagged, destination: tagged }, pair, {}],
		['passes over --tls-verify before podman 5.0', { ...pushed, request }, pair, {}],
		['does not let anybody say which machine builds a platform', pushed, pair, { 'linux/arm64': 'pc' }],
		['fails where one of its machines does not answer, and off does not', pushed, [...pair, silent], {}],
		['builds for the platforms of its machines only, and linux/arm64 is none of them', pushed, [machine('pc', 'linux/amd64', ['linux/arm64'])], {}],
	];
	it.for(reasons)('its connections do it where podman farm build %s', ([why, of, connections, assigned]) => {
		const plan = planOf(of, connections, assigned);
		expect(plan.strategy).toBe('connections');
		expect(plan.remarks).toContain(`The connections of the farm ours are used one by one: \`podman farm build\` ${why}`);
		expect(plan.rows[1]?.flatMap(({ steps }) => steps.flatMap(({ builds = [] }) => builds)).toSorted()).toEqual(['linux/amd64', 'linux/arm64']);
	});

	it('one that podman does not know is refused by its name', () => {
		const farms = [{ name: 'ours', connections: ['pc'] }];
		expect(planFarm(order(pair, pushed, [5, 4, 2], farms), 'theirs', {})).toEqual({ because: 'Podman knows no farm "theirs"; it knows ours' });
		expect(planFarm(order(pair, pushed), 'ours', {})).toEqual({ because: 'Podman knows no farm "ours"; `podman farm create` makes one, with podman 4.9 or later' });
	});
});
