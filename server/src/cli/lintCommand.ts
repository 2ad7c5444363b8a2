import type { Severity } from '../advice/advice';
import { isRefusal } from '../disk/refusal';
import { type Options, optionValue } from './arguments';
import { beginBaseline } from './baselineRound';
import { formats, nothing } from './format/format';
import { textFormat } from './format/text';
import { findInputs } from './inputs';
import { lintInput } from './lintInput';
import { outputTo } from './output';
import { complain } from './report';
import { readSettings } from './settings';
import { styleOf } from './style';
import { addTallies, emptyTally, severities, type Tally } from './tally';

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
	const style = styleOf(process.stdout, process.env);
	const format = round?.writes ? nothing : (formats[optionValue(options, 'format') ?? 'text'] ?? textFormat);
	const report = format.report(style);
	const output = outputTo(process.stdout);
	const sentences = new Set<string>();
	const notes: string[] = [];
	let tally = emptyTally;
	await output.write(report.start());
	for (const input of findInputs(paths, optionValue(options, 'stdin-filename'))) {
		const looked = isRefusal(input) ? input : await lintInput(input, settings, format, style, round?.baseline);
		if (isRefusal(looked)) sentences.add(looked.because);
		else {
			tally = addTallies(tally, looked.tally);
			notes.push(...looked.notes);
			if (looked.found) round?.take(looked.file, looked.found);
			await output.write(report.next(looked.piece, looked.file));
		}
		if (output.unread) break;
	}
	for (const text of report.end(tally, [...sentences])) await output.write(text);
	await output.end();
	const ending = round?.end();
	[...settings.problems, ...notes, ...sentences, ...(ending?.sentence === undefined ? [] : [ending.sentence])].forEach(complain);
	if (sentences.size > 0 || ending?.failed) return 2;
	return round?.writes ? 0 : fails(tally, optionValue(options, 'fail-on') ?? 'warning') ? 1 : 0;
}

function fails({ broken, findings }: Tally, level: string): boolean {
	return broken > 0 || severities.some((severity, index) => findings[severity] > 0 && index <= severities.indexOf(level as Severity));
}
