import { isRefusal, type Refusal } from '../disk/refusal';
import { type Baseline, type Counts, compare } from './baseline';
import type { Format } from './format/format';
import { type Input, readInput } from './inputs';
import { contextOf, lookAt } from './look';
import { ownFault } from './report';
import { passedOver, type Settings } from './settings';
import type { Style } from './style';
import { type Tally, tallyOf } from './tally';

/** What is left of a file once it was looked at: plain data, as it may come from another thread. */
export interface Looked {
	/** Its name as people know it. */
	readonly file: string;
	/** What it adds to the output. */
	readonly piece: string;
	readonly tally: Tally;
	/** What the person has to know about how it was looked at, a sentence each. */
	readonly notes: readonly string[];
	/** What was found in all, where a baseline leaves a part of it out. */
	readonly found?: Counts;
}

/** Looks at an input; a sentence where it could not be looked at. */
export async function lintInput(input: Input, settings: Settings, format: Format, style: Style, baseline?: Baseline): Promise<Looked | Refusal> {
	try {
		const config = settings.configOfFile(input.shown);
		if (isRefusal(config)) return { because: passedOver(config) };
		const text = await readInput(input);
		if (isRefusal(text)) return text;
		const whole = lookAt(input.shown, text, contextOf(input, text, config), config);
		const { look, ...found } = baseline ? compare(whole, baseline) : { look: whole };
		return { file: look.file, piece: format.piece(look, style), tally: tallyOf(look), notes: look.notes, ...found };
	} catch (error) {
		return { because: ownFault(input.shown, error) };
	}
}
