import { createHash } from 'node:crypto';
import type { Instruction } from '../syntax/containerfile';
import { parseContainerfile } from '../syntax/parse';
import type { Span } from '../text/span';

/** Gives the places of a text a name that stays when lines come and go elsewhere: what the instruction there says, without its layout and comments, as 16 hexadecimal digits. */
export function fingerprints(text: string): (at: Span) => string {
	const { instructions } = parseContainerfile(text);
	const known = new Map<number, string>();
	return (at) => {
		const { start, end } = instructionAt(instructions, at.start) ?? lineAt(text, at.start);
		const before = known.get(start);
		if (before !== undefined) return before;
		const print = createHash('sha256')
			.update(plain(text.slice(start, end)))
			.digest('hex')
			.slice(0, 16);
		known.set(start, print);
		return print;
	};
}

/** By halving, as a file may have as many findings as instructions. */
function instructionAt(instructions: readonly Instruction[], offset: number): Span | undefined {
	let low = 0;
	let high = instructions.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((instructions[middle]?.span.end ?? 0) < offset) low = middle + 1;
		else high = middle;
	}
	const span = instructions[low]?.span;
	return span && span.start <= offset ? span : undefined;
}

function lineAt(text: string, offset: number): Span {
	const end = text.indexOf('\n', offset);
	return { start: offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}

function plain(text: string): string {
	const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
	const code = lines.length > 1 ? lines.filter((line) => !line.startsWith('#')) : lines;
	return code
		.map((line) => line.replace(/[\\`]$/, ''))
		.join(' ')
		.split(/\s+/)
		.join(' ')
		.trim();
}
