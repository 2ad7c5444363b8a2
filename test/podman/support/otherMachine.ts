import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/**
 * A socket that passes everything on to a podman service, but says that its machine is of another architecture. What is built behind it for that one runs in an
 * emulator; podman, which asks the machine what it is, cannot tell.
 */
export function presentAs(architecture: string, service: string, socket: string): Promise<{ close(): void }> {
	const server = createServer((incoming, outgoing) => {
		const options = { socketPath: service, path: incoming.url, method: incoming.method, headers: incoming.headers };
		const passed = request(options, (answer) => (/\/info$/.test(incoming.url ?? '') ? rewrite(answer, outgoing, architecture) : pass(answer, outgoing)));
		passed.on('error', () => outgoing.destroy());
		outgoing.on('close', () => passed.destroy());
		incoming.pipe(passed);
	});
	return new Promise((done) => {
		server.listen(socket, () => done({ close: () => server.close() }));
	});
}

function pass(answer: IncomingMessage, outgoing: ServerResponse): void {
	outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
	answer.pipe(outgoing);
}

async function rewrite(answer: IncomingMessage, outgoing: ServerResponse, architecture: string): Promise<void> {
	const said = JSON.parse((await answer.setEncoding('utf8').toArray()).join('')) as { host: Record<string, unknown> };
	said.host['arch'] = architecture;
	const { 'content-length': _, ...headers } = answer.headers;
	outgoing.writeHead(answer.statusCode ?? 500, headers).end(JSON.stringify(said));
}
