import { printable, type Style } from './style';

/** A text before and after, with its path from the current folder, forward slashes; `before` is undefined for a new file. */
export interface Change {
	readonly path: string;
	readonly before: string | undefined;
	readonly after: string;
}

type Kind = ' ' | '-' | '+';

interface Step {
	readonly kind: Kind;
	readonly line: string;
}

const contextLines = 3;
/** Beyond so many differing lines the search for the shortest way costs more than it is worth. */
const longestWay = 2000;

/** A unified diff that `patch -p1` and `git apply` take; empty where nothing differs. */
export function unifiedDiff({ path, before, after }: Change, style: Style): string {
	if ((before ?? '') === after) return '';
	const name = path.replace(/^\/+/, '');
	// A tab ends a name with blanks in it.
	const end = /\s/.test(name) ? '\t' : '';
	const head = [style.bold(before === undefined ? '--- /dev/null' : `--- a/${name}${end}`), style.bold(`+++ b/${name}${end}`)];
	const steps = stepsBetween(linesOf(before ?? ''), linesOf(after));
	return `${[...head, ...hunksOf(steps, style)].join('\n')}\n`;
}

function hunksOf(steps: readonly Step[], style: Style): readonly string[] {
	const lines: string[] = [];
	let oldLine = 1;
	let newLine = 1;
	let at = 0;
	for (const { start, end } of hunkBounds(steps)) {
		for (; at < start; at++) {
			oldLine++;
			newLine++;
		}
		const hunk = steps.slice(start, end);
		const oldCount = hunk.filter(({ kind }) => kind !== '+').length;
		const newCount = hunk.filter(({ kind }) => kind !== '-').length;
		lines.push(style.cyan(`@@ -${rangeText(oldLine, oldCount)} +${rangeText(newLine, newCount)} @@`), ...hunk.flatMap((step) => written(step, style)));
		oldLine += oldCount;
		newLine += newCount;
		at = end;
	}
	return lines;
}

/** The runs of changes with the lines around them; runs whose surroundings touch are one. */
function hunkBounds(steps: readonly Step[]): readonly { readonly start: number; readonly end: number }[] {
	const bounds: { start: number; end: number }[] = [];
	steps.forEach(({ kind }, index) => {
		if (kind === ' ') return;
		const start = Math.max(0, index - contextLines);
		const end = Math.min(steps.length, index + contextLines + 1);
		const last = bounds.at(-1);
		if (last && start <= last.end) last.end = end;
		else bounds.push({ start, end });
	});
	return bounds;
}

/** An empty range is named by the line before it. */
function rangeText(line: number, count: number): string {
	return count === 1 ? String(line) : `${count === 0 ? line - 1 : line},${count}`;
}

function written({ kind, line }: Step, style: Style): readonly string[] {
	const paint = kind === '-' ? style.red : kind === '+' ? style.green : (text: string) => text;
	const body = line.endsWith('\n') ? line.slice(0, -1) : line;
	const shown = style.coloured ? printable(body.replace(/\r$/, '').replaceAll('\t', '    ')) : body;
	return [paint(kind + shown), ...(line.endsWith('\n') ? [] : ['\\ No newline at end of file'])];
}

/** With their ends: a changed line ending is a change. */
function linesOf(text: string): readonly string[] {
	return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Keeps as many lines as possible. */
function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
	let head = 0;
	while (head < before.length && head < after.length && before[head] === after[head]) head++;
	let tail = 0;
	while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
	const keep = (line: string): Step => ({ kind: ' ', line });
	return [
		...before.slice(0, head).map(keep),
		...shortestWay(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
		...before.slice(before.length - tail).map(keep),
	];
}

/** Myers' greedy algorithm: `reach[middle + k]` is how far into `before` one gets on diagonal k with so many changes. */
function shortestWay(before: readonly string[], after: readonly string[]): readonly Step[] {
	const most = Math.min(before.length + after.length, longestWay);
	const middle = most + 1;
	const reach = new Int32Array(2 * middle + 1);
	/** Of each round, the diagonals from `-changes - 1` that it started from. */
	const rounds: Int32Array[] = [];
	for (let changes = 0; changes <= most; changes++) {
		const known = reach.slice(middle - changes - 1, middle + changes + 2);
		rounds.push(known);
		for (let k = -changes; k <= changes; k += 2) {
			const from = origin(known, changes, k);
			let x = from.x + (from.inserts ? 0 : 1);
			while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
			reach[middle + k] = x;
			if (x >= before.length && x - k >= after.length) return stepsBack(before, after, rounds);
		}
	}
	return [...before.map((line): Step => ({ kind: '-', line })), ...after.map((line): Step => ({ kind: '+', line }))];
}

/** Where the way to diagonal k comes from in a round: the diagonal above by an inserted line, or the one below by a deleted one. */
function origin(known: Int32Array, changes: number, k: number): { readonly x: number; readonly k: number; readonly inserts: boolean } {
	const at = (diagonal: number): number => known[diagonal + changes + 1] ?? 0;
	// The first round starts outside, one line above the beginning.
	if (changes === 0) return { x: 0, k: 1, inserts: true };
	const inserts = k === -changes || (k !== changes && at(k - 1) < at(k + 1));
	return inserts ? { x: at(k + 1), k: k + 1, inserts } : { x: at(k - 1), k: k - 1, inserts };
}

function stepsBack(before: readonly string[], after: readonly string[], rounds: readonly Int32Array[]): readonly Step[] {
	const steps: Step[] = [];
	let x = before.length;
	let y = after.length;
	for (let changes = rounds.length - 1; changes >= 0; changes--) {
		const from = origin(rounds[changes] as Int32Array, changes, x - y);
		const fromX = changes === 0 ? 0 : from.x + (from.inserts ? 0 : 1);
		while (x > fromX) {
			steps.push({ kind: ' ', line: before[--x] as string });
			y--;
		}
		if (changes === 0) break;
		steps.push(from.inserts ? { kind: '+', line: after[--y] as string } : { kind: '-', line: before[--x] as string });
	}
	return steps.reverse();
}
