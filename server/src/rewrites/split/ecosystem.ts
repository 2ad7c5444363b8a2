import type { Invocation } from '../../model/commands/invocation';
import type { Operation } from '../../model/commands/operation';
import type { Context } from '../../model/context/context';
import type { Model, Run, StageModel } from '../../model/stages/model';
import type { Refusal } from '../rewrite';
import type { Start } from './starts';

/**
 * What a command does, as far as the division into a stage that builds and one that ships asks.
 * - `none`: nothing that stays.
 * - `make`: what only the builder can do; what is left lies below `writes` (absolute paths; `isFile` where they are files, `whole` where the image brings nothing of
 *   its own there), or where its ecosystem says. `from`: an installation out of that folder, whose place only what went before tells.
 *   `programs`: a folder in which it leaves programs whose names are not written. `isGuess`: the names of the files are the usual ones and not written.
 * - `edit`: changes of files that any image with coreutils can do, at `paths`.
 * - `user`: users and groups, by the names and whether their numbers are written.
 * - `packages`: system packages.
 * - `setup`: what both stages need and both can do: a global npm package.
 */
export type Effect =
	| { readonly kind: 'none' }
	| {
			readonly kind: 'make';
			readonly writes: readonly string[];
			readonly isFile?: boolean;
			readonly whole?: boolean;
			readonly from?: string;
			readonly programs?: string;
			readonly isGuess?: boolean;
	  }
	| { readonly kind: 'edit'; readonly paths: readonly string[]; readonly makesFolders: boolean; readonly owns: boolean }
	| { readonly kind: 'user'; readonly names: readonly string[]; readonly numbered: boolean }
	| { readonly kind: 'packages'; readonly operation: Operation }
	| { readonly kind: 'setup' };

/** A command of a RUN with what it does. */
export interface Act {
	readonly run: Run;
	readonly invocation: Invocation;
	/** Where it runs; undefined where that is not known. */
	readonly folder: string | undefined;
	readonly effect: Effect;
}

/** Where a command stands. */
export interface Site {
	readonly model: Model;
	readonly stage: StageModel;
	readonly context: Context;
}

/** What an ecosystem is asked about, once it is known where everything else goes. */
export interface Shop {
	readonly model: Model;
	readonly stage: StageModel;
	readonly context: Context;
	/** The image reference that builds, variables resolved. */
	readonly reference: string;
	/** Every act of the file, in its order. */
	readonly acts: readonly Act[];
	/** Position of the last instruction of the builder. */
	readonly last: number;
	/** What is written by makers, as few paths as cover all. */
	readonly roots: readonly string[];
	readonly starts: readonly Start[];
	/** The words of the command that the image starts, entry point first; undefined where a shell has to say it. */
	readonly argv: readonly string[] | undefined;
}

/** What goes from the builder into the image that ships. */
export interface Goods {
	/** Absolute paths of files and folders, from the builder to the same place unless `to` says another. */
	readonly copies: readonly { readonly from: string; readonly to: string }[];
	/** What of the file's own the makers read, where that is all that they read. */
	readonly reads?: readonly string[];
	/** Users of the old base that the new one has not; nothing that they own is copied but files. */
	readonly lacksUsers?: readonly string[];
	/** System packages that what is copied needs. */
	readonly packages: readonly string[];
	/** Instructions for the builder, before the first RUN that makes something, and behind everything. */
	readonly builderHead: readonly string[];
	readonly builderTail: readonly string[];
	/** Instructions for the final stage, right behind its FROM: what the old base set and the new one does not. */
	readonly finalHead: readonly string[];
	/** Instructions for the final stage, right behind what it copies. */
	readonly finalTail?: readonly string[];
	/** Global set-up is needed at run time too. */
	readonly keepsSetup: boolean;
	readonly assumes: readonly string[];
}

/** How one language's images build and run. */
export interface Ecosystem {
	/** Whether a stage on an image with this short name builds with it. */
	readonly names: RegExp;
	/** The image that ships, for the reference that builds; a refusal's reason where there is none, undefined where the image does not build. */
	runtime(reference: string, stage: StageModel): { readonly reference: string } | { readonly because: string } | undefined;
	/** What a command of the ecosystem does; a refusal's reason where it cannot be divided, undefined for another's command. */
	effect(invocation: Invocation, run: Run, folder: string | undefined, site: Site): Effect | string | undefined;
	/** The acts of a file once all are known: what one leaves can depend on those before. */
	settle?(acts: readonly Act[], site: Site): readonly Act[] | Refusal;
	/** Files that only building reads, by their names in the build context. */
	readonly sourceFiles?: RegExp;
	/** The release of the distribution, where the ecosystem knows more than the image's tag says. */
	release?(stage: StageModel): string | undefined;
	/** Commands that the builder's image has and the runtime has not, package managers aside. */
	lacks(stage: StageModel): readonly string[];
	/** -dev packages whose libraries the runtime has anyway. */
	readonly hasLibrariesOf: ReadonlySet<string>;
	goods(shop: Shop): Goods | Refusal;
}
