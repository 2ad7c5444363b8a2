import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, Range } from 'vscode-languageserver/node';
import { afterEdit, type ClientOptions, everywhere, pullingEditor, pushedEditor, startClient, type TestClient } from '../support/languageClient';

const uri = 'untitled:Containerfile';
const two = 'FROM fedora:33 AS a\nRUN dnf -y install nginx\n\nFROM a\nENV A=b\nRUN dnf -y install vim\n';
const twoCleaned = two.replace('nginx', 'nginx && dnf clean all').replace('vim', 'vim && dnf clean all');
const first: Range = { start: { line: 1, character: 8 }, end: { line: 1, character: 8 } };
const eager = { ...pullingEditor, textDocument: { ...pullingEditor.textDocument, codeAction: pushedEditor.textDocument?.codeAction } } as NonNullable<
	ClientOptions['capabilities']
>;
let running: TestClient | undefined;

async function start(options: ClientOptions = {}, text = two): Promise<TestClient> {
	running = await startClient(options);
	await running.open(uri, text);
	return running;
}

function titled(actions: readonly CodeAction[], title: string | RegExp): CodeAction {
	const found = actions.filter((action) => (typeof title === 'string' ? action.title === title : title.test(action.title)));
	if (found.length !== 1) throw new Error(`${found.length} actions are called ${title}: ${actions.map((action) => action.title).join(' | ')}`);
	return found[0] as CodeAction;
}

function resolve(client: TestClient, action: CodeAction): Promise<CodeAction> {
	return client.connection.sendRequest('codeAction/resolve', action);
}

afterEach(async () => {
	expect(await running?.stop()).toBe(0);
	running = undefined;
});

describe('quick fixes', () => {
	it('repair the finding at the cursor and no other; the safe one is preferred', async () => {
		const client = await start();
		const actions = await client.actions(uri, ['quickfix'], first);
		const fix = titled(actions, 'Append dnf clean all');
		expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'package-cache-kept', source: 'whittle', range: { start: { line: 1 } } }] });
		expect(afterEdit(uri, two, fix.edit)).toBe(two.replace('nginx', 'nginx && dnf clean all'));
	});

	it('are for the version that was looked at, where the editor knows versions', async () => {
		const client = await start();
		const at = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
		await client.change(uri, [{ range: at, text: '# x\n' }]);
		const below = { start: { line: 2, character: 8 }, end: { line: 2, character: 8 } };
		const { edit } = titled(await client.actions(uri, ['quickfix'], below), 'Append dnf clean all');
		expect(edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 2 } }]);
		expect(edit?.changes).toBeUndefined();
	});

	it('are plain changes for an editor that does not', async () => {
		const client = await start({ capabilities: pushedEditor });
		const { edit } = titled(await client.actions(uri, ['quickfix'], first), 'Append dnf clean all');
		expect(edit?.documentChanges).toBeUndefined();
		expect(afterEdit(uri, two, edit)).toContain('nginx && dnf clean all');
	});

	it('are not offered away from findings', async () => {
		const client = await start();
		expect(await client.actions(uri, ['quickfix'], { start: { line: 4, character: 0 }, end: { line: 4, character: 7 } })).toEqual([]);
	});

	it('are not offered to an editor that takes only commands', async () => {
		const client = await start({ capabilities: { textDocument: { codeAction: {} } } });
		expect(client.initialized.capabilities.codeActionProvider).toBeUndefined();
	});
});

describe('"fix all of this kind"', () => {
	it('is offered once, where there is more than one, and repairs only that kind', async () => {
		const client = await start();
		const action = titled(await client.actions(uri, ['quickfix']), 'Fix all package-cache-kept in this file');
		expect(action.kind).toBe('quickfix');
		expect(action.edit).toBeUndefined();
		expect(action.diagnostics).toHaveLength(2);
		expect(afterEdit(uri, two, (await resolve(client, action)).edit)).toBe(twoCleaned);
	});

	it('carries its edit for an editor that does not ask for it later', async () => {
		const client = await start({ capabilities: eager });
		expect(client.initialized.capabilities.codeActionProvider).toMatchObject({ resolveProvider: false });
		expect(afterEdit(uri, two, titled(await client.actions(uri, ['quickfix']), 'Fix all package-cache-kept in this file').edit)).toBe(twoCleaned);
	});

	it('is not offered for a single finding', async () => {
		const text = 'FROM fedora:33\nRUN dnf -y install nginx\n';
		const client = await start({}, text);
		expect((await client.actions(uri, ['quickfix'])).filter(({ title }) => title === 'Fix all package-cache-kept in this file')).toEqual([]);
	});

	it('works on the text as it is when it is picked', async () => {
		const client = await start();
		const action = titled(await client.actions(uri, ['quickfix']), 'Fix all package-cache-kept in this file');
		const now = 'FROM fedora:33\nRUN dnf -y install httpd\n';
		await client.change(uri, [{ text: now }]);
		const { edit } = await resolve(client, action);
		expect(edit?.documentChanges).toMatchObject([{ textDocument: { version: 2 } }]);
		expect(afterEdit(uri, now, edit)).toBe('FROM fedora:33\nRUN dnf -y install httpd && dnf clean all\n');
	});
});

