import { optionValue } from './arguments';
import { formatOf } from './format/format';
import { contextOf, lookAt } from './look';
import { styleOf } from './style';
import { type Tally, tallyOf } from './tally';
import { readingTask } from './task';

/** What is left of a file once it was looked at. */
export interface Looked {
	/** Its name as people know it. */
	readonly file: string;
	/** What it adds to the output. */
	readonly piece: string;
	readonly tally: Tally;
}

/** Looks at a file and renders what is said about it. */
export const lintTask = readingTask<Looked>(({ options, terminal }) => {
	const format = formatOf(optionValue(options, 'format'));
	const style = styleOf(terminal, process.env);
	return (input, text, config, note) => {
		const look = lookAt(input.shown, text, contextOf(input, text, config), config);
		look.notes.forEach(note);
		return { file: look.file, piece: format.piece(look, style), tally: tallyOf(look) };
	};
});
