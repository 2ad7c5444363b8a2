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

const releases: readonly { readonly distribution: string; readonly names: RegExp; readonly root: DebRoot }[] = [
	{
		distribution: 'debian',
		names: /^(?:12(?:\.\d+)?|bookworm|oldstable)$/,
		root: { hook: 'maybe-merged-usr', image: 117_000_000, root: 54_500_000, source: `${tried} (mmdebstrap 1.3.5); image: as that of 13, rounded down` },
	},
	{
		distribution: 'debian',
		names: /^(?:13(?:\.\d+)?|trixie|stable)$/,
		root: { hook: 'maybe-merged-usr', image: 119_920_000, root: 58_000_000, source: `${tried} (mmdebstrap 1.5.7); image: docker-library/repo-info, debian:13 (2026-08)` },
	},
	{
		distribution: 'ubuntu',
		names: /^(?:22\.04|jammy)$/,
		root: { hook: 'merged-usr', image: 77_900_000, root: 53_000_000, source: `${tried} (mmdebstrap 0.8.4, which has no other hook)` },
	},
	{
		distribution: 'ubuntu',
		names: /^(?:24\.04|noble)$/,
		root: {
			hook: 'maybe-merged-usr',
			hasUser: true,
			image: 78_160_000,
			root: 53_000_000,
			source: `${tried} (mmdebstrap 1.4.3); image: docker-library/repo-info, ubuntu:24.04 (2026-08)`,
		},
	},
];

/** The root of a release, by number or name; undefined where its mmdebstrap is missing, is too old or was not tried. */
export function debRootOf(distribution: string, release: string): DebRoot | undefined {
	return releases.find((one) => one.distribution === distribution && one.names.test(release))?.root;
}

/** Programs of the full images, by the package that brings them; of a package without the mark every root has it. */
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

const optional = new Set(['passwd', 'adduser', 'mount', 'apt', 'gpgv']);

/** Whether a package is in every root: Essential: yes, or a dependency of such a one. */
export function isEssential(name: string): boolean {
	return bringers[name] !== undefined && !optional.has(name);
}

