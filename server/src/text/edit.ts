import { overlaps, type Span } from './span';

/** Replaces the text at `span` by `text`; an empty span inserts. */
export interface Edit {
	readonly span: Span;
	readonly text: string;
}

/** Whether any edit of one list shares a place with any edit of the other. */
export function collide(a: readonly Edit[], b: readonly Edit[]): boolean {
	return a.some((one) => b.some((other) => overlaps(one.span, other.span)));
}

/**
 * The text with all edits applied at once; their spans are of the given text and must not overlap (insertions at one place are applied in their order).
 * An edit outside the text is a bug of ours and throws.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
	const sorted = edits.map((edit, order) => ({ edit, order })).sort((a, b) => a.edit.span.start - b.edit.span.start || a.order - b.order);
	let result = '';
	let done = 0;
	for (const { edit } of sorted) {
		if (edit.span.start < done || edit.span.end < edit.span.start || edit.span.end > text.length)
			throw new RangeError(`edit at ${edit.span.start} overlaps another or leaves the text`);
		result += text.slice(done, edit.span.start) + edit.text;
		done = edit.span.end;
	}
	return result + text.slice(done);
}
