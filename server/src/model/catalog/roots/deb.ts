/** How a root of one release of Debian or Ubuntu is made by the mmdebstrap of that release. */
export interface DebRoot {
	/** Of mmdebstrap's hooks, the one with which `/bin` and `/usr/bin` are one folder as in the release's images, without the package usrmerge and its Perl. */
	readonly hook: 'merged-usr' | 'maybe-merged-usr';
	/** The release's image has a user `ubuntu` with the number 1000, which no package makes. */
	readonly hasUser?: boolean;
	/** Bytes of the release's image. */
	readonly image: number;
	/** Bytes of a root with nothing but the essential packages, documentation and translations left out. */
	readonly root: number;
	readonly source: string;
}

const tried = 'built with podman 4.3: mmdebstrap makes a root of the essential packages and nginx without the right to mount, and nginx accepts its configuration there';

/** The releases whose roots were tried. */
export const debRoots: readonly (DebRoot & { readonly title: string; readonly distribution: string; readonly names: RegExp })[] = [
	{
		title: 'Debian 12',
		distribution: 'debian',
		names: /^(?:12(?:\.\d+)?|bookworm|oldstable)$/,
		hook: 'maybe-merged-usr',
		image: 116_570_000,
		root: 54_100_000,
		source: `${tried} (mmdebstrap 1.3.5); image: docker-library/repo-info, debian:12 (2026-09)`,
	},
	{
		title: 'Debian 13',
		distribution: 'debian',
		names: /^(?:13(?:\.\d+)?|trixie|stable)$/,
		hook: 'maybe-merged-usr',
		image: 119_920_000,
		root: 63_400_000,
		source: `${tried} (mmdebstrap 1.5.7); image: docker-library/repo-info, debian:13 (2026-08)`,
	},
	{
		title: 'Ubuntu 22.04',
		distribution: 'ubuntu',
		names: /^(?:22\.04|jammy)$/,
		hook: 'merged-usr',
		image: 78_090_000,
		root: 59_200_000,
		source: `${tried} (mmdebstrap 0.8.4, which has no other hook); image: docker-library/repo-info, ubuntu:22.04 (2026-09)`,
	},
	{
		title: 'Ubuntu 24.04',
		distribution: 'ubuntu',
		names: /^(?:24\.04|noble)$/,
		hook: 'maybe-merged-usr',
		hasUser: true,
		image: 78_160_000,
		root: 56_100_000,
		source: `${tried} (mmdebstrap 1.4.3); image: docker-library/repo-info, ubuntu:24.04 (2026-08)`,
	},
];

/** The root of a release, by number or name; undefined where its mmdebstrap is missing, is too old or was not tried. */
export function debRootOf(distribution: string, release: string): DebRoot | undefined {
	return debRoots.find((one) => one.distribution === distribution && one.names.test(release));
}

/** Programs of the full images, by the package that brings them. */
const bringers: Readonly<Record<string, string>> = {
	bash: 'bash rbash',
	bsdutils: 'logger renice script scriptreplay wall',
	coreutils:
		'[ arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes',
	dash: 'sh dash',
	debconf: 'debconf-set-selections debconf-show dpkg-preconfigure dpkg-reconfigure',
	debianutils: 'which run-parts tempfile savelog add-shell remove-shell ischroot',
	diffutils: 'cmp diff diff3 sdiff',
	dpkg: 'dpkg dpkg-deb dpkg-divert dpkg-query dpkg-split dpkg-statoverride dpkg-trigger start-stop-daemon update-alternatives',
	findutils: 'find xargs',
	grep: 'grep egrep fgrep rgrep',
	gzip: 'gzip gunzip zcat zcmp zdiff zgrep zless zmore',
	hostname: 'hostname domainname dnsdomainname',
	'init-system-helpers': 'service invoke-rc.d update-rc.d',
	'libc-bin': 'getconf getent iconv ldconfig ldd locale localedef tzselect zdump zic',
	mawk: 'awk mawk',
	'ncurses-bin': 'clear infocmp reset tabs tic toe tput tset',
	'perl-base': 'perl',
	sed: 'sed',
	'sysvinit-utils': 'pidof killall5',
	tar: 'tar',
	'util-linux':
		'su runuser getopt setpriv flock setsid more rev dmesg lsblk blkid mountpoint nsenter unshare ionice taskset lscpu chrt fallocate findmnt whereis sulogin agetty hardlink ipcs last mesg mcookie namei partx prlimit setarch setterm swaplabel switch_root utmpdump wipefs',
	passwd: 'useradd userdel usermod groupadd groupdel groupmod groupmems passwd chpasswd chgpasswd newusers chage gpasswd chfn chsh vipw vigr pwconv grpconv pwunconv',
	adduser: 'adduser addgroup deluser delgroup',
	mount: 'mount umount swapon swapoff losetup',
	apt: 'apt apt-get apt-cache apt-config apt-mark apt-key',
	gpgv: 'gpgv',
};

