import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianOnly, fedoraNames, filesBeyondDebian, relations } from './fedoraNames';
import { run } from './programs';

/** What is installed into the Debian root whose packages become RPMs. */
const wanted = ['usr-is-merged', 'nginx', 'python3', 'python3-pip', 'curl', 'ca-certificates', 'tzdata', 'dnf', 'rpm', 'logrotate', 'procps', 'passwd', 'gawk'];

/** Distributions that differ in nothing but their name and number. */
const releases: readonly Release[] = [
	{ id: 'fedora', version: '33', name: 'Fedora', package: 'fedora-release' },
	{ id: 'fedora', version: '42', name: 'Fedora', package: 'fedora-release' },
	{ id: 'rhel', version: '9', name: 'Red Hat Enterprise Linux', package: 'redhat-release' },
	{ id: 'almalinux', version: '9', name: 'AlmaLinux', package: 'almalinux-release' },
];

interface Release {
	readonly id: string;
	readonly version: string;
	readonly name: string;
	readonly package: string;
}

const head = `Version: 33
Release: 1
License: MIT
Summary: Stand-ins for packages of Fedora, made of Debian's
%global debug_package %{nil}
%global __os_install_post %{nil}
%define _binary_payload w1.gzdio
%define _unpackaged_files_terminate_build 0
%define __check_files %{nil}
AutoReqProv: no
%description
Stand-ins.
`;

/** `greeter` is a program of our own with documentation, a licence, a recommended package and something that needs the shell. */
const ownPackages = [
	subpackage('glibc-minimal-langpack', ['Provides: glibc-langpack'], []),
	subpackage('glibc-all-langpacks', ['Provides: glibc-langpack'], ['/usr/lib/locale/locale-archive']),
	subpackage('glibc-gconv-extra', [], ['/usr/lib/gconv']),
	subpackage(
		'greeter',
		['Requires: coreutils', 'Requires: /bin/sh', 'Recommends: greeter-extras'],
		['/usr/bin/greeter', '/usr/share/greeter', '%license /usr/share/licenses/greeter', '%doc /usr/share/doc/greeter', '%doc /usr/share/man/man1/greeter.1'],
	),
	subpackage('greeter-extras', [], ['/usr/share/greeter-extras']),
];

/** Everything that decides what the packages are, for the key of a cache. */
export const packageRecipe: readonly unknown[] = [wanted, releases, head, ownPackages, [...debianOnly], fedoraNames, filesBeyondDebian, relations];

/**
 * Writes repositories into a folder: `packages`, RPMs with Fedora's names, relations and marks of documentation, made of the packages of a Debian root (real
 * programs, all in version 33-1), and one with the package that says which distribution it is for each of those. Takes half a minute.
 */
export async function makeRepositories(workspace: string, repository: string): Promise<void> {
	const root = join(workspace, 'payload');
	await run('mmdebstrap', [
		'--quiet',
		'--variant=essential',
		'--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr',
		'--dpkgopt=force-unsafe-io',
		'--dpkgopt=path-exclude=/usr/share/locale/*',
		`--include=${wanted.join()}`,
		'bookworm',
		root,
	]);
	await run('find', [root, '-name', '__pycache__', '-prune', '-exec', 'rm', '-r', '{}', '+']);
	const packages = await packagesOf(root);
	changeToFedora(root);
	await build(workspace, join(repository, 'packages'), 'stand-in', root, [...ownPackages, ...packages.map((one) => describe(root, packages, one))].join('\n'));
	await run('createrepo_c', ['--quiet', join(repository, 'packages')]);
	for (const release of releases) await buildRelease(workspace, join(repository, `${release.id}-${release.version}`), release);
}

interface Package {
	readonly name: string;
	/** Names of packages, not all of which exist. */
	readonly requires: readonly string[];
	/** Every path, folders too, below `/usr` where Debian links there. */
	readonly paths: ReadonlySet<string>;
}

