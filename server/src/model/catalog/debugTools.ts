import type { Family } from './baseImage';
import { plainName } from './packageName';

/** A package that helps a person who looks into a running container. */
export interface DebugTool {
	/** What it brings, and words that show that somebody uses it; in lower case. */
	readonly programs: readonly string[];
	/** A program or a start script may call it as well (`ping`, `lsof`), so that one of them alone tells nothing. */
	readonly callable: boolean;
}

const editor: DebugTool = { programs: ['vim', 'vi', 'view', 'ex', 'vimdiff', 'nvim', 'vimrc', 'xxd', 'editor', 'visual'], callable: false };
const nano: DebugTool = { programs: ['nano', 'rnano', 'pico', 'nanorc', 'editor', 'visual'], callable: false };
const emacs: DebugTool = { programs: ['emacs', 'emacsclient', 'editor', 'visual'], callable: false };
/** Clients that page what they print: aws (AWS CLI, `AWS_PAGER`), git (`core.pager`), man, mysql, psql (`PSQL_PAGER`), wp (WP-CLI’s help). */
const pager: DebugTool = {
	programs: ['less', 'lesspipe', 'lesskey', 'lessc', 'pager', 'aws', 'awscli', 'git', 'man', 'man-db', 'mysql', 'psql', 'wp', 'wp-cli', 'journalctl', 'hg', 'bat', 'delta'],
	callable: true,
};
const gdb: DebugTool = { programs: ['gdb', 'gdbserver', 'gcore', 'gstack', 'gdbtui', 'gdb-add-index', 'gdbinit', 'lldb'], callable: false };
const strace: DebugTool = { programs: ['strace', 'strace-log-merge', 'ltrace'], callable: false };
const top: DebugTool = { programs: ['htop', 'atop', 'iotop', 'iftop', 'nmon', 'nethogs', 'glances'], callable: false };
const netTools: DebugTool = {
	programs: ['ifconfig', 'netstat', 'route', 'arp', 'hostname', 'rarp', 'iptunnel', 'nameif', 'mii-tool', 'ipmaddr', 'slattach', 'plipconfig'],
	callable: true,
};
const ping: DebugTool = { programs: ['ping', 'ping4', 'ping6', 'arping', 'tracepath', 'clockdiff'], callable: true };
const dns: DebugTool = { programs: ['dig', 'nslookup', 'host', 'nsupdate', 'delv', 'mdig', 'drill', 'kdig'], callable: true };
const telnet: DebugTool = { programs: ['telnet'], callable: true };
const capture: DebugTool = { programs: ['tcpdump', 'tshark', 'dumpcap', 'wireshark', 'pcap'], callable: true };
const nmap: DebugTool = { programs: ['nmap', 'nping', 'ncat', 'zenmap'], callable: true };
const trace: DebugTool = { programs: ['traceroute', 'traceroute6', 'tcptraceroute', 'mtr'], callable: true };
const lsof: DebugTool = { programs: ['lsof'], callable: true };
const iperf: DebugTool = { programs: ['iperf', 'iperf3'], callable: true };
const sysstat: DebugTool = { programs: ['sar', 'iostat', 'mpstat', 'pidstat', 'sadc', 'sadf'], callable: true };

const everywhere: Readonly<Record<string, DebugTool>> = {
	vim: editor,
	nano,
	emacs,
	'emacs-nox': emacs,
	less: pager,
	gdb,
	strace,
	ltrace: strace,
	htop: top,
	atop: top,
	iotop: top,
	iftop: top,
	nmon: top,
	nethogs: top,
	'net-tools': netTools,
	telnet,
	tcpdump: capture,
	nmap,
	traceroute: trace,
	mtr: trace,
	lsof,
	iperf,
	iperf3: iperf,
	sysstat,
};

/**
 * By family, the names that it has beside those of all. Programs are those that `dpkg -c` names in the packages of Debian 12; elsewhere the same sources are
 * packed under these names. What start scripts and programs call as a rule is not here: procps, psmisc, iproute2, netcat, socat, curl.
 */
const named: Readonly<Partial<Record<Family, Readonly<Record<string, DebugTool>>>>> = {
	deb: {
		'vim-tiny': editor,
		'vim-nox': editor,
		'vim-gtk': editor,
		'vim-gtk3': editor,
		neovim: editor,
		'emacs-nw': emacs,
		gdbserver: gdb,
		'inetutils-telnet': telnet,
		'telnet-ssl': telnet,
		'iputils-ping': ping,
		'inetutils-ping': ping,
		'iputils-arping': ping,
		'iputils-tracepath': ping,
		dnsutils: dns,
		'bind9-dnsutils': dns,
		'bind9-host': dns,
		'knot-dnsutils': dns,
		tshark: capture,
		'mtr-tiny': trace,
		'inetutils-traceroute': trace,
		tcptraceroute: trace,
	},
	rpm: {
		'vim-enhanced': editor,
		'vim-minimal': editor,
		'vim-small': editor,
		'vim-data': editor,
		neovim: editor,
		'gdb-gdbserver': gdb,
		gdbserver: gdb,
		iputils: ping,
		'bind-utils': dns,
		tshark: capture,
		wireshark: capture,
		'wireshark-cli': capture,
	},
	apk: { neovim: editor, iputils: ping, 'iputils-ping': ping, 'bind-tools': dns, drill: dns, tshark: capture },
};

/** What a package, written as on a package manager's command line, brings for people who look around; undefined for all others. */
export function debugToolOf(written: string, family: Family): DebugTool | undefined {
	const own = named[family];
	const name = plainName(written, family);
	return own && (Object.hasOwn(own, name) ? own[name] : Object.hasOwn(everywhere, name) ? everywhere[name] : undefined);
}
