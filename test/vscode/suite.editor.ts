import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { describe, expect, test } from 'vitest';
import { desktopProgram, hasScreen } from '../../scripts/editor/desktop.mjs';
import { launchBrowser } from './support/browser';
import { type EditorVersion, editorVersions, freshEditor, whyNotHere } from './support/editors';
import { type MochaReport, reportVariable, trustVariable } from './support/mochaReport';
import { root, suiteProgram, temporaryFolder } from './support/places';

describe.each(editorVersions)('the suite in the extension host of VS Code $vscode', (version) => {
	test.for(['given', 'asked'] as const)('trust %s', async (trust, { skip }) => {
		skip(whyNotHere !== undefined, whyNotHere);
		const report = await runSuite(version, trust);
		expect(report.failed).toEqual([]);
		expect(report.skipped).toEqual([]);
		expect(report.passed.length).toBeGreaterThan(0);
	});
});

// On Linux the browser VS Code has run the suite, so a desktop one is an extra; elsewhere it is downloaded if none is installed.
const installed = desktopProgram();
const downloads = installed === undefined && process.platform !== 'linux';
if (installed !== undefined || downloads || whyNotHere !== undefined) {
	test('the suite in the extension host of a desktop VS Code', async ({ skip }) => {
		skip(installed === undefined && !downloads, 'no desktop VS Code was found (the "code" command on PATH, or VSCODE_PATH)');
		skip(!hasScreen(), 'a desktop VS Code needs a screen, and there is none (no DISPLAY, no WAYLAND_DISPLAY)');
		const home = temporaryFolder('desktop');
		mkdirSync(join(home, 'User'));
		writeFileSync(join(home, 'User', 'settings.json'), JSON.stringify({ 'security.workspace.trust.enabled': false }));
		const reportFile = join(home, 'report.json');
		await runTests({
			...(installed === undefined ? { cachePath: join(homedir(), '.cache', 'whittle', 'desktop') } : { vscodeExecutablePath: installed }),
			extensionDevelopmentPath: root,
			extensionTestsPath: suiteProgram,
			launchArgs: [temporaryFolder('workspace'), `--user-data-dir=${home}`, `--extensions-dir=${join(home, 'extensions')}`, '--disable-gpu'],
			extensionTestsEnv: { [reportVariable]: reportFile, [trustVariable]: 'given' },
		});
		const report: MochaReport = JSON.parse(readFileSync(reportFile, 'utf8'));
		expect(report.failed).toEqual([]);
		expect(report.passed.length).toBeGreaterThan(0);
	});
}

async function runSuite(version: EditorVersion, trust: 'given' | 'asked'): Promise<MochaReport> {
	const reportFile = join(temporaryFolder('report'), 'report.json');
	const editor = await freshEditor(version, { trust, packaged: false, environment: { [reportVariable]: reportFile, [trustVariable]: trust } });
	const page = await (await launchBrowser()).newPage();
	const printed: string[] = [];
	page.on('console', (message) => printed.push(message.text()));
	const exitCode = new Promise<number>((resolve) => page.exposeFunction('codeAutomationExit', resolve));
	const uri = (path: string) => `vscode-remote://${editor.host}${path}`;
	const payload = [
		['extensionDevelopmentPath', uri(root)],
		['extensionTestsPath', uri(suiteProgram)],
		['skipWelcome', 'true'],
	];
	await page.goto(editor.address(temporaryFolder('workspace'), { payload: JSON.stringify(payload) }));
	const code = await exitCode;
	if (!existsSync(reportFile)) {
		throw new Error(`The extension host ended with ${code} and left no report:\n${printed.slice(-40).join('\n')}`);
	}
	return JSON.parse(readFileSync(reportFile, 'utf8'));
}
