import { printable } from './style';

/** `1 finding`, `2 findings`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
	return `${count} ${count === 1 ? noun : plural}`;
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
