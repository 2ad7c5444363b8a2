import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEdit, startClient, type TestClient } from '../support/languageClient';

let client: TestClient;

beforeEach(async () => {
	client = await startClient();
});

afterEach(async () => {
	expect(await client.stop()).toBe(0);
});

const insertion = (line: number, character: number): Range => ({ start: { line, character }, end: { line, character } });

describe('incremental synchronisation', () => {
	it('is announced', () => {
		expect(client.initialized.capabilities.textDocumentSync).toEqual({ openClose: true, change: 2 });
	});

	it('gives what the whole text gives', async () => {
		const start = 'FROM fedora:33\r\nRUN echo \u{1f40b}\r\n';
		const changes = [
			{ range: insertion(2, 0), text: 'RUN dnf -y install nginx' },
			{ range: { start: { line: 1, character: 9 }, end: { line: 1, character: 11 } }, text: '\u{1f433}\u{1f433}' },
			{ range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }, text: '' },
			{ range: insertion(1, 24), text: ' \\\r\n  vim\r\n' },
			{ range: { start: { line: 0, character: 5 }, end: { line: 0, character: 14 } }, text: 'fedora:40' },
		];
		await client.open('untitled:changed', start);
		const copy = TextDocument.create('untitled:changed', 'dockerfile', 1, start);
		for (const [index, change] of changes.entries()) {
			await client.change('untitled:changed', [change]);
			TextDocument.update(copy, [change], index + 2);
			await client.open(`untitled:whole${index}`, copy.getText());
			const [changed, whole] = [await client.pull('untitled:changed'), await client.pull(`untitled:whole${index}`)];
			expect(changed).toEqual(JSON.parse(JSON.stringify(whole).replaceAll(`untitled:whole${index}`, 'untitled:changed')));
		}
		expect(copy.getText()).toBe('FROM fedora:40\r\nRUN dnf -y install nginx \\\r\n  vim\r\n');
		expect((await client.pull('untitled:changed')).map(({ code }) => code)).toContain('package-cache-kept');
	});

	it('several changes in one message count one after the other', async () => {
		await client.open('untitled:a', 'FROM fedora:33\n');
		await client.connection.sendNotification('textDocument/didChange', {
			textDocument: { uri: 'untitled:a', version: 2 },
			contentChanges: [
				{ range: insertion(1, 0), text: 'RUN dnf install nginx\n' },
				{ range: insertion(1, 7), text: ' -y' },
			],
		});
		const found = (await client.pull('untitled:a')).find(({ code }) => code === 'package-cache-kept');
		expect(found?.range).toEqual({ start: { line: 1, character: 4 }, end: { line: 1, character: 18 } });
	});
});

describe('positions', () => {
	it.each([
		['CRLF', 'FROM fedora:33\r\n\r\nRUN dnf -y install nginx\r\n', { line: 2, character: 4 }, 'RUN dnf -y install nginx && dnf clean all\r\n'],
		['characters of two units', 'FROM fedora:33\nRUN echo \u{1f40b}\u{1f40b} && dnf -y install nginx\n', { line: 1, character: 17 }, 'nginx && dnf clean all\n'],
		['a byte order mark', '\uFEFFFROM fedora:33\nRUN dnf -y install nginx', { line: 1, character: 4 }, 'nginx && dnf clean all'],
		['continuations', 'FROM fedora:33\nRUN true && \\\n\t# \u00e4\n\tdnf -y install \\\n  nginx\n', { line: 3, character: 1 }, '  nginx && \\\n\tdnf clean all\n'],
	])('are right with %s', async (_, text, start, repaired) => {
		await client.open('untitled:a', text);
		const found = (await client.pull('untitled:a')).find(({ code }) => code === 'package-cache-kept');
		expect(found?.range.start).toEqual(start);
		const [action] = (await client.actions('untitled:a', ['quickfix'], found?.range)).filter(({ isPreferred }) => isPreferred);
		expect(afterEdit('untitled:a', text, action?.edit)).toContain(repaired);
		expect(await client.hover('untitled:a', start)).not.toBeNull();
	});

	it('outside of the text are the nearest inside', async () => {
		await client.open('untitled:a', 'FROM fedora:33\nRUN dnf -y install nginx');
		const beyond = { start: { line: 1, character: 1000 }, end: { line: 70, character: 3 } };
		expect(await client.actions('untitled:a', ['quickfix'], beyond)).toBeInstanceOf(Array);
		expect(await client.hover('untitled:a', { line: 99, character: 99 })).toBeNull();
	});
});

describe('answers', () => {
	it('do not depend on what was asked before', async () => {
		const text = 'FROM fedora:33 AS a\nRUN dnf -y install nginx\nFROM a\nRUN dnf -y install vim\n';
		const ask = async (one: TestClient) => ({
			hover: await one.hover('untitled:a', { line: 1, character: 5 }),
			source: await one.actions('untitled:a', ['source']),
			resolved: await one.connection.sendRequest('codeAction/resolve', { title: 'x', data: { uri: 'untitled:a', upTo: 'safe', only: 'package-cache-kept' } }),
			quick: await one.actions('untitled:a', ['quickfix']),
			found: await one.pull('untitled:a'),
		});
		await client.open('untitled:b', 'FROM scratch\n');
		await client.open('untitled:a', text);
		const much = await ask(client);
		expect(await ask(client)).toEqual(much);
		const fresh = await startClient();
		await fresh.open('untitled:a', text);
		expect(await fresh.pull('untitled:a')).toEqual(much.found);
		expect(await ask(fresh)).toEqual(much);
		await fresh.stop();
	});

	it('are empty, and the server goes on, where the question makes no sense', async () => {
		await client.open('untitled:a', 'FROM fedora:33\nRUN dnf -y install nginx\n');
		for (const data of [undefined, null, 7, { uri: 1 }, { uri: 'untitled:a', upTo: 'review' }, { uri: 'untitled:gone', upTo: 'safe' }]) {
			expect(await client.connection.sendRequest('codeAction/resolve', { title: 'x', data })).not.toHaveProperty('edit');
		}
		await client.open('file://else.where/Containerfile', 'FROM fedora:33\nCOPY . .\nRUN dnf -y install nginx\n');
		expect((await client.pull('file://else.where/Containerfile')).map(({ code }) => code)).toContain('package-cache-kept');
		expect((await client.pull('untitled:a')).length).toBeGreaterThan(0);
	});
});
