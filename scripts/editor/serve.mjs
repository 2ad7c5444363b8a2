// Serves an installed browser VS Code on this machine and stops it again.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @typedef {import('./install.mjs').Editor} Editor */

/**
 * How to serve: where the editor keeps its state; whether it asks about trust as it does for people; what its user has set.
 * `forTests` opens it to whoever knows the port, so that a payload in the address may name a test suite.
 * @typedef {{
 *   readonly home: string, readonly trust: 'asked' | 'given', readonly forTests: boolean,
 *   readonly settings?: Readonly<Record<string, unknown>>, readonly environment?: Readonly<Record<string, string>>
 * }} Serving
 */

/**
 * A server that is up: its host and port, the address of a folder in it, what it printed, when it ended, and how to stop it.
 * @typedef {{
 *   readonly version: import('./install.mjs').EditorVersion, readonly host: string, readonly printed: () => string, readonly ended: Promise<number | null>, readonly stop: () => Promise<void>,
 *   readonly address: (folder: string, query?: Readonly<Record<string, string>>) => string
 * }} ServedEditor
 */

/**
 * Installs a packaged extension into the state folder that `serveEditor` will be given.
 * @param {Editor} editor
 * @param {string} home
 * @param {string} vsix
 * @returns {Promise<void>}
 */
export async function installExtension(editor, home, vsix) {
	await mkdir(home, { recursive: true });
	const child = start(editor, ['--install-extension', vsix, '--force', ...folders(home)], {});
	const printed = collect(child);
	if ((await exit(child)) !== 0 || !/successfully installed/.test(printed())) {
		throw new Error(`VS Code ${editor.version.vscode} did not install ${vsix}:\n${printed()}`);
	}
}

/**
 * Starts the editor on 127.0.0.1, on a port that the system picks, and waits until it answers.
 * @param {Editor} editor
 * @param {Serving} serving
 * @returns {Promise<ServedEditor>}
 */
export async function serveEditor(editor, serving) {
	await mkdir(join(serving.home, 'User'), { recursive: true });
	await writeSettings(join(serving.home, 'User', 'settings.json'), serving);
	const token = serving.forTests ? undefined : randomBytes(16).toString('hex');
	const tokenFile = join(serving.home, 'connection-token');
	if (token !== undefined) {
		await writeFile(tokenFile, token, { mode: 0o600 });
	}
	const child = start(
		editor,
		[
			...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms', '--disable-telemetry', ...folders(serving.home)],
			...(serving.forTests ? ['--without-connection-token', '--enable-smoke-test-driver'] : ['--connection-token-file', tokenFile]),
			...(serving.trust === 'given' ? ['--disable-workspace-trust'] : []),
		],
		serving.environment ?? {},
	);
	const printed = collect(child);
	const ended = exit(child);
	const stopToo = () => stopGroup(child);
	const forget = () => process.off('exit', stopToo);
	process.once('exit', stopToo);
	ended.then(forget, forget);
	const port = await listeningPort(child, printed, ended);
	const host = `127.0.0.1:${port}`;
	return {
		version: editor.version,
		host,
		printed,
		ended,
		stop: async () => {
			stopGroup(child);
			await ended;
		},
		address: (folder, query = {}) => `http://${host}/?${new URLSearchParams({ ...(token === undefined ? {} : { tkn: token }), folder, ...query })}`,
	};
}

/**
 * A person's settings are theirs from the second start on; a test's are what the test says.
 * @param {string} file
 * @param {Serving} serving
 */
async function writeSettings(file, serving) {
	if (serving.forTests || !existsSync(file)) {
		await writeFile(file, JSON.stringify(serving.settings ?? {}, undefined, '\t'));
	}
}

/** @param {string} home */
function folders(home) {
	return ['--user-data-dir', home, '--extensions-dir', join(home, 'extensions')];
}

/**
 * In a process group of its own, so that its extension hosts end with it.
 * @param {Editor} editor
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} environment
 */
function start(editor, args, environment) {
	return spawn(editor.node, [editor.main, ...args], { detached: true, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** @typedef {ReturnType<typeof start>} Child */

/** @param {Child} child */
function collect(child) {
	let text = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (data) => {
			text += data.toString();
		});
	}
	return () => text;
}

/**
 * @param {Child} child
 * @returns {Promise<number | null>}
 */
function exit(child) {
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
}

/**
 * @param {Child} child
 * @param {() => string} printed
 * @param {Promise<number | null>} ended
 * @returns {Promise<string>}
 */
function listeningPort(child, printed, ended) {
	return new Promise((resolve, reject) => {
		child.stdout.on('data', () => {
			const port = /Server bound to 127\.0\.0\.1:(\d+)[\s\S]*Extension host agent started/.exec(printed())?.[1];
			if (port !== undefined) {
				resolve(port);
			}
		});
		ended.then((code) => reject(new Error(`VS Code ended with ${code} before it listened:\n${printed()}`)), reject);
	});
}

/** @param {Child} child */
function stopGroup(child) {
	try {
		process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL');
	} catch {
		// It has ended already.
	}
}
