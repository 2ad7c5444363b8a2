/**
 * What building needs and an image built on `buildpack-deps` has: the packages that docker-library/buildpack-deps installs in its full images of Debian and
 * Ubuntu, and what they depend on in Debian 12.
 */
export const buildpackPackages: ReadonlySet<string> = new Set([
	...['autoconf', 'automake', 'dpkg-dev', 'g++', 'gcc', 'libtool', 'make', 'build-essential', 'm4', 'autotools-dev', 'binutils', 'cpp', 'pkg-config', 'pkgconf'],
	...['default-libmysqlclient-dev', 'libbz2-dev', 'libc6-dev', 'libcurl4-openssl-dev', 'libdb-dev', 'libevent-dev', 'libffi-dev', 'libgdbm-dev', 'libglib2.0-dev', 'libgmp-dev'],
	...['libjpeg-dev', 'libkrb5-dev', 'liblzma-dev', 'libmagickcore-dev', 'libmagickwand-dev', 'libmaxminddb-dev', 'libncurses-dev', 'libncurses5-dev', 'libncursesw5-dev'],
	...['libpng-dev', 'libpq-dev', 'libreadline-dev', 'libsqlite3-dev', 'libssl-dev', 'libwebp-dev', 'libxml2-dev', 'libxslt-dev', 'libxslt1-dev', 'libyaml-dev', 'zlib1g-dev'],
	...['libc-dev', 'linux-libc-dev', 'libmariadb-dev', 'libmysqlclient-dev', 'libjpeg62-turbo-dev', 'libfreetype6-dev', 'libfreetype-dev', 'libtiff-dev', 'liblcms2-dev'],
	...['libexif-dev', 'libicu-dev', 'libltdl-dev', 'libx11-dev', 'libxext-dev', 'libxt-dev', 'libexpat1-dev', 'uuid-dev'],
]);

/** What golang installs beside the tools for version control of `buildpack-deps`; source: docker-library/golang. */
export const golangPackages: ReadonlySet<string> = new Set(['g++', 'gcc', 'libc6-dev', 'libc-dev', 'make', 'pkg-config', 'pkgconf', 'cpp', 'binutils']);
