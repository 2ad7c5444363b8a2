import { isAbsolute } from 'node:path';
import { type Connection, type Engine, isAtLeast, type Version } from './engine';
import { type ImageName, readImageName } from './imageName';
import { optionArguments, shown } from './options';
import { isPlanRefusal, type Plan, type PlanRefusal } from './plan';
import { planConnections } from './plan/connections';
import { planFarm } from './plan/farm';
import { planList } from './plan/list';
import type { Order } from './plan/order';
import { planSingle } from './plan/single';
import { readPlatforms } from './platforms';
import type { BuildRequest } from './request';
import { findTraps } from './traps';

/** The oldest podman whose builds are known. */
const oldest = [4, 0] as const;

/**
 * Plans a build, or says in a sentence why it cannot be done; nothing is asked and nothing runs. `text` is that of the Containerfile.
 * `fresh` is a word of at most 40 lower-case letters and digits that no other build has: what is built bears it until it is verified.
 */
export function planBuild(request: BuildRequest, engine: Engine, fresh: string, text: string): Plan | PlanRefusal {
	const wrong = problemOf(request);
	if (wrong !== undefined) return { because: wrong };
	const builder = builderOf(request, engine);
	if (isPlanRefusal(builder)) return builder;
	const version = oldestOf(request, builder);
	if (!isAtLeast(version, oldest)) return { because: `Podman ${shown(version)} is too old; Whittle builds with podman ${oldest.join('.')} and later` };
	const name = readImageName(request.name);
	if (isPlanRefusal(name)) return name;
	const destination = destinationOf(request, name);
	if (isPlanRefusal(destination)) return destination;
	const platforms = readPlatforms(request.platforms);
	if (isPlanRefusal(platforms)) return platforms;
	const options = optionArguments(request.options ?? {}, version);
	if (isPlanRefusal(options)) return options;
	// Several machines are several platforms, also where nobody names them.
	const traps = findTraps(text, version, isSpread(request) ? Math.max(2, platforms.length) : platforms.length, request.options ?? {});
	if (isPlanRefusal(traps)) return traps;
	const order: Order = {
		request,
		engine: builder,
		name,
		...(destination ? { destination } : {}),
		platforms,
		fresh,
		buildOptions: [...options.build, ...(traps.noCache && request.options?.noCache !== true ? ['--no-cache'] : [])],
		pushOptions: options.push,
		remarks: [...options.remarks, ...traps.remarks],
	};
	if (request.farm !== undefined) return planFarm(order, request.farm, request.assigned ?? {});
	if (isSpread(request)) return planConnections(order, request.connections ?? [], request.assigned ?? {});
	return platforms.length < 2 ? planSingle(order) : planList(order);
}

function problemOf({ file, context, ...rest }: BuildRequest): string | undefined {
	if (JSON.stringify({ file, context, ...rest }).includes('\\u0000')) return 'There is a NUL character in what is to be built, which no program can be given';
	if (file.includes('\r\n')) return `Podman cannot be given the name ${JSON.stringify(file)}: it takes a carriage return before a line end away`;
	if (!isAbsolute(file)) return `The path of the Containerfile has to be absolute, not ${JSON.stringify(file)}`;
	if (!isAbsolute(context)) return `The path of the build context has to be absolute, not ${JSON.stringify(context)}`;
	if (rest.farm !== undefined && (rest.connections ?? []).length > 0) return 'A farm is a name for its connections; name either the farm or connections';
	return undefined;
}

/** Whether several machines may build. */
function isSpread({ connections = [], assigned = {}, farm }: BuildRequest): boolean {
	return farm !== undefined || connections.length > 1 || Object.keys(assigned).length > 0;
}

/** The version of the oldest podman that takes part. */
function oldestOf(request: BuildRequest, { version, machine, connections }: Engine): Version {
	const machines = isSpread(request) ? connections.flatMap((connection) => connection.machine ?? []) : [machine];
	return [version, ...machines.map((one) => one.version)].sort(([a, b], [c, d]) => a - c || b - d)[0] ?? version;
}

/** The engine that one connection means; podman's own options are for the machine here and do not go with it. */
function builderOf(request: BuildRequest, engine: Engine): Engine | PlanRefusal {
	const wanted = request.connections?.[0];
	if (wanted === undefined || isSpread(request)) return engine;
	const connection: Connection | undefined = engine.connections.find(({ name }) => name === wanted);
	if (!connection) {
		const known = engine.connections.map(({ name }) => name);
		return {
			because: `Podman knows no connection ${JSON.stringify(wanted)}; ${known.length === 0 ? 'it knows none, `podman system connection add` makes one' : `it knows ${known.join(', ')}`}`,
		};
	}
	if (connection.unreachable !== undefined) return { because: connection.unreachable };
	return { ...engine, options: ['--connection', wanted], remote: true, machine: connection.machine ?? engine.machine };
}

function destinationOf({ push }: BuildRequest, name: ImageName): ImageName | PlanRefusal | undefined {
	if (push === undefined || push === false) return undefined;
	const destination = push === true ? name : readImageName(push);
	if (isPlanRefusal(destination) || destination.registry !== undefined || destination.repository.startsWith('localhost:')) return destination;
	return {
		because: `${destination.full} cannot be pushed, since no registry is in its name; name one, such as registry.example/${destination.repository.replace(/^localhost\//, '')}:${destination.tag}`,
	};
}
