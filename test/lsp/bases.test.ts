import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type BasesParams, basesRequest } from '../../server/src/protocol';
import { folderWith } from '../support/commandLine';
import { startClient, type TestClient, uriOf } from '../support/languageClient';

let running: TestClient | undefined;

afterEach(async () => {
	expect(await running?.stop()).toBe(0);
	running = undefined;
});

async function ask(folder: string): Promise<string | null> {
	const params: BasesParams = { folders: [uriOf(folder)] };
	return (running as TestClient).connection.sendRequest<string | null>(basesRequest, params);
}

it('says as Markdown what the images of a folder stand on; what is open counts as it is in the editor', async () => {
	const folder = folderWith({ 'a/Containerfile': 'FROM debian:13\n', 'b/Containerfile': 'FROM alpine:3\n', 'c/Dockerfile': 'FROM $BASE\n', 'd/Dockerfile': '\0' });
	running = await startClient({ folders: [folder] });
	await running.open(uriOf(join(folder, 'b/Containerfile')), 'FROM docker.io/library/debian:13\n');
	const text = await ask(folder);
	expect(text).toContain('# Bases in this workspace\n\n1 base for 2 Containerfiles of 3; 1 on a base that only the build knows.');
	expect(text).toContain('| Files | Base | Size | Also written |\n| --: | --- | --- | --- |\n| 2 | debian:13 | 120 MB | docker.io/library/debian:13 |');
	expect(text).toContain('&#36;BASE');
	expect(text).toMatch(/## Not looked at\n\n- .*not a text file/);
});

it('goes by the settings of each folder', async () => {
	const two = 'FROM debian:13 AS prod\nFROM alpine:3\n';
	const folder = folderWith({ 'a/Containerfile': two, 'a/.whittlerc.json': '{ "build": { "target": "prod" } }', 'b/Containerfile': two });
	running = await startClient({ folders: [folder] });
	expect(await ask(folder)).toContain('2 different bases for 2 Containerfiles of 2');
});

it('lets no name become markup, and answers nonsense with a report about nothing', async () => {
	const folder = folderWith({ Containerfile: 'FROM [x](command:y)|<b>$Z\n' });
	running = await startClient({ folders: [folder] });
	expect(await ask(folder)).not.toMatch(/\[x\]|<b>|\$/);
	expect(await running.connection.sendRequest<string | null>(basesRequest, { folders: ['untitled:x'] })).toContain('No file has an image to ship.');
});
