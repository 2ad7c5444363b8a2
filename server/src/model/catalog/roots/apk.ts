import type { Figure } from '../packageManager';

const weighed =
	'docker-library/repo-info, alpine:3.22 and 3.24 (2026-09): the installed sizes of apk-tools, libapk, libcrypto3, libssl3, ssl_client, alpine-keys, musl-utils, scanelf, zlib';

/** Bytes of Alpine’s image. */
export const alpine = { bytes: 8_420_000, source: weighed };

/** What a root with busybox leaves out of it, OpenSSL 5.9 MB of that; at least: with certificate authorities. */
export const leftOutOfAlpine: Figure = { atLeast: 6_100_000, atMost: 6_600_000, basis: 'catalog', source: weighed };

/** Whether the packages of a root are known for a release: `alpine-release` is listed in the images from 3.21 on and not in 3.17; undefined means the latest one. */
export function isKnownAlpine(release: string | undefined): boolean {
	const [major = 0, minor = 0] = (release ?? '3.21').split('.').map(Number);
	return release === 'edge' || major > 3 || (major === 3 && minor >= 21);
}

/** Packages of every root. busybox is /bin/sh, for which the scripts of packages ask. */
export const alpineRoot: readonly string[] = ['alpine-baselayout', 'alpine-release', 'busybox'];

/** What any of the packages below takes at most together with what it depends on, in bytes: an estimate. */
export const smallPackage = 5_000_000;

/**
 * Packages that are small and do not ask for OpenSSL; of others that is not known here. Sources: their APKBUILDs in aports have no openssl among depends and makedepends,
 * read in older versions (2010 to 2024) for aspell, darkhttpd, dnsmasq, dumb-init, fping, inotify-tools, iptables, jq, procps-ng, sqlite, strace, tftp-hpa and tini;
 * ca-certificates-bundle is one file and depends on nothing, although the package around it is built with OpenSSL. For the rest, mostly GNU tools and the
 * C library, it is what the programs themselves can be built with, and their APKBUILDs were not read.
 */
const small = new Set(
	'alpine-baselayout alpine-release aspell aspell-en bash busybox busybox-extras ca-certificates-bundle darkhttpd dnsmasq dumb-init findutils fping gawk grep htop inotify-tools iptables ip6tables jq less libgcc libstdc++ musl procps procps-ng pv sed sqlite strace su-exec tftp-hpa tini tree tzdata unzip xz zip'.split(
		' ',
	),
);

/** Whether a package is known to be small and to need no OpenSSL. */
export function isSmall(name: string): boolean {
	return small.has(name);
}

const applets = new Set(
	'[ adduser addgroup ash awk base64 basename cat chgrp chmod chown chroot cmp cp cut date dd delgroup deluser df diff dirname du echo egrep env expr false fgrep find flock fold free getopt grep gunzip gzip head hostname id install ip kill killall less ln logger ls md5sum mkdir mkfifo mktemp more mount mountpoint mv nc netstat nice nohup nproc nslookup od passwd pgrep pidof ping pkill printenv printf ps pwd readlink realpath renice rev rm rmdir sed seq setsid sh sha1sum sha256sum sha512sum shuf sleep sort split stat stty su sync sysctl tail tar tee test time timeout top touch tr true truncate tty umount uname uniq unlink unzip uptime usleep vi watch wc wget which who whoami xargs yes zcat'.split(
		' ',
	),
);

/** Whether Alpine's busybox is a program of that name (alpine: busybox --list). */
export function isApplet(program: string): boolean {
	return applets.has(program);
}
