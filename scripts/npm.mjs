// npm as a child process: the one that runs these scripts, or the one on PATH; and whether node_modules is what the lockfile says.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Runs npm quietly; rejects with the end of what it printed where it fails.
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
export function runNpm(args, cwd) {
	return new Promise((resolve, reject) => {
		const own = process.env['npm_execpath'];
		const [program, first, shell] = own?.endsWith('.js') ? [process.execPath, [own], false] : ['npm', [], process.platform === 'win32'];
		const child = spawn(program, [...first, ...args], { cwd, env: outerEnvironment(), shell, stdio: ['ignore', 'pipe', 'pipe'] });
		let printed = '';
		const keep = (/** @type {Buffer} */ data) => {
			printed += data.toString();
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.on('error', (error) => reject(new Error(`npm could not be started (${error.message}). It comes with Node: https://nodejs.org`)));
		child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${printed.trim().split('\n').slice(-20).join('\n')}`))));
	});
}

/**
 * Installs the project's packages unless node_modules already holds exactly what package-lock.json asks for.
 * @param {string} root the checkout
 * @param {(line: string) => void} say
 * @returns {Promise<void>}
 */
export async function ensureInstalled(root, say) {
	if (!(await isInstalled(root))) {
		say('Installing packages (npm ci) …');
		await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root);
	}
}

/**
 * Compares npm's own record of node_modules with the lockfile: their times say nothing, npm writes them in either order.
 * @param {string} root
 */
async function isInstalled(root) {
	const [wanted, present] = await Promise.all([lockedPackages(join(root, 'package-lock.json')), lockedPackages(join(root, 'node_modules', '.package-lock.json'))]);
	if (wanted === undefined || present === undefined) {
		return false;
	}
	const differs = Object.entries(wanted).some(([path, one]) => path !== '' && !one.optional && present[path]?.integrity !== one.integrity);
	return !differs && Object.keys(present).every((path) => wanted[path]?.integrity === present[path]?.integrity);
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { integrity?: string, optional?: boolean }> | undefined>}
 */
async function lockedPackages(file) {
	try {
		return JSON.parse(await readFile(file, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/** The environment without what an outer `npm run` added to it: its prefix would send an installation elsewhere. */
function outerEnvironment() {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(config_(local_|global_)?prefix|lifecycle|package)/.test(name)));
}
