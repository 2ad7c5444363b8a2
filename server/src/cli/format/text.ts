import type { Fix, Saving, Severity } from '../../advice/advice';
import type { Reported } from '../../lint/lint';
import { describeRange } from '../../lint/total';
import { rewrites } from '../../rewrites';
import type { Span } from '../../text/span';
import { excerptOf } from '../excerpt';
import { type Lines, type Look, placeOf } from '../look';
import { counted } from '../report';
import { type Paint, printable, type Style } from '../style';
import { findingsIn, severities, type Tally } from '../tally';
import type { Format } from './format';
import { untold } from './untold';

/** For people: every finding with its line, what it saves and how to repair it, and a summary. */
export const textFormat: Format = {
	piece: (look, style) =>
		[
			...untold(look.result).map(({ message, span }) => block(look, 'error', message, '', span, [], style)),
			...look.result.findings.map((finding) => findingBlock(look, finding, style)),
		].join('\n'),
	report: (style) => {
		let blocks = 0;
		return {
			start: () => '',
			next: (piece) => (piece === '' ? '' : `${blocks++ === 0 ? '' : '\n'}${piece}`),
			end: (tally, refusals) => (tally.files === 0 ? [] : [`${blocks === 0 ? '' : '\n'}${summary(tally, refusals, style)}\n`]),
		};
	},
};

function findingBlock(look: Look, finding: Reported, style: Style): string {
	const { severity, message, rule, span, saves, related = [], fixes = [], rewrites: cures = [] } = finding;
	const notes = [
		...related.map((other) => `${look.file}:${placeOf(look, other.span).line}: ${other.message}`),
		...(saves ? [savingLine(saves, style)] : []),
		...fixes.map((fix) => `${printable(fix.title)} ${style.dim(wayTo(fix))}`),
		...rewrites.filter(({ id }) => cures.includes(id)).map(({ id, title }) => `${title} ${style.dim(`(whittle rewrite ${id})`)}`),
	];
	return block(look, severity, message, style.dim(` [${rule}]`), span, notes, style);
}

/** A finding or a failure with its line: place, message and the text it is about. */
export function block(look: Lines & Pick<Look, 'file'>, severity: Severity, message: string, rule: string, span: Span, notes: readonly string[], style: Style): string {
	const { line, column } = placeOf(look, span);
	const gutter = String(line).length + 1;
	const { source, marks, lastLine } = excerptOf(look.text, look.starts, span, style.width - gutter - 4);
	const paint = paintOf(severity, style);
	const bar = style.dim('|');
	return [
		`${style.bold(`${printable(look.file)}:${line}:${column}`)} ${paint(severity)} ${printable(message)}${rule}`,
		...(source === ''
			? []
			: [` ${style.dim(String(line))} ${bar} ${source}`, ` ${' '.repeat(gutter - 1)} ${bar} ${paint(marks)}${lastLine > line ? style.dim(` … to line ${lastLine}`) : ''}`]),
		...notes.map((note) => ` ${' '.repeat(gutter - 1)} ${style.dim('=')} ${note}`),
		'',
	].join('\n');
}

/** A saving with its source. */
export function savingLine({ atLeast, atMost, basis, source }: Saving, style: Style): string {
	const origin = { measured: 'measured', catalog: 'known figures', guess: 'estimate' }[basis];
	return `${style.green(`saves ${describeRange(atLeast, atMost)}`)} ${style.dim(`(${origin}${source === '' ? '' : `: ${printable(source)}`})`)}`;
}

function wayTo({ applicability }: Fix): string {
	return { safe: '(whittle fix)', suggested: '(whittle fix --suggested)', review: '(to be reviewed, in an editor)' }[applicability];
}

function summary(tally: Tally, refusals: readonly string[], style: Style): string {
	const { files, loudFiles, broken, saving } = tally;
	const said = findingsIn(tally) + broken;
	const unread = refusals.length > 0 ? ` ${style.red(`${counted(refusals.length, 'path')} could not be looked at.`)}` : '';
	if (said === 0) return `${style.green(`No findings in ${counted(files, 'file')}.`)}${unread}`;
	const counts = severities.flatMap((severity) => {
		const count = tally.findings[severity] + (severity === 'error' ? broken : 0);
		return count === 0 ? [] : [severity === 'info' ? `${count} info` : counted(count, severity)];
	});
	const what = `${counted(said, 'finding')} in ${loudFiles === files ? counted(files, 'file') : `${loudFiles} of ${counted(files, 'file')}`} (${counts.join(', ')})`;
	return `${style.bold(what)}${saving && saving.atMost > 0 ? `, ${style.green(`${describeRange(saving.atLeast, saving.atMost)} to save`)}` : ''}.${repairSentence(tally)}${unread}`;
}

function repairSentence({ repairs: { safe, suggested } }: Tally): string {
	if (safe > 0) return ` \`whittle fix\` repairs ${safe}${suggested > 0 ? `, \`whittle fix --suggested\` ${suggested} more` : ''}.`;
	return suggested > 0 ? ` \`whittle fix --suggested\` repairs ${suggested}.` : '';
}

function paintOf(severity: Severity, style: Style): Paint {
	return { error: style.red, warning: style.yellow, info: style.blue, hint: style.cyan }[severity];
}
