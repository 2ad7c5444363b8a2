import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { currentEditor, type Editor, installEditor, oldestEditor, whyNoServedEditor } from '../../../scripts/editor/install.mjs';
import { installExtension, type ServedEditor, serveEditor } from '../../../scripts/editor/serve.mjs';
import { whyNoBrowser } from './browser';
import { temporaryFolder, vsix } from './places';

/** The versions of VS Code that everything is tried in: the newest one and the oldest one that the manifest promises. */
export const editorVersions = [currentEditor, oldestEditor] as const;

/** One of them. */
export type EditorVersion = (typeof editorVersions)[number];

/** Why the browser VS Code cannot be driven here, as the end of a sentence; undefined where it can. */
export const whyNotHere: string | undefined = whyNoServedEditor() ?? whyNoBrowser();

/** Settings that keep an editor quiet, its pictures about Whittle, and saving an act of its own (in a browser it saves by itself); none concerns Whittle. */
const quietSettings = {
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	'files.autoSave': 'off',
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'chat.disableAIFeatures': true,
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': false,
	'extensions.ignoreRecommendations': true,
	'security.workspace.trust.startupPrompt': 'never',
	'security.workspace.trust.banner': 'never',
	'window.menuBarVisibility': 'compact',
};

/** How a test wants its editor. `packaged`: with the VSIX installed, as people have it; else the test names an extension under development in the address, and VS Code shows no dialogs. */
export interface Wish {
	readonly trust: 'asked' | 'given';
	readonly packaged: boolean;
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Settings of the machine that the editor runs on, the only place of those with the scope `machine`. */
	readonly machineSettings?: Readonly<Record<string, unknown>>;
	readonly environment?: Readonly<Record<string, string>>;
}

/** Serves a fresh editor, without any state of an earlier one, until the test is over. */
export async function freshEditor(version: EditorVersion, wish: Wish): Promise<ServedEditor> {
	const editor: Editor = await installEditor(version, console.log);
	const home = temporaryFolder('editor');
	if (wish.packaged) {
		await installExtension(editor, home, vsix);
	}
	mkdirSync(join(home, 'Machine'), { recursive: true });
	writeFileSync(join(home, 'Machine/settings.json'), JSON.stringify(wish.machineSettings ?? {}));
	const served = await serveEditor(editor, {
		home,
		trust: wish.trust,
		forTests: !wish.packaged,
		settings: { ...quietSettings, ...wish.settings },
		environment: wish.environment ?? {},
	});
	onTestFinished(served.stop);
	return served;
}
