import { isRefusal } from '../disk/refusal';
import { type BasesReport, countBases } from '../lint/bases';
import { describeBases } from '../lint/basesText';
import { type Options, optionValue } from './arguments';
import { findInputs } from './inputs';
import { progressOn } from './progress';
import { complain, table } from './report';
import { readSettings } from './settings';
import { endBetweenFiles } from './signals';
import { printable, type Style, styleOf } from './style';
import { answersOf } from './threads';

/** Says what the images of many Containerfiles stand on; returns the exit status. */
export async function basesCommand(paths: readonly string[], options: Options): Promise<number> {
	const settings = readSettings(options);
	if (isRefusal(settings)) {
		complain(settings.because);
		return 2;
	}
	const progress = progressOn(process.stderr, process.env);
	const forget = endBetweenFiles(progress.hide);
	const notes = new Set(settings.problems);
	const sentences = new Set<string>();
	const bases = countBases();
	for await (const answer of answersOf('bases', { options, terminal: {} }, findInputs(paths, optionValue(options, 'stdin-filename')))) {
		for (const note of answer.notes) notes.add(note);
		if (isRefusal(answer.result)) sentences.add(answer.result.because);
		else if (answer.result.use) bases.add(answer.result.file, answer.result.use);
		progress.step();
	}
	progress.hide();
	forget();
	const report = bases.report();
	const isJson = optionValue(options, 'format') === 'json';
	if (isJson) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
	else if (report.files > 0 || sentences.size === 0) process.stdout.write(basesText(report, styleOf(process.stdout, process.env)));
	[...notes, ...sentences].forEach(complain);
	return sentences.size > 0 ? 2 : 0;
}

function basesText(report: BasesReport, style: Style): string {
	return describeBases(report)
		.map((part) => {
			if ('heading' in part) return `\n${style.bold(part.heading)}\n`;
			if ('sentence' in part) return `${printable(part.sentence)}\n`;
			const widest = Math.max(...part.rows.slice(1).map(([first = '']) => first.length), part.rows[0]?.[0]?.length ?? 0);
			const rows = part.rows.map(([first = '', ...cells]) => [first.padStart(widest), ...cells.map(printable)]);
			return table(rows, style).replace(/[ \t]+$/gm, '');
		})
		.join('');
}
