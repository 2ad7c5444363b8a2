import { askConnection, type Circumstances } from './askEngine';
import type { Engine } from './engine';
import type { BuildRequest } from './request';

/** The names of the connections that a request can build on, each once: those it names, those it assigns a platform to, those of its farm. */
export function connectionsOf({ connections = [], assigned = {}, farm }: BuildRequest, { farms }: Engine): readonly string[] {
	const ofFarm = farms.filter(({ name }) => name === farm).flatMap((one) => one.connections);
	return [...new Set([...connections, ...Object.values(assigned), ...ofFarm])];
}

/** The engine with what the machines behind a request's connections say about themselves; all are asked at the same time, and one that does not answer says why. Other connections stay unasked. */
export async function askConnections(request: BuildRequest, engine: Engine, circumstances: Circumstances = {}): Promise<Engine> {
	const wanted = new Set(connectionsOf(request, engine));
	const connections = await Promise.all(engine.connections.map((connection) => (wanted.has(connection.name) ? askConnection(engine, connection, circumstances) : connection)));
	return { ...engine, connections };
}
