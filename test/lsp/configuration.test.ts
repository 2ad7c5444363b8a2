import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { folderWith } from '../support/commandLine';
import { type ClientOptions, pullingEditor, pushedEditor, startClient, type TestClient, uriOf } from '../support/languageClient';

const text = 'FROM fedora:33\nRUN dnf -y install nginx\n';
const rule = 'package-cache-kept';
const builderStage = 'FROM fedora:33 AS build\nRUN dnf -y install gcc\n\nFROM scratch\nCOPY --from=build /a /a\n';
let running: TestClient | undefined;

async function start(options: ClientOptions): Promise<TestClient> {
	running = await startClient(options);
	return running;
}

async function severity(client: TestClient, uri: string): Promise<number | undefined> {
	return (await client.pull(uri)).find(({ code }) => code === rule)?.severity;
}

async function configure(client: TestClient): Promise<void> {
	const before = client.refreshes();
	await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
	await client.until(() => client.refreshes() > before);
}

afterEach(async () => {
	expect(await running?.stop()).toBe(0);
	running = undefined;
});

describe('settings', () => {
	it('are taken live from an editor that is asked for them', async () => {
		let settings: unknown = null;
		const client = await start({ settings: () => settings });
		await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeConfiguration'));
		await client.open('untitled:a', text);
		expect(await severity(client, 'untitled:a')).toBe(2);
		settings = { rules: { [rule]: 'error' }, builder: null, build: { target: null }, trace: { server: 'off' } };
		await configure(client);
		expect(await severity(client, 'untitled:a')).toBe(1);
		settings = { rules: { [rule]: 'off' } };
		await configure(client);
		expect(await severity(client, 'untitled:a')).toBeUndefined();
		expect(client.logged).toEqual([]);
	});

	it('are asked for each document', async () => {
		const client = await start({ settings: (uri) => (uri === 'untitled:loud' ? { rules: { [rule]: 'error' } } : {}) });
		await client.open('untitled:loud', text);
		await client.open('untitled:other', text);
		expect([await severity(client, 'untitled:loud'), await severity(client, 'untitled:other')]).toEqual([1, 2]);
	});

	it('hold for repairs, too', async () => {
		const client = await start({ settings: () => ({ rules: { [rule]: 'off' } }) });
		await client.open('untitled:a', text);
		expect((await client.actions('untitled:a')).filter(({ diagnostics }) => diagnostics?.some(({ code }) => code === rule))).toEqual([]);
		expect(await client.actions('untitled:a', ['source.fixAll'])).toEqual([]);
	});

	it('that are sent are taken live, and what was said is said anew', async () => {
		const client = await start({ capabilities: pushedEditor, initializationOptions: { whittle: { rules: { [rule]: 'hint' } } } });
		const last = () => client.published.at(-1)?.diagnostics.find(({ code }) => code === rule)?.severity;
		await client.open('untitled:a', text);
		await client.until(() => client.published.length === 1);
		expect(last()).toBe(4);
		await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { whittle: { rules: { [rule]: 'error' } } } });
		await client.until(() => client.published.length === 2);
		expect(last()).toBe(1);
	});

	it('begin with a preset, and know nothing of overrides or of what only builds need', async () => {
		const client = await start({
			settings: () => ({ extends: 'strict', build: { podman: 'podman', platforms: ['linux/amd64'] }, overrides: [{ files: ['**'], rules: { [rule]: 'off' } }] }),
		});
		await client.open('untitled:a', text);
		const found = await client.pull('untitled:a');
		expect(found.map(({ code }) => code)).toContain(rule);
		expect(found.filter((one) => one.severity === 4)).toEqual([]);
		expect(client.logged).toEqual(['settings (whittle): "overrides" is for .whittlerc.json and package.json']);
	});

	it('name the stage that is built', async () => {
		const client = await start({ settings: (uri) => (uri === 'untitled:target' ? { build: { target: 'build' } } : {}) });
		await client.open('untitled:target', builderStage);
		await client.open('untitled:last', builderStage);
		expect([await severity(client, 'untitled:target'), await severity(client, 'untitled:last')]).toEqual([2, undefined]);
	});

	it('that make no sense are logged once and left out, the others hold', async () => {
		const client = await start({ settings: () => ({ rules: { [rule]: 'loud', 'no-such-rule': 'off' }, builder: 'docker', build: { target: 'build' } }) });
		await client.open('untitled:a', builderStage);
		expect(await severity(client, 'untitled:a')).toBe(2);
		await client.pull('untitled:a');
		expect(client.logged).toHaveLength(3);
		for (const named of [rule, 'no-such-rule', 'builder']) expect(client.logged.filter((message) => message.includes(named))).toHaveLength(1);
	});
});

