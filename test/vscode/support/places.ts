import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

/** The checkout. */
export const root = resolve(import.meta.dirname, '../../..');

/** The packaged extension that the tests install. */
export const vsix = process.env['WHITTLE_VSIX'] ?? join(root, 'out/whittle.vsix');

/** The suite for the extension host, as a program that an editor can load. */
export const suiteProgram = join(root, 'out/vscode-suite/index.js');

/** Where pictures of the editor go. */
export const pictures = resolve(process.env['WHITTLE_SCREENSHOTS'] ?? join(root, 'out/screenshots'));

/** Makes an empty folder outside the checkout, until the test is over; its path has no symbolic links, since editors compare paths as text. */
export function temporaryFolder(purpose: string): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), `whittle-${purpose}-`)));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	return folder;
}
