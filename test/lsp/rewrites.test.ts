import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, Range } from 'vscode-languageserver/node';
import {
	previewCommand,
	type RewriteChoice,
	type RewriteParams,
	type RewritePreview,
	type RewriteRefusal,
	rewriteRequest,
	rewritesRequest,
	type TextRange,
} from '../../server/src/protocol';
import { rewrites } from '../../server/src/rewrites';
import { portablePlatformStages } from '../../server/src/rewrites/portable-platform-stages';
import { staticBinaryToScratch } from '../../server/src/rewrites/static-binary-to-scratch';
import { folderWith } from '../support/commandLine';
import { afterEdit, type ClientOptions, everywhere, pullingEditor, pushedEditor, startClient, type TestClient, uriOf } from '../support/languageClient';

const uri = 'untitled:Containerfile';
const { id, title } = portablePlatformStages;
const before = 'FROM fedora:40 AS base-${TARGETARCH}\nRUN true\n\nFROM base-${TARGETARCH}\nCMD ["sh"]\n';
const after = 'FROM fedora:40 AS base\nRUN true\n\nFROM base\nCMD ["sh"]\n';
const refused = 'ARG e=a\nFROM alpine AS s_a\n\nFROM alpine\nARG e\nCOPY --from=s_${e} /a /a\n';
const nginx = 'FROM fedora:33\nRUN dnf -y install nginx && dnf clean all\nCMD ["nginx", "-g", "daemon off;"]\n';
const { codeAction } = pullingEditor.textDocument ?? {};
const showsDisabled = { ...pullingEditor, textDocument: { ...pullingEditor.textDocument, codeAction: { ...codeAction, disabledSupport: true } } };
const own: ClientOptions = { capabilities: showsDisabled, initializationOptions: { whittle: { previewRewrite: true } } };
const at = (line: number): Range => ({ start: { line, character: 1 }, end: { line, character: 1 } });
let running: TestClient | undefined;

async function start(options: ClientOptions = {}, text = before): Promise<TestClient> {
	running = await startClient(options);
	await running.open(uri, text);
	return running;
}

async function offered(client: TestClient, range: Range, only: readonly string[] = ['refactor']): Promise<CodeAction | undefined> {
	const found = (await client.actions(uri, only, range)).filter((action) => action.title === title);
	expect(found.length).toBeLessThan(2);
	return found[0];
}

function ask<T>(client: TestClient, request: string, params: unknown): Promise<T> {
	return client.connection.sendRequest(request, params);
}

function textAfter(text: string, { edits }: RewritePreview): string {
	const copied = (range: TextRange): Range => ({ start: { ...range.start }, end: { ...range.end } });
	return afterEdit(uri, text, { changes: { [uri]: edits.map(({ range, newText }) => ({ range: copied(range), newText })) } });
}

afterEach(async () => {
	expect(await running?.stop()).toBe(0);
	running = undefined;
});

