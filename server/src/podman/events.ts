import type { Step } from './plan';

/** What happens while a plan runs. */
export type BuildEvent =
	| { readonly kind: 'started'; readonly lane: string; readonly step: Step }
	| { readonly kind: 'passed over'; readonly lane: string; readonly step: Step }
	/** A line that the program wrote, without its end; not what was read as an answer. */
	| { readonly kind: 'line'; readonly lane: string; readonly stream: 'stdout' | 'stderr'; readonly text: string }
	| { readonly kind: 'progress'; readonly lane: string; readonly progress: Progress }
	| { readonly kind: 'ended'; readonly lane: string; readonly step: Step };

/** An instruction that is being built, as podman counts. */
export interface Progress {
	/** `linux/arm64`; absent where podman does not say it and the step builds several. */
	readonly platform?: string;
	/** From 1, of how many; absent for a single stage. */
	readonly stage?: { readonly number: number; readonly of: number };
	/** From 1, FROM included. */
	readonly instruction: number;
	readonly of: number;
	/** `RUN dnf -y install nginx`, in podman's words. */
	readonly text: string;
}

/** What is there, or why not. */
export type BuildOutcome =
	| { readonly kind: 'built'; readonly name: string; readonly images: readonly BuiltImage[]; readonly pushed: boolean }
	| {
			readonly kind: 'failed';
			/** One sentence with the next step where there is one. */
			readonly because: string;
			/** The program's exit status; 2 where it did not run. */
			readonly status: number;
			readonly step: string;
			readonly lane: string;
			/** The instruction that failed. */
			readonly at?: Progress;
			/** The last lines that the program wrote to standard error. */
			readonly lastLines: readonly string[];
	  }
	| { readonly kind: 'cancelled' };

/** One image of what was built. */
export interface BuiltImage {
	readonly platform: string;
	/** Bytes, uncompressed, as podman counts; absent where it is on another machine. */
	readonly size?: number;
	readonly digest?: string;
}