describe('.whittlerc.json', () => {
	it('is the nearest inside the workspace folder; the settings go over it', async () => {
		const outer = folderWith({
			'.whittlerc.json': JSON.stringify({ rules: { [rule]: 'off' } }),
			'work/.whittlerc.json': JSON.stringify({ rules: { [rule]: 'info' }, build: { target: 'build' } }),
			'work/near/.whittlerc.json': JSON.stringify({ rules: { [rule]: 'error' } }),
			'work/far/deep/Containerfile': '',
			'other/Containerfile': '',
		});
		const near = uriOf(outer, 'work/near/Containerfile');
		const far = uriOf(outer, 'work/far/deep/Containerfile');
		const beyond = uriOf(outer, 'other/Containerfile');
		const over = uriOf(outer, 'work/Containerfile');
		const client = await start({ folders: [join(outer, 'work')], settings: (uri) => (uri === over ? { rules: { [rule]: 'hint' } } : {}) });
		await client.open(near, text);
		await client.open(far, builderStage);
		await client.open(over, builderStage);
		await client.open(beyond, text);
		expect([await severity(client, near), await severity(client, far), await severity(client, over), await severity(client, beyond)]).toEqual([1, 3, 4, 2]);
	});

	it('is read anew when it changes', async () => {
		const folder = folderWith({ Containerfile: text });
		const uri = uriOf(folder, 'Containerfile');
		const config = join(folder, '.whittlerc.json');
		const client = await start({ folders: [folder] });
		await client.open(uri, text);
		const changed = async () => {
			const before = client.refreshes();
			await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(config), type: 2 }] });
			await client.until(() => client.refreshes() > before);
		};
		writeFileSync(config, JSON.stringify({ rules: { [rule]: 'error' } }));
		await changed();
		expect(await severity(client, uri)).toBe(1);
		rmSync(config);
		await changed();
		expect(await severity(client, uri)).toBe(2);
	});

	it.each([
		['no JSON', '{ "rules": ', 'not valid JSON'],
		['another shape', '[]', 'JSON object'],
	])('of %s is logged and left out', async (_, content, words) => {
		const folder = folderWith({ Containerfile: text, '.whittlerc.json': content });
		const client = await start({ folders: [folder] });
		await client.open(uriOf(folder, 'Containerfile'), text);
		expect(await severity(client, uriOf(folder, 'Containerfile'))).toBe(2);
		expect(client.logged).toEqual([expect.stringContaining(words)]);
	});

	it('of a folder that joins the workspace holds from then on', async () => {
		const folder = folderWith({ 'sub/Containerfile': text, '.whittlerc.json': JSON.stringify({ rules: { [rule]: 'error' } }) });
		const uri = uriOf(folder, 'sub/Containerfile');
		const client = await start({ capabilities: pullingEditor, folders: [] });
		await client.until(() => client.registrations.length >= 2);
		await client.open(uri, text);
		expect(await severity(client, uri)).toBe(2);
		await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: uriOf(folder), name: 'x' }], removed: [] } });
		await client.until(() => client.refreshes() > 0);
		expect(await severity(client, uri)).toBe(1);
	});

	it('is the key of a package.json too, with overrides, and is read anew when that changes', async () => {
		const manifest = (level: string) => JSON.stringify({ name: 'x', whittle: { extends: 'strict', overrides: [{ files: ['sub/**'], rules: { [rule]: level } }] } });
		const folder = folderWith({ 'package.json': manifest('error'), 'sub/package.json': '{}', 'sub/Containerfile': text, Containerfile: text });
		const [inner, outer] = [uriOf(folder, 'sub/Containerfile'), uriOf(folder, 'Containerfile')];
		const client = await start({ folders: [folder] });
		await client.until(() => client.registrations.some(({ registerOptions }) => JSON.stringify(registerOptions).includes('**/package.json')));
		await client.open(inner, text);
		await client.open(outer, text);
		expect([await severity(client, inner), await severity(client, outer)]).toEqual([1, 2]);
		expect((await client.pull(outer)).filter((one) => one.severity === 4)).toEqual([]);
		writeFileSync(join(folder, 'package.json'), manifest('off'));
		await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(folder, 'package.json'), type: 2 }] });
		await client.until(() => client.refreshes() > 0);
		expect(await severity(client, inner)).toBeUndefined();
		expect(client.logged).toEqual([]);
	});
});
