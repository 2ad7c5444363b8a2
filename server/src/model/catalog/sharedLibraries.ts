/** The libraries that a program built with a -dev package is linked to, as packages. */
interface Libraries {
	/** One list for every release of Debian, or one for each that is known. */
	readonly packages: readonly string[] | Readonly<Record<string, readonly string[]>>;
}

const everywhere = (...packages: readonly string[]): Libraries => ({ packages });
const byRelease = (packages: Readonly<Record<string, readonly string[]>>): Libraries => ({ packages });

/** Source: Depends of the -dev packages in Debian 11 to 13 (apt-cache depends, packages.debian.org); one list where the name is the same in all of them. */
const libraries: Readonly<Record<string, Libraries>> = {
	'libpq-dev': everywhere('libpq5'),
	'default-libmysqlclient-dev': everywhere('libmariadb3'),
	'libmariadb-dev': everywhere('libmariadb3'),
	'libmariadb-dev-compat': everywhere('libmariadb3'),
	'libxml2-dev': everywhere('libxml2'),
	'libxslt1-dev': everywhere('libxml2', 'libxslt1.1'),
	'libxslt-dev': everywhere('libxml2', 'libxslt1.1'),
	'libsasl2-dev': everywhere('libsasl2-2'),
	'libldap2-dev': byRelease({ buster: ['libldap-2.4-2'], bullseye: ['libldap-2.4-2'], bookworm: ['libldap-2.5-0'], trixie: ['libldap2'] }),
	'libldap-dev': byRelease({ bookworm: ['libldap-2.5-0'], trixie: ['libldap2'] }),
	'libjpeg-dev': everywhere('libjpeg62-turbo'),
	'libjpeg62-turbo-dev': everywhere('libjpeg62-turbo'),
	'zlib1g-dev': everywhere('zlib1g'),
	'libbz2-dev': everywhere('libbz2-1.0'),
	'liblzma-dev': everywhere('liblzma5'),
	'libsqlite3-dev': everywhere('libsqlite3-0'),
	'libyaml-dev': everywhere('libyaml-0-2'),
	'libgmp-dev': everywhere('libgmp10'),
	'libgmp3-dev': everywhere('libgmp10'),
	'libffi-dev': byRelease({ buster: ['libffi6'], bullseye: ['libffi7'], bookworm: ['libffi8'], trixie: ['libffi8'] }),
	'libssl-dev': byRelease({ buster: ['libssl1.1'], bullseye: ['libssl1.1'], bookworm: ['libssl3'], trixie: ['libssl3t64'] }),
	'libcurl4-openssl-dev': byRelease({ buster: ['libcurl4'], bullseye: ['libcurl4'], bookworm: ['libcurl4'], trixie: ['libcurl4t64'] }),
	'libmagic-dev': byRelease({ buster: ['libmagic1'], bullseye: ['libmagic1'], bookworm: ['libmagic1'], trixie: ['libmagic1t64'] }),
	'libpng-dev': byRelease({ buster: ['libpng16-16'], bullseye: ['libpng16-16'], bookworm: ['libpng16-16'], trixie: ['libpng16-16t64'] }),
	'libfreetype6-dev': everywhere('libfreetype6'),
	'liblcms2-dev': everywhere('liblcms2-2'),
	'libopenjp2-7-dev': everywhere('libopenjp2-7'),
	'libgif-dev': everywhere('libgif7'),
	'libwebp-dev': byRelease({
		buster: ['libwebp6'],
		bullseye: ['libwebp6'],
		bookworm: ['libwebp7', 'libwebpmux3', 'libwebpdemux2'],
		trixie: ['libwebp7', 'libwebpmux3', 'libwebpdemux2'],
	}),
	'libtiff-dev': byRelease({ buster: ['libtiff5'], bullseye: ['libtiff5'], bookworm: ['libtiff6'], trixie: ['libtiff6'] }),
	'libcairo2-dev': everywhere('libcairo2'),
	'libpango1.0-dev': everywhere('libpango-1.0-0', 'libpangocairo-1.0-0'),
	'librsvg2-dev': everywhere('librsvg2-2'),
	'libpixman-1-dev': everywhere('libpixman-1-0'),
	'libzmq3-dev': everywhere('libzmq5'),
	'libsodium-dev': everywhere('libsodium23'),
	'libsnappy-dev': everywhere('libsnappy1v5'),
	'librdkafka-dev': everywhere('librdkafka1'),
	'libkrb5-dev': everywhere('libgssapi-krb5-2'),
	'libusb-1.0-0-dev': everywhere('libusb-1.0-0'),
	'libvips-dev': byRelease({ bookworm: ['libvips42'], trixie: ['libvips42t64'] }),
	'unixodbc-dev': byRelease({ buster: ['libodbc1'], bullseye: ['libodbc1'], bookworm: ['libodbc2', 'libodbcinst2'], trixie: ['libodbc2', 'libodbcinst2'] }),
};

/** What compiles or configures and leaves no library behind to link to, although it is called -dev. */
const headersOnly = /^(?:(?:lib)?python[\d.]*-(?:all-)?dev|ruby[\d.]*-dev|libc6?-dev|linux-libc-dev|libstdc\+\+-\d+-dev|lib[\w-]*boost[\w.-]*-headers-dev)$/;

/**
 * The packages that must be where a program runs that was built with a package of Debian; empty where it needs none, undefined where that is not known.
 * `release`: `bookworm`; undefined where the image's tag does not say it.
 */
export function librariesOf(name: string, release: string | undefined): readonly string[] | undefined {
	if (!name.endsWith('-dev') || headersOnly.test(name)) return [];
	const packages = libraries[name]?.packages;
	if (packages === undefined || Array.isArray(packages)) return packages as readonly string[] | undefined;
	return release === undefined ? undefined : (packages as Readonly<Record<string, readonly string[]>>)[release];
}
