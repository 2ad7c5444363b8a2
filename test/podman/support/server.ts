import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves files on 127.0.0.1 under their names, with the headers that make a client cache them. Returns the address, and what ends it. */
export function serve(files: Readonly<Record<string, string>>): Promise<{ readonly address: string; close(): void }> {
	const server = createServer((request, response) => {
		const path = files[(request.url ?? '').replace(/^\//, '')];
		if (path === undefined) return void response.writeHead(404).end();
		const body = readFileSync(path);
		const tag = createHash('sha256').update(body).digest('hex');
		response.writeHead(200, { 'Content-Type': 'application/gzip', 'Content-Length': body.length, 'Cache-Control': 'max-age=3600', ETag: `"${tag}"` }).end(body);
	});
	return new Promise((done) => {
		server.listen(0, '127.0.0.1', () => done({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }));
	});
}
