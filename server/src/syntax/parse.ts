import { type Dockerfile, DockerfileParser, type ParserDirective } from 'dockerfile-ast';
import type { Range } from 'vscode-languageserver-types';
import { lineStarts } from '../text/lines';
import { type Span, slice } from '../text/span';
import type { Containerfile, Directive, Instruction, Problem, Stage } from './containerfile';
import { scanHeredocs } from './heredocs';
import { type InstructionSource, parseInstruction } from './instruction';
import { instructionKeywords } from './keywords';

/** Name and value, as builders know a directive. */
const directivePattern = /^[ \t]*#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*([^\r\n]*)/;

let last: Containerfile | undefined;

/**
 * Parses any text: what cannot be read becomes a problem, nothing throws, and all places are of the given text.
 * The last text's answer is remembered, since an editor's request asks for it several times.
 */
export function parseContainerfile(text: string): Containerfile {
	if (last?.text !== text) last = parse(text);
	return last;
}

function parse(text: string): Containerfile {
	const continuation = escapeOf(text);
	const { heredocs, masked: scanned } = scanHeredocs(text, continuation);
	// A lone carriage return ends no line for the builders.
	const masked = scanned.replace(/\r(?!\n)/g, ' ');
	const starts = lineStarts(masked);
	const spanOf = (range: Range): Span => ({ start: offsetOf(starts, text, range.start), end: offsetOf(starts, text, range.end) });
	const problems: Problem[] = [];
	let parsed: Dockerfile | undefined;
	try {
		parsed = DockerfileParser.parse(maskHead(masked));
	} catch {
		problems.push({ message: 'this file cannot be parsed as a Containerfile', span: { start: 0, end: Math.min(text.length, 1) } });
	}

	const instructions: Instruction[] = [];
	const stages: { index: number; from: Instruction; name: string | undefined; image: Stage['image']; instructions: Instruction[] }[] = [];
	const shells: { windows: boolean } = { windows: false };
	const source: InstructionSource = { text, continuation, heredocs };
	for (const raw of parsed?.getInstructions() ?? []) {
		const keywordSpan = spanOf(raw.getInstructionRange());
		const keyword = slice(text, keywordSpan).toUpperCase();
		if (keyword === 'FROM') shells.windows = false;
		const instruction = parseInstruction(source, spanOf(raw.getRange()), keywordSpan, keyword === 'FROM' ? stages.length : stages.length - 1, shells.windows);
		instructions.push(instruction);
		if (keyword === 'SHELL') shells.windows = !/(?:^|\/)(?:ba|da|a|z|k|mk)?sh$|busybox$/.test(instruction.exec?.[0]?.value ?? 'sh');
		if (keyword === 'FROM') stages.push({ index: stages.length, from: instruction, ...nameOf(instruction), instructions: [] });
		else stages.at(-1)?.instructions.push(instruction);
		const problem = problemOf(instruction, stages.length);
		if (problem) problems.push(problem);
	}
	if (stages.length === 0 && parsed)
		problems.push({ message: 'there is no FROM instruction, so nothing can be built', span: { start: 0, end: Math.min(text.length, firstLineEnd(text)) } });

	const bodies = heredocs.map((heredoc) => heredoc.span);
	return {
		text,
		escape: continuation,
		newline: /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n',
		directives: (parsed?.getDirectives() ?? []).map((directive) => directiveOf(directive, text, spanOf)),
		comments: commentsOutside(parsed, spanOf, [...bodies, ...instructions.map((instruction) => instruction.span)]),
		instructions,
		stages,
		problems,
	};
}

function escapeOf(text: string): '\\' | '`' {
	for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
		const directive = directivePattern.exec(line);
		if (!directive) return '\\';
		if (directive[1]?.toLowerCase() === 'escape') return directive[2]?.trim() === '`' ? '`' : '\\';
	}
	return '\\';
}

/**
 * The comments at the top as the parser reads them right, in the same length: it takes any comment with `=` for a directive (hadolint's, an address),
 * and one with `#` or blanks in its value for two, or for the last.
 */
function maskHead(text: string): string {
	const head = /^\uFEFF?(?:[ \t]*#[^\n]*(?:\n|$))*/.exec(text)?.[0] ?? '';
	const masked = head.replace(/[^\uFEFF\r\n]+/g, (line) => {
		const value = directivePattern.exec(line)?.[2];
		return value === undefined ? line.replaceAll('=', '-') : line.slice(0, line.length - value.length) + value.replace(/[ \t#]/g, '-');
	});
	return masked + text.slice(head.length);
}

function nameOf(from: Instruction): Pick<Stage, 'name' | 'image'> {
	const [image, as, name] = from.words;
	return { image, name: as?.text.toUpperCase() === 'AS' ? name?.text.toLowerCase() : undefined };
}

function problemOf(instruction: Instruction, stages: number): Problem | undefined {
	const { keyword, keywordSpan, span } = instruction;
	if (!instructionKeywords.has(keyword)) return { message: `${keyword} is not an instruction`, span: keywordSpan };
	if (stages === 0 && keyword !== 'ARG') return { message: `${keyword} stands before the first FROM`, span: keywordSpan };
	if (keyword === 'FROM' && !instruction.onbuild && instruction.words.length === 0) return { message: 'FROM needs an image', span };
	if (keyword === 'FROM' && !instruction.onbuild && instruction.words.length !== 1 && !(instruction.words.length === 3 && instruction.words[1]?.text.toUpperCase() === 'AS'))
		return { message: 'FROM takes an image, or an image, AS and a name', span };
	return undefined;
}

function directiveOf(directive: ParserDirective, text: string, spanOf: (range: Range) => Span): Directive {
	return { name: directive.getName().toLowerCase(), value: slice(text, spanOf(directive.getValueRange())).trim(), span: spanOf(directive.getRange()) };
}

function commentsOutside(parsed: Dockerfile | undefined, spanOf: (range: Range) => Span, taken: readonly Span[]): readonly Span[] {
	const sorted = [...taken].sort((a, b) => a.start - b.start);
	let at = 0;
	return (parsed?.getComments() ?? [])
		.map((comment) => spanOf(comment.getRange()))
		.sort((a, b) => a.start - b.start)
		.filter((comment) => {
			while (at < sorted.length && (sorted[at]?.end ?? 0) <= comment.start) at++;
			return (sorted[at]?.start ?? Number.POSITIVE_INFINITY) > comment.start;
		});
}

function offsetOf(starts: readonly number[], text: string, position: { line: number; character: number }): number {
	return Math.min(text.length, (starts[position.line] ?? text.length) + position.character);
}

function firstLineEnd(text: string): number {
	const end = text.search(/\r?\n/);
	return end < 0 ? text.length : end;
}
