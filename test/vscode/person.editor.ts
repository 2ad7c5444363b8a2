import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editorVersions, freshEditor, whyNotHere } from './support/editors';
import { root, temporaryFolder } from './support/places';
import { openWorkbench } from './support/workbench';

const nginx = 'FROM fedora:33\nRUN dnf -y install nginx\nEXPOSE 80\nCMD ["nginx", "-g", "daemon off;"]\n';
const example = readFileSync(join(root, 'examples/fedora-nginx/Containerfile'), 'utf8');
const repaired = nginx.replace('install nginx', 'install nginx && dnf clean all');

describe.each(editorVersions)('a person in VS Code $vscode', (version) => {
	test('sees what costs, asks why, and takes the repair of the light bulb', async ({ skip }) => {
		skip(whyNotHere !== undefined, whyNotHere);
		const folder = workspace('nginx', { Containerfile: nginx });
		const workbench = await openWorkbench(await freshEditor(version, { trust: 'given', packaged: true }), folder);
		await workbench.open('Containerfile');
		await workbench.squiggles.first().waitFor();
		const problems = await workbench.problems();
		await problems.filter({ hasText: 'package-cache-kept' }).waitFor();
		await workbench.clickOn('install');
		await workbench.picture('problems');

		const hover = await workbench.hoverOn('install');
		expect(await hover.textContent()).toContain('package-cache-kept');
		await workbench.picture('hover');
		await workbench.page.keyboard.press('Escape');

		const menu = await workbench.lightBulb();
		await workbench.picture('light-bulb');
		await menu.first().click();
		await problems.filter({ hasText: 'package-cache-kept' }).waitFor({ state: 'detached' });
		await workbench.save();
		await workbench.picture('repaired');
		expect(readFileSync(join(folder, 'Containerfile'), 'utf8')).toBe(repaired);
	});

	test('repairs the fedora-nginx example, and files that leave their cache with Fix All and with Source Action', async ({ skip }) => {
		skip(whyNotHere !== undefined, whyNotHere);
		const folder = workspace('fedora-nginx', { Containerfile: example, 'cached.dockerfile': nginx, Dockerfile: nginx });
		const workbench = await openWorkbench(await freshEditor(version, { trust: 'given', packaged: true }), folder);
		await workbench.open('Containerfile');
		const problems = await workbench.problems();
		await problems.filter({ hasText: 'weak-dependencies-installed' }).waitFor();
		await workbench.clickOn('install');
		const fixes = await workbench.lightBulb();
		await workbench.picture('example');
		await fixes.filter({ hasText: 'install_weak_deps' }).first().click();
		await problems.filter({ hasText: 'weak-dependencies-installed' }).waitFor({ state: 'detached' });
		await workbench.save();
		expect(readFileSync(join(folder, 'Containerfile'), 'utf8')).toBe(example.replace('install nginx', 'install --setopt=install_weak_deps=False nginx'));

		await workbench.open('cached.dockerfile');
		await problems.filter({ hasText: 'package-cache-kept' }).waitFor();
		await workbench.command('Fix All');
		await problems.filter({ hasText: 'package-cache-kept' }).waitFor({ state: 'detached' });
		await workbench.save();
		expect(readFileSync(join(folder, 'cached.dockerfile'), 'utf8')).toBe(repaired);

		await workbench.open('Dockerfile');
		await problems.filter({ hasText: 'package-cache-kept' }).waitFor();
		const menu = await workbench.menuOf('Source Action...');
		await workbench.picture('source-action');
		await menu.filter({ hasText: 'safe repairs' }).first().click();
		await problems.filter({ hasText: 'package-cache-kept' }).waitFor({ state: 'detached' });
		await workbench.save();
		expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(repaired);
	});

	test('sees findings and repairs them in a folder that nobody trusts yet', async ({ skip }) => {
		skip(whyNotHere !== undefined, whyNotHere);
		const folder = workspace('nginx', { Containerfile: nginx });
		const workbench = await openWorkbench(await freshEditor(version, { trust: 'asked', packaged: true }), folder);
		await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
		await workbench.open('Containerfile');
		await workbench.squiggles.first().waitFor();
		const problems = await workbench.problems();
		await problems.filter({ hasText: 'package-cache-kept' }).waitFor();
		await workbench.picture('restricted');
		await workbench.clickOn('install');
		const menu = await workbench.lightBulb();
		await menu.first().click();
		await problems.filter({ hasText: 'package-cache-kept' }).waitFor({ state: 'detached' });
		await workbench.save();
		expect(readFileSync(join(folder, 'Containerfile'), 'utf8')).toBe(repaired);
	});
});

/** A folder of that name with these files, for the window to open. */
function workspace(name: string, files: Readonly<Record<string, string>>): string {
	const folder = join(temporaryFolder('workspace'), name);
	mkdirSync(folder);
	for (const [path, text] of Object.entries(files)) {
		writeFileSync(join(folder, path), text);
	}
	return folder;
}
