import { plainPrograms } from './rpmPrograms';

/** What a root of one release of openSUSE or SUSE Linux Enterprise needs. */
export interface SuseRoot {
	/** Packages of every root: SUSE's own smallest image is made of these, certificates and licences aside. */
	readonly packages: readonly string[];
	readonly coreutils: 'coreutils' | 'coreutils-single';
	/** `--releasever …` as a number where the release is that exact. */
	readonly release: string | undefined;
	/** Without it the tool that sets permissions fails in a root that has no /proc, and so does the installation. */
	readonly environment: string;
	readonly source: string;
}

const micro = 'SUSE/BCI-dockerfile-generator: _get_micro_package_list of package/basecontainers.py, DOCKERFILE_TEMPLATE of templates.py, os_version.py';

/**
 * Undefined where nothing is known of a release. From 15.3 on, as older ones came with a zypper without `--installroot` or without the images that the
 * facts are of; not 16, of which nobody looked which repository has its release package.
 */
export function suseRootOf(distribution: string, release: string | undefined): SuseRoot | undefined {
	if (distribution === 'opensuse-tumbleweed')
		return {
			packages: ['openSUSE-release', 'bash', 'coreutils-single'],
			coreutils: 'coreutils-single',
			release: undefined,
			environment: 'PERMCTL_ALLOW_INSECURE_MODE_IF_NO_PROC=1',
			source: micro,
		};
	const name = ({ 'opensuse-leap': 'openSUSE-release', sles: 'sles-release' } as Readonly<Record<string, string>>)[distribution];
	if (name === undefined || release === undefined || !(release === '15' || /^15\.[3-7]$/.test(release))) return undefined;
	return {
		packages: [name, 'bash', 'coreutils'],
		coreutils: 'coreutils',
		release: release === '15' ? undefined : release,
		environment: 'CHKSTAT_ALLOW_INSECURE_MODE_IF_NO_PROC=1',
		source: `${micro}; openSUSE/opensuse-migration-tool#4: the SLE_BCI repository has sles-release`,
	};
}

/** Programs that a SUSE distribution has, by the package that brings them. */
const bringers: Readonly<Record<string, string>> = {
	...plainPrograms,
	shadow: 'useradd userdel usermod groupadd groupdel groupmod chpasswd chage gpasswd passwd vipw newuidmap newgidmap',
	'util-linux': 'su runuser mount umount getopt setpriv flock logger uuidgen more mountpoint nsenter unshare setsid hexdump ionice taskset lscpu renice',
	hostname: 'hostname domainname dnsdomainname',
	curl: 'curl',
	wget: 'wget',
	'git-core': 'git',
	openssl: 'openssl',
	glibc: 'ldconfig getent getconf iconv locale ldd',
	'ca-certificates': 'update-ca-certificates',
	'p11-kit-tools': 'trust',
	sudo: 'sudo visudo',
	'libcap-progs': 'setcap getcap',
	procps: 'ps top free pgrep pkill pidof watch uptime vmstat sysctl w pmap',
	psmisc: 'killall fuser pstree',
	iproute2: 'ip ss',
	iputils: 'ping arping',
	diffutils: 'diff cmp diff3 sdiff',
	patch: 'patch',
	file: 'file',
	less: 'less',
	cpio: 'cpio',
	jq: 'jq',
	'bind-utils': 'dig nslookup host',
	acl: 'setfacl getfacl',
	attr: 'setfattr getfattr attr',
	rsync: 'rsync',
	lsof: 'lsof',
	bc: 'bc dc',
	python3: 'python3',
	'perl-base': 'perl',
	'update-alternatives': 'update-alternatives',
};

const packages: ReadonlyMap<string, string> = new Map(Object.entries(bringers).flatMap(([name, programs]) => programs.split(' ').map((program) => [program, name] as const)));

/** The package that brings a program on openSUSE and SUSE Linux Enterprise 15; undefined where that is not known. Source: the files of these packages, as `zypper search --provides --file-list /usr/bin/NAME` answers. */
export function susePackageOf(program: string, coreutils: SuseRoot['coreutils']): string | undefined {
	const name = packages.get(program);
	return name === 'coreutils' ? coreutils : name;
}

/** The package of a locale that ENV names; undefined for those that glibc has by itself. Source: glibc.spec of openSUSE, glibc-locale-base has C.UTF-8 and en_US.UTF-8. */
export function suseLocalePackage(locale: string): string | undefined {
	if (/^(?:C|POSIX)$/.test(locale)) return undefined;
	return /^(?:C|en_US)\.utf-?8$/i.test(locale) ? 'glibc-locale-base' : 'glibc-locale';
}
