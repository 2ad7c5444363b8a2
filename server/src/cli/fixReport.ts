import type { FixResult } from '../lint/fix';
import { describeRange } from '../lint/total';
import { repairsOf, savingOf } from './format/text';
import type { Input } from './inputs';
import { type Look, placeOf } from './look';
import type { OtherFile } from './otherFiles';
import { counted } from './report';
import { printable, type Style } from './style';

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

/** A line per repair and per file that was changed beside a Containerfile. */
export function repairLines(all: readonly Fixed[], style: Style): string {
	const lines = all.flatMap(({ input, after, result, others }) => [
		...result.applied.map(({ line, rule, title }) => `${style.bold(`${printable(input.shown)}:${line + 1}`)} ${printable(title)}${style.dim(` [${rule}]`)}`),
		...others.map(({ shown, created }) => `${style.bold(printable(shown))} ${created ? 'created' : 'changed'}`),
		...after.result.problems.map(
			({ message, span }) => `${style.bold(`${printable(input.shown)}:${placeOf(after, span).line}`)} ${style.red('not repaired, does not parse:')} ${printable(message)}`,
		),
	]);
	return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
}

/** How much was done, what it saves, and what is left; `would` where nothing was written. */
export function fixSummary(all: readonly Fixed[], would: boolean, style: Style): string {
	const repairs = all.reduce((sum, { result }) => sum + result.applied.length, 0);
	const files = all.filter(({ result }) => result.applied.length > 0).length;
	const done =
		repairs === 0
			? `Nothing to repair in ${counted(all.length, 'file')}`
			: `${style.bold(`${counted(repairs, 'repair')} ${would ? 'to make' : 'made'} in ${counted(files, 'file')}`)}${style.green(savedBy(all, would))}`;
	return `${done}.${whatIsLeft(all.map(({ after }) => after))}\n`;
}

function savedBy(all: readonly Fixed[], would: boolean): string {
	const before = savingOf(all.map((one) => one.before));
	const after = savingOf(all.map((one) => one.after));
	const atMost = (before?.atMost ?? 0) - (after?.atMost ?? 0);
	const atLeast = Math.min(atMost, Math.max(0, (before?.atLeast ?? 0) - (after?.atLeast ?? 0)));
	return atMost > 0 ? `, ${describeRange(atLeast, atMost)} ${would ? 'to save' : 'saved'}` : '';
}

function whatIsLeft(looks: readonly Look[]): string {
	const left = looks.reduce((sum, { result }) => sum + result.findings.length, 0);
	if (left === 0) return '';
	const { safe, suggested } = repairsOf(looks);
	const more = suggested + safe > 0 ? `; \`whittle fix --suggested\` repairs ${suggested + safe} of them` : '';
	return ` ${counted(left, 'finding is', 'findings are')} left${more}.`;
}
