import type { Allowed } from '../support/files';

/** A Containerfile that is built before and after its repairs. `{server}` in texts is the address of the test's own package server. */
export interface RepairCase {
	readonly name: string;
	/** Files of the build context. */
	readonly context?: Readonly<Record<string, string>>;
	readonly text: string;
	/** False where the builder refuses the text as it is. */
	readonly builds?: false;
	/** Only this rule's repairs are made. */
	readonly only?: string;
	/** Rules whose repairs are made when safe ones are asked for, in alphabetical order. */
	readonly safe: readonly string[];
	/** True where repairs that a person has to look at are made with the suggested ones. */
	readonly reviewed?: true;
	/** The same when suggested ones are asked for too. */
	readonly suggested: readonly string[];
	/** Bytes by which the image shrinks at least with the safe repairs, and with all of them. */
	readonly shrinks?: { readonly safe?: number; readonly suggested?: number };
	/** What the repairs promise to leave out or to add, beside package managers' caches and logs. */
	readonly allowed?: Partial<Allowed>;
	/** Argument of a RUN on the finished image, in which its user, folder and variables hold. */
	readonly check: string;
	/** What that RUN prints, before and after. */
	readonly says: string;
}

/** A Containerfile's text from its lines. */
export function lines(...text: readonly string[]): string {
	return `${text.join('\n')}\n`;
}
