import type { Applicability, Docs } from '../advice/advice';
import { configurable, configurableIds, type RuleDescription, unusedIgnore } from '../lint/configurable';
import { rewrites } from '../rewrites';
import type { Rewrite } from '../rewrites/rewrite';
import { rules } from '../rules';
import { nearest } from '../text/distance';
import { type Options, optionValue } from './arguments';
import { wrap } from './help';
import { complain, table } from './report';
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
	process.stdout.write(table(rows, style));
	return 0;
}

/** Explains a rule or a rewrite; returns the exit status. */
export function explainCommand(words: readonly string[]): number {
	const style = styleOf(process.stdout, process.env);
	const [id, ...more] = words;
	const rule = configurable.find((one) => one.id === id);
	const rewrite = rewrites.find((one) => one.id === id);
	if (more.length === 0 && (rule || rewrite)) {
		if (rule) process.stdout.write(ruleExplanation(rule, style));
		else if (rewrite) process.stdout.write(rewriteExplanation(rewrite, style));
		return 0;
	}
	complain(
		id === undefined || more.length > 0
			? 'explain takes one rule or rewrite, for example `whittle explain package-cache-kept`; `whittle rules` and `whittle rewrite --list` list them'
			: unknown(id),
	);
	return 2;
}

function unknown(id: string): string {
	const meant = nearest(id, [...configurableIds, ...rewrites.map((rewrite) => rewrite.id)]);
	return `there is no rule and no rewrite "${id}"${meant === undefined ? '' : ` (did you mean ${meant}?)`}. \`whittle rules\` and \`whittle rewrite --list\` list them`;
}

function rewriteExplanation({ id, title, needs, docs }: Rewrite, style: Style): string {
	return [`${style.bold(id)}: ${title}. It needs ${needs}. \`whittle rewrite ${id} FILE\` makes it, for review.`, '', ...whyAndHow(docs, style), ''].join('\n');
}

function ruleExplanation({ id, title, severity, fixable, docs }: RuleDescription, style: Style): string {
	const repair = {
		safe: '`whittle fix` repairs it.',
		suggested: '`whittle fix --suggested` repairs it.',
		review: 'A repair is offered in an editor, for review.',
		no: 'There is no automatic repair.',
	}[fixable];
	return [
		`${style.bold(id)}: ${title} (${severity}). ${repair}`,
		'',
		...whyAndHow(docs, style),
		'',
		style.bold('Not here'),
		...(id === unusedIgnore.id ? [] : [`  # whittle-ignore ${id} -- reason       above the instruction`, `  # whittle-ignore-file ${id} -- reason  for the whole file`]),
		`  "rules": { "${id}": "off" }            in .whittlerc.json`,
		'',
	].join('\n');
}

function whyAndHow({ why, before, after, links = [] }: Docs, style: Style): readonly string[] {
	const indented = (text: string) =>
		text
			.trimEnd()
			.split('\n')
			.map((line) => `  ${line}`.trimEnd());
	return [
		...why.split('\n').flatMap((line) => wrap(line, Math.min(100, style.width))),
		'',
		style.bold('Before'),
		...indented(before).map(style.red),
		...(after === undefined ? [] : ['', style.bold('After'), ...indented(after).map(style.green)]),
		...(links.length > 0 ? ['', style.bold('Read more'), ...links.map((link) => `  ${link}`)] : []),
	];
}
