import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, isAtLeast } from '../engine';
import { type ImageName, memberName } from '../imageName';
import { type Argument, isPlanRefusal, type Lane, type Plan, type PlanRefusal, type Step } from '../plan';
import type { Order } from './order';
import { type Place, placePlatforms } from './placement';
import { buildStep, checkImage, dropList, freshName, podman, pushSteps, refuseSingleImage, takeName, verifyList } from './steps';

/** The first podman that writes the digest of what another machine pushed. Source: podman pull request 18284; 4.3.1 ignores the option, 5.4.2 obeys it. */
const firstWithDigests = [4, 6] as const;

/** The image for one platform. */
interface Member {
	readonly platform: string;
	readonly connection: string;
	/** `quay.io/me/app:1-linux-arm64`: its name where it is built, and here without a registry. */
	readonly name: string;
	/** Its name here until the list is known to be right. */
	readonly fresh: string;
	/** The archive, or the file with the digest, that a step leaves to another. */
	readonly file: string;
}

/** A member that goes through a registry. */
interface Pushed extends Member {
	/** Its name there. */
	readonly pushed: string;
	/** Whether the digest is known afterwards. */
	readonly saysDigest: boolean;
}

/**
 * Builds each platform on the connection that suits it, all connections at the same time, and makes one manifest list of the images here. With a registry they go
 * through it; without one they are saved there and loaded here, since `podman image scp` speaks ssh only (4.3.1, podman issue 23297).
 * When somebody cancels, the command of a RUN on another machine goes on to its end, and nothing comes of it: podman has no way to end it (4.3.1 and 5.4.2).
 * `assigned` is where a person wants a platform built. An order without platforms means those of the machines.
 */
export function planConnections(given: Order, chosen: readonly string[], assigned: Readonly<Record<string, string>>): Plan | PlanRefusal {
	const { engine, destination, name } = given;
	const names = [...chosen, ...Object.values(assigned)];
	const unknown = names.find((one) => !engine.connections.some((other) => other.name === one));
	if (unknown !== undefined) return { because: `Podman knows no connection ${JSON.stringify(unknown)}; \`podman system connection list\` names those that it knows` };
	const candidates = engine.connections.filter((one) => names.includes(one.name));
	const platforms = given.platforms.length > 0 ? given.platforms : nativePlatforms(candidates);
	const order = { ...given, platforms };
	const placement = placePlatforms(platforms, candidates, assigned);
	if (isPlanRefusal(placement)) return placement;
	const { places, remarks } = placement;
	const folder = join(tmpdir(), `whittle-${order.fresh}`);
	const passage = destination === undefined ? saveAndLoad(order, places, folder) : throughRegistry(order, places, folder, destination);
	if (isPlanRefusal(passage)) return passage;
	return {
		strategy: 'connections',
		name: name.full,
		platforms,
		folder,
		rows: [[{ label: '', steps: [refuseSingleImage(order)] }], ...passage.rows],
		cleanup: [{ ...dropList(order, freshName(order)), title: 'Remove what was half made' }, ...passage.cleanup],
		remarks: [...order.remarks, ...remarks, ...passage.remarks],
	};
}

/** What lies between the choice of the connections and the finished list. */
type Passage = Pick<Plan, 'rows' | 'cleanup' | 'remarks'>;

/** The images come here, and the list is made of them. */
function saveAndLoad(order: Order, places: readonly Place[], folder: string): Passage | PlanRefusal {
	const members = membersOf(order, places, folder);
	if (isPlanRefusal(members)) return members;
	const list = freshName(order);
	const naming = takeName(order, list);
	if (isPlanRefusal(naming)) return naming;
	// An archive in OCI format loses what only the other one has.
	const format = order.request.options?.format ?? 'oci';
	const bring = ({ connection, platform, fresh, file }: Member): readonly Step[] => [
		podman(on(order, connection), `Save the image for ${platform}`, ['image', 'save', '--format', `${format}-archive`, '--output', file, fresh]),
		podman(order, `Load the image for ${platform}`, ['image', 'load', '--input', file]),
	];
	const forget = (where: Order, { fresh }: Member): Step => podman(where, 'Take the working name away', ['image', 'rm', '--ignore', fresh]);
	const forgetThere = (member: Member): Step => forget(on(order, member.connection), member);
	const assemble = [
		podman(order, 'Make a manifest list', ['manifest', 'create', list]),
		// By a name, the list would lose the image together with that name.
		...members.map(({ platform, fresh }) => addStep(order, platform, [], { before: 'containers-storage:@', idOf: fresh, options: order.engine.options })),
		...verifyList(order, list),
		...naming,
		...members.map((member) => forget(order, member)),
	];
	return {
		rows: [
			lanes(places, members, (member) => build(order, member, ['--tag', member.name, '--tag', member.fresh])),
			lanes(places, members, bring),
			[{ label: '', steps: assemble }],
			lanes(places, members, (member) => [forgetThere(member)]),
		],
		cleanup: members.flatMap((member) => [forget(order, member), forgetThere(member)]),
		remarks: [],
	};
}

