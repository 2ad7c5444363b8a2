import type { Connection, Engine, Farm, Version } from '../../../server/src/podman/engine';
import type { Plan } from '../../../server/src/podman/plan';
import type { Order } from '../../../server/src/podman/plan/order';

/** The working name of what an order builds. */
export const list = 'localhost/whittle-build:3f2a';

/** A connection whose machine has said what it is. */
export function machine(name: string, platform: string, emulated: readonly string[] = [], version: Version = [4, 3, 1]): Connection {
	return { name, uri: `ssh://${name}`, isDefault: false, machine: { version, platform, emulated } };
}

/** An order for `quay.io/me/app:1` on linux/amd64 and linux/arm64, by a podman with a store of its own, changed as somebody likes. */
export function order(connections: readonly Connection[], of: Partial<Order> = {}, version: Version = [4, 3, 1], farms: readonly Farm[] = []): Order {
	const here = { version, platform: 'linux/amd64', emulated: [] };
	const engine: Engine = { program: 'podman', options: ['--root', '/r'], version, remote: false, machine: here, connections, farms };
	return {
		request: { file: '/src/Containerfile', context: '/src', name: 'quay.io/me/app:1', platforms: [] },
		engine,
		name: { full: 'quay.io/me/app:1', repository: 'quay.io/me/app', tag: '1', registry: 'quay.io' },
		platforms: ['linux/amd64', 'linux/arm64'],
		fresh: '3f2a',
		buildOptions: ['--no-cache'],
		pushOptions: [],
		remarks: [],
		...of,
	};
}

/** Each word an argument. */
export function words(text: string): readonly string[] {
	return text.split(' ');
}

/** The arguments of all steps, by row and lane. */
export function argumentsOf({ rows }: Plan): readonly unknown[] {
	return rows.map((row) => Object.fromEntries(row.map(({ label, steps }) => [label, steps.map(({ args }) => args)])));
}
