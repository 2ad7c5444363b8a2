import type { Connection } from '../engine';
import type { PlanRefusal } from '../plan';
import { isSamePlatform } from '../platforms';

/** Where each platform is built. */
export interface Placement {
	readonly places: readonly Place[];
	/** Sentences that a person has to read before. */
	readonly remarks: readonly string[];
}

/** A connection and the platforms that are built on it, at least one. */
export interface Place {
	readonly connection: string;
	readonly platforms: readonly string[];
}

/**
 * Gives each platform its connection: the one that a person assigned, else the first whose machine is of that platform, else the first that says it emulates it.
 * Refuses where a platform has none. Podman 5.4 and earlier do not say what their machine emulates.
 */
export function placePlatforms(platforms: readonly string[], connections: readonly Connection[], assigned: Readonly<Record<string, string>>): Placement | PlanRefusal {
	const remarks = connections.flatMap(({ name, unreachable }) => (unreachable === undefined ? [] : [`Nothing is built on ${name}. ${unreachable}`]));
	const places = new Map<string, string[]>();
	for (const platform of platforms) {
		const wish = Object.entries(assigned).find(([one]) => isSamePlatform(one, platform))?.[1];
		const own = connections.find(({ name }) => name === wish);
		const native = connections.find(({ machine }) => machine && isSamePlatform(machine.platform, platform));
		const emulating = connections.find(({ machine }) => machine?.emulated.some((other) => isSamePlatform(other, platform)));
		const found = own ?? native ?? emulating;
		if (!found) return { because: homeless(platform, connections) };
		if (found.unreachable !== undefined) return { because: `${platform} cannot be built on ${found.name}. ${found.unreachable}` };
		if (found.machine && !isSamePlatform(found.machine.platform, platform)) {
			remarks.push(`${platform} is built on ${found.name}, a machine of ${found.machine.platform}, in an emulator; this takes several times as long`);
		}
		places.set(found.name, [...(places.get(found.name) ?? []), platform]);
	}
	return { places: [...places].map(([connection, its]) => ({ connection, platforms: its })), remarks };
}

function homeless(platform: string, connections: readonly Connection[]): string {
	const machines = connections.flatMap(({ name, machine }) => (machine ? [`${name} is ${machine.platform}`] : []));
	const silent = connections.flatMap(({ name, unreachable }) => (unreachable === undefined ? [] : [`${name}: ${unreachable}`]));
	const [first] = connections;
	return `No connection builds for ${platform} (${[...machines, ...silent].join('; ')}); name one of that platform, or one with an emulator for it: --connection ${platform}=${first?.name ?? 'NAME'}`;
}
