import type { Span, Word } from '../text/span';

/** `NAME=value` before a command or alone. */
export interface Assignment {
	readonly name: string;
	readonly span: Span;
	/** Undefined where it is not known before the build, and for `NAME+=value`. */
	readonly value: string | undefined;
}

/** `for p in nginx tar; do …; done`. */
export interface Loop {
	readonly name: string;
	/** What it goes through; undefined where that is not written (`for p; do`). */
	readonly words: readonly Word[] | undefined;
	/** What it repeats. */
	readonly body: Span;
}

/** `> file`, `2>/dev/null`, `<<EOF`. */
export interface Redirect {
	readonly operator: string;
	readonly span: Span;
	/** The file; undefined for here-documents. */
	readonly target: Word | undefined;
	/** A here-document's body. */
	readonly body?: Span;
}

/** A simple command, however deep in the script it stands. */
export interface Command {
	readonly span: Span;
	/** The command's words, its name first; wrappers such as `sudo` still in front. */
	readonly words: readonly Word[];
	readonly assignments: readonly Assignment[];
	readonly redirects: readonly Redirect[];
	/** Index of the top-level statement that holds it. */
	readonly statement: number;
	/** Directly a member of a top-level and-or list: not in a pipe, group, loop, condition, function or substitution. */
	readonly topLevel: boolean;
	/** It runs only if something says so: after `||`, in an `if`, `case`, loop or function. */
	readonly conditional: boolean;
	/** Inside `$(…)`, backquotes or `<(…)`. */
	readonly substituted: boolean;
}

/** What stands between a statement and the next: `;`, a newline, `&`, `&&`, `||`; undefined after the last one. */
export type Joiner = ';' | '\n' | '&' | '&&' | '||';

/** A member of the script's top-level list: `a && b; c` has three. */
export interface Statement {
	readonly span: Span;
	readonly joiner: Joiner | undefined;
	/** Where the joiner stands, without blanks; undefined where there is none. */
	readonly joinerSpan: Span | undefined;
	readonly kind: 'simple' | 'pipeline' | 'compound' | 'function';
}

/** The shell text of a RUN. Spans are of the whole file. */
export interface Script {
	readonly span: Span;
	readonly commands: readonly Command[];
	readonly statements: readonly Statement[];
	/** Names that the script assigns, exports or declares. */
	readonly assigns: readonly string[];
	/** Names of the functions that it defines. */
	readonly functions: readonly string[];
	readonly loops: readonly Loop[];
	/** Set for a script within quotes into which another shell puts something first: `bash -c "… $NAME …"`. */
	readonly filled?: boolean;
	/** It does not parse as a shell's; commands and statements are then empty. */
	readonly broken: boolean;
}
