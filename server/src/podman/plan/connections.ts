import { join } from 'node:path';
import { type Engine, isAtLeast } from '../engine';
import type { Argument, Lane, Must, Plan, PlanRefusal, Step } from '../plan';
import { type Place, placePlatforms } from './placement';

/** What a build on several machines is made of, besides the machines. */
export interface Order {
	/** Absolute. */
	readonly file: string;
	/** Absolute. */
	readonly context: string;
	/** With its tag: `quay.io/me/app:1`. */
	readonly name: string;
	/** A name that no image and no list has, without a tag; the list has it until it is known to be right. */
	readonly fresh: string;
	/** At least one. */
	readonly platforms: readonly string[];
	/** For files that steps leave to each other. */
	readonly folder: string;
	/** Options of podman build besides file, platform and name. */
	readonly buildOptions: readonly string[];
	readonly format: 'oci' | 'docker';
	/** Where to push, with its tag; absent where nothing is pushed. */
	readonly destination?: string;
	/** Options of everything that speaks to a registry: `--authfile`, `--tls-verify`. */
	readonly registryOptions: readonly string[];
}

/** The first podman that writes the digest of what another machine pushed. Source: podman pull request 18284; 4.3.1 ignores the option, 5.4.2 obeys it. */
const firstWithDigests = [4, 6] as const;

/**
 * Builds each platform on the connection that suits it, all connections at the same time, and makes one manifest list of the images here. With a registry they go
 * through it, each under `NAME:TAG-linux-arm64`; without one they are saved there and loaded here, since `podman image scp` speaks ssh only (4.3.1 and podman issue 23297).
 * Options before the subcommand say which store is used here, and podman takes none of them together with a connection.
 */
export function planConnections(order: Order, engine: Engine, chosen: readonly string[], assigned: Readonly<Record<string, string>>): Plan | PlanRefusal {
	const names = [...chosen, ...Object.values(assigned)];
	const unknown = names.find((name) => !engine.connections.some((one) => one.name === name));
	if (unknown !== undefined) return { because: `Podman knows no connection ${unknown}; \`podman system connection list\` names those that it knows` };
	const candidates = engine.connections.filter(({ name }) => names.includes(name));
	const placement = placePlatforms(order.platforms, candidates, assigned);
	if ('because' in placement) return placement;
	const lanes = (stepsOf: (platform: string, connection: string) => readonly Step[]): readonly Lane[] =>
		placement.places.map(({ connection, platforms }) => ({ label: connection, steps: platforms.flatMap((platform) => stepsOf(platform, connection)) }));
	const isHere = order.destination === undefined;
	return {
		strategy: 'connections',
		name: order.name,
		platforms: order.platforms,
		folder: order.folder,
		rows: [
			lanes((platform, connection) => buildOn(order, engine, platform, connection)),
			// Only when all are built, so that a build that fails leaves nothing in the registry.
			lanes((platform, connection) => bring(order, engine, platform, connection)),
			[{ label: '', steps: isHere ? assembleHere(order, engine) : assemblePushed(order, engine, placement.places) }],
			...(isHere ? [lanes((platform, connection) => [forget(order, engine, platform, connection)])] : []),
		],
		cleanup: [
			here(engine, `Remove ${order.fresh}`, ['manifest', 'rm', order.fresh]),
			...(isHere
				? placement.places.flatMap(({ connection, platforms }) => platforms.flatMap((platform) => [forget(order, engine, platform), forget(order, engine, platform, connection)]))
				: []),
		],
		remarks: [
			...placement.remarks,
			...(isHere ? [] : [`The images of single platforms stay in the registry, as ${forPlatform(order.destination ?? '', order.platforms[0] ?? '')}`]),
		],
	};
}

function buildOn({ file, context, name, fresh, destination, buildOptions }: Order, engine: Engine, platform: string, connection: string): readonly Step[] {
	const names = [forPlatform(name, platform), ...(destination === undefined ? [forPlatform(fresh, platform)] : [])];
	const args = ['build', ...buildOptions, '--platform', platform, ...names.flatMap((one) => ['--tag', one]), '--file', file, context];
	const must: Must = { kind: 'platform', platform: platform.split('/').slice(0, 2).join('/') };
	return [
		{ ...there(engine, connection, `Build for ${platform}`, args), builds: [platform] },
		// An inspected image says nothing about a variant.
		{ ...there(engine, connection, `Check that it is for ${platform}`, ['image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', forPlatform(name, platform)]), must },
	];
}

