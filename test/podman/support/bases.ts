import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { alone } from './lock';
import { makeRepositories, packageRecipe } from './packages';
import { build, podman, removeStore, type Store } from './podman';
import { run } from './programs';
import { aliases, recipes, settings } from './recipes';

/** Stand-ins for base images, and what builds on them install from. */
export interface Bases {
	/** The root of a read-only store with all of them. */
	readonly below: string;
	/** The same for linux/arm64, which has only what `arm64Packages` are enough for. */
	readonly belowArm64: string;
	/** Folders that builds have to see, by their paths there. */
	readonly seen: Readonly<Record<string, string>>;
}

/** Without it Perl comes along, which the official images do not have either. */
const mergedUsr = '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr';

/** What a Debian image of the kind `slim` leaves out. */
const notInSlim = ['doc', 'man', 'info', 'locale', 'lintian', 'groff'].map((name) => `./usr/share/${name}/*`);

/** Debian's packages for the one base of linux/arm64, gcc:13. They are unpacked only: their scripts would run in an emulator. */
const arm64Packages = ['gcc', 'libc6-dev', 'base-files', 'coreutils', 'dash'];

/** What an image of Fedora brings. */
const rpmBase =
	'filesystem fedora-release bash coreutils-single glibc-minimal-langpack dnf rpm findutils grep sed gawk tar gzip curl ca-certificates shadow-utils tzdata diffutils util-linux procps-ng'.split(
		' ',
	);

/** Where what takes minutes to make is kept for the next time. */
export function cacheFolder(): string {
	return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'whittle', 'test-bases');
}

/** The stand-ins of this machine; they are made on the first call, which takes some minutes. */
export async function bases(): Promise<Bases> {
	const folder = cacheFolder();
	const key = createHash('sha256')
		.update(JSON.stringify([recipes, aliases, settings, arm64Packages, packageRecipe, notInSlim, rpmBase, process.version]))
		.digest('hex')
		.slice(0, 12);
	const root = join(folder, key);
	mkdirSync(folder, { recursive: true });
	await alone(join(folder, 'lock'), async () => {
		if (existsSync(join(root, 'done'))) return utimesSync(root, new Date(), new Date());
		for (const name of readdirSync(folder)) if (name !== 'lock' && isUnused(join(folder, name))) await removeStore(join(folder, name));
		await removeStore(root);
		// Podman takes no path of more than 50 characters for what it keeps while it runs.
		const workspace = mkdtempSync(join(tmpdir(), 'whittle-'));
		try {
			await make({ root, runRoot: join(workspace, 'run'), seen: seenFrom(root) }, workspace);
		} finally {
			await removeStore(workspace);
		}
		writeFileSync(join(root, 'done'), '');
	});
	return { below: root, belowArm64: join(root, 'arm64'), seen: seenFrom(root) };
}

function seenFrom(root: string): Readonly<Record<string, string>> {
	return { '/repo': join(root, 'repository') };
}

function isUnused(folder: string): boolean {
	return Date.now() - statSync(folder).mtimeMs > 7 * 24 * 60 * 60 * 1000;
}

async function make(store: Store, workspace: string): Promise<void> {
	const context = join(workspace, 'context');
	for (const folder of Object.values(store.seen ?? {})) mkdirSync(folder, { recursive: true });
	for (const [path, text] of Object.entries(settings)) {
		mkdirSync(dirname(join(context, path)), { recursive: true });
		writeFileSync(join(context, path), text, { mode: path.endsWith('.sh') ? 0o755 : 0o644 });
	}
	copyFileSync((await run('sh', ['-c', 'command -v busybox'])).trim(), join(context, 'busybox'));
	const npm = realpathSync((await run('sh', ['-c', 'command -v npm'])).trim());
	mkdirSync(join(context, 'node/bin'), { recursive: true });
	copyFileSync(process.execPath, join(context, 'node/bin/node'));
	cpSync(join(dirname(npm), '..'), join(context, 'node/lib/node_modules/npm'), { recursive: true });
	symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(context, 'node/bin/npm'));
	const [debian, rpm] = Object.entries(recipes);
	if (!debian || !rpm) throw new Error('There are two families of recipes');
	await Promise.all([
		makeDebian(store, workspace).then(() => follow(store, context, debian[1])),
		makeRpm(store, workspace)
			.then(() => follow(store, context, rpm[1]))
			.then(() => makeArm64({ root: join(store.root, 'arm64'), runRoot: join(workspace, 'run-arm64') }, workspace)),
	]);
}

async function follow(store: Store, context: string, family: Readonly<Record<string, string>>): Promise<void> {
	for (const [name, text] of Object.entries(family)) {
		const { code, output } = await build(store, { text, context, tag: name });
		if (code !== 0) throw new Error(`The stand-in for ${name} could not be made:\n${output.slice(-4000)}`);
		for (const alias of aliases[name] ?? []) await podman(store, ['tag', name, alias]);
	}
}

/** Debian 12 as its official images are, and the same without documentation and translations. */
async function makeDebian(store: Store, workspace: string): Promise<void> {
	const root = join(workspace, 'debian-root');
	await run('mmdebstrap', ['--quiet', '--variant=minbase', mergedUsr, '--include=usr-is-merged', '--dpkgopt=force-unsafe-io', 'bookworm', root]);
	await run('sh', ['-c', `rm -rf ${root}/etc/dpkg/dpkg.cfg.d/99mmdebstrap ${root}/var/log/*.log; cp -a ${join(workspace, 'context/debian/etc')} ${root}`]);
	await imported(store, workspace, root, 'localhost/debian-root', []);
	await imported(store, workspace, root, 'localhost/debian-root-slim', notInSlim);
}

/** An RPM system of its own packages, with dnf 4, and the repository that they come from. */
async function makeRpm(store: Store, workspace: string): Promise<void> {
	const repository = join(store.root, 'repository');
	await makeRepositories(workspace, repository);
	const root = join(workspace, 'rpm-root');
	writeFileSync(join(workspace, '.rpmmacros'), '%_dbpath /var/lib/rpm\n');
	const options = ['tsflags=nodocs', 'install_weak_deps=False', 'reposdir=/nowhere', `cachedir=${join(workspace, 'dnf-cache')}`].map((option) => `--setopt=${option}`);
	const from = ['--installroot', root, '--releasever', '33', '--nogpgcheck', ...['packages', 'fedora-33'].map((name) => `--repofrompath=${name},file://${repository}/${name}`)];
	await run('dnf', ['-q', '-y', ...from, ...options, 'install', ...rpmBase], { HOME: workspace });
	await imported(store, workspace, root, 'localhost/rpm-root', ['./var/log/*', './var/cache/*', './var/lib/dnf']);
}

/** A compiler and a shell for another architecture. */
async function makeArm64(store: Store, workspace: string): Promise<void> {
	const archive = join(workspace, 'arm64.tar');
	await run('mmdebstrap', ['--quiet', '--arch=arm64', '--variant=extract', mergedUsr, `--include=${arm64Packages.join()}`, 'bookworm', archive]);
	await podman(store, ['import', '--quiet', '--arch', 'arm64', archive, 'docker.io/library/gcc:13']);
}

async function imported(store: Store, workspace: string, root: string, name: string, without: readonly string[]): Promise<void> {
	const archive = join(workspace, `${name.replace(/\W/g, '-')}.tar`);
	await run('tar', ['--numeric-owner', '-C', root, ...without.map((path) => `--exclude=${path}`), '-cf', archive, '.']);
	await podman(store, ['import', '--quiet', archive, name]);
}
