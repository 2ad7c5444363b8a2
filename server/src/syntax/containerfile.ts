import type { Script } from '../shell/script';
import type { Span, Word } from '../text/span';

/** Something that does not parse, in a sentence for people. */
export interface Problem {
	readonly message: string;
	readonly span: Span;
}

/** `# syntax=…`, `# escape=…`, `# check=…` at the top. */
export interface Directive {
	readonly name: string;
	readonly value: string;
	readonly span: Span;
}

/** A here-document of RUN, COPY or ADD. */
export interface Heredoc {
	/** Without quotes. */
	readonly delimiter: string;
	/** From the body's first character to the newline before the closing line. */
	readonly body: Span;
	/** From the body's first character to the end of the closing line, its newline excluded. */
	readonly span: Span;
	/** The delimiter was quoted: nothing in the body is expanded. */
	readonly quoted: boolean;
}

/** `--from=builder`. */
export interface Flag {
	readonly name: string;
	/** Text after `=`, quotes removed; undefined for a bare flag. */
	readonly value: string | undefined;
	readonly span: Span;
}

/** One instruction, from its keyword to the end of its last line (here-documents included), the newline excluded. */
export interface Instruction {
	/** Upper case. For ONBUILD, that of the instruction it holds. */
	readonly keyword: string;
	readonly keywordSpan: Span;
	readonly span: Span;
	readonly onbuild: boolean;
	readonly flags: readonly Flag[];
	/** What follows keyword and flags, here-document bodies excluded; empty where nothing does. */
	readonly args: Span;
	readonly heredocs: readonly Heredoc[];
	/** The JSON array of the exec form, each element with the place of its text between the quotes; undefined for the shell form. */
	readonly exec: readonly Word[] | undefined;
	/** Blank-separated arguments, continuations and comments skipped; a value with a variable is undefined. Not for RUN. */
	readonly words: readonly Word[];
	/** RUN only: the commands it runs; undefined where the text is not a shell's (exec form without `sh -c`, another interpreter). */
	readonly script?: Script;
	/** RUN only: the whole text is one or more here-documents (`RUN <<EOF`). */
	readonly bare?: boolean;
	/** Comment lines inside its continuations. */
	readonly comments: readonly Span[];
	readonly stage: number;
}

/** A FROM and what follows it. */
export interface Stage {
	readonly index: number;
	readonly from: Instruction;
	/** Lower case, as builders compare it. */
	readonly name: string | undefined;
	/** The image reference as written; undefined where FROM has none. */
	readonly image: Word | undefined;
	/** Those after FROM. */
	readonly instructions: readonly Instruction[];
}

/** A parsed text. Nothing of the text is lost: all places are spans of it. */
export interface Containerfile {
	readonly text: string;
	/** The line-continuation character. */
	readonly escape: '\\' | '`';
	/** `\r\n` where the first line ends so, else `\n`. */
	readonly newline: '\n' | '\r\n';
	readonly directives: readonly Directive[];
	/** Comment lines outside of instructions, `#` to the end of the line. */
	readonly comments: readonly Span[];
	/** All of them, those before the first FROM too. */
	readonly instructions: readonly Instruction[];
	readonly stages: readonly Stage[];
	readonly problems: readonly Problem[];
}
