import type { Family } from './baseImage';

/**
 * Packages of which apt installs nothing more, or less than 500 kB, with what is recommended: they and all that they need, upon a minimal system.
 * Worked out from the package lists of Debian 11, 12 and 13 and of Ubuntu 22.04 and 24.04 (amd64, 2026-11-21) for the 500 packages that real Containerfiles
 * name most: those of which it is true in every release of the one or the other distribution that has them.
 */
const debian: ReadonlySet<string> = new Set(
	'and apache2-utils apt-transport-https apt-utils automake autotools-dev bash bash-completion bc binutils bison bsdmainutils bzip2 ca-certificates ccache chrpath cpio dbus dialog dnsutils dos2unix doxygen expect fakeroot file fontconfig fonts-freefont-ttf fonts-kacst fonts-khmeros fonts-thai-tlwg fonts-wqy-zenhei fuse gawk gettext-base gosu gperf gzip htop inotify-tools iproute2 iputils-ping jq kmod language-pack-en language-pack-en-base less lib32stdc++6 lib32z1 libatlas-base-dev libblas-dev libc6 libc6-i386 libcairo2 libcap-dev libdrm2 libevent-dev libexpat1 libffi-dev libfftw3-dev libfontconfig1 libfreetype6 libgbm1 libgeos-dev libgif-dev libgmp-dev libgmp3-dev libgomp1 libjpeg62-turbo liblapack-dev libldap2-dev libleveldb-dev liblzma-dev libmcrypt-dev libnspr4 libnss3 libopenblas-dev libpcre3 libpq-dev libpq5 libsass-dev libsm6 libsnappy-dev libsodium-dev libsqlite3-0 libssl-dev libstdc++6 libtidy-dev libudev-dev libvorbis-dev libwebp-dev libx11-6 libx11-dev libx11-xcb1 libxcb1 libxcomposite1 libxcursor1 libxdamage1 libxext-dev libxext6 libxfixes3 libxi6 libxkbcommon0 libxml2 libxml2-utils libxpm-dev libxrandr2 libxrender-dev libxrender1 libxshmfence1 libxslt1.1 libxss1 libxt-dev libxtst6 libyaml-dev locales locales-all lsb-release lsof m4 make memcached mysql-client nano nasm net-tools netbase netcat netcat-openbsd ninja-build openssl p7zip-full pandoc patch perl php-gd php-mbstring php-mysql php-xml php-zip postgresql-client procps psmisc pwgen python-setuptools python-tk python2 python2.7 python3-venv re2c redis-server redis-tools rsync runit sassc screen sed socat sqlite3 ssl-cert ssmtp subversion sudo swig tar telnet time tmux tree tzdata unixodbc-dev unzip uuid-runtime vim vim-tiny x11-apps x11-xkb-utils xfonts-100dpi xfonts-75dpi xfonts-base xfonts-cyrillic xfonts-scalable xmlstarlet xsltproc xz-utils yasm zip zlib1g zsh'.split(
		' ',
	),
);

/** Settings of repositories; epel-release does recommend something (`dnf-command(config-manager)`, in its spec file). */
const repositories = /^(?!epel-)[\w.+-]*-release(?:-(?:el|fc|latest-)?\d+)?$/;

/** Whether a package brings next to nothing beside what it needs; false where that is not known. */
export function recommendsNothing(name: string, family: Family | undefined): boolean {
	return family === 'deb' ? debian.has(name) : family === 'rpm' && repositories.test(name);
}
