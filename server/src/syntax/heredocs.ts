import type { Heredoc } from './containerfile';

/** A here-document with the place of its `<<EOF`. */
export interface PlacedHeredoc extends Heredoc {
	/** Offset of `<<` (or of the descriptor's digit before it). */
	readonly operatorStart: number;
	/** Offset behind the delimiter. */
	readonly operatorEnd: number;
}

/** What the scan hands to the parser of instructions. */
export interface HeredocScan {
	readonly heredocs: readonly PlacedHeredoc[];
	/**
	 * The text with every body turned into comment lines, every `<<` of RUN, COPY and ADD and every line of a lone continuation blanked, and the first letter of
	 * every keyword `_`: what the parser does not know, it does not look into, which would take it longer than all the rest. Same length.
	 */
	readonly masked: string;
}

const carriers = /^[ \t]*(?:ONBUILD[ \t]+)?(?:RUN|COPY|ADD)(?=\s|$)/i;

/**
 * Finds the here-documents of a Containerfile. A `<<` inside quotes, `<<<` and one whose closing line is missing are none:
 * BuildKit takes a whole word `<<EOF` for one, a shell also `<< EOF`, and we accept what either accepts.
 */
export function scanHeredocs(text: string, continuation: string): HeredocScan {
	const heredocs: PlacedHeredoc[] = [];
	const masks: Mask[] = [];
	let at = 0;
	while (at < text.length) {
		const start = at;
		const line = text.slice(start, lineEnd(text, start));
		// A line that is nothing but a continuation: what follows it starts the instruction.
		if (line.trim() === continuation) {
			masks.push({ start, end: start + line.length, fill: ' ' });
			at = nextLine(text, start);
			continue;
		}
		const keyword = /^[ \t]*(?=[A-Za-z]+(?:\s|$))/.exec(line);
		if (keyword) masks.push({ start: start + keyword[0].length, end: start + keyword[0].length + 1, fill: '_' });
		const isCarrier = carriers.test(line);
		at = logicalEnd(text, start, continuation);
		if (!isCarrier || !text.slice(start, at).includes('<<')) continue;
		let bodyStart = at;
		for (const operator of operatorsIn(text, start, at, continuation)) {
			masks.push({ start: operator.operatorStart, end: operator.operatorStart + operator.width, fill: '_' });
			const heredoc = operator.delimiter === undefined ? undefined : bodyOf(text, bodyStart, operator.delimiter, operator.stripsTabs);
			if (!heredoc || operator.delimiter === undefined) continue;
			masks.push({ start: operator.operatorStart, end: operator.operatorEnd, fill: '_' });
			masks.push({ start: heredoc.span.start, end: heredoc.span.end, fill: '#' });
			heredocs.push({ ...heredoc, delimiter: operator.delimiter, quoted: operator.quoted, operatorStart: operator.operatorStart, operatorEnd: operator.operatorEnd });
			bodyStart = nextLine(text, heredoc.span.end);
		}
		at = Math.max(at, bodyStart);
	}
	return { heredocs, masked: applyMasks(text, masks) };
}

/** A place whose text, line breaks aside, becomes `fill`. */
interface Mask {
	readonly start: number;
	readonly end: number;
	readonly fill: '#' | '_' | ' ';
}

interface Operator {
	readonly operatorStart: number;
	readonly operatorEnd: number;
	/** Length of the `<<` itself, digits included. */
	readonly width: number;
	readonly delimiter: string | undefined;
	readonly quoted: boolean;
	readonly stripsTabs: boolean;
}

const operatorPattern = /(\d*)<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|([A-Za-z_0-9.+@%~^-]+))?/y;

function* operatorsIn(text: string, start: number, end: number, continuation: string): Iterable<Operator> {
	let quote = '';
	let atLineStart = false;
	for (let i = start; i < end; i++) {
		const c = text.charAt(i);
		if (c === '\n') atLineStart = true;
		else if (atLineStart && c === '#') i = lineEnd(text, i) - 1;
		else if (!/\s/.test(c)) atLineStart = false;
		if (quote) {
			if (c === continuation && quote === '"') i++;
			else if (c === quote) quote = '';
			if (text.startsWith('<<', i)) yield { operatorStart: i, operatorEnd: i + 2, width: 2, delimiter: undefined, quoted: false, stripsTabs: false };
			continue;
		}
		if (c === continuation) i++;
		else if (c === '"' || c === "'") quote = c;
		else if (c === '<' && text.charAt(i + 1) === '<') {
			if (text.charAt(i + 2) === '<') {
				yield { operatorStart: i, operatorEnd: i + 3, width: 3, delimiter: undefined, quoted: false, stripsTabs: false };
				i += 2;
				continue;
			}
			let from = i;
			while (from > start && /\d/.test(text.charAt(from - 1))) from--;
			operatorPattern.lastIndex = from;
			const match = operatorPattern.exec(text);
			const delimiter = match?.[3] ?? match?.[4] ?? match?.[5];
			const wordStarts = from === start || /[\s;&|()]/.test(text.charAt(from - 1));
			const operatorEnd = match ? from + match[0].length : i + 2;
			yield {
				operatorStart: from,
				operatorEnd,
				width: i + 2 - from,
				delimiter: wordStarts ? delimiter : undefined,
				quoted: match?.[5] === undefined,
				stripsTabs: match?.[2] === '-',
			};
			i = operatorEnd - 1;
		}
	}
}

function bodyOf(text: string, start: number, delimiter: string, stripsTabs: boolean): Pick<Heredoc, 'body' | 'span'> | undefined {
	for (let at = start; at < text.length; at = nextLine(text, at)) {
		const end = lineEnd(text, at);
		const line = text.slice(at, end).replace(/\r$/, '');
		if ((stripsTabs ? line.replace(/^\t+/, '') : line) === delimiter) {
			return { body: { start, end: Math.max(start, at - 1) }, span: { start, end: at + line.length } };
		}
	}
	return undefined;
}

/** The offset behind the last line of the logical line that starts at `start`: continuations, and the comments and blank lines inside them, included. */
function logicalEnd(text: string, start: number, continuation: string): number {
	let at = start;
	let continued = false;
	while (at < text.length) {
		const line = text.slice(at, lineEnd(text, at));
		at = nextLine(text, at);
		if (continued && /^[ \t]*(?:#.*)?\r?$/.test(line)) continue;
		if (at === nextLine(text, start) && /^[ \t]*#/.test(line)) return at;
		if (!endsInEscape(line, continuation)) return at;
		continued = true;
	}
	return text.length;
}

/** Whether a line goes on in the next: its last character, blanks aside, is the escape. */
function endsInEscape(line: string, continuation: string): boolean {
	return line.trimEnd().endsWith(continuation);
}

function lineEnd(text: string, at: number): number {
	const end = text.indexOf('\n', at);
	return end < 0 ? text.length : end;
}

function nextLine(text: string, at: number): number {
	return Math.min(text.length, lineEnd(text, at) + 1);
}

function applyMasks(text: string, masks: readonly Mask[]): string {
	let result = '';
	let done = 0;
	for (const { start, end, fill } of [...masks].sort((a, b) => a.start - b.start || a.end - b.end)) {
		if (end <= done) continue;
		const from = Math.max(start, done);
		result += text.slice(done, from) + (end - from === 1 ? fill : text.slice(from, end).replace(/[^\r\n]/g, fill));
		done = end;
	}
	return result + text.slice(done);
}
