import type { Severity } from '../advice/advice';
import { isRefusal } from '../disk/refusal';
import { type Options, optionValue } from './arguments';
import { beginBaseline } from './baselineRound';
import { findInputs } from './inputs';
import { lintFormat } from './lintTask';
import { outputTo } from './output';
import { progressOn } from './progress';
import { complain } from './report';
import { readSettings } from './settings';
import { endBetweenFiles } from './signals';
import { styleOf } from './style';
import { addTallies, emptyTally, severities, type Tally } from './tally';
import { answersOf } from './threads';

/** Looks at files and prints what it found, file by file; returns the exit status. */
export async function lintCommand(paths: readonly string[], options: Options): Promise<number> {
	const settings = readSettings(options);
	if (isRefusal(settings)) {
		complain(settings.because);
		return 2;
	}
	const round = beginBaseline(options);
	if (isRefusal(round)) {
		complain(round.because);
		return 2;
	}
	const { isTTY, columns } = process.stdout;
	const report = lintFormat(options).report(styleOf(process.stdout, process.env));
	const progress = progressOn(process.stderr, process.env);
	const forget = endBetweenFiles(progress.hide);
	const output = outputTo(process.stdout, progress.hide);
	const notes = new Set(settings.problems);
	const sentences = new Set<string>();
	let tally = emptyTally;
	await output.write(report.start());
	for await (const answer of answersOf('lint', { options, terminal: { isTTY, columns } }, findInputs(paths, optionValue(options, 'stdin-filename')))) {
		for (const note of answer.notes) notes.add(note);
		if (isRefusal(answer.result)) sentences.add(answer.result.because);
		else {
			tally = addTallies(tally, answer.result.tally);
			if (answer.result.found) round?.take(answer.result.file, answer.result.found);
			await output.write(report.next(answer.result.piece, answer.result.file));
		}
		progress.step();
		if (output.unread) break;
	}
	for (const text of report.end(tally, [...sentences])) await output.write(text);
	await output.end();
	progress.hide();
	forget();
	const ending = round?.end();
	[...notes, ...sentences, ...(ending?.sentence === undefined ? [] : [ending.sentence])].forEach(complain);
	if (sentences.size > 0 || ending?.failed) return 2;
	return round?.writes ? 0 : fails(tally, optionValue(options, 'fail-on') ?? 'warning') ? 1 : 0;
}

function fails({ broken, findings }: Tally, level: string): boolean {
	return broken > 0 || severities.some((severity, index) => findings[severity] > 0 && index <= severities.indexOf(level as Severity));
}
