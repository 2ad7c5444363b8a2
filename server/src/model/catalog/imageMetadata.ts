import type { Family } from './baseImage';

/** Files by which a scanner knows what an image is made of. */
export interface ImageMetadata {
	/** In words, for messages: `the rpm database`. */
	readonly what: string;
	/** What its loss means, as the end of a sentence. */
	readonly loss: string;
	/** Whose packages they tell of; undefined for what every distribution has. */
	readonly family: Family | undefined;
	/** The paths, normalized, each of which takes it away when it is removed. */
	readonly paths: readonly string[];
}

const blind = 'scanners no longer see what the image is made of, and report no vulnerability of it';

/**
 * Sources: Trivy reads `Packages`, `Packages.db` and `rpmdb.sqlite` in `var/lib/rpm` and `usr/lib/sysimage/rpm`, `var/lib/dpkg/status` and `info`,
 * `lib/apk/db/installed`, and `etc/os-release` or `usr/lib/os-release` (pkg/fanal/analyzer); without the last it says that it does not know the system and
 * looks for no packages of it (trivy issue 1909). `etc/os-release` is a link to the other as a rule.
 */
export const imageMetadata: readonly ImageMetadata[] = [
	{
		what: 'the rpm database',
		loss: blind,
		family: 'rpm',
		paths: ['/var/lib/rpm', '/usr/lib/sysimage/rpm'].flatMap((folder) => [
			folder,
			`${folder}*`,
			...['Packages', 'Packages*', 'Packages.db', 'rpmdb.sqlite', 'rpmdb.sqlite*', 'rpmdb*'].map((name) => `${folder}/${name}`),
		]),
	},
	{ what: 'dpkg’s list of packages', loss: blind, family: 'deb', paths: ['/var/lib/dpkg', '/var/lib/dpkg*', '/var/lib/dpkg/status', '/var/lib/dpkg/status*'] },
	{
		what: 'dpkg’s lists of files',
		loss: 'scanners cannot tell which files packages brought, and dpkg takes every package for empty',
		family: 'deb',
		paths: ['/var/lib/dpkg/info'],
	},
	{
		what: 'apk’s list of packages',
		loss: blind,
		family: 'apk',
		paths: ['/lib/apk', '/lib/apk/db', '/lib/apk/db/installed'],
	},
	{ what: 'os-release', loss: 'scanners do not know which system this is, and look for no packages of it', family: undefined, paths: ['/etc/os-release', '/usr/lib/os-release'] },
];