describe('source.fixAll.whittle', () => {
	it.each([['source'], ['source.fixAll'], ['source.fixAll.whittle'], ['']])('is answered when %j is asked for', async (kind) => {
		const client = await start();
		const actions = (await client.actions(uri, [kind])).filter((action) => action.kind !== 'quickfix');
		expect(actions).toHaveLength(1);
		expect(actions[0]?.kind).toBe('source.fixAll.whittle');
		const { edit } = await resolve(client, actions[0] as CodeAction);
		expect(afterEdit(uri, two, edit)).toContain('nginx && dnf clean all');
		expect(afterEdit(uri, two, edit)).toContain('vim && dnf clean all');
	});

	it('makes safe repairs only', async () => {
		const text = 'FROM debian:12\nRUN apt-get update && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*\n';
		const client = await start({}, text);
		for (const action of await client.actions(uri, ['source.fixAll'])) expect(afterEdit(uri, text, (await resolve(client, action)).edit)).not.toContain('--no-install-recommends');
	});

	it('carries its edit for an editor that does not ask for it later', async () => {
		const client = await start({ capabilities: pushedEditor });
		const [action] = await client.actions(uri, ['source.fixAll']);
		expect(afterEdit(uri, two, action?.edit)).toContain('nginx && dnf clean all');
	});

	it('is not there where nothing is to be repaired', async () => {
		const client = await start({}, 'FROM scratch\nCOPY app /app\n');
		expect(await client.actions(uri, ['source.fixAll'])).toEqual([]);
	});

	it.each([[['refactor.extract']], [['source.organizeImports']], [['source.fixAll.eslint']], [['quick']], [[]]])('nothing is answered when only %j is asked for', async (only) => {
		const client = await start();
		expect(await client.actions(uri, only)).toEqual([]);
	});

	it('is announced as a kind', async () => {
		const client = await start();
		expect(client.initialized.capabilities.codeActionProvider).toEqual({
			codeActionKinds: ['quickfix', 'refactor.rewrite.whittle', 'source.fixAll.whittle'],
			resolveProvider: true,
		});
	});
});

describe('ignoring', () => {
	it.each([
		['here', '# whittle-ignore package-cache-kept', 1],
		['in this file', '# whittle-ignore-file package-cache-kept', 0],
	])('%s writes a comment that silences what it should', async (where, comment, left) => {
		const client = await start();
		const action = titled(await client.actions(uri, ['quickfix'], first), `Ignore package-cache-kept ${where}`);
		const text = afterEdit(uri, two, action.edit);
		expect(text).toContain(comment);
		await client.change(uri, [{ text }]);
		const codes = (await client.pull(uri)).map(({ code }) => code);
		expect(codes.filter((code) => code === 'package-cache-kept')).toHaveLength(left);
		expect(codes).not.toContain('unused-ignore');
	});

	it('is offered once for each place', async () => {
		const client = await start();
		const titles = (await client.actions(uri, ['quickfix'], everywhere)).map(({ title }) => title);
		expect(titles.filter((title) => title === 'Ignore package-cache-kept here')).toHaveLength(2);
		expect(titles.filter((title) => title === 'Ignore package-cache-kept in this file')).toHaveLength(1);
	});

	it('a comment that ignores nothing is reported and can be removed, but not be ignored', async () => {
		const text = 'FROM scratch\n# whittle-ignore package-cache-kept -- once upon a time\nCOPY app /app\n';
		const client = await start({}, text);
		expect((await client.pull(uri)).map(({ code }) => code)).toEqual(['unused-ignore']);
		const actions = await client.actions(uri, ['quickfix']);
		expect(actions.map(({ title }) => title)).toEqual(['Remove the comment']);
		expect(afterEdit(uri, text, actions[0]?.edit)).toBe('FROM scratch\nCOPY app /app\n');
	});

	it("hadolint's comments are respected", async () => {
		const client = await start({}, 'FROM fedora:33\n# hadolint ignore=DL3040\nRUN dnf -y install nginx\n');
		expect((await client.pull(uri)).map(({ code }) => code)).not.toContain('package-cache-kept');
	});
});
