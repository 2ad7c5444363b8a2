import type { Applicability, Basis, Docs, Saving } from '../advice/advice';
import type { Rewrite } from '../rewrites/rewrite';
import { type RuleDescription, unusedIgnore } from './configurable';
import { describeRange } from './total';

const bases: Readonly<Record<Basis, string>> = { measured: 'measured', catalog: 'known figure', guess: 'estimate' };

const repairs: Readonly<Record<Applicability | 'no', string>> = {
	safe: 'safe, `whittle fix` makes it',
	suggested: 'suggested, one click or `whittle fix --suggested`',
	review: 'offered for review',
	no: 'none',
};

const concerns: Readonly<Record<RuleDescription['concerns'], string>> = { image: 'about the image that ships', build: 'about how it is built' };

/** A whole page of Markdown about a rule. */
export function explainRule(rule: RuleDescription): string {
	const { id, title, severity, fixable, docs, hadolint = [] } = rule;
	const facts = `\`${id}\` · ${severity} · ${concerns[rule.concerns]} · repair: ${repairs[fixable]}`;
	const same = hadolint.length > 0 ? ` \`# hadolint ignore=${hadolint.join(',')}\` counts too.` : '';
	const comment =
		id === unusedIgnore.id
			? ''
			: `${fenced(`# whittle-ignore ${id} -- why it is wanted here`)}\n\nabove an instruction; \`# whittle-ignore-file\` holds for the whole file.${same}\n\n`;
	const setting = `For a project: \`"rules": { "${id}": "off" }\` in \`.whittlerc.json\`, or another level instead of \`off\`.`;
	return page(title, facts, docs, [['Not here', `${comment}${setting}`]]);
}

/** The same about a rewrite. */
export function explainRewrite({ id, title, needs, docs }: Rewrite): string {
	return page(title, `\`${id}\` · needs ${needs}`, docs, []);
}

function page(title: string, facts: string, docs: Docs, sections: readonly (readonly [heading: string, text: string])[]): string {
	const links = docs.links ?? [];
	const more = links.length > 0 ? [['More', links.map((link) => `- <${link}>`).join('\n')] as const] : [];
	return [`# ${title}`, facts, whyAndHow(docs), ...[...sections, ...more].map(([heading, text]) => `## ${heading}\n\n${text}`)].join('\n\n');
}

/** Why, before and after. */
export function whyAndHow(docs: Docs): string {
	return [docs.why, 'Before', fenced(docs.before), ...(docs.after === undefined ? [] : ['After', fenced(docs.after)])].join('\n\n');
}

/** A saving with its basis and who says so, one line. */
export function describeSaving(saving: Saving): string {
	return `Saves ${describeRange(saving.atLeast, saving.atMost)} (${bases[saving.basis]}: ${saving.source})`;
}

/** The same words for an editor that shows no Markdown: code is indented, marks are gone. */
export function withoutMarkup(markdown: string): string {
	return markdown
		.split(/^```(?:dockerfile)?(?:\n|$)/m)
		.map((part, index) => (index % 2 === 1 ? part.replace(/^(?=.)/gm, '    ') : part.replace(/\*\*([^*\n]+)\*\*|`([^`\n]+)`/g, '$1$2')))
		.join('');
}

function fenced(text: string): string {
	return `\`\`\`dockerfile\n${text.replace(/\n$/, '')}\n\`\`\``;
}
