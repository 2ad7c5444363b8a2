import type { Span } from './span';

/** A place as editors count it: both from 0, the character in UTF-16 units. */
export interface Position {
	readonly line: number;
	readonly character: number;
}

/** Two positions, the end exclusive. */
export interface Range {
	readonly start: Position;
	readonly end: Position;
}

/** The offset at which each line starts; lines end with `\n`, `\r\n` or a lone `\r`, as editors have it. */
export function lineStarts(text: string): readonly number[] {
	const starts = [0];
	for (let i = 0; i < text.length; i++) {
		const c = text.charCodeAt(i);
		if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
	}
	return starts;
}

/** The position of an offset; one past the end is the end of the last line. */
export function positionAt(starts: readonly number[], offset: number): Position {
	let low = 0;
	let high = starts.length;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if ((starts[middle] ?? 0) <= offset) low = middle;
		else high = middle;
	}
	return { line: low, character: offset - (starts[low] ?? 0) };
}

/** The range of a span. */
export function rangeOf(starts: readonly number[], at: Span): Range {
	return { start: positionAt(starts, at.start), end: positionAt(starts, at.end) };
}
