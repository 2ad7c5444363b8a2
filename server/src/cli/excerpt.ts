import { positionAt } from '../text/lines';
import type { Span } from '../text/span';
import { printable } from './style';

/** The first line of a place with what to write below it. */
export interface Excerpt {
	/** From 1. */
	readonly line: number;
	readonly source: string;
	/** Blanks and carets that mark the place; of one that goes on, all of its first line. */
	readonly marks: string;
	/** From 1; the line on which the place ends. */
	readonly lastLine: number;
}

const tabWidth = 4;

/** Cuts the line out that a span begins on, at most `width` columns of it, with the span in sight. */
export function excerptOf(text: string, starts: readonly number[], at: Span, width: number): Excerpt {
	const { line } = positionAt(starts, at.start);
	const lineStart = starts[line] ?? 0;
	const whole = text.slice(lineStart, starts[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
	const from = Math.min(at.start - lineStart, whole.length);
	const to = Math.min(at.end - lineStart, whole.trimEnd().length);
	const { cells, columnOf } = cellsOf(whole);
	const first = columnOf(from);
	const last = Math.max(first + 1, columnOf(to));
	const cut = windowOf(cells.length, first, last, width);
	const source =
		(cut.start > 0 ? '…' : '') + cells.slice(cut.start + (cut.start > 0 ? 1 : 0), cut.end - (cut.end < cells.length ? 1 : 0)).join('') + (cut.end < cells.length ? '…' : '');
	const lastLine = positionAt(starts, Math.max(at.start, at.end - 1)).line + 1;
	return { line: line + 1, source: source.trimEnd(), marks: ' '.repeat(first - cut.start) + '^'.repeat(Math.max(1, Math.min(last, cut.end) - first)), lastLine };
}

/** A line as a terminal shows it, a string per column; a wide character's second column is an empty string. */
function cellsOf(line: string): { readonly cells: readonly string[]; columnOf(offset: number): number } {
	const cells: string[] = [];
	const columns: number[] = [];
	for (const character of line) {
		for (let unit = 0; unit < character.length; unit++) columns.push(cells.length);
		const shown = character === '\t' ? '\t' : printable(character);
		if (shown === '\t') cells.push(...' '.repeat(tabWidth - (cells.length % tabWidth)));
		else if (isCombining(character)) cells.push((cells.pop() ?? '') + shown);
		else if (shown !== '') cells.push(shown, ...(isWide(character) ? [''] : []));
	}
	return { cells, columnOf: (offset) => columns[offset] ?? cells.length };
}

function windowOf(length: number, first: number, last: number, width: number): { readonly start: number; readonly end: number } {
	if (length <= width) return { start: 0, end: length };
	const marked = Math.min(last - first, width);
	const start = last <= width - 1 ? 0 : Math.max(0, Math.min(first - Math.min(20, Math.max(8, Math.floor((width - marked) / 2))), length - width));
	return { start, end: Math.min(length, start + width) };
}

function isCombining(character: string): boolean {
	return /^[\p{Mn}\p{Me}\u200d]$/u.test(character);
}

function isWide(character: string): boolean {
	return /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]$/u.test(character);
}
