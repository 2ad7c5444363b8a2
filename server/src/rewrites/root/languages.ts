import type { Invocation } from '../../model/invocation';
import type { Run } from '../../model/model';

/** Packages of a language that are installed in the builder, into the root. */
export interface LanguageAct {
	/** The command for the builder. */
	readonly command: string;
	/** Files and folders of the context that it reads, as absolute paths. */
	readonly reads: readonly string[];
}

/** What a command that installs packages of a language becomes; undefined for one that runs in the new root as it stands. */
export function languageAct(_invocation: Invocation, _run: Run, _text: string): LanguageAct | { readonly because: string } | undefined {
	return undefined;
}
