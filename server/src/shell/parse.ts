import { type ParsedScript, parse, type Word as ShellWord } from 'unbash';
import { firstFrom, type Span, type Word } from '../text/span';
import { collectCommands } from './commands';
import type { QuotedText } from './quoted';
import type { Script } from './script';
import { collectStatements } from './statements';

/** What the walkers need to turn the parser's places and words into the file's. */
export interface ShellSource {
	/** The masked shell text, as long as the part of the file that it stands for. */
	readonly masked: string;
	/** Where a place of that text is in the file. */
	readonly place: (at: number) => number;
	/** The whole file. */
	readonly file: string;
	/** Set for the text of a quoted word. */
	readonly quoted: QuotedText | undefined;
}

/**
 * Parses the shell text of a RUN. `masked` has the length of the file's text from `offset`; what a shell would not understand is blanked in it.
 * Text that is no shell's gives a broken script without commands; nothing throws.
 */
export function parseShell(masked: string, offset: number, file: string): Script {
	return read({ masked, place: (at) => at + offset, file, quoted: undefined });
}

/** Parses the text of a quoted word as a script of its own: that of `bash -c '…'`. As total as parseShell. */
export function parseQuoted(quoted: QuotedText, file: string): Script {
	return { ...read({ masked: quoted.text, place: (at) => quoted.places[at] ?? 0, file, quoted }), filled: quoted.filled.length > 0 };
}

function read(source: ShellSource): Script {
	const { masked, place } = source;
	const span: Span = { start: place(0), end: place(masked.length) };
	const broken: Script = { span, commands: [], statements: [], assigns: [], functions: [], loops: [], broken: true };
	let parsed: ParsedScript;
	try {
		parsed = parse(masked);
		if (parsed.errors && parsed.errors.length > 0) return broken;
		const statements = collectStatements(parsed, source);
		return { span, statements, ...collectCommands(parsed, source, statements), broken: false };
	} catch {
		return broken;
	}
}

/** A parsed word with its place in the file; its value is undefined where an expansion decides it. */
export function wordOf(word: ShellWord, source: ShellSource): Word {
	const span = spanOf(word, source);
	const { quoted } = source;
	// As the inner shell has it, without what the quotes around it escape.
	const text = quoted ? quoted.text.slice(word.pos, word.end) : source.file.slice(span.start, span.end);
	const isFilled = quoted !== undefined && (quoted.filled[firstFrom(quoted.filled, word.pos, (at) => at)] ?? Number.POSITIVE_INFINITY) < word.end;
	return { span, text, value: isStatic(word.parts) && !isFilled ? word.value : undefined };
}

/** The place of a node in the file. */
export function spanOf(node: { readonly pos: number; readonly end: number }, source: ShellSource): Span {
	return { start: source.place(node.pos), end: source.place(node.end) };
}

const fixedParts = new Set(['Literal', 'Glob', 'SingleQuoted', 'AnsiCQuoted']);

function isStatic(parts: ShellWord['parts']): boolean {
	if (!parts) return true;
	return parts.every((part) => fixedParts.has(part.type) || (part.type === 'DoubleQuoted' && part.parts.every((inner) => inner.type === 'Literal')));
}
