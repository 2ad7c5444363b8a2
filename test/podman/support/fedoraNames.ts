/** Fedora's names of what Debian calls otherwise; packages of Debian that share a name here become one RPM. The rest keep Debian's names. */
export const fedoraNames: Readonly<Record<string, string>> = {
	'base-files': 'setup',
	'base-passwd': 'setup',
	'libaudit-common': 'audit-libs',
	'libbz2-1.0': 'bzip2-libs',
	'libc-bin': 'glibc',
	'libcap-ng0': 'libcap-ng',
	libncursesw6: 'ncurses-libs',
	'libpam-modules': 'pam',
	'libpam-modules-bin': 'pam',
	'libpam-runtime': 'pam',
	'libpcre2-8-0': 'pcre2',
	'libpython3-stdlib': 'python3-libs',
	'libpython3.11-minimal': 'python3-libs',
	'libpython3.11-stdlib': 'python3-libs',
	'libsemanage-common': 'libsemanage',
	'libsqlite3-0': 'sqlite-libs',
	'media-types': 'mailcap',
	'ncurses-base': 'ncurses-libs',
	'nginx-common': 'nginx',
	'python3-minimal': 'python3',
	'python3.11': 'python3',
	'python3.11-minimal': 'python3',
	'readline-common': 'readline',
	libacl1: 'libacl',
	libattr1: 'libattr',
	libaudit1: 'audit-libs',
	libc6: 'glibc',
	libcap2: 'libcap',
	libcrypt1: 'libxcrypt',
	libcurl4: 'libcurl',
	libexpat1: 'expat',
	libffi8: 'libffi',
	'libgcc-s1': 'libgcc',
	libgmp10: 'gmp',
	liblzma5: 'xz-libs',
	libpam0g: 'pam',
	libreadline8: 'readline',
	libselinux1: 'libselinux',
	libsemanage2: 'libsemanage',
	libsepol2: 'libsepol',
	libssl3: 'openssl-libs',
	'libstdc++6': 'libstdc++',
	libtinfo6: 'ncurses-libs',
	libuuid1: 'libuuid',
	login: 'shadow-utils',
	passwd: 'shadow-utils',
	procps: 'procps-ng',
	zlib1g: 'zlib',
};

/** Packages of Debian that become no RPM, and that nothing requires: what only Debian's own package management, start-up and scripts use. */
export const debianOnly: ReadonlySet<string> = new Set(
	`adduser cron cron-daemon-common dash debconf debianutils dirmngr dpkg gcc-12-base gnupg gnupg-l10n gnupg-utils gpg gpg-agent gpg-wks-client gpg-wks-server gpgconf gpgsm gpgv hostname
	init-system-helpers iproute2 libdebconfclient0 libperl5.36 mawk perl perl-base perl-modules-5.36 pinentry-curses sensible-utils sysvinit-utils usr-is-merged util-linux-extra`.split(
		/\s+/,
	),
);

/** Files and folders that scripts of Debian's packages made, or that are ours, and the RPM that has them here. */
export const filesBeyondDebian: Readonly<Record<string, readonly string[]>> = {
	bash: ['/usr/bin/sh'],
	'ca-certificates': ['/etc/pki', '/etc/ssl/certs'],
	dnf: ['/usr/bin/yum'],
	filesystem: ['/bin', '/lib', '/lib64', '/sbin', ...['/media', '/mnt', '/opt', '/srv', '/usr/local', '/usr/local/bin'].map((path) => `%dir ${path}`)],
	gawk: ['/usr/bin/awk'],
	glibc: ['/etc/ld.so.cache'],
	nginx: ['/etc/nginx/sites-enabled/default', '/var/www/html/index.html', '%dir /var/log/nginx', '%dir /var/lib/nginx'],
	pam: ['/etc/pam.d/common-*'],
	setup: ['/etc/passwd', '/etc/group', '%attr(000,root,root) /etc/shadow', '%attr(000,root,root) /etc/gshadow', '/etc/nsswitch.conf', '/etc/profile', '/etc/shells'],
	tzdata: ['/etc/localtime'],
};

/** Fedora's relations between packages, beside those that Debian has. */
export const relations: Readonly<Record<string, readonly string[]>> = {
	bash: ['Provides: /bin/sh', 'Provides: /bin/bash'],
	'ca-certificates': ['Requires: bash', 'Requires: coreutils', 'Requires: grep', 'Requires: sed'],
	coreutils: ['Conflicts: coreutils-single'],
	'coreutils-single': ['Provides: coreutils', 'Conflicts: coreutils'],
	dnf: ['Requires: rpm', 'Provides: yum'],
	glibc: ['Requires: glibc-langpack', 'Requires: setup', 'Recommends: glibc-gconv-extra', 'Suggests: glibc-minimal-langpack'],
	nginx: ['Recommends: logrotate', 'Provides: webserver'],
	'openssl-libs': ['Requires: ca-certificates'],
	'python3-pip': ['Requires: python3'],
	setup: ['Requires: system-release'],
};
