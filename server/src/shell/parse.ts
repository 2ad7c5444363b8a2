import { type ParsedScript, parse, type Word as ShellWord } from 'unbash';
import type { Span, Word } from '../text/span';
import { collectCommands } from './commands';
import type { Script } from './script';
import { collectStatements } from './statements';

/** What the walkers need to turn the parser's places and words into the file's. */
export interface ShellSource {
	/** The masked shell text, as long as the part of the file that it stands for. */
	readonly masked: string;
	/** Where that part starts in the file. */
	readonly offset: number;
	/** The whole file. */
	readonly file: string;
}

/**
 * Parses the shell text of a RUN. `masked` has the length of the file's text from `offset`; what a shell would not understand is blanked in it.
 * Text that is no shell's gives a broken script without commands; nothing throws.
 */
export function parseShell(masked: string, offset: number, file: string): Script {
	const span: Span = { start: offset, end: offset + masked.length };
	const broken: Script = { span, commands: [], statements: [], assigns: [], functions: [], broken: true };
	let parsed: ParsedScript;
	try {
		parsed = parse(masked);
		if (parsed.errors && parsed.errors.length > 0) return broken;
		const source: ShellSource = { masked, offset, file };
		const statements = collectStatements(parsed, source);
		const { commands, assigns, functions } = collectCommands(parsed, source, statements);
		return { span, commands, statements, assigns, functions, broken: false };
	} catch {
		return broken;
	}
}

/** A parsed word with its place in the file; its value is undefined where an expansion decides it. */
export function wordOf(word: ShellWord, source: ShellSource): Word {
	const span = spanOf(word, source);
	return { span, text: source.file.slice(span.start, span.end), value: isStatic(word.parts) ? word.value : undefined };
}

/** The place of a node in the file. */
export function spanOf(node: { readonly pos: number; readonly end: number }, source: ShellSource): Span {
	return { start: node.pos + source.offset, end: node.end + source.offset };
}

const fixedParts = new Set(['Literal', 'Glob', 'SingleQuoted', 'AnsiCQuoted']);

function isStatic(parts: ShellWord['parts']): boolean {
	if (!parts) return true;
	return parts.every((part) => fixedParts.has(part.type) || (part.type === 'DoubleQuoted' && part.parts.every((inner) => inner.type === 'Literal')));
}
