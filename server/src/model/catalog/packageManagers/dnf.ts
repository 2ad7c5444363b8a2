import { type Cache, cleanRpmRoot, type Figure, type PackageManager, type Switch } from '../packageManager';

const verbs: PackageManager['verbs'] = {
	install: [
		'install',
		'in',
		'localinstall',
		'reinstall',
		'rei',
		'groupinstall',
		'group install',
		'module install',
		'install-n',
		'builddep',
		'swap',
		'distro-sync',
		'downgrade',
		'dg',
	],
	refresh: ['makecache', 'check-update', 'check-upgrade'],
	upgrade: ['update', 'upgrade', 'up', 'update-minimal', 'upgrade-minimal', 'system-upgrade'],
	download: ['download'],
	remove: ['remove', 'rm', 'erase', 'autoremove'],
	clean: ['clean'],
};

/** The commands of dnf 5 (dnf5/commands and aliases.d/compatibility.conf of its sources): it knows no `localinstall`, `groupinstall`, `update-minimal` and `erase`. */
const verbsOf5: PackageManager['verbs'] = {
	install: [
		'install',
		'in',
		'reinstall',
		'rei',
		'group install',
		'grp install',
		'environment install',
		'module install',
		'builddep',
		'debuginfo-install',
		'swap',
		'distro-sync',
		'downgrade',
		'dg',
	],
	refresh: ['makecache', 'check-upgrade', 'check-update'],
	upgrade: ['upgrade', 'update', 'up', 'upgrade-minimal', 'group upgrade', 'grp upgrade', 'environment upgrade'],
	download: ['download'],
	remove: ['remove', 'rm', 'autoremove', 'group remove', 'grp remove', 'environment remove'],
	clean: ['clean'],
};

const valueOptions = [
	'--setopt',
	'--installroot',
	'--releasever',
	'--repo',
	'--repoid',
	'--enablerepo',
	'--disablerepo',
	'--disableplugin',
	'--enableplugin',
	'--exclude',
	'-x',
	'-c',
	'--config',
	'-d',
	'--debuglevel',
	'-e',
	'--errorlevel',
	'-R',
	'--randomwait',
	'--forcearch',
	'--repofrompath',
	'--rpmverbosity',
	'--advisory',
	'--downloaddir',
	'--destdir',
	'--comment',
	'--enable-repo',
	'--disable-repo',
	'--color',
];

/** `dnf5 --help` and `dnf5 install --help` of 5.4. */
const valueOptionsOf5 = [
	'--from-repo',
	'--from-vendor',
	'--advisories',
	'--advisory-severities',
	'--bzs',
	'--bz',
	'--cves',
	'--cve',
	'--store',
	'--setvar',
	'--enable-plugin',
	'--disable-plugin',
	'--releasever-major',
	'--releasever-minor',
	'--dump-repo-config',
];

const fedora: Figure = {
	atLeast: 20_000_000,
	atMost: 193_000_000,
	basis: 'guess',
	source: '193 MB were measured for fedora:28 with nginx (opensource.com, 2018); small repositories take less',
};

const small: Figure = { atLeast: 5_000_000, atMost: 60_000_000, basis: 'guess', source: 'the metadata of the UBI repositories, which are smaller than Fedora’s' };

function metadata(paths: readonly string[]): readonly Cache[] {
	return [
		{
			what: 'repository metadata and package cache',
			paths,
			filledBy: ['install', 'refresh', 'upgrade', 'download'],
			// `clean dbcache` keeps what was downloaded (tried with dnf 4.14 and 5.4).
			cleanedBy: ['clean all', 'clean metadata'],
			figure: fedora,
		},
	];
}

const files = ['/etc/dnf', '/etc/yum.conf', '/etc/yum', '/usr/share/dnf5'];

const weakDependencies: Switch = {
	option: '--setopt=install_weak_deps=False',
	doneBy: /^(?:--setopt=)?(?:\*\.|main\.)?install_weak_deps=/,
	configuredBy: /install_weak_deps/i,
	files,
	source: 'dnf.conf(5), install_weak_deps: on by default',
};

const docs: Switch = {
	option: '--nodocs',
	doneBy: /^(?:--nodocs|--no-docs|(?:--setopt=)?(?:\*\.|main\.)?tsflags=.*)$/,
	configuredBy: /tsflags|nodocs|excludedocs/i,
	files: [...files, '/etc/rpm', '/usr/lib/rpm', '/root/.rpmmacros'],
	source: 'dnf(8), --nodocs: do not install documentation; sets the rpm flag RPMTRANS_FLAG_NODOCS',
};

const append = (_caches: readonly Cache[], program: string): string => `${program} clean all`;

/** dnf of RHEL 8 to 10 and Fedora up to 40. */
export const dnf4: PackageManager = {
	id: 'dnf4',
	title: 'dnf 4',
	programs: ['dnf', 'dnf-3', 'yum'],
	family: 'rpm',
	verbs,
	valueOptions,
	// A mount at yum's old place is accepted too: nothing is said of what somebody already took care of.
	caches: metadata(['/var/cache/dnf', '/var/cache/yum']),
	keepsNothing: { options: ['--setopt=cachedir', '--setopt cachedir'], environment: [], configuredBy: /\bcachedir\s*=/ },
	repair: { append, appendInRoot: cleanRpmRoot('dnf4', 'clean all') },
	weakDependencies,
	docs,
	rootOptions: ['--installroot'],
};

/** dnf of Fedora 41 and later; without the aliases in /usr/share/dnf5/aliases.d it knows no `--nodocs`. */
export const dnf5: PackageManager = {
	...dnf4,
	id: 'dnf5',
	title: 'dnf 5',
	programs: ['dnf', 'dnf5', 'yum', 'microdnf'],
	verbs: verbsOf5,
	valueOptions: [...valueOptions, ...valueOptionsOf5],
	docs: { ...docs, option: '--no-docs', source: 'dnf5(8), --no-docs: do not install files that are marked as documentation' },
	caches: metadata(['/var/cache/libdnf5']),
	repair: { append, appendInRoot: cleanRpmRoot('dnf5', 'clean all') },
	rootOptions: ['--installroot'],
};

/** yum 3 of RHEL and CentOS up to 7: it knows no weak dependencies and no `--nodocs`. */
export const yum3: PackageManager = {
	id: 'yum3',
	title: 'yum 3',
	programs: ['yum'],
	family: 'rpm',
	verbs,
	valueOptions,
	caches: metadata(['/var/cache/yum']),
	keepsNothing: dnf4.keepsNothing,
	repair: { append, appendInRoot: cleanRpmRoot('yum3', 'clean all') },
	docs: { ...docs, option: '--setopt=tsflags=nodocs', source: 'yum.conf(5), tsflags' },
	rootOptions: ['--installroot'],
};

/** microdnf of the ubi-minimal images: install_weak_deps takes only 0 and 1 there. */
export const microdnf: PackageManager = {
	...dnf4,
	id: 'microdnf',
	title: 'microdnf',
	programs: ['microdnf'],
	// CACHEDIR of its dnf-main.c.
	caches: metadata(['/var/cache/yum', '/var/cache/dnf', '/var/cache/microdnf']).map((cache) => ({ ...cache, figure: small })),
	repair: { append },
	weakDependencies: { ...weakDependencies, option: '--setopt=install_weak_deps=0', source: 'microdnf’s dnf-main.c takes only 0 and 1 for install_weak_deps' },
};
