import type { Applicability, Fix, Saving, Severity } from '../../advice/advice';
import type { Reported } from '../../lint/lint';
import { describeRange, totalSaving } from '../../lint/total';
import { rewrites } from '../../rewrites';
import type { Span } from '../../text/span';
import { excerptOf } from '../excerpt';
import { type Lines, type Look, placeOf } from '../look';
import { counted } from '../report';
import { type Paint, printable, type Style } from '../style';
import { untold } from './untold';

/** For people: every finding with its line, what it saves and how to repair it, and a summary. */
export function textReport(looks: readonly Look[], refusals: readonly string[], style: Style): string {
	const blocks = looks.flatMap((look) => [
		...untold(look.result).map(({ message, span }) => block(look, 'error', message, '', span, [], style)),
		...look.result.findings.map((finding) => findingBlock(look, finding, style)),
	]);
	return [...blocks, looks.length === 0 ? '' : `${summary(looks, refusals, style)}\n`].filter((part) => part !== '').join('\n');
}

/** What the findings of several files save together; the bytes of one file are never those of another. */
export function savingOf(looks: readonly Look[]): ReturnType<typeof totalSaving> {
	return totalSaving(looks.flatMap(({ file, result }) => result.findings.flatMap(({ saves }) => (saves ? [{ ...saves, of: `${file}\n${saves.of}` }] : []))));
}

/** How many findings each kind of repair would see to: the most trusted one counts. */
export function repairsOf(looks: readonly Look[]): Readonly<Record<Applicability, number>> {
	const count = { safe: 0, suggested: 0, review: 0 };
	for (const { result } of looks) {
		for (const { fixes } of result.findings) {
			const best = bestFix(fixes ?? []);
			if (best) count[best.applicability]++;
		}
	}
	return count;
}

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

/** `whittle fix` takes the first that is trusted enough. */
function bestFix(fixes: readonly Fix[]): Fix | undefined {
	return fixes.find(({ applicability }) => applicability === 'safe') ?? fixes.find(({ applicability }) => applicability === 'suggested') ?? fixes[0];
}

function summary(looks: readonly Look[], refusals: readonly string[], style: Style): string {
	const findings = looks.flatMap(({ result }) => result.findings);
	const broken = looks.reduce((sum, { result }) => sum + untold(result).length, 0);
	const unread = refusals.length > 0 ? ` ${style.red(`${counted(refusals.length, 'path')} could not be looked at.`)}` : '';
	if (findings.length + broken === 0) return `${style.green(`No findings in ${counted(looks.length, 'file')}.`)}${unread}`;
	const files = looks.filter(({ result }) => result.findings.length + untold(result).length > 0).length;
	const saving = savingOf(looks);
	const counts = (['error', 'warning', 'info', 'hint'] as const).flatMap((severity) => {
		const count = findings.filter((finding) => finding.severity === severity).length + (severity === 'error' ? broken : 0);
		return count === 0 ? [] : [severity === 'info' ? `${count} info` : counted(count, severity)];
	});
	const what = `${counted(findings.length + broken, 'finding')} in ${files === looks.length ? counted(files, 'file') : `${files} of ${counted(looks.length, 'file')}`} (${counts.join(', ')})`;
	return `${style.bold(what)}${saving && saving.atMost > 0 ? `, ${style.green(`${describeRange(saving.atLeast, saving.atMost)} to save`)}` : ''}.${repairSentence(looks)}${unread}`;
}

function repairSentence(looks: readonly Look[]): string {
	const { safe, suggested } = repairsOf(looks);
	if (safe > 0) return ` \`whittle fix\` repairs ${safe}${suggested > 0 ? `, \`whittle fix --suggested\` ${suggested} more` : ''}.`;
	return suggested > 0 ? ` \`whittle fix --suggested\` repairs ${suggested}.` : '';
}

function paintOf(severity: Severity, style: Style): Paint {
	return { error: style.red, warning: style.yellow, info: style.blue, hint: style.cyan }[severity];
}
