import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { currentEditor } from '../../scripts/editor/install.mjs';
import { whyNoRealBuilds } from '../podman/support/missing';
import { freshEditor, whyNotHere } from './support/editors';
import { base, type OwnPodman, ownPodman } from './support/ownPodman';
import { temporaryFolder } from './support/places';
import { openWorkbench, type Workbench } from './support/workbench';

const missing = whyNotHere ?? whyNoRealBuilds();

/** What differs between the platforms is in it, and the second step takes long enough to be seen. */
const slow = `FROM ${base} AS build\nRUN sleep 4; echo made > /made\n\nFROM scratch\nCOPY --from=build /platform /made /\n`;
const broken = `FROM ${base}\nRUN touch /begun\nRUN ./configure --prefix=/usr && \\\n    make install\n`;

describe('a person who builds', () => {
	test('chooses platforms and a name, sees how far it is, gets the manifest list and its layers, and cancels another one', async ({ skip }) => {
		skip(missing !== undefined && !process.env['CI'], missing);
		const podman = await ownPodman();
		const workbench = await openBuild(podman, { Containerfile: slow });
		const { page } = workbench;
		const platforms = await workbench.choicesOf('Whittle: Build Multi-Arch Image');
		// Those of the base image.
		expect(await platforms.allTextContents()).toEqual([expect.stringContaining('linux/amd64'), expect.stringContaining('linux/arm64')]);
		await platforms.filter({ hasText: 'linux/arm64' }).click();
		await workbench.picture('build-platforms');
		await page.keyboard.press('Enter');
		const names = page.locator('.quick-input-list .monaco-list-row');
		await names.filter({ hasText: 'localhost/app' }).first().waitFor();
		await page.keyboard.type('Localhost/App');
		await names.filter({ hasText: '"Localhost/App" is no name of an image' }).waitFor();
		await workbench.picture('build-name');
		await page.keyboard.press('Control+A');
		await page.keyboard.type('localhost/app:1');
		await page.keyboard.press('Enter');

		const toast = page.locator('.notification-toast');
		await toast.filter({ hasText: /\[linux\/(?:amd|arm)64\] \d\/2 STEP \d\/2 · \[linux\/(?:amd|arm)64\] \d\/2 STEP \d\/2/ }).waitFor({ timeout: 60_000 });
		await workbench.picture('build-progress');
		const summary = toast.filter({ hasText: 'Built localhost/app:1' });
		await summary.waitFor({ timeout: 60_000 });
		expect(await summary.textContent()).toMatch(/linux\/amd64 \d[\d.]* k?B, linux\/arm64 \d[\d.]* k?B/);
		await workbench.picture('build-summary');
		expect(await platformsOf(podman, 'localhost/app:1')).toEqual(['linux/amd64', 'linux/arm64']);

		await summary.getByRole('button', { name: 'Show Layers' }).click();
		await page.locator('.xterm-rows', { hasText: 'COPY' }).waitFor();
		await workbench.picture('build-layers');

		writeFileSync(join(workbench.folder, 'Containerfile'), slow.replace('sleep 4', 'sleep 300'));
		const running = toast.filter({ hasText: /STEP 2\/2/ });
		for (const cancel of [() => running.getByRole('button', { name: 'Cancel' }).click(), () => workbench.command('Terminal: Kill the Active Terminal Instance')]) {
			const again = await workbench.choicesOf('Whittle: Build Multi-Arch Image');
			await again.nth(1).filter({ hasText: 'linux/arm64' }).locator('[aria-checked="true"]').waitFor();
			await page.keyboard.press('Enter');
			await names.first().filter({ hasText: 'localhost/app:1' }).waitFor();
			await page.keyboard.press('Enter');
			await running.waitFor();
			await cancel();
			await running.waitFor({ state: 'detached' });
			await expect.poll(() => podman.ask('ps', '--all', '--external', '--quiet'), { timeout: 30_000, interval: 500 }).toBe('');
		}
		expect(await platformsOf(podman, 'localhost/app:1')).toEqual(['linux/amd64', 'linux/arm64']);
	});

	test('is shown the instruction that failed with what podman said, until it is edited', async ({ skip }) => {
		skip(missing !== undefined && !process.env['CI'], missing);
		const workbench = await openBuild(await ownPodman(), { Containerfile: broken });
		const { page } = workbench;
		await workbench.choicesOf('Whittle: Build Image');
		await page.keyboard.press('Enter');
		const toast = page.locator('.notification-toast').filter({ has: page.getByRole('button', { name: 'Go to the Instruction' }) });
		await toast.waitFor({ timeout: 60_000 });
		await workbench.picture('build-failed');
		await toast.getByRole('button', { name: 'Go to the Instruction' }).click();
		await page.locator('[id="status.editor.selection"]', { hasText: /Ln [34]/ }).waitFor();
		const problems = await workbench.problems();
		const failure = problems.filter({ hasText: 'podman' }).filter({ hasText: '[Ln 3, Col 1]' });
		await failure.waitFor();
		expect(await failure.textContent()).toContain('exit status 127');
		await workbench.picture('build-problems');
		await workbench.clickOn('install');
		await page.keyboard.type('#');
		await failure.waitFor({ state: 'detached' });
		expect(readFileSync(join(workbench.folder, 'Containerfile'), 'utf8')).toBe(broken);
	});
});

interface BuildWorkbench extends Workbench {
	readonly folder: string;
}

/** A window on a folder `app` with its Containerfile open, in an editor that builds with that podman. */
async function openBuild(podman: OwnPodman, files: Readonly<Record<string, string>>): Promise<BuildWorkbench> {
	const folder = join(temporaryFolder('workspace'), 'app');
	mkdirSync(folder);
	for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
	const settings = {
		'remote.autoForwardPorts': false,
		'whittle.build.network': 'host',
		'whittle.build.pull': 'never',
		// The terminal's text can be read then.
		'terminal.integrated.gpuAcceleration': 'off',
	};
	const editor = await freshEditor(currentEditor, {
		trust: 'given',
		packaged: true,
		settings,
		machineSettings: { 'whittle.build.podman': podman.program },
		environment: podman.environment,
	});
	const workbench = await openWorkbench(editor, folder);
	await workbench.open('Containerfile');
	// The palette has no command of an extension that is not there yet.
	await workbench.page.locator('.statusbar-item[id^="whittle.whittle"]').waitFor({ timeout: 90_000 });
	return { ...workbench, folder };
}

/** The platforms of a manifest list, sorted, each as often as it is there. */
async function platformsOf(podman: OwnPodman, name: string): Promise<readonly string[]> {
	const { manifests }: { manifests: readonly { platform: { os: string; architecture: string } }[] } = JSON.parse(await podman.ask('manifest', 'inspect', name));
	return manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`).sort();
}
