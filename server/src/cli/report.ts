import { printable, type Style } from './style';

/** `1 finding`, `2 findings`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
	return `${count} ${count === 1 ? noun : plural}`;
}

/** Rows in columns; the first row is the heading, and the first cell of the others their name. */
export function table(rows: readonly (readonly string[])[], style: Style): string {
	const widths = (rows[0] ?? []).slice(0, -1).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2);
	const lines = rows.map((row, index) => {
		const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
		return index === 0 ? style.dim(cells.join('')) : [style.bold(cells[0] ?? ''), ...cells.slice(1)].join('');
	});
	return `${lines.join('\n')}\n`;
}

/** Says something to the person at the terminal, apart from the results. */
export function complain(message: string): void {
	const sentence = printableSentence(message);
	process.stderr.write(`whittle: ${sentence}${/[.!?]$/.test(sentence) ? '' : '.'}\n`);
}

/** The sentence for a failure that is our own fault. */
export function ownFault(about: string, error: unknown): string {
	return `Whittle failed on ${about}, which is a bug in Whittle (${firstLine(error)}). Please report it together with that file`;
}

function printableSentence(message: string): string {
	return printable(message.replace(/\s*\n\s*/g, ' '));
}

/** What an error says, without the places in our code that some messages go on with. */
export function firstLine(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
