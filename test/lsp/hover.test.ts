import { afterEach, describe, expect, it } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import { explainRequest, type RuleInfo, rulesRequest } from '../../server/src/protocol';
import { rules } from '../../server/src/rules';
import { type ClientOptions, pushedEditor, startClient, type TestClient } from '../support/languageClient';

const text = 'FROM fedora:33\nRUN dnf -y install nginx\n';
let running: TestClient | undefined;

async function start(options: ClientOptions = {}): Promise<TestClient> {
	running = await startClient(options);
	await running.open('untitled:a', text);
	return running;
}

afterEach(async () => {
	expect(await running?.stop()).toBe(0);
	running = undefined;
});

describe('hover', () => {
	it('tells the rule, why, the saving with its basis and source, before and after', async () => {
		const client = await start();
		const hover = await client.hover('untitled:a', { line: 1, character: 5 });
		const { kind, value } = (hover as Hover).contents as MarkupContent;
		const rule = rules.find(({ id }) => id === 'package-cache-kept');
		expect(kind).toBe('markdown');
		expect(value).toContain(`**${rule?.title}** (\`package-cache-kept\`)`);
		expect(value).toContain(rule?.docs.why);
		expect(value).toMatch(/Saves .*\d+ [kM]B \((?:measured|known figure|estimate): .+\)/);
		expect(value).toContain(`Before\n\n\`\`\`dockerfile\n${rule?.docs.before.trimEnd()}\n\`\`\``);
		expect(value).toContain(`After\n\n\`\`\`dockerfile\n${rule?.docs.after?.trimEnd()}\n\`\`\``);
		expect(hover?.range).toEqual({ start: { line: 1, character: 4 }, end: { line: 1, character: 18 } });
	});

	it('is silent away from findings', async () => {
		const client = await start();
		expect(await client.hover('untitled:a', { line: 2, character: 0 })).toBeNull();
	});

	it('is plain text for an editor that shows no Markdown', async () => {
		const client = await start({ capabilities: pushedEditor });
		expect((await client.hover('untitled:a', { line: 1, character: 5 }))?.contents).toMatchObject({ kind: 'plaintext' });
	});
});

describe("Whittle's own requests", () => {
	it('list every rule and explain each', async () => {
		const client = await start();
		const listed = await client.connection.sendRequest<readonly RuleInfo[]>(rulesRequest);
		expect(listed).toEqual(rules.map(({ id, title }) => ({ id, title })));
		for (const { id, title } of listed) {
			const page = await client.connection.sendRequest<string>(explainRequest, { rule: id });
			expect(page.startsWith(`# ${title}\n`)).toBe(true);
			expect(page).toContain('```dockerfile\n');
		}
	});

	it.each([[{ rule: 'no-such-rule' }], [{}], [null]])('have no answer for %j', async (params) => {
		const client = await start();
		expect(await client.connection.sendRequest(explainRequest, params)).toBeNull();
	});
});
