import { debianLibraries } from './sharedLibraries/debian';
import { debianLibrariesByRelease } from './sharedLibraries/debianByRelease';

/** Debian's releases whose names are known, in the order of the table. */
const suites = ['bullseye', 'bookworm', 'trixie'];

/** Releases by number; source: Debian's and Ubuntu's lists of releases. */
const suiteOfNumber: Readonly<Record<string, string>> = {
	'10': 'buster',
	'11': 'bullseye',
	'12': 'bookworm',
	'13': 'trixie',
	'20.04': 'focal',
	'22.04': 'jammy',
	'24.04': 'noble',
};

/** Packages that depend on another -dev package alone; source: Depends in Debian 11 to 13. */
const debianToo: Readonly<Record<string, string>> = {
	'default-libmysqlclient-dev': 'libmariadb3',
	'libmariadb-dev-compat': 'libmariadb3',
	'libkrb5-dev': 'libgssapi-krb5-2 libkrb5-3 libk5crypto3 libcom-err2',
	'libz-dev': 'zlib1g',
};

/** Headers alone, to which nothing is linked; source: Depends in Debian 11 to 13. */
const headers = new Set(['libeigen3-dev', 'libboost-dev', 'nlohmann-json3-dev', 'rapidjson-dev', 'libsparsehash-dev']);

/** What compiles or configures and leaves no library behind to link to, although it is called -dev. */
const headersOnly = /^(?:(?:lib)?python[\d.]*-(?:all-)?dev|ruby[\d.]*-dev|libc6?-dev|linux-libc-dev|libstdc\+\+-\d+-dev|dpkg-dev|autotools-dev|lib[\w-]*boost[\w.-]*-headers-dev)$/;

/** Other releases: names of Debian 10, and of Ubuntu where an own one is needed. Source: Depends of the -dev packages there (packages.debian.org, packages.ubuntu.com). */
const others: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'libssl-dev': { buster: 'libssl1.1', focal: 'libssl1.1', jammy: 'libssl3', noble: 'libssl3t64' },
	'libcurl4-openssl-dev': { buster: 'libcurl4', focal: 'libcurl4', jammy: 'libcurl4', noble: 'libcurl4t64' },
	'libldap2-dev': { buster: 'libldap-2.4-2' },
	'libffi-dev': { buster: 'libffi6' },
	'libmagic-dev': { buster: 'libmagic1' },
	'libpng-dev': { buster: 'libpng16-16' },
	'libwebp-dev': { buster: 'libwebp6' },
	'libtiff-dev': { buster: 'libtiff5' },
	'unixodbc-dev': { buster: 'libodbc1' },
};

/** Names that no transition has changed for many releases of Debian and Ubuntu; source: Debian Policy 8.1, a package is named after its soname, and these have stayed. */
const steady: Readonly<Record<string, string>> = {
	'libpq-dev': 'libpq5',
	'libxml2-dev': 'libxml2',
	'libxslt1-dev': 'libxml2 libxslt1.1',
	'libxslt-dev': 'libxml2 libxslt1.1',
	'libsasl2-dev': 'libsasl2-2',
	'zlib1g-dev': 'zlib1g',
	'libbz2-dev': 'libbz2-1.0',
	'liblzma-dev': 'liblzma5',
	'libsqlite3-dev': 'libsqlite3-0',
	'libyaml-dev': 'libyaml-0-2',
	'libgmp-dev': 'libgmp10 libgmpxx4ldbl',
	'libgmp3-dev': 'libgmp10 libgmpxx4ldbl',
	'libfreetype6-dev': 'libfreetype6',
	'liblcms2-dev': 'liblcms2-2',
	'libgif-dev': 'libgif7',
	'libcairo2-dev': 'libcairo2 libcairo-gobject2 libcairo-script-interpreter2',
	'libpango1.0-dev': 'libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0 libpangoxft-1.0-0',
	'librsvg2-dev': 'librsvg2-2',
	'libpixman-1-dev': 'libpixman-1-0',
	'libzmq3-dev': 'libzmq5',
	'libsnappy-dev': 'libsnappy1v5',
	'librdkafka-dev': 'librdkafka1 librdkafka++1',
	'libkrb5-dev': 'libgssapi-krb5-2 libkrb5-3 libk5crypto3 libcom-err2',
	'libusb-1.0-0-dev': 'libusb-1.0-0',
	'uuid-dev': 'libuuid1',
	'libexpat1-dev': 'libexpat1',
};

/** The same for Debian alone. */
const steadyInDebian: Readonly<Record<string, string>> = {
	'default-libmysqlclient-dev': 'libmariadb3',
	'libmariadb-dev': 'libmariadb3',
	'libmariadb-dev-compat': 'libmariadb3',
	'libjpeg-dev': 'libjpeg62-turbo',
	'libjpeg62-turbo-dev': 'libjpeg62-turbo',
	'libopenjp2-7-dev': 'libopenjp2-7',
	'libsodium-dev': 'libsodium23',
};

/**
 * The packages that must be where a program runs that was built with a package of Debian or Ubuntu; empty where it needs none, undefined where that is not known.
 * `release`: `bookworm`, `12`, `22.04`; undefined where the image's tag does not say it. `distribution`: `debian` or another.
 */
export function librariesOf(name: string, release: string | undefined, distribution: string | undefined): readonly string[] | undefined {
	if (!name.endsWith('-dev') || headersOnly.test(name)) return [];
	const number = release?.replace(/^(1\d)\.\d+$/, '$1') ?? '';
	const suite = suiteOfNumber[number] ?? number;
	const column = distribution === 'debian' ? suites.indexOf(suite) : -1;
	if (column >= 0 && headers.has(name)) return [];
	const exact = column < 0 ? others[name]?.[suite] : (debianLibraries[name] ?? debianToo[name] ?? debianLibrariesByRelease[name]?.split(' | ')[column]?.replace(/^-$/, ''));
	const found = exact ?? (column < 0 ? (steady[name] ?? (distribution === 'debian' ? steadyInDebian[name] : undefined)) : undefined);
	return found === undefined || found === '' ? undefined : found.split(' ');
}
