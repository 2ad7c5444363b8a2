import { isRefusal } from '../disk/refusal';
import { type Options, optionValue } from './arguments';
import { type Counts, compare } from './baseline';
import { beginBaseline } from './baselineRound';
import { type Format, formatOf, nothing } from './format/format';
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
	/** What was found in all, where a baseline leaves a part of it out. */
	readonly found?: Counts;
}

/** How a lint is printed: not at all where it writes a baseline. */
export function lintFormat(options: Options): Format {
	return options.has('write-baseline') ? nothing : formatOf(optionValue(options, 'format'));
}

/** Looks at a file and renders what is said about it. */
export const lintTask = readingTask<Looked>(({ options, terminal }) => {
	const format = lintFormat(options);
	const round = beginBaseline(options);
	const baseline = isRefusal(round) ? undefined : round?.baseline;
	const style = styleOf(terminal, process.env);
	return (input, text, config, note) => {
		const whole = lookAt(input.shown, text, contextOf(input, text, config), config);
		whole.notes.forEach(note);
		const { look, ...found } = baseline ? compare(whole, baseline) : { look: whole };
		return { file: look.file, piece: format.piece(look, style), tally: tallyOf(look), ...found };
	};
});