/** Megabytes that a package takes in an essential root of Debian 12 together with its Depends: apt-get's own figure, recommended packages left out. */
const weights: Readonly<Record<string, number>> = {
	...{ curl: 21, wget: 12, 'ca-certificates': 9, git: 117, gnupg: 34, gnupg2: 34, unzip: 1, procps: 3, jq: 1, imagemagick: 99, ffmpeg: 493, python3: 34, 'python3-pip': 48 },
	...{
		'build-essential': 326,
		gcc: 183,
		'g++': 270,
		make: 2,
		cmake: 107,
		clang: 414,
		llvm: 260,
		'python3-dev': 95,
		'python3-venv': 41,
		golang: 465,
		'golang-go': 465,
		rustc: 660,
		cargo: 687,
	},
	...{
		xvfb: 239,
		locales: 21,
		tzdata: 3,
		'firefox-esr': 509,
		firefox: 509,
		chromium: 755,
		'chromium-browser': 755,
		libreoffice: 568,
		wkhtmltopdf: 397,
		'libgl1-mesa-glx': 219,
		libgl1: 219,
	},
	...{
		fontconfig: 7,
		'openssh-client': 20,
		'openssh-server': 26,
		nodejs: 102,
		npm: 239,
		vim: 42,
		'vim-tiny': 2,
		nano: 3,
		sudo: 6,
		ruby: 38,
		'ruby-dev': 47,
		php: 154,
		'php-cli': 77,
		'php-fpm': 105,
	},
	...{
		apache2: 124,
		nginx: 16,
		'nginx-light': 16,
		'nginx-full': 58,
		'mariadb-server': 270,
		'mysql-server': 270,
		'mariadb-client': 139,
		'mysql-client': 139,
		'default-mysql-client': 139,
	},
	...{
		postgresql: 340,
		'postgresql-client': 77,
		'redis-server': 21,
		redis: 21,
		memcached: 61,
		'r-base': 183,
		'r-base-core': 155,
		texlive: 279,
		'texlive-latex-base': 237,
		graphviz: 79,
		ghostscript: 91,
	},
	...{
		supervisor: 36,
		haproxy: 19,
		squid: 91,
		bind9: 68,
		dnsmasq: 11,
		postfix: 63,
		'dovecot-core': 71,
		openvpn: 9,
		samba: 159,
		rsync: 8,
		sqlite3: 3,
		perl: 49,
		'gettext-base': 1,
		iproute2: 14,
	},
	...{
		'net-tools': 1,
		'iputils-ping': 3,
		dnsutils: 59,
		'netcat-openbsd': 1,
		socat: 10,
		tcpdump: 13,
		nmap: 38,
		cron: 5,
		rsyslog: 2,
		logrotate: 6,
		'dumb-init': 1,
		tini: 1,
		gosu: 2,
		libpq5: 18,
	},
	...{
		'libglib2.0-0': 4,
		'poppler-utils': 32,
		'tesseract-ocr': 112,
		mosquitto: 15,
		stunnel4: 85,
		varnish: 223,
		lighttpd: 2,
		uwsgi: 56,
		gunicorn: 39,
		mercurial: 50,
		subversion: 21,
		zip: 1,
		bzip2: 1,
		file: 9,
	},
	...{
		less: 1,
		htop: 1,
		strace: 3,
		gdb: 110,
		vsftpd: 17,
		'proftpd-basic': 28,
		slapd: 78,
		tor: 18,
		privoxy: 11,
		icecast2: 83,
		mpd: 305,
		'libstdc++6': 3,
		libssl3: 6,
		libgomp1: 1,
		'tftpd-hpa': 14,
	},
	...{
		'nfs-kernel-server': 51,
		ansible: 355,
		exim4: 29,
		dbus: 7,
		systemd: 26,
		snmp: 67,
		snmpd: 71,
		freeradius: 84,
		iptables: 3,
		lsof: 9,
		tree: 1,
		screen: 1,
		tmux: 2,
		'software-properties-common': 180,
	},
	...{ 'xz-utils': 1 },
};

/** What a package that was not weighed counts: most are libraries and small servers. */
const usualWeight = 8;

/**
 * Bytes that a list of packages takes beside the essential ones: of packages of one name's family (php, php-cli) the heaviest counts, as they share what they
 * depend on; `postgresql-15` is as heavy as `postgresql`.
 */
export function weightOf(names: readonly string[]): number {
	const heaviest = new Map<string, number>();
	for (const name of names) {
		if (isEssential(name)) continue;
		const family = name.replace(/(?<=[a-z])[\d.]*-.*$/, '');
		heaviest.set(family, Math.max(heaviest.get(family) ?? 0, weights[name] ?? weights[name.replace(/(?<=[a-z])-?\d[\d.]*/g, '')] ?? usualWeight));
	}
	return 1_000_000 * [...heaviest.values()].reduce((sum, weight) => sum + weight, 0);
}

const libraries: Readonly<Record<string, string>> = {
	'libpq-dev': 'libpq5',
	'libffi-dev': 'libffi8',
	'libssl-dev': 'libssl3',
	'zlib1g-dev': 'zlib1g',
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

const withoutLibrary = /^(?:build-essential|gcc|g\+\+|make|cmake|pkg-config|pkgconf|cargo|rustc|libc6-dev|(?:lib)?python3-dev|gfortran|patchelf)$/;

/**
 * The package of the library that belongs to a development package: null for none, undefined where that is not known. The names are those that Debian 12 and 13
 * and Ubuntu 22.04 and 24.04 have in common, where newer ones provide them (apt-cache show, Depends and Provides).
 */
export function runtimeLibraryOf(development: string): string | null | undefined {
	return withoutLibrary.test(development) ? null : libraries[development];
}
