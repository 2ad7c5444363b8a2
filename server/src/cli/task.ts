import { isRefusal, type Refusal } from '../disk/refusal';
import type { Config } from '../lint/config';
import type { Options } from './arguments';
import { type Input, readInput } from './inputs';
import { ownFault } from './report';
import { passedOver, readSettings } from './settings';
import type { Terminal } from './style';

/** What a thread has to know before it looks at the first file; plain data, as it is sent there. */
export interface Setup {
	readonly options: Options;
	/** Where the output goes. */
	readonly terminal: Terminal;
}

/** What became of an input; plain data, as it may come from another thread. */
export interface Answer<Result> {
	readonly result: Result | Refusal;
	/** What the person has to know about how it was looked at, a sentence each. Threads may tell the same twice. */
	readonly notes: readonly string[];
}

/** Something that is done to many files, each apart from the others. */
export type Task<Result> = (setup: Setup) => (input: Input) => Promise<Answer<Result>>;

/** A task that takes the text of an input and its configuration. What goes wrong costs that input one sentence. */
export function readingTask<Result>(start: (setup: Setup) => (input: Input, text: string, config: Config, note: (sentence: string) => void) => Result): Task<Result> {
	return (setup) => {
		const settings = readSettings(setup.options);
		const look = start(setup);
		let told = 0;
		const resultOf = async (input: Input, note: (sentence: string) => void): Promise<Result | Refusal> => {
			try {
				if (isRefusal(settings)) return settings;
				const config = settings.configOfFile(input.shown);
				settings.problems.slice(told).forEach(note);
				told = settings.problems.length;
				if (isRefusal(config)) return { because: passedOver(config) };
				const text = await readInput(input);
				return isRefusal(text) ? text : look(input, text, config, note);
			} catch (error) {
				return { because: ownFault(input.shown, error) };
			}
		};
		return async (input) => {
			const notes: string[] = [];
			return { result: await resultOf(input, (sentence) => notes.push(sentence)), notes };
		};
	};
}