/** The RPMs-to-be of a Debian root. */
async function packagesOf(root: string): Promise<readonly Package[]> {
	const database = join(root, 'var/lib/dpkg');
	const found = new Map<string, { name: string; requires: string[]; paths: Set<string> }>();
	const listed = await run('dpkg-query', [`--admindir=${database}`, '--show', '--showformat=${Package}|${Pre-Depends}, ${Depends}\\n']);
	const debs = listed
		.trimEnd()
		.split('\n')
		.flatMap((line) => (debianOnly.has(line.split('|')[0] ?? '') ? [] : [line]));
	const installed = new Set(debs.map((line) => line.slice(0, line.indexOf('|'))));
	for (const line of debs) {
		const deb = line.slice(0, line.indexOf('|'));
		const name = fedoraNames[deb] ?? deb;
		const one = found.get(name) ?? { name, requires: [], paths: new Set() };
		found.set(name, one);
		for (const clause of line.slice(deb.length + 1).split(',')) {
			const choice = clause.split('|').map((each) => each.trim().replace(/[ :(].*/, ''));
			const needed = choice.find((each) => installed.has(each));
			if (needed !== undefined) one.requires.push(fedoraNames[needed] ?? needed);
		}
		const list = [join(database, 'info', `${deb}.list`), join(database, 'info', `${deb}:${archOf(database)}.list`)].find((path) => existsSync(path));
		if (list === undefined) throw new Error(`Debian's ${deb} has no list of files`);
		for (const path of readFileSync(list, 'utf8').trimEnd().split('\n')) one.paths.add(path.replace(/^\/(?=(?:bin|sbin|lib|lib64)\/)/, '/usr/'));
	}
	return [...found.values()];
}

function archOf(database: string): string {
	return readFileSync(join(database, 'arch'), 'utf8').trim().split('\n')[0] ?? '';
}

/** Puts into a Debian root what Fedora has elsewhere, and our own files. */
function changeToFedora(root: string): void {
	const write = (path: string, content: string | Buffer, mode = 0o644) => {
		mkdirSync(join(root, path, '..'), { recursive: true });
		writeFileSync(join(root, path), content, { mode });
	};
	const link = (path: string, target: string) => {
		mkdirSync(join(root, path, '..'), { recursive: true });
		rmSync(join(root, path), { force: true });
		symlinkSync(target, join(root, path));
	};
	const certificates = readFileSync(join(root, 'etc/ssl/certs/ca-certificates.crt'));
	for (const one of ['etc/ssl/certs', 'usr/share/ca-certificates', 'usr/lib/python3.11/EXTERNALLY-MANAGED', 'etc/os-release', 'usr/lib/os-release', 'etc/debian_version'])
		rmSync(join(root, one), { recursive: true, force: true });
	write('etc/pki/tls/certs/ca-bundle.crt', certificates);
	link('etc/ssl/certs/ca-certificates.crt', '../../pki/tls/certs/ca-bundle.crt');
	link('usr/bin/sh', 'bash');
	link('usr/bin/awk', 'gawk');
	link('usr/bin/yum', 'dnf-3');
	write('var/www/html/index.html', '<h1>Welcome to nginx!</h1>\n');
	// Fedora's own is three times as large.
	write('usr/lib/locale/locale-archive', Buffer.alloc(60_000_000));
	write('usr/lib/gconv/extra.so', randomBytes(1_000_000));
	write('usr/share/greeter-extras/songs', randomBytes(2_000_000));
	write('usr/share/doc/greeter/manual', randomBytes(1_500_000));
	write('usr/share/man/man1/greeter.1', '.TH greeter 1\n');
	write('usr/share/licenses/greeter/LICENSE', 'MIT\n');
	write('usr/share/greeter/words', 'good morning\n');
	write('usr/bin/greeter', '#!/bin/sh\nexec cat /usr/share/greeter/words\n', 0o755);
}

/** The parts of a specification for one package. Folders are only its own when no other has them, but for `filesystem`, which has those of Debian's base. */
function describe(root: string, all: readonly Package[], { name, requires, paths }: Package): string {
	const isFolder = (path: string) => lstatSync(join(root, path)).isDirectory();
	const there = [...paths].filter((path) => path !== '/.' && existsOrLinks(join(root, path)));
	const shared = (path: string) => all.some((other) => other.name !== name && other.paths.has(path));
	const files = there.flatMap((path) => {
		const written = path.replace(/[[\]{}*? ]/g, '?');
		if (!isFolder(path)) return [/^\/usr\/share\/(?:doc|man|info)\//.test(path) ? `%doc ${written}` : written];
		return shared(path) ? [] : [`%dir ${written}`];
	});
	const needs = [...new Set(requires)].filter((one) => one !== name).map((one) => `Requires: ${one}`);
	if (name !== 'setup') {
		const named = (as: string) => subpackage(as, [...needs, 'Requires: filesystem', ...(relations[as] ?? [])], [...files, ...(filesBeyondDebian[name] ?? [])]);
		return name === 'coreutils' ? named(name) + named('coreutils-single') : named(name);
	}
	const folders = there.filter(isFolder).map((path) => `%dir ${path}`);
	const rest = files.filter((line) => !line.startsWith('%dir '));
	return (
		subpackage('filesystem', ['Requires: setup'], [...folders, ...(filesBeyondDebian['filesystem'] ?? [])]) +
		subpackage('setup', relations['setup'] ?? [], [...rest, ...(filesBeyondDebian['setup'] ?? [])])
	);
}

function existsOrLinks(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function subpackage(name: string, tags: readonly string[], files: readonly string[]): string {
	return [`%package -n ${name}`, `Summary: ${name}`, 'AutoReqProv: no', ...tags, `%description -n ${name}`, name, `%files -n ${name}`, ...files, ''].join('\n');
}

async function buildRelease(workspace: string, repository: string, { id, version, name, package: named }: Release): Promise<void> {
	const root = join(workspace, `${named}-${version}`);
	mkdirSync(join(root, 'etc'), { recursive: true });
	mkdirSync(join(root, 'usr/lib'), { recursive: true });
	writeFileSync(join(root, 'usr/lib/os-release'), `NAME="${name}"\nID=${id}\nVERSION_ID=${version}\nPRETTY_NAME="${name} ${version} (a stand-in made of Debian packages)"\n`);
	writeFileSync(join(root, 'etc/redhat-release'), `${name} release ${version} (a stand-in)\n`);
	symlinkSync('../usr/lib/os-release', join(root, 'etc/os-release'));
	const tags = ['Provides: system-release', `Provides: system-release(releasever) = ${version}`];
	await build(workspace, repository, `${named}-${version}`, root, subpackage(named, tags, ['/etc/os-release', '/etc/redhat-release', '/usr/lib/os-release']));
	await run('createrepo_c', ['--quiet', repository]);
}

async function build(workspace: string, repository: string, name: string, root: string, packages: string): Promise<void> {
	const specification = join(workspace, `${name}.spec`);
	writeFileSync(specification, `Name: ${name}\n${head}${packages}\n%install\nrm -rf %{buildroot}\nmv ${root} %{buildroot}\n`);
	const defined = { _topdir: workspace, _rpmdir: repository, _dbpath: join(workspace, 'db'), _build_id_links: 'none' };
	await run('rpmbuild', ['-bb', '--quiet', '--nodeps', ...Object.entries(defined).flatMap(([key, value]) => ['--define', `${key} ${value}`]), specification]);
}
