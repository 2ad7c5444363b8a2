import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editorVersions, freshEditor, whyNotHere } from './support/editors';
import { temporaryFolder } from './support/places';
import { openWorkbench, type Workbench } from './support/workbench';

const files = {
	'.whittlerc.json': '{\n  "builder": "docker",\n  "rules": {\n    \n  }\n}\n',
	'package.json': '{\n  "name": "app",\n  "whittle": {\n    \n  }\n}\n',
	Containerfile: 'FROM fedora:33\nRUN dnf -y install nginx\n',
};

describe.each(editorVersions)('a configuration in VS Code $vscode', (version) => {
	test('is completed and checked by its schema, and a finding leads to the page of its rule', async ({ skip }) => {
		skip(whyNotHere !== undefined, whyNotHere);
		const folder = join(temporaryFolder('workspace'), 'configured');
		mkdirSync(folder);
		for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
		const workbench = await openWorkbench(await freshEditor(version, { trust: 'given', packaged: true }), folder);

		await workbench.open('.whittlerc.json');
		await workbench.squiggles.first().waitFor();
		expect(await offeredBelow(workbench, '"rules"', 'bytecode-shipped')).toContain('build-tools-shipped');
		await workbench.picture('configuration');
		await workbench.page.keyboard.press('Escape');
		const problems = await workbench.problems();
		await problems.filter({ hasText: 'any, podman, podman@4.3' }).waitFor();

		await workbench.open('package.json');
		expect(await offeredBelow(workbench, '"whittle"', 'extends')).toContain('overrides');
		await workbench.page.keyboard.press('Escape');

		await workbench.open('Containerfile');
		const finding = problems.filter({ hasText: 'package-cache-kept' });
		await finding.locator('a', { hasText: 'package-cache-kept' }).click();
		await workbench.page.locator('.tab.active', { hasText: 'package-cache-kept.md' }).waitFor();
		await workbench.page.locator('.editor-instance .view-line', { hasText: 'stays in the layer' }).first().waitFor();
		await workbench.picture('rule-page');
	});
});

/** What the editor offers in the line below a key, as soon as a wanted word is among it. */
async function offeredBelow({ page, clickOn }: Workbench, key: string, wanted: string): Promise<readonly string[]> {
	await clickOn(key);
	for (const pressed of ['ArrowDown', 'End', 'Control+Space']) await page.keyboard.press(pressed);
	const rows = page.locator('.suggest-widget.visible .monaco-list-row');
	await rows.filter({ hasText: wanted }).first().waitFor();
	return rows.locator('.label-name').allTextContents();
}
