// npm test: installs, then checks and tests everything that can run on this machine; the last line says how many passed, failed and were skipped.
// With CI=true, what is skipped counts as a failure.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { desktopProgram } from './editor/desktop.mjs';
import { whyNoServedEditor } from './editor/install.mjs';
import { ensureInstalled } from './npm.mjs';

/** @typedef {import('./vitestCounts.mjs').Counts} Counts */

const root = resolve(import.meta.dirname, '..');
const program = (/** @type {string} */ name) => join(root, 'node_modules', name);
const tools = { tsc: program('typescript/bin/tsc'), biome: program('@biomejs/biome/bin/biome'), vitest: program('vitest/vitest.mjs'), npm: process.env['npm_execpath'] };

/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: [] };
/** @type {string[]} */
const failures = [];
let editorTestsRan = false;

try {
	await ensureInstalled(root, console.log);
	await check('types', [tools.tsc, '-b']);
	await check('style', [tools.biome, 'check', '--error-on-warnings']);
	const built = await check('build', [program('../scripts/build.mjs')]);
	await vitest('tests', []);
	const packaged = built && (await check('package', [...npmRun(), 'package']));
	if (packaged) {
		editorTestsRan = true;
		await vitest('tests in the editor', ['--config', 'test/vscode/vitest.config.ts'], { WHITTLE_VSIX: join(root, 'out', 'whittle.vsix') });
	} else {
		fail('tests in the editor: there is no package to install');
	}
} catch (error) {
	fail(error instanceof Error ? error.message : String(error));
}
report();

/**
 * One thing that passes or fails as a whole.
 * @param {string} name
 * @param {readonly string[]} command run by this Node
 */
async function check(name, command) {
	const code = await run(name, command, {});
	if (code === 0) {
		total.passed += 1;
	} else {
		fail(`${name} (exit code ${code})`);
	}
	return code === 0;
}

/**
 * A vitest run; each of its tests counts.
 * @param {string} name
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} environment
 */
async function vitest(name, args, environment = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'whittle-counts-'));
	const file = join(folder, 'counts.json');
	const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts', 'vitestCounts.mjs')}`];
	const code = await run(name, [tools.vitest, 'run', ...reporters, ...args], { ...environment, WHITTLE_COUNTS: file, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' });
	/** @type {Counts | undefined} */
	const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
	rmSync(folder, { recursive: true, force: true });
	total.passed += counts?.passed ?? 0;
	total.skipped.push(...(counts?.skipped ?? []));
	if (counts !== undefined && counts.failed > 0) {
		total.failed += counts.failed - 1;
		fail(`${name}: ${counts.failed} failed`);
	} else if (counts === undefined || code !== 0) {
		fail(`${name} (exit code ${code})`);
	} else if (counts.passed + counts.skipped.length === 0) {
		fail(`${name}: nothing ran`);
	}
}

/**
 * @param {string} name
 * @param {readonly string[]} command
 * @param {Readonly<Record<string, string>>} environment
 * @returns {Promise<number | null>}
 */
function run(name, command, environment) {
	console.log(`\n== ${name}`);
	return new Promise((done, failed) => {
		const child = spawn(process.execPath, [...command], { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit'] });
		child.on('error', failed);
		child.on('close', done);
	});
}

function npmRun() {
	if (!tools.npm?.endsWith('.js')) {
		throw new Error('This script is started by npm: run npm test.');
	}
	return [tools.npm, 'run', '--silent'];
}

/** @param {string} line */
function fail(line) {
	total.failed += 1;
	failures.push(line);
}

function report() {
	console.log('');
	if (editorTestsRan && desktopProgram() === undefined && whyNoServedEditor() === undefined) {
		console.log('Note: no desktop VS Code here (no "code" with a screen, no VSCODE_PATH); its suite ran in the browser VS Code, which is the same program.');
	}
	for (const why of new Set(total.skipped.map((one) => one.why))) {
		const names = total.skipped.filter((one) => one.why === why).map((one) => one.name);
		console.log(`Skipped: ${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ''}: ${why || 'no reason given'}`);
	}
	for (const line of failures) {
		console.log(`Failed: ${line}`);
	}
	const strict = process.env['CI'] === 'true' && total.skipped.length > 0;
	if (strict) {
		console.log('Failed: CI=true, so nothing may be skipped.');
	}
	console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
	process.exitCode = total.failed > 0 || strict ? 1 : 0;
}
