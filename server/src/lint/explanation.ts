import type { Basis, Docs, Saving } from '../advice/advice';
import type { RuleDescription } from '../lint/configurable';
import { describeRange } from '../lint/total';
import type { Rewrite } from '../rewrites/rewrite';

const bases: Readonly<Record<Basis, string>> = { measured: 'measured', catalog: 'known figure', guess: 'estimate' };

/** A whole page of Markdown about a rule. */
export function explainRule(rule: RuleDescription): string {
	const repair = { safe: 'safe, `whittle fix` makes it', suggested: 'suggested, one click', review: 'offered for review', no: 'none' }[rule.fixable];
	return page(rule.title, `\`${rule.id}\` · ${rule.severity} · repair: ${repair}`, rule.docs);
}

/** The same about a rewrite. */
export function explainRewrite({ id, title, needs, docs }: Rewrite): string {
	return page(title, `\`${id}\` · needs ${needs}`, docs);
}

function page(title: string, facts: string, docs: Docs): string {
	const links = docs.links ?? [];
	return [`# ${title}`, facts, whyAndHow(docs), ...(links.length > 0 ? ['## More', links.map((link) => `- <${link}>`).join('\n')] : [])].join('\n\n');
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
