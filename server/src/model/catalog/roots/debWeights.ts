import type { Weights } from '../weights';
import { isEssential } from './deb';

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

/** The same with who says so. */
export const debWeights: Weights = {
	what: 'a package with what it depends on, beside the essential ones of Debian 12',
	unit: 1_000_000,
	weights,
	basis: 'catalog',
	source: 'apt-get’s own figures on Debian 12, recommended packages left out',
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
