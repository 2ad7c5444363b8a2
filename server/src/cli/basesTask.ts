import { analyze } from '../lint/analyze';
import { type BaseUse, baseUseOf } from '../lint/bases';
import { plainContext } from '../lint/config';
import { missingTarget } from './look';
import { readingTask } from './task';

/** What the bases of a file are; without a use where it has nothing to ship. */
export const basesTask = readingTask<{ readonly file: string; readonly use: BaseUse | undefined }>(() => (input, text, config, note) => {
	missingTarget(input.shown, text, config).forEach(note);
	return { file: input.shown, use: baseUseOf(analyze(text, plainContext(config))) };
});
