import { createHash } from 'node:crypto';
import type { Instruction } from '../syntax/containerfile';
import { parseContainerfile } from '../syntax/parse';
import type { Span } from '../text/span';

/** Gives the places of a text a name that stays when lines come and go elsewhere: what the instruction there says, without its layout and comments, as 16 hexadecimal digits. */
export function fingerprints(text: string): (at: Span) => string {
	const { instructions } = parseContainerfile(text);
	const known = new Map<string, string>();
	return ({ start }) => {
		const said = plain(textOfInstruction(text, instructions, start) ?? lineAt(text, start));
		const before = known.get(said);
		if (before !== undefined) return before;
		const print = createHash('sha256').update(said).digest('hex').slice(0, 16);
		known.set(said, print);
		return print;
	};
}

/** By halving: a file has as many findings as it has instructions, at worst. */
function textOfInstruction(text: string, instructions: readonly Instruction[], offset: number): string | undefined {
	let low = 0;
	let high = instructions.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((instructions[middle]?.span.end ?? 0) < offset) low = middle + 1;
		else high = middle;
	}
	const span = instructions[low]?.span;
	return span && span.start <= offset ? text.slice(span.start, span.end) : undefined;
}

function lineAt(text: string, offset: number): string {
	const end = text.indexOf('\n', offset);
	return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end);
}

function plain(text: string): string {
	const lines = text.split(/\r\n|\r|\n/);
	const code = lines.length > 1 ? lines.filter((line) => !/^\s*#/.test(line)) : lines;
	return code
		.map((line) => line.replace(/[\\`]?\s*$/, ''))
		.join(' ')
		.replace(/\s+/g, ' ')
		.trim();
}
