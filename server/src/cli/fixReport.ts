import type { FixResult } from '../lint/fix';
import { describeRange } from '../lint/total';
import type { Input } from './inputs';
import { type Look, placeOf } from './look';
import type { OtherFile } from './otherFiles';
import { counted } from './report';
import { printable, type Style } from './style';
import { addTallies, emptyTally, findingsIn, type Tally, tallyOf } from './tally';

/** A file that was repaired, as far as it could be. */
export interface Fixed {
	readonly input: Input;
	readonly before: Look;
	readonly after: Look;
	readonly result: FixResult;
	/** What was changed beside it. */
	readonly others: readonly OtherFile[];
	/** Why something beside it could not be changed. */
	readonly refusal?: string;
}

/** What was repaired in several files, in numbers. */
export interface FixTally {
	readonly before: Tally;
	readonly after: Tally;
	readonly repairs: number;
	readonly repairedFiles: number;
}

/** That of no file. */
export const emptyFixTally: FixTally = { before: emptyTally, after: emptyTally, repairs: 0, repairedFiles: 0 };

/** The numbers with those of one more file. */
export function addFixed(tally: FixTally, { before, after, result }: Fixed): FixTally {
	const repairs = result.applied.length;
	return {
		before: addTallies(tally.before, tallyOf(before)),
		after: addTallies(tally.after, tallyOf(after)),
		repairs: tally.repairs + repairs,
		repairedFiles: tally.repairedFiles + (repairs > 0 ? 1 : 0),
	};
}

/** A line per repair of a file and per file that was changed beside it. */
export function repairLines({ input, after, result, others }: Fixed, style: Style): string {
	return [
		...result.applied.map(({ line, rule, title }) => `${style.bold(`${printable(input.shown)}:${line + 1}`)} ${printable(title)}${style.dim(` [${rule}]`)}`),
		...others.map(({ shown, created }) => `${style.bold(printable(shown))} ${created ? 'created' : 'changed'}`),
		...after.result.problems.map(
			({ message, span }) => `${style.bold(`${printable(input.shown)}:${placeOf(after, span).line}`)} ${style.red('not repaired, does not parse:')} ${printable(message)}`,
		),
	]
		.map((line) => `${line}\n`)
		.join('');
}

/** How much was done, what it saves, and what is left; `would` where nothing was written. */
export function fixSummary(tally: FixTally, would: boolean, style: Style): string {
	const { repairs, repairedFiles } = tally;
	const done =
		repairs === 0
			? `Nothing to repair in ${counted(tally.after.files, 'file')}`
			: `${style.bold(`${counted(repairs, 'repair')} ${would ? 'to make' : 'made'} in ${counted(repairedFiles, 'file')}`)}${style.green(savedBy(tally, would))}`;
	return `${done}.${whatIsLeft(tally.after)}\n`;
}

function savedBy({ before: { saving: before }, after: { saving: after } }: FixTally, would: boolean): string {
	const atMost = (before?.atMost ?? 0) - (after?.atMost ?? 0);
	const atLeast = Math.min(atMost, Math.max(0, (before?.atLeast ?? 0) - (after?.atLeast ?? 0)));
	return atMost > 0 ? `, ${describeRange(atLeast, atMost)} ${would ? 'to save' : 'saved'}` : '';
}

function whatIsLeft(after: Tally): string {
	const left = findingsIn(after);
	if (left === 0) return '';
	const { safe, suggested } = after.repairs;
	const more = suggested + safe > 0 ? `; \`whittle fix --suggested\` repairs ${suggested + safe} of them` : '';
	return ` ${counted(left, 'finding is', 'findings are')} left${more}.`;
}
