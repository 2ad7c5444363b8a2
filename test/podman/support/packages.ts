import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './programs';

/**
 * Small RPMs with the names and relations of Fedora's. What runs in them (the C library, the shell, cat) is taken from a Debian root; `greeter` is a program
 * of our own with documentation, a licence, a recommended package and something that needs the shell.
 */
export const specification = `Name: stand-in
Version: 33
Release: 1
Summary: Stand-ins for packages of Fedora
License: MIT
%global debug_package %{nil}
%global __os_install_post %{nil}
%description
${subpackage('fedora-release', ['Provides: system-release = 33', 'Provides: system-release(releasever) = 33'], ['/etc/fedora-release'])}
${subpackage(
	'filesystem',
	[],
	[
		'/bin',
		'/lib',
		'/lib64',
		'/sbin',
		'%dir /etc',
		'%dir /usr',
		'%dir /usr/bin',
		'%dir /usr/lib',
		'%dir /usr/lib64',
		'%dir /usr/share',
		'%dir /var',
		'%attr(1777,root,root) %dir /tmp',
		'%dir /var/log',
	],
)}
${subpackage('glibc', ['Requires: filesystem', 'Requires: glibc-langpack', 'Recommends: glibc-gconv-extra', 'Suggests: glibc-minimal-langpack'], ['/usr/lib/*-linux-gnu', '/usr/lib*/ld-linux*'])}
${subpackage('glibc-minimal-langpack', ['Provides: glibc-langpack'], [])}
${subpackage('glibc-all-langpacks', ['Provides: glibc-langpack'], ['/usr/lib/locale'])}
${subpackage('glibc-gconv-extra', [], ['/usr/lib/gconv'])}
${subpackage('bash', ['Requires: glibc', 'Provides: /bin/sh'], ['/usr/bin/sh'])}
${subpackage('coreutils-single', ['Requires: glibc', 'Provides: coreutils'], ['/usr/bin/cat'])}
${subpackage(
	'greeter',
	['Requires: coreutils', 'Requires: /bin/sh', 'Recommends: greeter-extras'],
	['/usr/bin/greeter', '/usr/share/greeter', '%license /usr/share/licenses/greeter', '%doc /usr/share/doc/greeter', '%doc /usr/share/man/man1/greeter.1'],
)}
${subpackage('greeter-extras', [], ['/usr/share/greeter-extras'])}
`;

function subpackage(name: string, relations: readonly string[], files: readonly string[]): string {
	return [`%package -n ${name}`, `Summary: ${name}`, 'AutoReqProv: no', ...relations, `%description -n ${name}`, name, `%files -n ${name}`, ...files, ''].join('\n');
}

/** Builds the packages from the files of a Debian root's archive and writes a repository of them. */
export async function makeRepository(debianRoot: string, workspace: string, repository: string): Promise<void> {
	const root = join(workspace, 'payload');
	const folders = ['etc', 'tmp', 'var/log', 'usr/bin', 'usr/lib', 'usr/lib64', 'usr/lib/locale', 'usr/lib/gconv', 'usr/share/greeter', 'usr/share/greeter-extras'];
	for (const folder of [...folders, 'usr/share/licenses/greeter', 'usr/share/doc/greeter', 'usr/share/man/man1']) mkdirSync(join(root, folder), { recursive: true });
	const wanted = ['./usr/bin/cat', './usr/bin/dash', './usr/lib/*-linux-gnu/libc.so.6', './usr/lib/*-linux-gnu/ld-linux-*', './usr/lib*/ld-linux-*'];
	await run('tar', ['-C', root, '-xf', debianRoot, '--wildcards', '--no-wildcards-match-slash', ...wanted]);
	renameSync(join(root, 'usr/bin/dash'), join(root, 'usr/bin/sh'));
	for (const [link, target] of Object.entries({ bin: 'usr/bin', sbin: 'usr/bin', lib: 'usr/lib', lib64: 'usr/lib64' })) symlinkSync(target, join(root, link));
	const noise = (path: string, bytes: number) => writeFileSync(join(root, path), randomBytes(bytes));
	noise('usr/lib/locale/locale-archive', 6_000_000);
	noise('usr/lib/gconv/extra.so', 1_000_000);
	noise('usr/share/greeter-extras/songs', 2_000_000);
	noise('usr/share/doc/greeter/manual', 1_500_000);
	writeFileSync(join(root, 'usr/share/man/man1/greeter.1'), '.TH greeter 1\n');
	writeFileSync(join(root, 'usr/share/licenses/greeter/LICENSE'), 'MIT\n');
	writeFileSync(join(root, 'usr/share/greeter/words'), 'good morning\n');
	writeFileSync(join(root, 'usr/bin/greeter'), '#!/bin/sh\nexec cat /usr/share/greeter/words\n', { mode: 0o755 });
	writeFileSync(join(root, 'etc/fedora-release'), 'Fedora release 33 (stand-in made of Debian packages)\n');
	writeFileSync(join(workspace, 'stand-in.spec'), specification.replace('%description\n', `%description\n%install\ncp -a ${root}/. %{buildroot}/\n`));
	await run('rpmbuild', [
		'-bb',
		'--quiet',
		'--nodeps',
		'--define',
		`_topdir ${workspace}`,
		'--define',
		`_rpmdir ${repository}`,
		'--define',
		`_dbpath ${workspace}/db`,
		join(workspace, 'stand-in.spec'),
	]);
	await run('createrepo_c', ['--quiet', repository]);
}
