import type { Connection, Engine, Farm } from './engine';
import { isAtLeast } from './engine';
import { becauseOf } from './explain';
import { parseConnections, parseFarms, parseInfo, parseVersions } from './parse';
import type { PlanRefusal } from './plan';
import { type Ended, runProgram } from './run';

/** How podman is run. */
export interface Circumstances {
	/** Variables on top of this process's own. */
	readonly environment?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
}

/** The first podman with `podman farm list`. Source: podman's release notes, 4.9. */
const firstWithFarms = [4, 9] as const;

/** Asks podman about itself, its connections and its farms; a sentence with the next step where it cannot answer. */
export async function askEngine(program: string, options: readonly string[], circumstances: Circumstances = {}): Promise<Engine | PlanRefusal> {
	const ask = (...args: readonly string[]): Promise<Ended> => runProgram({ program, args: [...options, ...args], ...circumstances });
	const [version, info, list] = await Promise.all([
		ask('version', '--format', 'json'),
		ask('info', '--format', 'json'),
		runProgram({ program, args: ['system', 'connection', 'list', '--format', 'json'], ...circumstances }),
	]);
	for (const ended of [version, info]) if (ended.status !== 0) return { because: becauseOf(ended, program) };
	const versions = parseVersions(version.stdout);
	const said = parseInfo(info.stdout);
	if (!versions || !said) return { because: `${program} does not say what it is; \`${program} version\` and \`${program} info\` have to answer as podman does` };
	return {
		program,
		options,
		version: versions.client,
		remote: said.remote || versions.server !== undefined,
		machine: said.machine,
		connections: parseConnections(list.stdout) ?? [],
		farms: isAtLeast(versions.client, firstWithFarms) ? await askFarms(program, circumstances) : [],
	};
}

/** Asks the machine behind a connection about itself; the connection with the answer, or with the sentence why there is none. */
export async function askConnection({ program }: Engine, connection: Connection, circumstances: Circumstances = {}): Promise<Connection> {
	const info = await runProgram({ program, args: ['--connection', connection.name, 'info', '--format', 'json'], ...circumstances });
	const machine = info.status === 0 ? parseInfo(info.stdout)?.machine : undefined;
	return machine ? { ...connection, machine } : { ...connection, unreachable: becauseOf(info, program) };
}

async function askFarms(program: string, circumstances: Circumstances): Promise<readonly Farm[]> {
	const { stdout } = await runProgram({ program, args: ['farm', 'list', '--format', 'json'], ...circumstances });
	return parseFarms(stdout) ?? [];
}
