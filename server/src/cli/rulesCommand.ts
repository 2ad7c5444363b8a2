import type { Applicability } from '../advice/advice';
import { configurable, type RuleDescription, unknownRule, unusedIgnore } from '../lint/configurable';
import { rules } from '../rules';
import { type Options, optionValue } from './arguments';
import { wrap } from './help';
import { complain } from './report';
import { type Style, styleOf } from './style';

const repairs: Readonly<Record<Applicability | 'no', string>> = { safe: 'safe', suggested: 'suggested', review: 'to review', no: 'none' };

/** Lists the rules; returns the exit status. */
export function rulesCommand(options: Options): number {
	if (optionValue(options, 'format') === 'json') {
		process.stdout.write(
			`${JSON.stringify(
				rules.map(({ id, title, severity, fixable }) => ({ id, title, severity, fixable })),
				undefined,
				2,
			)}\n`,
		);
		return 0;
	}
	const style = styleOf(process.stdout, process.env);
	const rows = [['RULE', 'LEVEL', 'REPAIR', 'FINDS'], ...rules.map(({ id, severity, fixable, title }) => [id, severity, repairs[fixable], title])];
	const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2);
	const lines = rows.map((row, index) => {
		const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
		return index === 0 ? style.dim(cells.join('')) : [style.bold(cells[0] ?? ''), ...cells.slice(1)].join('');
	});
	process.stdout.write(`${lines.join('\n')}\n`);
	return 0;
}

/** Explains a rule; returns the exit status. */
export function explainCommand(words: readonly string[]): number {
	const [id, ...more] = words;
	const rule = configurable.find((one) => one.id === id);
	if (rule && more.length === 0) {
		process.stdout.write(explanation(rule, styleOf(process.stdout, process.env)));
		return 0;
	}
	complain(
		id === undefined || more.length > 0
			? 'explain takes one rule, for example `whittle explain package-cache-kept`; `whittle rules` lists them'
			: `${unknownRule(id)}. \`whittle rules\` lists them`,
	);
	return 2;
}

function explanation({ id, title, severity, fixable, docs }: RuleDescription, style: Style): string {
	const width = Math.min(100, style.width);
	const indented = (text: string) =>
		text
			.trimEnd()
			.split('\n')
			.map((line) => `  ${line}`.trimEnd());
	const repair = {
		safe: '`whittle fix` repairs it.',
		suggested: '`whittle fix --suggested` repairs it.',
		review: 'A repair is offered in an editor, for review.',
		no: 'There is no automatic repair.',
	}[fixable];
	return [
		`${style.bold(id)}: ${title} (${severity}). ${repair}`,
		'',
		...docs.why.split('\n').flatMap((line) => wrap(line, width)),
		'',
		style.bold('Before'),
		...indented(docs.before).map(style.red),
		'',
		...(docs.after === undefined ? [] : [style.bold('After'), ...indented(docs.after).map(style.green), '']),
		...(docs.links && docs.links.length > 0 ? [style.bold('Read more'), ...docs.links.map((link) => `  ${link}`), ''] : []),
		style.bold('Not here'),
		...(id === unusedIgnore.id ? [] : [`  # whittle-ignore ${id} -- reason       above the instruction`, `  # whittle-ignore-file ${id} -- reason  for the whole file`]),
		`  "rules": { "${id}": "off" }            in .whittlerc.json`,
		'',
	].join('\n');
}
