import type { Family } from './baseImage';

/**
 * Packages of which apt installs nothing more, or less than 100 kB, with what is recommended: they and all that they need, upon a minimal system.
 * Worked out from the package lists of Debian 11, 12 and 13 (amd64, 2026-11-21) for the 500 packages that real Containerfiles name most; in each of the three
 * where it is there.
 */
const debian: ReadonlySet<string> = new Set(
	'and apache2-utils apt-transport-https apt-utils automake autotools-dev bash bash-completion bc binutils bison bsdmainutils bzip2 ca-certificates ccache chrpath cpio dbus dialog dos2unix doxygen expect fakeroot file fontconfig fonts-freefont-ttf fonts-khmeros fonts-thai-tlwg fonts-wqy-zenhei fuse gawk gettext-base gosu gperf gzip htop inotify-tools iputils-ping jq kmod less lib32stdc++6 lib32z1 libatlas-base-dev libblas-dev libc6 libc6-i386 libcairo2 libcap-dev libdrm2 libevent-dev libexpat1 libffi-dev libfftw3-dev libfontconfig1 libfreetype6 libgbm1 libgeos-dev libgif-dev libgmp-dev libgmp3-dev libgomp1 libjpeg62-turbo liblapack-dev libleveldb-dev liblzma-dev libmcrypt-dev libnspr4 libnss3 libopenblas-dev libpcre3 libsass-dev libsm6 libsnappy-dev libsodium-dev libsqlite3-0 libssl-dev libstdc++6 libtidy-dev libudev-dev libvorbis-dev libwebp-dev libx11-6 libx11-dev libx11-xcb1 libxcb1 libxcomposite1 libxcursor1 libxdamage1 libxext-dev libxext6 libxfixes3 libxi6 libxkbcommon0 libxml2 libxml2-utils libxpm-dev libxrandr2 libxrender-dev libxrender1 libxshmfence1 libxss1 libxtst6 libyaml-dev locales locales-all m4 make nano nasm net-tools netbase netcat netcat-openbsd ninja-build openssl p7zip-full pandoc patch perl php-mbstring php-mysql php-zip psmisc pwgen re2c redis-server redis-tools rsync runit sassc screen sed sqlite3 ssl-cert ssmtp sudo swig tar time tmux tree tzdata unzip x11-xkb-utils xfonts-100dpi xfonts-75dpi xfonts-base xfonts-cyrillic xfonts-scalable xz-utils yasm zlib1g'.split(
		' ',
	),
);

/** Settings of repositories; epel-release does recommend something (`dnf-command(config-manager)`, in its spec file). */
const repositories = /^(?!epel-)[\w.+-]*-release(?:-(?:el|fc|latest-)?\d+)?$/;

/** Whether a package brings next to nothing beside what it needs; false where that is not known. */
export function recommendsNothing(name: string, family: Family | undefined): boolean {
	return family === 'deb' ? debian.has(name) : family === 'rpm' && repositories.test(name);
}
