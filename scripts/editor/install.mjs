// Puts a browser VS Code into the user's cache folder: the same workbench and extension host as the desktop one, served by a process.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { runNpm } from '../npm.mjs';

/**
 * A VS Code that can be served to a browser: its version, and the npm packages it is made of.
 * @typedef {{ readonly vscode: string, readonly codeServer: string, readonly node: string, readonly watcher: string }} EditorVersion
 */

/**
 * An installed one: the program to start it with, and the script that program runs.
 * @typedef {{ readonly version: EditorVersion, readonly node: string, readonly main: string }} Editor
 */

/** The newest VS Code that Whittle is tested in, and the one that `npm start` opens. */
export const currentEditor = /** @type {EditorVersion} */ ({ vscode: '1.139', codeServer: '4.139.1', node: '24.21.0', watcher: '2.5.6' });

/** The oldest VS Code that `engines.vscode` of package.json promises. */
export const oldestEditor = /** @type {EditorVersion} */ ({ vscode: '1.100', codeServer: '4.100.3', node: '20.20.2', watcher: '2.5.1' });

/**
 * Why no browser VS Code runs on this machine, as the end of a sentence; undefined where one does.
 * @returns {string | undefined}
 */
export function whyNoServedEditor() {
	if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) {
		return `the browser VS Code is packaged for Linux on x64 and arm64 only, and this is ${process.platform} on ${process.arch}`;
	}
	const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
	return header.glibcVersionRuntime === undefined ? 'the browser VS Code needs the GNU C library, and this Linux has another one' : undefined;
}

/**
 * Gives the editor from the cache, installing it the first time; several processes may ask at once. Throws with npm's own words where npm fails.
 * @param {EditorVersion} version
 * @param {(line: string) => void} say told in one line what takes a while
 * @returns {Promise<Editor>}
 */
export async function installEditor(version, say) {
	const home = join(cacheFolder(), `vscode-${version.vscode}-${version.codeServer}-node-${version.node}-${process.platform}-${process.arch}`);
	if (!existsSync(home)) {
		say(`Installing VS Code ${version.vscode} into ${home} (once, about a minute) …`);
		await mkdir(dirname(home), { recursive: true });
		const unfinished = await mkdtemp(`${home}.unfinished-`);
		try {
			await fill(unfinished, version);
			await rename(unfinished, home).catch((error) => {
				// Another process was faster, and its copy is as good as this one.
				if (!existsSync(home)) {
					throw error;
				}
			});
		} finally {
			await rm(unfinished, { recursive: true, force: true });
		}
	}
	return { version, node: join(home, 'node_modules', nodePackage(), 'bin', 'node'), main: join(vscodeFolder(home), 'out', 'server-main.js') };
}

/**
 * @param {string} folder
 * @param {EditorVersion} version
 */
async function fill(folder, version) {
	// The editor's own optional packages are half a gigabyte; of those only the file watcher is needed, and it is found from here too.
	const dependencies = { [nodePackage()]: version.node, 'code-server': version.codeServer, [`@parcel/watcher-linux-${process.arch}-glibc`]: version.watcher };
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
	// code-server's install script compiles for a minute and downloads; nothing that it makes is needed here.
	const quick = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	await runNpm(['install', '--no-package-lock', ...quick], folder);
	await runNpm(['install', '--omit=dev', '--omit=optional', ...quick], vscodeFolder(folder));
}

/** @param {string} home */
function vscodeFolder(home) {
	return join(home, 'node_modules', 'code-server', 'lib', 'vscode');
}

function nodePackage() {
	return `node-linux-${process.arch}`;
}

function cacheFolder() {
	return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'whittle');
}
