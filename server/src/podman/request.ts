/** What somebody wants built. All of it is data: names with blanks, quotes or leading dashes stay what they are, or are refused by `planBuild`. */
export interface BuildRequest {
	/** Absolute path of the Containerfile. */
	readonly file: string;
	/** Absolute path of the build context. */
	readonly context: string;
	/** The image or the manifest list, as a person typed it. */
	readonly name: string;
	/** `linux/arm64`, `linux/arm/v7`; none for the platform of the machine that builds, without a manifest list. */
	readonly platforms: readonly string[];
	/** Names of podman connections to build on; none for what podman itself would use. */
	readonly connections?: readonly string[];
	/** The connection that builds a platform, where a person says it: `{ 'linux/arm64': 'pi' }`. It counts more than what the machines say about themselves. */
	readonly assigned?: Readonly<Record<string, string>>;
	/** The name of a podman farm to build on, instead of connections. */
	readonly farm?: string;
	/** Push what was built, to the name itself or to another one. */
	readonly push?: boolean | string;
	readonly options?: BuildOptions;
}

/** Options of `podman build` that are passed on, by their names there. */
export interface BuildOptions {
	readonly squash?: 'new' | 'all';
	/** False makes one layer of each stage. */
	readonly layers?: boolean;
	readonly noCache?: boolean;
	readonly pull?: 'always' | 'missing' | 'never' | 'newer';
	readonly network?: string;
	/** The path of a file with credentials; it is never read. */
	readonly authfile?: string;
	readonly tlsVerify?: boolean;
	/** `NAME=value`. */
	readonly buildArgs?: readonly string[];
	/** `id=…,src=…`. */
	readonly secrets?: readonly string[];
	readonly target?: string;
	readonly ignorefile?: string;
	/** Seconds since 1970. */
	readonly timestamp?: number;
	readonly format?: 'oci' | 'docker';
	readonly sbom?: string;
	readonly jobs?: number;
}
