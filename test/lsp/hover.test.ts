import { afterEach, describe, expect, it } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import { configurable, unusedIgnore } from '../../server/src/lint/configurable';
import { explainRequest, type RuleInfo, rulesRequest } from '../../server/src/protocol';
import { rewrites } from '../../server/src/rewrites';
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

	it('tells of a comment that ignores nothing', async () => {
		const client = await start();
		await client.open('untitled:b', 'FROM scratch\n# whittle-ignore package-cache-kept\nCOPY app /app\n');
		const hover = await client.hover('untitled:b', { line: 1, character: 20 });
		const { value } = (hover as Hover).contents as MarkupContent;
		expect(value).toContain(`**${unusedIgnore.title}** (\`unused-ignore\`)`);
		expect(value).toContain(unusedIgnore.docs.why);
	});

	it('names the rewrite that cures a finding', async () => {
		const client = await start();
		await client.open('untitled:b', `${text}CMD ["nginx", "-g", "daemon off;"]\n`);
		const hover = await client.hover('untitled:b', { line: 0, character: 7 });
		expect(((hover as Hover).contents as MarkupContent).value).toMatch(/\n\nThe rewrite `installroot-to-scratch` cures it: \S/);
	});

	it('is silent away from findings', async () => {
		const client = await start();
		expect(await client.hover('untitled:a', { line: 2, character: 0 })).toBeNull();
	});

	it('is plain text for an editor that shows no Markdown', async () => {
		const client = await start({ capabilities: pushedEditor });
		const hover = await client.hover('untitled:a', { line: 1, character: 5 });
		const { kind, value } = (hover as Hover).contents as MarkupContent;
		const rule = rules.find(({ id }) => id === 'package-cache-kept');
		expect(kind).toBe('plaintext');
		expect(value).toContain(`${rule?.title} (package-cache-kept)\n`);
		expect(value).toContain('Before\n\n    FROM fedora:40\n    RUN dnf -y install nginx\n\nAfter\n\n    FROM fedora:40\n    RUN dnf -y install nginx && dnf clean all');
		expect(value).not.toMatch(/[`]|\*\*/);
	});
});

describe("Whittle's own requests", () => {
	it('list every rule and rewrite and explain each', async () => {
		const client = await start();
		const listed = await client.connection.sendRequest<readonly RuleInfo[]>(rulesRequest);
		expect(listed).toEqual([...configurable, ...rewrites].map(({ id, title }) => ({ id, title })));
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
