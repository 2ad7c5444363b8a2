import type { Edit } from '../text/edit';
import { lineEdits } from '../text/lineDiff';

/** Small edits that turn one text into the other, so that an editor keeps its cursors and marks; in order, none touching another. */
export function editsBetween(before: string, after: string): readonly Edit[] {
	return lineEdits(before, after).map(({ span, text }) => trimmed(span.start, before.slice(span.start, span.end), text));
}

/** Leaves out what both texts begin and end with, without tearing a `\r\n` or a surrogate pair. */
function trimmed(offset: number, removed: string, added: string): Edit {
	const shorter = Math.min(removed.length, added.length);
	let head = 0;
	while (head < shorter && removed[head] === added[head]) head++;
	if (isTorn(removed, head) || isTorn(added, head)) head--;
	let tail = 0;
	while (tail < shorter - head && removed[removed.length - 1 - tail] === added[added.length - 1 - tail]) tail++;
	if (isTorn(removed, removed.length - tail) || isTorn(added, added.length - tail)) tail--;
	return { span: { start: offset + head, end: offset + removed.length - tail }, text: added.slice(head, added.length - tail) };
}

/** Whether a cut falls between the halves of one character or one line end. */
function isTorn(text: string, cut: number): boolean {
	const left = text.charCodeAt(cut - 1);
	const right = text.charCodeAt(cut);
	return (left === 13 && right === 10) || (left >= 0xd800 && left <= 0xdbff && right >= 0xdc00 && right <= 0xdfff);
}
