import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rewritten } from '../../server/src/lint/propose';
import { portablePlatformStages } from '../../server/src/rewrites/portable-platform-stages';
import { isRefusal } from '../../server/src/rewrites/rewrite';
import { editorVersions, freshEditor, whyNotHere } from './support/editors';
import { root, temporaryFolder } from './support/places';
import { openWorkbench } from './support/workbench';

const nginx = 'FROM fedora:33\nRUN dnf -y install nginx\nEXPOSE 80\nCMD ["nginx", "-g", "daemon off;"]\n';
const example = readFileSync(join(root, 'examples/fedora-nginx/Containerfile'), 'utf8');
/** Its platform is chosen by a variable that no FROM may hold: one rewrite is for such files, and refuses at the last line. */
const stuck = 'ARG e=a\nFROM alpine AS s_a\n\nFROM alpine\nARG e\nCOPY --from=s_${e} /a /a\n';
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

	test('looks at a rewrite, leaves it, takes it, and takes it back with one undo', async ({ skip }) => {
		skip(whyNotHere !== undefined, whyNotHere);
		const folder = workspace('nginx', { Containerfile: nginx });
		const file = join(folder, 'Containerfile');
		const proposed = rewrittenOf(nginx);
		const workbench = await openWorkbench(await freshEditor(version, { trust: 'given', packaged: true }), folder);
		await workbench.open('Containerfile');
		await workbench.squiggles.first().waitFor();
		await workbench.clickOn('EXPOSE');
		const bulb = await workbench.lightBulb();
		await workbench.picture('rewrite-light-bulb');
		await bulb.filter({ hasText: proposed.title }).first().click();
		await workbench.dialog.waitFor();
		for (const sentence of [proposed.title, ...proposed.assumes]) expect(await workbench.dialog.textContent()).toContain(sentence);
		await workbench.page.locator('.editor.modified .view-line', { hasText: 'FROM scratch' }).waitFor();
		await workbench.picture('rewrite');
		await workbench.answer('Cancel');
		await workbench.dialog.waitFor({ state: 'detached' });
		await workbench.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
		expect(await workbench.page.locator('.tab.dirty').count()).toBe(0);
		expect(readFileSync(file, 'utf8')).toBe(nginx);

		await workbench.clickOn('install');
		const refactorings = await workbench.menuOf('Refactor...');
		await workbench.picture('rewrite-refactor');
		await refactorings.filter({ hasText: proposed.title }).first().click();
		await workbench.dialog.waitFor();
		await workbench.answer('Apply');
		await workbench.save();
		expect(readFileSync(file, 'utf8')).toBe(proposed.text);
		await workbench.picture('rewritten');
		await workbench.page.keyboard.press('Control+Z');
		await workbench.save();
		expect(readFileSync(file, 'utf8')).toBe(nginx);
	});

	test('is shown a rewrite anew when the file has changed meanwhile, can look at it without a dialog in the way, and hears why others are refused', async ({ skip }) => {
		skip(whyNotHere !== undefined, whyNotHere);
		const folder = workspace('nginx', { Containerfile: nginx, 'stuck.dockerfile': stuck });
		const file = join(folder, 'Containerfile');
		const now = nginx.replace('nginx\n', 'httpd\n');
		const workbench = await openWorkbench(await freshEditor(version, { trust: 'given', packaged: true }), folder);
		await workbench.open('Containerfile');
		await workbench.squiggles.first().waitFor();
		await workbench.clickOn('install');
		const choices = await workbench.choicesOf('Whittle: Rewrite...');
		await workbench.picture('rewrite-pick');
		await choices
			.filter({ hasText: rewrittenOf(nginx).title })
			.first()
			.click();
		await workbench.dialog.waitFor();
		await workbench.answer('Look at the Changes');
		await workbench.dialog.waitFor({ state: 'detached' });
		await workbench.picture('rewrite-look');
		await workbench.page.getByRole('button', { name: 'Apply the Rewrite...' }).first().click();
		await workbench.dialog.waitFor();
		writeFileSync(file, now);
		await workbench.page.locator('.editor.original .view-line', { hasText: 'httpd' }).waitFor();
		await workbench.answer('Apply');
		await workbench.dialog.filter({ hasText: 'The file is not what it was' }).waitFor();
		await workbench.picture('rewrite-again');
		await workbench.answer('Apply');
		await workbench.save();
		expect(readFileSync(file, 'utf8')).toBe(rewrittenOf(now).text);

		await workbench.open('stuck.dockerfile');
		await workbench.clickOn('COPY');
		const faded = await workbench.menuOf('Refactor...');
		await faded.filter({ hasText: portablePlatformStages.title }).waitFor();
		await workbench.picture('rewrite-disabled');
		await workbench.page.keyboard.press('Escape');
		await workbench.clickOn('ARG e=a');
		const refused = await workbench.choicesOf('Whittle: Rewrite...');
		await workbench.picture('rewrite-refused');
		await refused.filter({ hasText: portablePlatformStages.id }).first().click();
		await workbench.page.locator('.notification-toast', { hasText: 'stuck.dockerfile: refused because' }).waitFor();
		await workbench.page.locator('[id="status.editor.selection"]', { hasText: 'Ln 6' }).waitFor();
		await workbench.picture('rewrite-why');
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

/** What the rewrite that cures the nginx file makes of such a text. */
function rewrittenOf(text: string): { readonly text: string; readonly title: string; readonly assumes: readonly string[] } {
	const result = rewritten(text, 'installroot-to-scratch');
	if (isRefusal(result)) throw new Error(`refused because ${result.because}`);
	return { text: result.text, title: result.proposal.title, assumes: result.proposal.assumes };
}

/** A folder of that name with these files, for the window to open. */
function workspace(name: string, files: Readonly<Record<string, string>>): string {
	const folder = join(temporaryFolder('workspace'), name);
	mkdirSync(folder);
	for (const [path, text] of Object.entries(files)) {
		writeFileSync(join(folder, path), text);
	}
	return folder;
}
