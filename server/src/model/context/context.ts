/** Who builds: `any` says only what holds for all of them. */
export interface Builder {
	readonly kind: 'any' | 'podman' | 'buildkit';
	/** `[4, 3]` for podman@4.3; absent where unknown. */
	readonly version?: readonly [major: number, minor: number];
}

/** What the adapters found on disk of what `wantedPaths` asked for. */
export interface BuildContext {
	/** The wanted paths that exist, relative to the build context, without a trailing slash. */
	readonly present: ReadonlySet<string>;
	/** Texts of the ignore files that exist, by the same relative path. */
	readonly ignoreFiles: ReadonlyMap<string, string>;
	/** The Containerfile's own name: `Containerfile`. */
	readonly fileName: string;
	/** Texts of the manifests (`package.json`, `go.mod`) among the wanted paths that exist; absent where nobody read any. */
	readonly manifests?: ReadonlyMap<string, string>;
	/** What `wantedTexts` asked for and is there, by path relative to the build context; absent where nobody read any. Only rewrites look at them. */
	readonly texts?: ReadonlyMap<string, string>;
}

/** What may be known beyond the text; a rule works without the optional parts and is silent where it would have to guess. */
export interface Context {
	readonly builder: Builder;
	/** The stage to build (`whittle.build.target`); the last one where absent. */
	readonly target?: string;
	/** What ends as one layer: all that the instructions of a stage add (`--layers=false`, `podman build --squash`), or the whole image with its base (`--squash-all`). Absent where each has its own. */
	readonly oneLayer?: 'stage' | 'image';
	/** The format of the image (`podman build --format`, `whittle.build.format`); absent where nobody said. */
	readonly format?: 'oci' | 'docker';
	readonly buildContext?: BuildContext;
	/** The image that rewrites ship on instead of scratch (`whittle.rewrite.finalBase`). */
	readonly finalBase?: string;
}

/** Whether this is a podman before a version; one without a version may be. */
export function isOlder({ kind, version }: Builder, [major, minor]: readonly [major: number, minor: number]): boolean {
	return kind === 'podman' && (version === undefined || version[0] < major || (version[0] === major && version[1] < minor));
}

/**
 * Whether it is known that `/bin/sh` runs every RUN, whatever SHELL says: podman before 6.0, in OCI format. Source: buildah, imagebuildah/stage_executor.go up to
 * 1.43. Tried with podman 4.3.1.
 */
export function ignoresShell({ builder, format }: Context): boolean {
	return builder.version !== undefined && isOlder(builder, [6, 0]) && format !== 'docker';
}

/** The context of a lone text. */
export const loneFile: Context = { builder: { kind: 'any' } };

/** Reads `any`, `podman`, `podman@4.3`, `buildkit`; undefined for anything else. */
export function parseBuilder(text: string): Builder | undefined {
	const match = /^(any|podman|buildkit)(?:@(\d+)\.(\d+)(?:\.\d+)?)?$/.exec(text);
	if (!match) return undefined;
	const kind = match[1] as Builder['kind'];
	if (match[2] === undefined) return { kind };
	return kind === 'podman' ? { kind, version: [Number(match[2]), Number(match[3])] } : undefined;
}
