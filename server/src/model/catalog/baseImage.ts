/** What the files of an image come from; `unknown` bases have no record at all. */
export type Family = 'rpm' | 'deb' | 'apk' | 'arch' | 'scratch' | 'busybox' | 'distroless' | 'windows';

/** The package managers that differ in options or clean-up: dnf 4 (`yum` of EL 8 and later is one), dnf 5, the yum 3 of EL 7 and earlier … */
export type PackageManagerId = 'dnf4' | 'dnf5' | 'yum3' | 'microdnf' | 'tdnf' | 'zypper' | 'apt' | 'apk' | 'pacman';

/** What the image is for: `full` and `minimal` distributions, `micro` ones without a package manager, `sdk` to build, `runtime` to run, `application` ready to start. */
export type ImageKind = 'full' | 'minimal' | 'micro' | 'sdk' | 'runtime' | 'application';

/** What the image already has; true or false where a source says so, undefined where nobody said. */
export interface BaseSettings {
	/** The package manager's own configuration leaves documentation out (`tsflags=nodocs`, dpkg path-excludes). */
	readonly nodocs?: boolean;
	/** The configuration switches weak or recommended packages off. */
	readonly weakDependenciesOff?: boolean;
	/** `/etc/apt/apt.conf.d/docker-clean`: packages and binary caches go after each installation; the lists stay. */
	readonly dockerClean?: boolean;
	/** `coreutils-single` instead of `coreutils`. */
	readonly coreutilsSingle?: boolean;
	/** `glibc-minimal-langpack` is what fulfils glibc's need of a language pack. */
	readonly minimalLangpack?: boolean;
}

/** What a stage built on the image inherits; a field that is absent is unknown, null says that nothing is set. */
export interface Inherited {
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly user?: string | null;
	readonly stopSignal?: string | null;
	readonly entrypoint?: readonly string[] | null;
	readonly cmd?: readonly string[] | null;
	readonly workdir?: string | null;
}

/** A published or measured number, in bytes of the unpacked image. */
export interface Size {
	readonly bytes: number;
	readonly source: string;
}

/** How a reference becomes that of a sibling: one part of it, rewritten where `from` matches; no match, no sibling. */
export interface ReferenceChange {
	/** `name` is everything before the tag as written, `tag` what is behind the colon (`latest` where there is none). */
	readonly part: 'name' | 'tag';
	readonly from: RegExp;
	/** Replacement text as of `String.replace`. */
	readonly to: string;
}

/** A smaller image that does the same for whoever needs none of what it lacks. */
export interface Sibling {
	/** The first that matches is made; none, and there is no sibling. */
	readonly changes: readonly ReferenceChange[];
	/** Only for these tags: the sibling was not published for all. */
	readonly tags?: RegExp;
	/** Commands that the image has and the sibling has not, or is not known to have. */
	readonly lacks: readonly string[];
	/** Commands that the sibling has, but that may need what it lacks: `pip` compiles packages that have no wheel. Worth a sentence, not a no. */
	readonly riskyFor?: readonly string[];
	/** Package managers of the image that the sibling has not; a later step that calls one rules the sibling out. */
	readonly lacksPackageManagers?: readonly PackageManagerId[];
	/** Files or folders below which the sibling has less, or names of programs that need what it lacks: a step that names one rules the sibling out. */
	readonly lacksPaths?: readonly string[];
	/** One sentence: what the sibling leaves out. */
	readonly why: string;
	/** Where that is published. */
	readonly source: string;
	/** In bytes of the unpacked image; of the tags that `tags` takes, the others were not weighed. */
	readonly saves?: { readonly tags?: RegExp; readonly atLeast: number; readonly atMost: number; readonly basis: 'catalog'; readonly source: string };
}

/** Facts about one kind of image, each with a source; what nobody published is absent. */
export interface BaseImage {
	/** Repository names without default registry and `library/`: `fedora`, `redhat/ubi9`, `registry.access.redhat.com/ubi9/ubi`; patterns are anchored. */
	readonly names: readonly (string | RegExp)[];
	/** The record holds only for these tags (`latest` where none is written); the first record that fits wins. */
	readonly tags?: RegExp;
	readonly family: Family;
	/** `fedora`, `ubi`, `debian` …: whose packages these are. */
	readonly distribution: string;
	/** The distribution's release where the tag names it: the first group, `33` of `fedora:33`, `bookworm` of `python:3.12-slim-bookworm`. */
	readonly release?: RegExp;
	/** The release of every tag of this record, where the name says it (`ubi9/ubi`) or nothing in the tag does. */
	readonly fixedRelease?: string;
	readonly packageManagers: readonly PackageManagerId[];
	/** What stands behind a program's name: `yum` is dnf 4 on EL 8; a name that is not here does not exist in the image or is not known to. */
	readonly programs: Readonly<Record<string, PackageManagerId>>;
	readonly kind: ImageKind;
	readonly sets: BaseSettings;
	/** Packages for building that it has itself, where it stands on `buildpack-deps`. */
	readonly brings?: ReadonlySet<string>;
	readonly passesOn: Inherited;
	readonly size?: Size;
	/** Best first. */
	readonly siblings?: readonly Sibling[];
	/** Where the facts of this record are published. */
	readonly source: string;
}
