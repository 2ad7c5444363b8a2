import type { Figure } from '../packageManager';

/** What a root of one release of a distribution of rpm packages needs, and how its release is told to the package manager. */
export interface RpmRoot {
	/** Packages of every root. */
	readonly packages: readonly string[];
	/** `--releasever …`, a value with the shell's own `$(…)` allowed; undefined where the builder's own has to do, as with `latest`. */
	readonly release: string | undefined;
	/** `platform:el8`: what modules of packages are chosen by. */
	readonly platform?: string;
	readonly coreutils: 'coreutils-single' | 'coreutils';
	/** glibc's languages are packages of their own. */
	readonly hasLangpacks: boolean;
	/** UBI's list of its contents, which scanners read. */
	readonly hasBuildinfo: boolean;
	/** What the base weighs more than such a root with the same packages; absent where nobody measured it. */
	readonly saves?: { readonly full: Figure; readonly minimal: Figure };
	readonly source: string;
}

const slides = 'slides 17 to 21 of “Building Smaller Container Images”: with nginx Fedora 33 is 224 MB and its root 116 MB, a root with bash and coreutils 38 MB';

/** What a root saves that replaces a full or a minimal image. */
export const rpmRootSavings: NonNullable<RpmRoot['saves']> = {
	full: { atLeast: 50_000_000, atMost: 190_000_000, basis: 'guess', source: `${slides}; ubi8/ubi is 234 MB (NGINX blog, 2021)` },
	minimal: { atLeast: 0, atMost: 67_000_000, basis: 'guess', source: `${slides}; ubi8/ubi-minimal is 105 MB (NGINX blog, 2021)` },
};

/** What an install into another root need not have, by the distribution on which it was weighed. */
export const incompleteRoots: Readonly<Record<string, Figure>> = {
	fedora: {
		atLeast: 0,
		atMost: 334_000_000,
		basis: 'catalog',
		source:
			'the slides “Building Smaller Container Images”: nginx on Fedora 33 is 450 MB installed into an empty root as it is, 116 MB with all of it said, 224 MB without another root',
	},
};

const enterprise = new Set(['centos', 'rocky', 'alma', 'oracle', 'rhel', 'ubi']);

const releasePackages: Readonly<Record<string, string>> = {
	centos: 'centos-release',
	oracle: 'oraclelinux-release',
	amazonlinux: 'system-release',
	ubi: 'redhat-release-server',
	rhel: 'redhat-release-server',
};

/** The root of a distribution's release; undefined where nothing is known of it. `release` is undefined for `latest` and the like. */
export function rpmRootOf(distribution: string, release: string | undefined): RpmRoot | undefined {
	const number = release === undefined ? undefined : Number(release);
	if (distribution === 'fedora') {
		if (number !== undefined && number < 28) return undefined;
		return {
			packages: ['glibc-minimal-langpack', 'coreutils-single'],
			release,
			coreutils: 'coreutils-single',
			hasLangpacks: true,
			hasBuildinfo: false,
			saves: rpmRootSavings,
			source: 'slides 19 to 21 of “Building Smaller Container Images” (Fedora 33); sclorg/httpd-container 2.4-micro/Dockerfile.fedora (Fedora 42)',
		};
	}
	if (enterprise.has(distribution)) {
		const major = number === undefined && distribution === 'centos' ? 8 : number;
		if (major === undefined || major < 7) return undefined;
		if (major === 7) {
			return {
				packages: [releasePackages[distribution] ?? 'system-release'],
				// Red Hat's own repositories know a 7Server, no 7.
				release: distribution === 'rhel' || distribution === 'ubi' ? undefined : '7',
				coreutils: 'coreutils',
				hasLangpacks: false,
				hasBuildinfo: false,
				source: 'moby/moby contrib/mkimage-yum.sh; setup of EL 7 does not ask for the release package',
			};
		}
		return {
			packages: ['glibc-minimal-langpack', 'coreutils-single'],
			release: String(Math.floor(major)),
			platform: `platform:el${Math.floor(major)}`,
			coreutils: 'coreutils-single',
			hasLangpacks: true,
			hasBuildinfo: distribution === 'ubi',
			saves: rpmRootSavings,
			source: 'sclorg/nginx-container 1.22-micro (releases 8 and 9), sclorg/httpd-container 2.4-micro',
		};
	}
	if (distribution === 'amazonlinux' && release === '2023') {
		return {
			packages: ['glibc-minimal-langpack', 'coreutils-single'],
			release: "$(rpm -q system-release --qf '%{VERSION}')",
			coreutils: 'coreutils-single',
			hasLangpacks: true,
			hasBuildinfo: false,
			source: 'AWS, AL2023 user guide, Building bare-bones AL2023 container images: --releasever=$(rpm -q system-release --qf "%{VERSION}")',
		};
	}
	return undefined;
}