const programs = new Map(Object.entries(bringers).flatMap(([name, list]) => list.split(' ').map((program) => [program, name] as const)));

/** The package that brings a program of a full image of Debian 12 and later or Ubuntu 22.04 and later (`dpkg -L` there); undefined for what such an image has not. */
export function packageOfProgram(program: string): string | undefined {
	return programs.get(program);
}

/** What of these packages not every root has. */
const optional = new Set(['passwd', 'adduser', 'mount', 'apt', 'gpgv']);

/** Whether a package is in every root: Essential: yes, or a dependency of such a one. */
export function isEssential(name: string): boolean {
	return bringers[name] !== undefined && !optional.has(name);
}

const libraries: Readonly<Record<string, string>> = {
	'libpq-dev': 'libpq5',
	'libffi-dev': 'libffi8',
	'libssl-dev': 'libssl3',
	'zlib1g-dev': 'zlib1g',
	'libz-dev': 'zlib1g',
	'libxml2-dev': 'libxml2',
	'libxslt1-dev': 'libxslt1.1',
	'libsqlite3-dev': 'libsqlite3-0',
	'libmariadb-dev': 'libmariadb3',
	'libbz2-dev': 'libbz2-1.0',
	'liblzma-dev': 'liblzma5',
	'libpng-dev': 'libpng16-16',
	'libcurl4-openssl-dev': 'libcurl4',
	'libyaml-dev': 'libyaml-0-2',
	'libfreetype-dev': 'libfreetype6',
	'libfreetype6-dev': 'libfreetype6',
	'libsasl2-dev': 'libsasl2-2',
	'libgmp-dev': 'libgmp10',
	'libzstd-dev': 'libzstd1',
	'liblz4-dev': 'liblz4-1',
};

const withoutLibrary =
	/^(?:build-essential|gcc|g\+\+|make|cmake|ninja-build|pkg-config|pkgconf|cargo|rustc|golang(?:-go)?|libc6-dev|libc-dev|(?:lib)?python3-dev|gfortran|patchelf|autoconf|automake|libtool|bison|flex|m4|nasm|yasm|binutils)$/;

/**
 * The package of the library that belongs to a development package: null for none, undefined where that is not known. The names are those that Debian 12 and 13
 * and Ubuntu 22.04 and 24.04 have in common, where newer ones provide them (apt-cache show, Depends and Provides).
 */
export function runtimeLibraryOf(development: string): string | null | undefined {
	return withoutLibrary.test(development) ? null : libraries[development];
}

/** Libraries that a compiler's package brings for itself, to which what it compiles may be linked too (Depends of gcc-12 to gcc-14, g++ and gfortran). */
export function compilerLibraries(name: string): readonly string[] {
	const own = { 'build-essential': ['libstdc++6', 'libgomp1'], 'g++': ['libstdc++6', 'libgomp1'], gcc: ['libgomp1'], gfortran: ['libgfortran5', 'libgomp1'] };
	return own[name as keyof typeof own] ?? [];
}
