import type { Start } from '../support/started';

/**
 * How a case of `test/rewrites/` is shown by two real builds, of its Containerfile and of what the rewrite makes of it. Not among them: rewrites of apk,
 * microdnf and tdnf, whose programs and packages are not in Debian 12, so that no image with them can be made where these tests have to run; dnf 5 and zypper have tests of
 * their own.
 */
export interface Proof {
	readonly rewrite: string;
	/** The folder of the case. */
	readonly name: string;
	/** Where the file as it is fails to build, only the rewritten one is built. */
	readonly before?: 'does not build';
	/** The share of its unpacked bytes that the image loses at least, of 1. */
	readonly smaller: number;
	readonly start: Start;
	/** What a container prints, or answers to HTTP, before and after. */
	readonly says: string;
	/** The package database that the image has after as before, and packages that were asked for by name. */
	readonly packages?: { readonly manager: 'rpm' | 'dpkg'; readonly listed: readonly string[] };
	/** Paths, without the first slash, that the image no longer has. */
	readonly without?: readonly string[];
	/** Parts of the image's configuration that the rewrite gives another value, on purpose; undefined where it is gone. Variables and labels by their names. */
	readonly changed?: Readonly<Record<string, unknown>> & {
		readonly Env?: Readonly<Record<string, string | undefined>>;
		readonly Labels?: Readonly<Record<string, string | undefined>>;
	};
	/** A file of the case that is the application: with one byte of it changed, and built again as anybody does, no layer is another one but the last, which is small. */
	readonly application?: string;
	/** `docker` keeps a HEALTHCHECK, which podman's own format does not. */
	readonly format?: 'docker';
	/** Built and run for this platform; arm64 with an emulator. Without it the builder is not told one. */
	readonly platform?: 'linux/amd64' | 'linux/arm64';
}
