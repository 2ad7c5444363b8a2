import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from './support/browser';
import { whyNotHere } from './support/editors';
import { root } from './support/places';

test('npm start shows findings, serves the examples behind a token, trusts nothing yet, and stops when told to', async ({ skip }) => {
	skip(whyNotHere !== undefined, whyNotHere);
	// A screen and a desktop VS Code may be here: this is about machines without.
	const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--no-open'], { cwd: root, env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' } });
	const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
	onTestFinished(() => {
		child.kill('SIGTERM');
	});
	const { address, printed } = await addressOf(child);
	expect(printed).toContain('fedora-nginx');

	const withoutToken = await fetch(new URL('/', address));
	expect(withoutToken.status).toBe(403);

	const page = await (await launchBrowser()).newPage();
	await page.goto(address);
	await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
	await page.locator('.explorer-folders-view .monaco-list-row').getByText('fedora-nginx', { exact: true }).click();
	await page.locator('.explorer-folders-view .monaco-list-row').getByText('Containerfile', { exact: true }).dblclick();
	await page.locator('.squiggly-info').first().waitFor();

	child.kill('SIGINT');
	expect(await ended).toBe(0);
	await expect(fetch(address)).rejects.toThrow();
});

function addressOf(child: ChildProcess): Promise<{ address: string; printed: string }> {
	return new Promise((resolve, reject) => {
		let printed = '';
		const read = (data: Buffer) => {
			printed += data;
			const address = /^ +(http:\/\/127\.0\.0\.1:\d+\/\S+)$/m.exec(printed)?.[1];
			if (address !== undefined) {
				resolve({ address, printed });
			}
		};
		child.stdout?.on('data', read);
		child.stderr?.on('data', read);
		child.on('close', (code) => reject(new Error(`npm start ended with ${code}:\n${printed}`)));
	});
}
