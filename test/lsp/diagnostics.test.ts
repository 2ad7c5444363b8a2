import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { folderWith, program } from '../support/commandLine';
import { type ClientOptions, everywhere, pullingEditor, pushedEditor, startClient, type TestClient, uriOf } from '../support/languageClient';

const fedora = 'FROM fedora:33\nRUN dnf -y install nginx\n';
const cleaned = 'FROM fedora:33\nRUN dnf -y install nginx && dnf clean all\n';
let running: TestClient | undefined;

async function start(options: ClientOptions): Promise<TestClient> {
	running = await startClient(options);
	return running;
}

afterEach(async () => {
	expect(await running?.stop()).toBe(0);
	running = undefined;
});

describe('diagnostics for an editor that asks', () => {
	it('say what was found, where, how loud, and under which name', async () => {
		const client = await start({});
		await client.open('untitled:Containerfile', fedora);
		const cache = (await client.pull('untitled:Containerfile')).find(({ code }) => code === 'package-cache-kept');
		expect(cache).toMatchObject({
			source: 'whittle',
			severity: 2,
			range: { start: { line: 1, character: 4 }, end: { line: 1, character: 18 } },
			message: expect.stringContaining('dnf'),
			codeDescription: { href: uriOf('docs/rules/package-cache-kept.md') },
		});
	});

	it('are announced, and never pushed as well', async () => {
		const client = await start({});
		expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: false, workspaceDiagnostics: false });
		await client.open('untitled:a', fedora);
		await client.pull('untitled:a');
		await client.change('untitled:a', [{ text: cleaned }]);
		expect((await client.pull('untitled:a')).map(({ code }) => code)).not.toContain('package-cache-kept');
		await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
		await client.until(() => client.refreshes() > 0);
		await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: 'untitled:a' } });
		await client.pull('untitled:a');
		expect(client.published).toEqual([]);
	});

	it('carry only what the editor says that it can show', async () => {
		const client = await start({ capabilities: { textDocument: { diagnostic: {} } } });
		await client.open('untitled:a', fedora);
		const found = await client.pull('untitled:a');
		expect(found.length).toBeGreaterThan(0);
		for (const diagnostic of found) {
			expect(diagnostic).not.toHaveProperty('codeDescription');
			expect(diagnostic).not.toHaveProperty('relatedInformation');
			expect(diagnostic).not.toHaveProperty('tags');
		}
	});

	it('show the other places that explain a finding', async () => {
		const client = await start({});
		await client.open('untitled:a', 'FROM fedora:33\nRUN dnf -y install nginx\nRUN dnf clean all\n');
		const late = (await client.pull('untitled:a')).find(({ code }) => code === 'cleaned-too-late');
		expect(late?.relatedInformation?.[0]).toMatchObject({ location: { uri: 'untitled:a', range: { start: { line: 1 } } } });
	});
});

describe('diagnostics for an editor that listens', () => {
	it('are pushed with the version they are for, after each change, and taken back on closing', async () => {
		const client = await start({ capabilities: pushedEditor });
		expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
		await client.open('untitled:a', fedora);
		await client.until(() => client.published.length === 1);
		expect(client.published[0]).toMatchObject({ uri: 'untitled:a', version: 1 });
		expect(client.published[0]?.diagnostics.map(({ code }) => code)).toContain('package-cache-kept');
		await client.change('untitled:a', [{ text: cleaned }]);
		await client.until(() => client.published.length === 2);
		expect(client.published[1]?.version).toBe(2);
		expect(client.published[1]?.diagnostics.map(({ code }) => code)).not.toContain('package-cache-kept');
		await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: 'untitled:a' } });
		await client.until(() => client.published.length === 3);
		expect(client.published[2]).toEqual({ uri: 'untitled:a', diagnostics: [] });
	});
});

describe('the server of the command line', () => {
	it.each([[['lsp', '--stdio']], [['lsp']]])('started by %j is the same', async (words) => {
		const client = await start({ command: [program, ...words] });
		await client.open('untitled:a', fedora);
		expect((await client.pull('untitled:a')).map(({ code }) => code)).toContain('package-cache-kept');
		expect(client.initialized.serverInfo?.name).toBe('whittle');
	});
});

