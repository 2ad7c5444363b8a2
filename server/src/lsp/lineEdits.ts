import type { Edit } from '../text/edit';

/** Beyond this many changed lines one replacement is as good to look at, and the search would take long. */
const searchLimit = 1000;

/** Small edits that turn one text into the other, so that an editor keeps its cursors and marks; in order, none touching another. */
export function editsBetween(before: string, after: string): readonly Edit[] {
	const old = linesOf(before);
	const edits: Edit[] = [];
	let offset = 0;
	let line = 0;
	for (const hunk of hunksBetween(old, linesOf(after))) {
		while (line < hunk.line) offset += old[line++]?.length ?? 0;
		const removed = old.slice(hunk.line, hunk.line + hunk.removed).join('');
		edits.push(trimmed(offset, removed, hunk.added.join('')));
	}
	return edits;
}

interface Hunk {
	readonly line: number;
	readonly removed: number;
	readonly added: readonly string[];
}

/** Lines with their ends. */
function linesOf(text: string): readonly string[] {
	return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunksBetween(old: readonly string[], now: readonly string[]): readonly Hunk[] {
	let head = 0;
	while (head < old.length && head < now.length && old[head] === now[head]) head++;
	let tail = 0;
	while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
	const a = old.slice(head, old.length - tail);
	const b = now.slice(head, now.length - tail);
	if (a.length === 0 && b.length === 0) return [];
	const hunks: Hunk[] = [];
	let i = 0;
	let j = 0;
	for (const [x, y] of [...(commonLines(a, b) ?? []), [a.length, b.length] as const]) {
		if (x > i || y > j) hunks.push({ line: head + i, removed: x - i, added: b.slice(j, y) });
		i = x + 1;
		j = y + 1;
	}
	return hunks;
}

/** Pairs of line numbers that stay, by Myers' greedy search; undefined where the texts differ too much for it. */
function commonLines(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] | undefined {
	const furthest = new Map<number, number>([[1, 0]]);
	const trace: Map<number, number>[] = [];
	const from = (reached: Map<number, number>, k: number, d: number) => (k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1)) ? k + 1 : k - 1);
	for (let d = 0; d <= Math.min(a.length + b.length, searchLimit); d++) {
		trace.push(new Map(furthest));
		for (let k = -d; k <= d; k += 2) {
			const previous = from(furthest, k, d);
			let x = (furthest.get(previous) ?? 0) + (previous === k + 1 ? 0 : 1);
			while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
			furthest.set(k, x);
			if (x >= a.length && x - k >= b.length) return backtrack(trace, a.length, b.length, from);
		}
	}
	return undefined;
}

function backtrack(
	trace: readonly Map<number, number>[],
	endX: number,
	endY: number,
	from: (reached: Map<number, number>, k: number, d: number) => number,
): readonly (readonly [number, number])[] {
	const pairs: (readonly [number, number])[] = [];
	let x = endX;
	let y = endY;
	for (let d = trace.length - 1; d >= 0; d--) {
		const reached = trace[d] ?? new Map<number, number>();
		const previous = from(reached, x - y, d);
		const startX = reached.get(previous) ?? 0;
		const startY = startX - previous;
		while (x > Math.max(startX, 0) && y > Math.max(startY, 0)) pairs.push([--x, --y]);
		x = startX;
		y = startY;
	}
	return pairs.reverse();
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
