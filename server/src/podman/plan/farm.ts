import { listed } from '../../text/listed';
import { type Connection, isAtLeast, type Machine } from '../engine';
import { isPlanRefusal, type Plan, type PlanRefusal } from '../plan';
import { isSamePlatform } from '../platforms';
import { planConnections } from './connections';
import type { Order } from './order';
import { fileValue, podman, refuseSingleImage, verifyList } from './steps';

/** The first podman whose farm build knows `--tls-verify`. Source: podman issue 21338. */
const firstWithTlsVerify = [5, 0] as const;

/**
 * Builds on a farm: with `podman farm build` as it is where that does what is wanted, else on the farm's connections one by one. A remark says which, and why.
 * Source: podman's `pkg/farm`, and builds with podman 5.4.2.
 */
export function planFarm(order: Order, name: string, assigned: Readonly<Record<string, string>>): Plan | PlanRefusal {
	const { engine } = order;
	const farm = engine.farms.find((one) => one.name === name);
	if (!farm) {
		const known = engine.farms.map((one) => one.name);
		return {
			because: `Podman knows no farm ${JSON.stringify(name)}; ${known.length > 0 ? `it knows ${known.join(', ')}` : '`podman farm create` makes one, with podman 4.9 or later'}`,
		};
	}
	const connections = engine.connections.filter((one) => farm.connections.includes(one.name));
	const why = whyOneByOne(order, connections, assigned);
	if (why === undefined) return planFarmBuild(order, name, connections);
	const plan = planConnections(order, farm.connections, assigned);
	return isPlanRefusal(plan) ? plan : { ...plan, remarks: [...plan.remarks, `The connections of the farm ${name} are used one by one: \`podman farm build\` ${why}`] };
}

function planFarmBuild(given: Order, name: string, connections: readonly Connection[]): Plan {
	const machines = connections.flatMap(({ machine }) => machine ?? []);
	const order = { ...given, platforms: given.platforms.length > 0 ? given.platforms : [...new Set(machines.map(({ platform }) => platform))] };
	const { platforms, request, buildOptions, name: image } = order;
	const written = platforms.flatMap((platform) =>
		machines
			.filter((machine) => isSamePlatform(machine.platform, platform))
			.slice(0, 1)
			.map(ownPlatform),
	);
	const naming = ['--farm', name, '--local=false', '--platforms', written.join(','), '--tag', image.repository];
	const build = podman(order, `Build for ${listed(platforms)} on the farm ${name}`, [
		'farm',
		'build',
		...naming,
		...buildOptions,
		'--file',
		fileValue(request.file),
		request.context,
	]);
	return {
		strategy: 'farm',
		name: image.full,
		platforms,
		rows: [[{ label: '', steps: [refuseSingleImage(order), { ...build, builds: platforms, pushes: true }, ...verifyList(order, image.full).slice(0, 1)] }]],
		cleanup: [],
		remarks: [...order.remarks, `\`podman farm build\` builds on the farm ${name}: each platform is that of one of its machines. It pushes each image, and the list`],
	};
}

/** What `podman farm build` does not do of what is wanted, after its name; undefined where it does all of it. */
function whyOneByOne({ engine, name, destination, platforms, request }: Order, connections: readonly Connection[], assigned: Readonly<Record<string, string>>): string | undefined {
	if (destination === undefined) return 'always pushes what it builds';
	if (destination.full !== name.full) return 'pushes to no other name than that of the list';
	if (name.tag !== 'latest') return 'fails where the name has a tag';
	if (request.options?.tlsVerify !== undefined && !isAtLeast(engine.version, firstWithTlsVerify)) return 'passes over --tls-verify before podman 5.0';
	if (Object.keys(assigned).length > 0) return 'does not let anybody say which machine builds a platform';
	const silent = connections.find(({ machine }) => machine === undefined);
	if (silent) return `fails where one of its machines does not answer, and ${silent.name} does not`;
	const foreign = platforms.filter((platform) => !connections.some(({ machine }) => machine && isSamePlatform(machine.platform, platform)));
	if (foreign.length > 0) return `builds for the platforms of its machines only, and ${listed(foreign)} ${foreign.length > 1 ? 'are' : 'is'} none of them`;
	return undefined;
}

/** A platform as `podman farm build` knows it: it looks for the variant that the machine says, and finds nothing without it. Source: podman issue 27586. */
function ownPlatform({ platform, variant }: Machine): string {
	return variant === undefined ? platform : `${platform}/${variant}`;
}
