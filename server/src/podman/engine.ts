/** `[4, 3, 1]`. */
export type Version = readonly [major: number, minor: number, patch: number];

/** A podman service that `podman --connection NAME` reaches. */
export interface Connection {
	readonly name: string;
	readonly uri: string;
	readonly isDefault: boolean;
	/** What it said about itself; absent where it was not asked. */
	readonly machine?: Machine;
	/** Why it could not be asked: one sentence with the next step. */
	readonly unreachable?: string;
}

/** A machine that builds. */
export interface Machine {
	readonly version: Version;
	/** `linux/amd64`. */
	readonly platform: string;
	/** The variant of its processor, which belongs behind the platform: `v8`. */
	readonly variant?: string;
	/** Other platforms that it runs through emulation, as far as it says so. */
	readonly emulated: readonly string[];
}

/** Connections that podman knows under one name. */
export interface Farm {
	readonly name: string;
	readonly connections: readonly string[];
}

/** What podman says about itself. */
export interface Engine {
	/** The program: `podman`, or a path. */
	readonly program: string;
	/** Options before the subcommand, always passed on: `--url …`, `--root …`. */
	readonly options: readonly string[];
	readonly version: Version;
	/** Whether builds run on another machine than this one without naming a connection. */
	readonly remote: boolean;
	/** The machine that builds where no connection is named. */
	readonly machine: Machine;
	readonly connections: readonly Connection[];
	readonly farms: readonly Farm[];
}

/** Whether a version is that one or a later one. */
export function isAtLeast([major, minor]: Version, [wantedMajor, wantedMinor]: readonly [number, number]): boolean {
	return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
