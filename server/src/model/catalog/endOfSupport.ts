/** Releases of one distribution, or images of one kind, whose support has ended for everybody: their images are rebuilt no longer. */
export interface Ended {
	/** Before this release, by its number: `[22, 4]` stands for all that are older than 22.04. */
	readonly before?: readonly number[];
	/** Others, by number or name. */
	readonly releases?: RegExp;
	/** Who says so. */
	readonly source: string;
}

/** By distribution, as base images have it. What ends later than November 2026 is not here. */
export const endedReleases: Readonly<Record<string, Ended>> = {
	ubuntu: {
		before: [22, 4],
		releases:
			/^(?:lucid|precise|quantal|raring|saucy|trusty|utopic|vivid|wily|xenial|yakkety|zesty|artful|bionic|cosmic|disco|eoan|focal|groovy|hirsute|impish|kinetic|lunar|mantic|oracular|plucky)$|^(?:22\.10|23\.\d+|24\.10|25\.04)$/,
		source: 'Canonical, The Ubuntu lifecycle: standard support of 20.04 ended in May 2025, an interim release has 9 months',
	},
	debian: {
		before: [12],
		releases: /^(?:squeeze|wheezy|jessie|stretch|buster|bullseye)$/,
		source: 'Debian, LTS: 10 until 30 June 2024, 11 until 31 August 2026',
	},
	fedora: { before: [43], source: 'Fedora, End Of Life Releases: a release ends four weeks after the next but one; 44 is of April 2026' },
	alpine: { before: [3, 21], source: 'Alpine Linux, Releases: 3.20 until 1 April 2026' },
	centos: { before: [9], source: 'The CentOS Project: CentOS Linux 8 until 31 December 2021, 7 until 30 June 2024, Stream 8 until 31 May 2024' },
	ubi: { before: [8], source: 'Red Hat Enterprise Linux Life Cycle: 7 until 30 June 2024' },
	rhel: { before: [8], source: 'Red Hat Enterprise Linux Life Cycle: 7 until 30 June 2024' },
	oracle: { before: [8], source: 'Oracle Linux lifetime support policy: premier support of 7 until December 2024' },
	amazonlinux: { before: [2], releases: /^201[4-8]\./, source: 'AWS, Amazon Linux AMI: until 31 December 2023' },
	'opensuse-leap': { before: [15, 6], releases: /^42\./, source: 'openSUSE, Lifetime: Leap 15.5 until 31 December 2024' },
	photon: { before: [4], source: 'Photon OS, product support lifecycle: 3.0 until February 2024' },
	azurelinux: { before: [3], source: 'Microsoft: CBL-Mariner 2.0 until 31 July 2025' },
};

/** Images of languages, by the version that their tag begins with. */
export const endedVersions: readonly { readonly names: RegExp; readonly before: readonly number[]; readonly source: string }[] = [
	{ names: /^(?:python|pypy)$/, before: [3, 10], source: 'Status of Python versions: 3.9 until October 2025' },
	{ names: /^node$/, before: [22], source: 'Node.js, Releases: 20 until 30 April 2026' },
	{ names: /^ruby$/, before: [3, 3], source: 'Ruby Maintenance Branches: 3.2 until March 2026' },
	{ names: /^golang$/, before: [1, 25], source: 'Go Release History: a release ends when there are two newer ones; 1.26 is of February 2026' },
	{ names: /^php$/, before: [8, 2], source: 'PHP, Supported Versions: 8.1 until 31 December 2025' },
	{ names: /^perl$/, before: [5, 38], source: 'perlpolicy: the two newest stable releases; library/perl has no older ones than 5.38' },
];

/** Images that are built no longer, whatever their tag. */
export const abandonedImages = /^(?:centos|centos\/centos|(?:registry\.centos\.org\/)?centos(?:\/centos)?|java|openjdk|(?:redhat\/)?rhel[567](?:[-/].*)?)$/;

/** Images that get their updates seldom: nobody finds them in a newer one. Source: the history of library/fedora in docker-library/official-images. */
export const seldomRebuilt = /^fedora$/;

/** Images that get every update at once, so that with a tag that moves next to nothing is left to upgrade. Source: Red Hat, article 2208321 on how UBI is rebuilt. */
export const alwaysRebuilt = /(?:^|\/)ubi\d+\/ubi(?:-(?:minimal|init))?$|^(?:registry\.(?:access\.)?redhat\.(?:com|io)\/)?ubi\d+(?:-(?:minimal|init))?$/;