describe('a rewrite that is offered', () => {
	it('is an action everywhere in the stage that changes, and nowhere else', async () => {
		const client = await start();
		expect(await offered(client, at(0))).toMatchObject({ title, kind: 'refactor.rewrite.whittle' });
		expect(await offered(client, at(1))).toBeDefined();
		expect(await offered(client, everywhere)).toBeDefined();
		expect(await offered(client, at(4))).toBeUndefined();
	});

	it.each([['refactor'], ['refactor.rewrite'], ['refactor.rewrite.whittle'], ['']])('is answered when %j is asked for', async (kind) => {
		expect(await offered(await start(), at(0), [kind])).toBeDefined();
	});

	it.each([['quickfix'], ['source'], ['refactor.extract'], ['refactor.rewrite.other']])('is not answered when %j is asked for', async (kind) => {
		expect(await offered(await start(), at(0), [kind])).toBeUndefined();
	});

	it("is a command for Whittle's own client, with all that it takes to start over", async () => {
		const client = await start(own);
		const action = await offered(client, at(0));
		expect(client.logged).toEqual([]);
		const params: RewriteParams = { uri, rewrite: id };
		expect(action?.command).toEqual({ title, command: previewCommand, arguments: [params] });
		expect([action?.edit, action?.data]).toEqual([undefined, undefined]);
	});

	it('is an edit that is made when it is picked, of the text as it is then', async () => {
		const client = await start();
		const action = await offered(client, at(0));
		expect([action?.edit, action?.command]).toEqual([undefined, undefined]);
		await client.change(uri, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# mine\n' }]);
		const { edit } = await ask<CodeAction>(client, 'codeAction/resolve', action);
		expect(edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 2 } }]);
		expect(afterEdit(uri, `# mine\n${before}`, edit)).toBe(`# mine\n${after}`);
	});

	it('fails with the reason when it is picked and refused by then', async () => {
		const client = await start();
		const action = await offered(client, at(0));
		await client.change(uri, [{ text: refused }]);
		await expect(ask(client, 'codeAction/resolve', action)).rejects.toThrow(/^refused because /);
	});

	it('carries its edit for an editor that does not ask for it later', async () => {
		const action = await offered(await start({ capabilities: pushedEditor }), at(0));
		expect(afterEdit(uri, before, action?.edit)).toBe(after);
	});

	it('cures findings: it is in their quick fixes, and once where everything is asked for', async () => {
		const client = await start(own, nginx);
		const cures = async (only?: readonly string[], range = at(0)) => (await client.actions(uri, only, range)).filter(({ command }) => command?.command === previewCommand);
		const from: Range = { start: { line: 0, character: 7 }, end: { line: 0, character: 7 } };
		expect(await cures(['quickfix'], from)).toMatchObject([{ kind: 'quickfix', diagnostics: [{ code: 'package-manager-shipped' }] }]);
		expect(await cures(undefined, from)).toMatchObject([{ kind: 'refactor.rewrite.whittle', diagnostics: [{ code: 'package-manager-shipped' }] }]);
		expect(await cures(['quickfix'], at(2))).toEqual([]);
	});
});

describe('a rewrite that is refused', () => {
	const disabled = async (client: TestClient, line: number) => (await client.actions(uri, ['refactor'], at(line))).find((action) => action.title === title);

	it('says why at the line that stops it and at the FROM of what ships', async () => {
		const client = await start({ capabilities: showsDisabled }, refused);
		for (const line of [3, 5]) {
			const action = await disabled(client, line);
			expect(action).toMatchObject({ kind: 'refactor.rewrite.whittle', disabled: { reason: expect.stringMatching(/^refused because .+ \(line 6\)$/) } });
			expect([action?.edit, action?.command, action?.data]).toEqual([undefined, undefined, undefined]);
		}
		for (const line of [0, 1, 4]) expect(await disabled(client, line)).toBeUndefined();
	});

	it('is not there for an editor that shows no reasons, nor for a file of another kind', async () => {
		expect(await disabled(await start({}, refused), 5)).toBeUndefined();
		await running?.stop();
		expect(await disabled(await start({ capabilities: showsDisabled }, nginx), 0)).toBeUndefined();
	});
});

