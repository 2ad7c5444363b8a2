import { isRefusal } from '../disk/refusal';
import { type Answer, propose } from '../lint/propose';
import { describeRange } from '../lint/total';
import { rewrites } from '../rewrites';
import { lineStarts, rangeOf } from '../text/lines';
import { type Options, optionValue } from './arguments';
import { type Input, listInputs, readInput } from './inputs';
import { type Lines, placeOf, rewriteContextOf } from './look';
import { complain, counted, ownFault, table } from './report';
import { passedOver, type Settings } from './settings';
import { printable, type Style, styleOf } from './style';

/** What every rewrite says to a file. */
interface Asked extends Lines {
	/** Its name as people know it. */
	readonly file: string;
	readonly answers: readonly Answer[];
}

/** How many of the reasons for which a rewrite was refused are told. */
const toldReasons = 5;

/** Says which rewrites there are, which of them a file is offered and why not the others, or counts that over several files; returns the exit status. */
export async function rewriteList(paths: readonly string[], options: Options, settings: Settings): Promise<number> {
	const json = optionValue(options, 'format') === 'json';
	const style = styleOf(process.stdout, process.env);
	if (paths.length === 0) {
		const known = rewrites.map(({ id, title, needs }) => ({ id, title, needs }));
		const rows = [['REWRITE', 'NEEDS', 'MAKES'], ...known.map(({ id, title, needs }) => [id, needs, title])];
		process.stdout.write(json ? asJson(known) : table(rows, style));
		return 0;
	}
	const { inputs, refusals } = listInputs(paths, optionValue(options, 'stdin-filename'));
	const sentences = new Set(refusals.map(({ because }) => because));
	const all: Asked[] = [];
	for (const input of inputs) {
		const asked = await ask(input, settings);
		if (typeof asked === 'string') sentences.add(asked);
		else all.push(asked);
	}
	const [only] = all;
	const report = json ? asJson(all.map(jsonOf)) : inputs.length === 1 && only ? answerLines(only, style) : all.length > 0 ? counts(all, style) : '';
	process.stdout.write(report);
	settings.problems.forEach(complain);
	sentences.forEach(complain);
	return sentences.size > 0 ? 2 : 0;
}

/** A sentence where it could not be looked at. */
async function ask(input: Input, settings: Settings): Promise<Asked | string> {
	try {
		const config = settings.configOfFile(input.shown);
		if (isRefusal(config)) return passedOver(config);
		const text = await readInput(input);
		if (isRefusal(text)) return text.because;
		return { file: input.shown, text, starts: lineStarts(text), answers: propose(text, rewriteContextOf(input, text, config)) };
	} catch (error) {
		return ownFault(input.shown, error);
	}
}

function jsonOf({ file, starts, answers }: Asked): object {
	return {
		file,
		rewrites: answers.map(({ rewrite: { id, needs }, answer }) => {
			if (!answer) return { id, offered: false, ofItsKind: false, because: `it needs ${needs}` };
			const place = { span: { start: answer.span.start, end: answer.span.end }, range: rangeOf(starts, answer.span) };
			if (isRefusal(answer)) return { id, offered: false, ofItsKind: true, because: answer.because, ...place };
			const { title, assumes, saves } = answer;
			return { id, offered: true, title, assumes, ...(saves ? { saves: { atLeast: saves.atLeast, atMost: saves.atMost, basis: saves.basis } } : {}), ...place };
		}),
	};
}

function answerLines(asked: Asked, style: Style): string {
	const width = Math.max(...asked.answers.map(({ rewrite }) => rewrite.id.length)) + 2;
	const lines = asked.answers.map(({ rewrite, answer }) => style.bold(rewrite.id) + ' '.repeat(width - rewrite.id.length) + answerLine(asked, rewrite.needs, answer, style));
	return lines.map((line) => `${line}\n`).join('');
}

function answerLine(asked: Asked, needs: string, answer: Answer['answer'], style: Style): string {
	if (!answer) return style.dim(`refused because it needs ${needs}`);
	if (!isRefusal(answer))
		return `${style.green('offered')}: ${printable(answer.title)}${answer.saves ? `, saves ${describeRange(answer.saves.atLeast, answer.saves.atMost)}` : ''}`;
	const { line, column } = placeOf(asked, answer.span);
	return `${style.yellow('refused')} because ${printable(answer.because)} ${style.dim(`(${printable(asked.file)}:${line}:${column})`)}`;
}

function counts(all: readonly Asked[], style: Style): string {
	const columns = rewrites.map(({ id }) => {
		const answers = all.flatMap((asked) => asked.answers.filter(({ rewrite }) => rewrite.id === id).map(({ answer }) => answer));
		const refused = answers.flatMap((answer) => (answer && isRefusal(answer) ? [answer.because] : []));
		const others = answers.filter((answer) => !answer).length;
		return { id, offered: answers.length - refused.length - others, refused, others };
	});
	const rows = [
		['REWRITE', 'OFFERED', 'REFUSED', 'NOT OF ITS KIND'],
		...columns.map(({ id, offered, refused, others }) => [id, String(offered), String(refused.length), String(others)]),
	];
	const reasons = columns.flatMap(({ id, refused }) =>
		refused.length === 0
			? []
			: ['', `${style.bold(id)} was refused most often because`, ...mostCommon(refused).map(([reason, count]) => `${String(count).padStart(7)}  ${reason}`)],
	);
	return [`${counted(all.length, 'file')}`, '', table(rows, style).trimEnd(), ...reasons, ''].join('\n');
}

/** Reasons that differ only in what they quote, in a path or a made-up name are one. */
function mostCommon(reasons: readonly string[]): readonly (readonly [reason: string, count: number])[] {
	const known = new Map<string, number>();
	for (const reason of reasons) {
		const alike = printable(reason.replace(/`[^`]*`|"[^"]*"|[^\s:,;]*[/@_$][^\s:,;]*/g, '…'));
		known.set(alike, (known.get(alike) ?? 0) + 1);
	}
	return [...known].sort(([, a], [, b]) => b - a).slice(0, toldReasons);
}

function asJson(value: unknown): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}
