/** A place in the one source text: UTF-16 offsets, half-open. Line and column exist only in `lsp/` and `cli/`. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A piece of the text with its place; `value` is what the program gets, or undefined where that is not known before the build. */
export interface Word {
	readonly span: Span;
	readonly text: string;
	readonly value: string | undefined;
	/** It is a part of what a variable holds, and its place is that of the variable: nothing can be written over it. */
	readonly held?: true;
}

/** Makes a span of two offsets. */
export function span(start: number, end: number): Span {
	return { start, end };
}

/** The text at a span. */
export function slice(text: string, at: Span): string {
	return text.slice(at.start, at.end);
}

/** The index of the first of some places, sorted and apart from each other, that starts at `offset` or behind it. */
export function firstFrom<T>(sorted: readonly T[], offset: number, startOf: (one: T) => number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (startOf(sorted[middle] as T) < offset) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Those of the given spans, sorted and apart from each other, that lie within `outer`. */
export function within(sorted: readonly Span[], outer: Span): readonly Span[] {
	const first = firstFrom(sorted, outer.start, ({ start }) => start);
	const behind = firstFrom(sorted, outer.end + 1, ({ end }) => end);
	return sorted.slice(first, behind);
}

/** Those of some places, sorted and apart from each other, that share a character with another or touch it. */
export function touching<T>(sorted: readonly T[], at: Span, spanOf: (one: T) => Span): readonly T[] {
	return sorted.slice(
		firstFrom(sorted, at.start, (one) => spanOf(one).end),
		firstFrom(sorted, at.end + 1, (one) => spanOf(one).start),
	);
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: Span, inner: Span): boolean {
	return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two spans share a character, or touch where one of them is empty. */
export function overlaps(a: Span, b: Span): boolean {
	return a.start === a.end || b.start === b.end ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}
