import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { alone } from './lock';
import { makeRepository, specification } from './packages';
import { build, podman, removeStore, type Store } from './podman';
import { run } from './programs';

/**
 * Stand-ins for base images, made here because no registry can be reached where these tests have to run. They carry the names that Containerfiles use:
 * - debian:12 is Debian 12 from Debian's packages with the apt settings of the official image (docker-clean, compressed indexes, no translations);
 * - almalinux:9 and fedora:33 are that Debian with Debian's real dnf 4 and rpm, whose package database knows the small packages of `packages.ts` as
 *   installed; fedora:33 sets tsflags=nodocs as the real one does, almalinux:9 does not;
 * - python:3.11 and node:20 are that Debian with Debian's Python and pip, and with the Node and npm that run these tests.
 * For apk and zypper there are no packages here that they could install, and dnf 5 and microdnf are not in Debian: their repairs are not built.
 */
const recipes: Readonly<Record<string, string>> = {
	'docker.io/library/debian:12': `FROM localhost/debian-root
COPY debian /
`,
	'docker.io/library/almalinux:9': `FROM docker.io/library/debian:12
RUN apt-get update && apt-get install -y --no-install-recommends dnf rpm && rm -rf /var/lib/apt/lists/* /var/log/*
COPY rpm /
RUN rpm --install --justdb --nodeps /repo/33/*/fedora-release-* /repo/33/*/filesystem-* /repo/33/*/glibc-33* /repo/33/*/glibc-minimal-* /repo/33/*/bash-* /repo/33/*/coreutils-*
`,
	'registry.fedoraproject.org/fedora:33': `FROM docker.io/library/almalinux:9
RUN echo tsflags=nodocs >> /etc/dnf/dnf.conf
`,
	'docker.io/library/python:3.11': `FROM docker.io/library/debian:12
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/* /var/log/* && rm /usr/lib/python3*/EXTERNALLY-MANAGED
`,
	'docker.io/library/node:20': `FROM docker.io/library/debian:12
COPY node /usr/local/
`,
};

const settings: Readonly<Record<string, string>> = {
	'context/debian/etc/apt/apt.conf.d/docker-clean': `DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";
`,
	'context/debian/etc/apt/apt.conf.d/docker-gzip-indexes': 'Acquire::GzipIndexes "true";\n',
	'context/debian/etc/apt/apt.conf.d/docker-no-languages': 'Acquire::Languages "none";\n',
	'context/rpm/etc/yum.repos.d/stand-in.repo': '[stand-in]\nname=Stand-ins\nbaseurl=file:///repo/$releasever\ngpgcheck=0\n',
	'context/rpm/etc/rpm/macros.stand-in': '%_dbpath /var/lib/rpm\n',
};

/** The root of a read-only store with all stand-ins; they are made on the first call on a machine, which takes a minute or two. */
export async function bases(): Promise<string> {
	const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'whittle', 'test-bases');
	const key = createHash('sha256')
		.update(JSON.stringify([recipes, settings, specification, process.version]))
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
			await make({ root, runRoot: join(workspace, 'run') }, workspace);
		} finally {
			await removeStore(workspace);
		}
		writeFileSync(join(root, 'done'), '');
	});
	return root;
}

function isUnused(folder: string): boolean {
	return Date.now() - statSync(folder).mtimeMs > 7 * 24 * 60 * 60 * 1000;
}

async function make(store: Store, workspace: string): Promise<void> {
	for (const [path, text] of Object.entries(settings)) {
		mkdirSync(dirname(join(workspace, path)), { recursive: true });
		writeFileSync(join(workspace, path), text);
	}
	const debian = join(workspace, 'debian.tar');
	await run('mmdebstrap', ['--quiet', '--variant=minbase', `--customize-hook=copy-in ${join(workspace, 'context/debian/etc')} /`, 'bookworm', debian]);
	await podman(store, ['import', '--quiet', debian, 'localhost/debian-root']);
	const context = join(workspace, 'context');
	await makeRepository(debian, workspace, join(context, 'rpm/repo/33'));
	const npm = realpathSync((await run('sh', ['-c', 'command -v npm'])).trim());
	mkdirSync(join(context, 'node/bin'), { recursive: true });
	copyFileSync(process.execPath, join(context, 'node/bin/node'));
	cpSync(join(dirname(npm), '..'), join(context, 'node/lib/node_modules/npm'), { recursive: true });
	symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(context, 'node/bin/npm'));
	for (const [name, text] of Object.entries(recipes)) {
		const { code, output } = await build(store, { text, context, tag: name });
		if (code !== 0) throw new Error(`The stand-in for ${name} could not be made:\n${output.slice(-4000)}`);
	}
}
