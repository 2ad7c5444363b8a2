import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editorVersions, freshEditor, whyNotHere } from './support/editors';
import { temporaryFolder } from './support/places';
import { openWorkbench } from './support/workbench';

/** Nothing of a file becomes markup. */
const asWritten = '$BASE*<b>here</b>*';

const files = {
	'web/Containerfile': 'FROM node:20 AS build\nRUN npm ci\nFROM node:20-alpine\nCOPY --from=build /app /app\n',
	'api/Containerfile': 'FROM docker.io/library/node:20-alpine\n',
	'proxy/Containerfile': `ARG BASE\nFROM ${asWritten}\n`,
};

describe.each(editorVersions)('the bases of a workspace in VS Code $vscode', (version) => {
	test.for(['given', 'asked'] as const)('are a table, trust %s', async (trust, { skip }) => {
		skip(whyNotHere !== undefined, whyNotHere);
		const folder = join(temporaryFolder('workspace'), 'team');
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(join(folder, path, '..'), { recursive: true });
			writeFileSync(join(folder, path), text);
		}
		const workbench = await openWorkbench(await freshEditor(version, { trust, packaged: true }), folder);
		if (trust === 'asked') await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();

		await workbench.command('Whittle: Bases in This Workspace');
		const report = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe');
		await report.locator('h1', { hasText: 'Bases in this workspace' }).waitFor();
		await workbench.picture(trust === 'asked' ? 'bases-restricted' : 'bases');
		const cells = await report.locator('table').first().locator('th, td').allTextContents();
		expect(cells).toEqual(['Files', 'Base', 'Also written', '2', 'node:20-alpine', 'docker.io/library/node:20-alpine']);
		expect(await report.locator('body').textContent()).toContain(asWritten);
	});
});
