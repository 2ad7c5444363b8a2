/** Runtime libraries of development packages whose names do not say them; null for packages that bring headers or tools alone. */
const libraries: Readonly<Record<string, string | null>> = {
	'openssl-devel': 'openssl-libs',
	'bzip2-devel': 'bzip2-libs',
	'sqlite-devel': 'sqlite-libs',
	'xz-devel': 'xz-libs',
	'krb5-devel': 'krb5-libs',
	'ncurses-devel': 'ncurses-libs',
	'cyrus-sasl-devel': 'cyrus-sasl-lib',
	'gdbm-devel': 'gdbm-libs',
	'cups-devel': 'cups-libs',
	'fftw-devel': 'fftw-libs',
	'freetds-devel': 'freetds-libs',
	'systemd-devel': 'systemd-libs',
	'gdal-devel': 'gdal-libs',
	'glibc-devel': null,
	'glibc-headers': null,
	'glibc-static': null,
	'kernel-headers': null,
	'kernel-devel': null,
	'python3-devel': null,
	'python-devel': null,
	'python2-devel': null,
	'libxcrypt-devel': 'libxcrypt',
};

/** Development packages whose library has the same name without the ending. */
const sameName = new Set(
	'libffi zlib libxml2 libxslt libpq readline openldap libcurl libjpeg-turbo freetype libpng gmp unixODBC pcre pcre2 libyaml expat libstdc++ libevent snappy libuuid tk tcl libzip libtiff libwebp lcms2 harfbuzz fribidi openjpeg2 cairo pango glib2 libsodium libarchive libicu libzstd zeromq librdkafka libmemcached geos proj hdf5 xmlsec1 libtool-ltdl libgcrypt libgpg-error libattr libacl libcap libselinux libssh2 libnl3 libpcap leveldb protobuf boost blas lapack atlas openblas libsndfile portaudio mpfr libmpc'.split(
		' ',
	),
);

const tools = new Set(
	'gcc make cmake cmake3 ninja-build golang golang-bin golang-src autoconf automake libtool bison flex m4 patch binutils pkgconfig pkgconf pkgconf-pkg-config redhat-rpm-config rust cargo swig nasm yasm kernel-headers cpp rpm-build'.split(
		' ',
	),
);

/**
 * The package whose library a program compiled with a development package is linked to; null where it brings none, undefined where that is not known.
 * `major`: the release of an enterprise distribution, undefined for others. Sources: Requires of these packages in Fedora and EL, which the Packaging Guidelines (Devel Packages) ask for.
 */
export function runtimeLibraryOf(development: string, major: number | undefined): string | null | undefined {
	const name = development.replace(/\.(?:x86_64|aarch64)$/, '');
	if (name === 'postgresql-devel') return major === 7 ? 'postgresql-libs' : 'libpq';
	if (name === 'mariadb-devel' || name === 'mysql-devel') return major === 7 ? 'mariadb-libs' : name === 'mariadb-devel' ? 'mariadb-connector-c' : undefined;
	if (/^(?:gcc-c\+\+|g\+\+)$/.test(name)) return 'libstdc++';
	if (name === 'gcc-gfortran') return 'libgfortran';
	if (tools.has(name) || /^python[\d.]+-devel$/.test(name)) return null;
	if (major === 7 && (name === 'sqlite-devel' || name === 'gdbm-devel')) return name.replace('-devel', '');
	if (name in libraries) return libraries[name];
	const base = name.replace(/-devel$/, '');
	return base !== name && sameName.has(base) ? base : undefined;
}

/** Libraries that a compiler's package brings for itself, to which what it compiles may be linked too (Requires of gcc and gcc-c++ in Fedora and EL). */
export function compilerLibraries(name: string): readonly string[] {
	return /^(?:gcc|gcc-c\+\+|gcc-gfortran)$/.test(name) ? ['libgomp'] : [];
}