/** Brings an image from where it was built to where the list is made. */
function bring(order: Order, engine: Engine, platform: string, connection: string): readonly Step[] {
	const { name, fresh, destination, registryOptions, format } = order;
	if (destination !== undefined) {
		const pushed = forPlatform(destination, platform);
		const digest = saysDigests(engine, connection) ? ['--digestfile', digestFile(order, platform)] : [];
		return [there(engine, connection, `Push ${pushed}`, ['push', ...registryOptions, ...digest, forPlatform(name, platform), `docker://${pushed}`])];
	}
	const archive = join(order.folder, `${dashed(platform)}.tar`);
	const image = forPlatform(fresh, platform);
	return [
		there(engine, connection, `Save the image for ${platform}`, ['image', 'save', '--format', `${format}-archive`, '--output', archive, image]),
		here(engine, `Load the image for ${platform}`, ['image', 'load', '--input', archive]),
	];
}

/** Makes the list of what was pushed, by digests where they are known: a tag can be moved by somebody else in between. */
function assemblePushed(order: Order, engine: Engine, places: readonly Place[]): readonly Step[] {
	const destination = order.destination ?? '';
	const image = (platform: string): Argument => {
		const connection = places.find(({ platforms }) => platforms.includes(platform))?.connection ?? '';
		if (!saysDigests(engine, connection)) return `docker://${forPlatform(destination, platform)}`;
		return { before: `docker://${destination.slice(0, destination.lastIndexOf(':'))}@`, contentOf: digestFile(order, platform) };
	};
	return [
		...listOf(order, engine, image, order.registryOptions),
		here(engine, `Push ${destination}`, ['manifest', 'push', '--all', ...order.registryOptions, order.name, `docker://${destination}`]),
	];
}

/** Makes the list of what was loaded, and gives its images names: those without one fall to `podman image prune`. */
function assembleHere(order: Order, engine: Engine): readonly Step[] {
	return [
		...listOf(order, engine, (platform) => `containers-storage:${forPlatform(order.fresh, platform)}`, []),
		...order.platforms.flatMap((platform) => {
			const name = forPlatform(order.name, platform);
			return [here(engine, `Name the image ${name}`, ['tag', forPlatform(order.fresh, platform), name]), forget(order, engine, platform)];
		}),
	];
}

/** Makes the list under its fresh name, and gives it the wanted one when it is known to be right. */
function listOf({ fresh, name, platforms }: Order, engine: Engine, image: (platform: string) => Argument, options: readonly string[]): readonly Step[] {
	return [
		here(engine, 'Make a manifest list', ['manifest', 'create', fresh]),
		...platforms.map((platform) => {
			const [system = '', architecture = '', variant] = platform.split('/');
			const kind = ['--os', system, '--arch', architecture, ...(variant === undefined ? [] : ['--variant', variant])];
			return here(engine, `Add the image for ${platform}`, ['manifest', 'add', ...options, ...kind, fresh, image(platform)]);
		}),
		{ ...here(engine, 'Check the manifest list', ['manifest', 'inspect', fresh]), must: { kind: 'list', platforms } },
		here(engine, `Name it ${name}`, ['tag', fresh, name]),
		// What has another name only loses this one.
		here(engine, `Drop the name ${fresh}`, ['manifest', 'rm', fresh]),
	];
}

/** Takes the fresh name from an image here or on a connection. */
function forget({ fresh }: Order, engine: Engine, platform: string, connection?: string): Step {
	const image = forPlatform(fresh, platform);
	const args = ['image', 'rm', '--ignore', image];
	return connection === undefined ? here(engine, `Drop the name ${image}`, args) : there(engine, connection, `Drop the name ${image}`, args);
}

function here({ program, options }: Engine, title: string, args: readonly Argument[]): Step {
	return { title, program, args: [...options, ...args] };
}

function there({ program }: Engine, connection: string, title: string, args: readonly Argument[]): Step {
	return { title, program, args: ['--connection', connection, ...args] };
}

function saysDigests({ version, connections }: Engine, connection: string): boolean {
	const machine = connections.find(({ name }) => name === connection)?.machine;
	return machine !== undefined && isAtLeast(version, firstWithDigests) && isAtLeast(machine.version, firstWithDigests);
}

function digestFile({ folder }: Order, platform: string): string {
	return join(folder, `${dashed(platform)}.digest`);
}

/** `quay.io/me/app:1-linux-arm64`; a name without a tag gets none. */
function forPlatform(name: string, platform: string): string {
	return `${name}-${dashed(platform)}`;
}

function dashed(platform: string): string {
	return platform.replaceAll('/', '-');
}