/** The images go to the registry by the names of their platforms, and the list is made of what is there. */
function throughRegistry(order: Order, places: readonly Place[], folder: string, destination: ImageName): Passage | PlanRefusal {
	const { engine, name, pushOptions } = order;
	const plain = membersOf(order, places, folder);
	if (isPlanRefusal(plain)) return plain;
	const members: Pushed[] = [];
	for (const member of plain) {
		const pushed = memberName(destination, member.platform);
		if (isPlanRefusal(pushed)) return pushed;
		const machine = engine.connections.find((one) => one.name === member.connection)?.machine;
		const saysDigest = machine !== undefined && isAtLeast(engine.version, firstWithDigests) && isAtLeast(machine.version, firstWithDigests);
		members.push({ ...member, pushed, saysDigest });
	}
	const push = (member: Pushed): readonly Step[] => [
		podman(on(order, member.connection), `Push ${member.pushed}`, [
			...['push', ...pushOptions, ...(member.saysDigest ? ['--digestfile', member.file] : [])],
			...[member.name, `docker://${member.pushed}`],
		]),
	];
	// Somebody else may move a tag in between, but not a digest.
	const source = (member: Pushed): Argument => (member.saysDigest ? { before: `docker://${destination.repository}@`, contentOf: member.file } : `docker://${member.pushed}`);
	const list = freshName(order);
	const assemble = [
		podman(order, 'Make a manifest list', ['manifest', 'create', list]),
		...members.map((member) => addStep(order, member.platform, pushOptions, source(member))),
		// The images themselves are not here.
		...verifyList(order, list).slice(0, 1),
		podman(order, `Name the manifest list ${name.full}`, ['tag', list, name.full]),
		dropList(order, list),
		...pushSteps(order, ['manifest', 'push', '--all']),
	];
	return {
		rows: [
			lanes(places, members, (member) => build(order, member, ['--tag', member.name])),
			// Only when all are built, so that a build that fails leaves nothing in the registry.
			lanes(places, members, push),
			[{ label: '', steps: assemble }],
		],
		cleanup: [],
		remarks: [`The images stay in the registry under names of their own too, as ${members.map(({ pushed }) => pushed).join(', ')}`],
	};
}

function nativePlatforms(connections: readonly Connection[]): readonly string[] {
	return [...new Set(connections.flatMap(({ machine }) => (machine ? [machine.platform] : [])))];
}

function membersOf(order: Order, places: readonly Place[], folder: string): readonly Member[] | PlanRefusal {
	const members: Member[] = [];
	for (const { connection, platforms } of places) {
		for (const platform of platforms) {
			const name = memberName(order.name, platform);
			if (isPlanRefusal(name)) return name;
			const dashed = platform.replaceAll('/', '-');
			members.push({ platform, connection, name, fresh: `${freshName(order)}-${dashed}`, file: join(folder, dashed) });
		}
	}
	return members;
}

function lanes<M extends Member>(places: readonly Place[], members: readonly M[], steps: (member: M) => readonly Step[]): readonly Lane[] {
	return places.map(({ connection }) => ({ label: connection, steps: members.filter((one) => one.connection === connection).flatMap(steps) }));
}

function build(order: Order, { connection, platform, name }: Member, naming: readonly string[]): readonly Step[] {
	const there = on(order, connection);
	return [buildStep(there, [platform], naming), checkImage(there, name, platform)];
}

/** Podman reads the platform from the image itself, but for the variant, which is not in there. */
function addStep(order: Order, platform: string, options: readonly string[], image: Argument): Step {
	const variant = platform.split('/')[2];
	return podman(order, `Add the image for ${platform}`, ['manifest', 'add', ...options, ...(variant === undefined ? [] : ['--variant', variant]), freshName(order), image]);
}

/** The same order for podman on another machine. Options before the subcommand say which store is used here, and podman takes none of them together with a connection. */
function on(order: Order, connection: string): Order {
	return { ...order, engine: { ...order.engine, options: ['--connection', connection], remote: true } };
}
