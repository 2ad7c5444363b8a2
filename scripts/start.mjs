// npm start: installs, builds, shows what Whittle says about the examples, and opens them in a VS Code that has Whittle.
// `--no-open` only prints the address where the editor runs in a browser.
import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { desktopCommand, hasScreen, onPath } from './editor/desktop.mjs';
import { currentEditor, installEditor, whyNoServedEditor } from './editor/install.mjs';
import { installExtension, serveEditor } from './editor/serve.mjs';
import { ensureInstalled, runNpm } from './npm.mjs';

const root = resolve(import.meta.dirname, '..');
const examples = join(root, 'examples');
const say = (/** @type {string} */ line) => console.log(line);

try {
	await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}

async function main() {
	await ensureInstalled(root, say);
	say('Building …');
	await runNpm(['run', 'build'], root);
	say('\nWhat Whittle says about the examples (node dist/cli.js lint examples):\n');
	spawnSync(process.execPath, ['dist/cli.js', 'lint', 'examples'], { cwd: root, stdio: 'inherit' });
	say('');

	const code = desktopCommand();
	if (code !== undefined) {
		openDesktop(code);
		return;
	}
	const why = whyNoServedEditor();
	if (why !== undefined) {
		say(`There is no desktop VS Code here (no "code" on PATH), and ${why}.`);
		say('Install VS Code with its "code" command and run npm start again, or use the command line: node dist/cli.js --help');
		return;
	}
	await serve();
}

/** @param {string} code */
function openDesktop(code) {
	say('Opening VS Code with Whittle on the examples. Open a Containerfile there and press Ctrl+. (Cmd+. on a Mac) on what is underlined.');
	const windows = process.platform === 'win32';
	const args = [`--extensionDevelopmentPath=${root}`, examples];
	// A .cmd file needs the shell, and the shell needs the quotes.
	spawn(windows ? `"${code}"` : code, windows ? args.map((one) => `"${one}"`) : args, { shell: windows, stdio: 'inherit' }).on('error', (error) => {
		console.error(`VS Code could not be started with ${code}: ${error.message}`);
		process.exitCode = 1;
	});
}

async function serve() {
	const editor = await installEditor(currentEditor, say);
	const home = join(root, 'out', 'start');
	await runNpm(['run', 'package'], root);
	await installExtension(editor, home, join(root, 'out', 'whittle.vsix'));
	const settings = { 'workbench.startupEditor': 'none', 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'chat.disableAIFeatures': true };
	const served = await serveEditor(editor, { home, trust: 'asked', forTests: false, settings });
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.once(signal, served.stop);
	}
	const address = served.address(examples);
	say(`VS Code ${editor.version.vscode} with Whittle runs on this machine. Open it in a browser:\n\n  ${address}\n`);
	say('Open a Containerfile there and press Ctrl+. on what is underlined. Ctrl+C here stops it.');
	openBrowser(address);
	const code = await served.ended;
	if (code !== null && code !== 0) {
		throw new Error(`The editor ended by itself with ${code}. Its last words:\n${served.printed().trim().split('\n').slice(-20).join('\n')}`);
	}
}

/** @param {string} address */
function openBrowser(address) {
	const opener = onPath('xdg-open');
	if (process.stdout.isTTY && !process.argv.includes('--no-open') && hasScreen() && opener !== undefined) {
		spawn(opener, [address], { detached: true, stdio: 'ignore' }).unref();
	}
}
