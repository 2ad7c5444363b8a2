/** A build as data: nothing in it has run, and all of it can be printed and compared. */
export interface Plan {
	readonly strategy: 'single' | 'local' | 'loop' | 'connections' | 'farm';
	/** The image or manifest list that is there when all is done. */
	readonly name: string;
	readonly platforms: readonly string[];
	/** A folder for what steps leave to each other, made before and removed after; absent where they leave nothing. */
	readonly folder?: string;
	/** One after another; the lanes of a row run at the same time. */
	readonly rows: readonly Row[];
	/** What removes what was half made, after a failure or when somebody cancels; each is tried, whatever the others did. */
	readonly cleanup: readonly Step[];
	/** Sentences that a person has to read before: options that this podman ignores, why a strategy was chosen. */
	readonly remarks: readonly string[];
}

/** Lanes that run at the same time; a failure in one ends the others. */
export type Row = readonly Lane[];

/** Steps one after another. */
export interface Lane {
	/** What tells it from its neighbours: a connection's or a platform's name; empty where it is alone. */
	readonly label: string;
	readonly steps: readonly Step[];
}

/** One program that runs. */
export interface Step {
	/** `Build for linux/amd64 and linux/arm64`. */
	readonly title: string;
	readonly program: string;
	readonly args: readonly Argument[];
	/** The platforms that it builds; absent where it builds nothing. */
	readonly builds?: readonly string[];
	/** What was built is in a registry after it. */
	readonly pushes?: true;
	/** What must hold after it, besides exit status 0. */
	readonly must?: Must;
	/** It is passed over where this program, with its arguments behind it, ends with exit status 0. */
	readonly unless?: readonly string[];
}

/**
 * An argument of a program. What is known only while the plan runs is what an earlier step left in a file of the plan's folder, the digest of an image of a
 * manifest list, or its ID, or the ID of an image with a name; podman is asked for all but the first with the given options before its subcommand.
 */
export type Argument =
	| string
	| { readonly before: string; readonly contentOf: string }
	| { readonly before: string; readonly memberOf: string; readonly platform: string; readonly options: readonly string[]; readonly byId?: true }
	| { readonly before: string; readonly idOf: string; readonly options: readonly string[] };

/** What podman is asked for the digests and IDs of all images. */
export const askForIds: readonly string[] = ['images', '--all', '--no-trunc', '--format', '{{.Digest}} {{.ID}}'];

/** What podman is asked for the ID of an image, without the image. */
export const askForId: readonly string[] = ['image', 'inspect', '--format', '{{.Id}}'];

/** What must hold of a step. */
export type Must =
	/** Its output is a manifest list that has each platform exactly once, and no other. */
	| { readonly kind: 'list'; readonly platforms: readonly string[] }
	/** Its output begins with this platform, whose variant does not count, since images do not say it; empty for any. Behind a blank there may be the image's size in bytes and its digest. */
	| { readonly kind: 'platform'; readonly platform: string }
	/** It ends with this exit status; else that sentence is the reason of the failure. */
	| { readonly kind: 'status'; readonly status: number; readonly otherwise: string };

/** Why something cannot be planned: a sentence with the next step. */
export interface PlanRefusal {
	readonly because: string;
}

/** Whether there is a refusal instead of what was asked for. */
export function isPlanRefusal(value: unknown): value is PlanRefusal {
	return typeof value === 'object' && value !== null && 'because' in value;
}