describe("the requests of Whittle's own client", () => {
	it('list every rewrite: offered, then refused, then those for other files', async () => {
		const client = await start(own, `${nginx}\nFROM alpine AS s_a\n\nFROM alpine\nARG e\nCOPY --from=s_\${e} /a /a\n`);
		const choices = await ask<readonly RewriteChoice[]>(client, rewritesRequest, { uri });
		expect(choices.map((choice) => choice.id).sort()).toEqual(rewrites.map((rewrite) => rewrite.id).sort());
		const ranks = choices.map(({ refusal }) => (refusal ? (refusal.range ? 1 : 2) : 0));
		expect(ranks).toEqual([...ranks].sort());
		expect(choices.find((choice) => choice.id === id)?.refusal).toMatchObject({ because: expect.any(String), range: { start: { line: 8, character: 12 } } });
		const other = choices.find(({ refusal }) => refusal && !refusal.range);
		expect(other?.refusal?.because).toBe(`it needs ${rewrites.find((rewrite) => rewrite.id === other?.id)?.needs}`);
	});

	it('give a rewrite with what it rests on, and the edits that make it', async () => {
		const client = await start(own);
		const preview = await ask<RewritePreview>(client, rewriteRequest, { uri, rewrite: id });
		expect(preview).toMatchObject({ version: 1, title, assumes: ['No build asks for base-${TARGETARCH} with --target.'], text: after });
		expect(textAfter(before, preview)).toBe(after);
	});

	it('give a saving as a range, and before it is applied with its basis and source', async () => {
		const client = await start(own, nginx);
		const choices = await ask<readonly RewriteChoice[]>(client, rewritesRequest, { uri });
		const choice = choices.find((one) => one.id === 'installroot-to-scratch');
		expect(choice?.saving).toMatch(/^\d+ MB to \d+ MB$/);
		const preview = await ask<RewritePreview>(client, rewriteRequest, { uri, rewrite: 'installroot-to-scratch' });
		expect(preview.saving?.startsWith(`Saves ${choice?.saving} (`)).toBe(true);
		expect(preview.saving).toMatch(/ \((?:measured|known figure|estimate): .+\)$/);
	});

	it('give a refusal with its place', async () => {
		const client = await start(own, refused);
		expect(await ask<RewriteRefusal>(client, rewriteRequest, { uri, rewrite: id })).toEqual({
			because: expect.any(String),
			range: { start: { line: 5, character: 12 }, end: { line: 5, character: 18 } },
		});
		expect(await ask<RewriteRefusal>(client, rewriteRequest, { uri, rewrite: 'portable-platform' })).toMatchObject({
			because: 'there is no rewrite "portable-platform" (did you mean portable-platform-stages?)',
		});
	});

	it('have no answer for a document that is not looked at', async () => {
		const client = await start(own, `${before}#${'x'.repeat(1024 * 1024)}\n`);
		for (const request of [rewritesRequest, rewriteRequest]) {
			expect(await ask(client, request, { uri, rewrite: id })).toBeNull();
			expect(await ask(client, request, { uri: 'untitled:unknown', rewrite: id })).toBeNull();
		}
	});

	it('ship on the image that the settings name, or else .whittlerc.json, as they are now', async () => {
		const compiled = staticBinaryToScratch.docs.before;
		const folder = folderWith({ Containerfile: compiled, '.whittlerc.json': JSON.stringify({ rewrite: { finalBase: 'registry.example/static:1' } }) });
		const file = uriOf(join(folder, 'Containerfile'));
		let settings: unknown = { rewrite: { finalBase: null } };
		running = await startClient({ ...own, folders: [folder], settings: () => settings });
		const client = running;
		await client.open(file, compiled);
		const shipsOn = async (named: unknown) => {
			settings = named;
			const refreshes = client.refreshes();
			await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
			await client.until(() => client.refreshes() > refreshes);
			const { text } = await ask<RewritePreview>(client, rewriteRequest, { uri: file, rewrite: staticBinaryToScratch.id });
			return /^FROM (?<image>\S+)\n(?![\s\S]*^FROM )/m.exec(text)?.groups?.['image'];
		};
		expect(await shipsOn({ rewrite: { finalBase: null } })).toBe('registry.example/static:1');
		expect(await shipsOn({ rewrite: { finalBase: 'registry.example/minimal:2' } })).toBe('registry.example/minimal:2');
		expect(await shipsOn({ rewrite: { finalBase: 'scratch' } })).toBe('scratch');
		expect(client.logged).toEqual([]);
	});
});
