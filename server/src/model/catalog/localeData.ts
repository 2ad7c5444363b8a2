import type { Family } from './baseImage';
import type { Figure } from './packageManager';
import { plainName } from './packageName';

/** A package with the locales of many languages. */
export interface LocalePackage {
	/** `every`: of every language; else the one language of a translation package, as its code. */
	readonly languages: 'every' | string;
	/** The package with one language only; absent where there is none. */
	readonly packageFor?: (language: string) => string;
	/** The package that suffices for `C` and `C.UTF-8`; null where none is needed, absent where nobody published it. */
	readonly forC?: string | null;
	/** By the distribution on which it was weighed, and its releases where only those were. */
	readonly figure?: { readonly distribution: string; readonly releases?: RegExp; readonly bytes: Figure };
}

/** The packages that bring every language, by the names in each family. */
export const localePackages: Readonly<Partial<Record<Family, Readonly<Record<string, LocalePackage>>>>> = {
	rpm: {
		'glibc-all-langpacks': {
			languages: 'every',
			// glibc.spec of Fedora: a package glibc-langpack-LANGUAGE for each, and glibc-minimal-langpack, of negligible size, for C and C.UTF-8.
			packageFor: (language) => `glibc-langpack-${language}`,
			forC: 'glibc-minimal-langpack',
			figure: {
				distribution: 'fedora',
				bytes: {
					atLeast: 103_000_000,
					atMost: 200_000_000,
					basis: 'catalog',
					source:
						'at least: the archive of all locales in Fedora’s change “Glibc locale subpackaging” (2015); at most: the average that Fedora’s minimization docs name for glibc-minimal-langpack',
				},
			},
		},
	},
	deb: {
		'locales-all': {
			languages: 'every',
			// In Debian 12 libc-bin brings it (dpkg -S /usr/lib/locale/C.utf8).
			forC: null,
			figure: {
				distribution: 'debian',
				releases: /^(?:12|bookworm)/,
				bytes: { atLeast: 232_800_000, atMost: 232_900_000, basis: 'catalog', source: 'Installed-Size of locales-all 2.36-9+deb12u14 in Debian 12, 227367 KiB (November 2026)' },
			},
		},
	},
};

/** What a package, written as on a package manager's command line, brings of locales; undefined for all others, and for a single language that glibc itself packs. */
export function localePackageOf(written: string, family: Family): LocalePackage | undefined {
	const name = plainName(written, family);
	const known = localePackages[family];
	if (known && Object.hasOwn(known, name)) return known[name];
	// Ubuntu's language packs: translations of a whole desktop, the locales beside.
	const language = family === 'deb' ? /^language-pack-(?:gnome-|kde-)?([a-z]{2,3})(?:-|$)/.exec(name)?.[1] : undefined;
	return language === undefined ? undefined : { languages: language };
}
