// npm run test:podman5: the tests that build with podman, once more with the podman 5 of Debian 13 (trixie), which is put into the user's cache folder (once, about a minute).
// Where that cannot be had the tests are skipped; with CI=true that counts as a failure.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { ensureInstalled } from './npm.mjs';

const project = resolve(import.meta.dirname, '..');
const home = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'whittle', 'debian-trixie-podman');
const packages = ['podman', 'buildah', 'crun', 'netavark', 'uidmap'];
const archive = 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main';
const tests = ['build', 'connections', 'farm'].map((name) => join('test', 'podman', `${name}.test.ts`));

await ensureInstalled(project, console.log);
const missing = whyNot() ?? (await install());
if (missing === undefined) {
	const folder = join(project, 'scripts', 'podman5');
	const environment = {
		WHITTLE_DEBIAN: home,
		CONTAINERS_CONF_OVERRIDE: join(folder, 'containers.conf'),
		PATH: `${folder}${delimiter}${process.env['PATH']}`,
		VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
	};
	console.log(spawnSync('podman', ['--version'], { encoding: 'utf8', env: { ...process.env, ...environment } }).stdout.trim());
	process.exitCode = (await run(process.execPath, [join(project, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...tests], environment)).code;
} else {
	console.log(`Skipped: ${tests.join(', ')} with podman 5: ${missing}`);
	process.exitCode = process.env['CI'] === 'true' ? 1 : 0;
}

/** What this machine lacks, in a few words; undefined where nothing is missing. */
function whyNot() {
	if (process.platform !== 'linux') return 'only Linux runs another Debian’s programs';
	if (process.getuid?.() !== 0) return 'only root can lay another Debian over this one';
	const absent = ['mmdebstrap', 'unshare'].filter((name) => spawnSync(name, ['--version']).status !== 0);
	return absent.length === 0 ? undefined : `not installed: ${absent.join(', ')}`;
}

/** Makes that Debian unless it is there. Returns why it cannot be reached; throws where something else fails. */
async function install() {
	if (existsSync(home)) return undefined;
	console.log(`Installing podman 5 into ${home} (once, about a minute) …`);
	mkdirSync(dirname(home), { recursive: true });
	const unfinished = mkdtempSync(`${home}.unfinished-`);
	const root = join(unfinished, 'root');
	try {
		const options = ['--variant=minbase', '--dpkgopt=force-unsafe-io', `--include=${packages.join()}`];
		const { code, printed } = await run('mmdebstrap', [...options, 'trixie', root, archive], {}, 'pipe');
		if (code !== 0 && /Failed to fetch|Could not (?:resolve|connect)|Temporary failure/.test(printed)) return 'Debian 13 (trixie) cannot be reached';
		if (code !== 0) throw new Error(`mmdebstrap ended with exit code ${code}:\n${printed.slice(-4000)}`);
		// Another process may have been faster, and its copy is as good as this one.
		if (!existsSync(home)) renameSync(root, home);
	} finally {
		rmSync(unfinished, { recursive: true, force: true });
	}
	return undefined;
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} environment
 * @param {'inherit' | 'pipe'} output
 * @returns {Promise<{ readonly code: number, readonly printed: string }>}
 */
function run(program, args, environment, output = 'inherit') {
	return new Promise((done, failed) => {
		const child = spawn(program, [...args], { cwd: project, env: { ...process.env, ...environment }, stdio: ['ignore', output, output] });
		let printed = '';
		for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (printed += text));
		child.on('error', failed);
		child.on('close', (code) => done({ code: code ?? 1, printed }));
	});
}