describe('files that are not looked at', () => {
	it.each([
		['pulled', pullingEditor],
		['pushed', pushedEditor],
	])('are, when over 1 MiB of UTF-8, answered with one hint (%s)', async (_, capabilities) => {
		const client = await start({ capabilities });
		const mebibyte = 1024 * 1024;
		const exactly = `${fedora}# ${'\u00e4'.repeat((mebibyte - fedora.length - 2) / 2)}${'x'.repeat(fedora.length % 2)}`;
		expect(Buffer.byteLength(exactly)).toBe(mebibyte);
		const look = async (uri: string, text: string) => {
			await client.open(uri, text);
			if (capabilities === pullingEditor) return client.pull(uri);
			await client.until(() => client.published.some((params) => params.uri === uri));
			return client.published.find((params) => params.uri === uri)?.diagnostics;
		};
		expect((await look('untitled:exactly', exactly))?.map(({ code }) => code)).toContain('package-cache-kept');
		const start0 = { line: 0, character: 0 };
		expect(await look('untitled:over', `${exactly}\u00e4`)).toEqual([
			{ range: { start: start0, end: start0 }, severity: 4, source: 'whittle', message: expect.stringContaining('1 MiB') },
		]);
		expect(await client.actions('untitled:over')).toEqual([]);
	});

	it('are ignore files, whatever the editor calls them', async () => {
		const client = await start({});
		await client.open('file:///x/Dockerfile.dockerignore', fedora);
		await client.open('file:///x/.containerignore', fedora, 'ignore');
		expect(await client.pull('file:///x/Dockerfile.dockerignore')).toEqual([]);
		expect(await client.pull('file:///x/.containerignore')).toEqual([]);
		expect(await client.actions('file:///x/Dockerfile.dockerignore')).toEqual([]);
	});

	it('are documents that are not open', async () => {
		const client = await start({});
		expect(await client.pull('file:///nowhere/Containerfile')).toEqual([]);
		expect(await client.hover('file:///nowhere/Containerfile', everywhere.start)).toBeNull();
	});
});

describe('beside other extensions', () => {
	it('what does not parse is left to them', async () => {
		const client = await start({});
		await client.open('untitled:a', 'FROM fedora:33\nNONSENSE x\n');
		expect((await client.pull('untitled:a')).filter(({ message }) => JSON.stringify(message).includes('NONSENSE'))).toEqual([]);
	});

	it('there is no formatting, no completion and no command', async () => {
		const { capabilities } = (await start({})).initialized;
		expect(Object.keys(capabilities).sort()).toEqual(['codeActionProvider', 'diagnosticProvider', 'hoverProvider', 'positionEncoding', 'textDocumentSync', 'workspace']);
	});

	it('what the editor calls the language does not matter', async () => {
		const client = await start({});
		await client.open('file:///x/Containerfile.prod', fedora, 'containerfile');
		await client.open('file:///x/Containerfile', fedora, 'plaintext');
		for (const uri of ['file:///x/Containerfile.prod', 'file:///x/Containerfile']) expect((await client.pull(uri)).map(({ code }) => code)).toContain('package-cache-kept');
	});
});

describe('the status', () => {
	it.each([
		['initialization options', { initializationOptions: { whittle: { status: true } } }],
		['an experimental capability', { capabilities: { ...pullingEditor, experimental: { whittle: { status: true } } } }],
	] satisfies (readonly [string, ClientOptions])[])('of each look is told to a client that asks for it by %s', async (_, options) => {
		const client = await start(options);
		await client.open('untitled:a', fedora);
		const found = await client.pull('untitled:a');
		await client.until(() => client.statuses.length > 0);
		expect(client.statuses).toEqual([
			{ uri: 'untitled:a', findings: found.filter(({ severity }) => severity !== DiagnosticSeverity.Hint).length, saving: expect.stringMatching(/\d [kM]B/) },
		]);
	});

	it('is told to nobody else', async () => {
		const client = await start({ initializationOptions: { whittle: { rules: {} } } });
		await client.open('untitled:a', fedora);
		await client.pull('untitled:a');
		expect(client.statuses).toEqual([]);
	});

	it('is told after pushing, too', async () => {
		const client = await start({ capabilities: pushedEditor, initializationOptions: { whittle: { status: true } } });
		await client.open('untitled:a', 'FROM scratch\n');
		await client.until(() => client.statuses.length > 0);
		expect(client.statuses).toEqual([{ uri: 'untitled:a', findings: 0 }]);
	});
});

describe('the build context', () => {
	it('is read from the folder of the file, and ignore files are watched', async () => {
		const text = 'FROM fedora:33\nCOPY . /srv\n';
		const folder = folderWith({ Containerfile: text, '.git/HEAD': '' });
		const uri = uriOf(folder, 'Containerfile');
		const client = await start({ folders: [folder] });
		await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
		const watchers = client.registrations.find(({ method }) => method === 'workspace/didChangeWatchedFiles')?.registerOptions;
		expect(JSON.stringify(watchers)).toContain('**/.dockerignore');
		await client.open(uri, text);
		expect((await client.pull(uri)).map(({ code }) => code)).toContain('context-not-ignored');
		writeFileSync(join(folder, '.dockerignore'), '.git\n');
		const before = client.refreshes();
		await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(folder, '.dockerignore'), type: 1 }] });
		await client.until(() => client.refreshes() > before);
		expect((await client.pull(uri)).map(({ code }) => code)).not.toContain('context-not-ignored');
	});
});
