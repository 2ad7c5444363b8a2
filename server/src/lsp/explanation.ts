import type { Basis, Saving } from '../advice/advice';
import type { RuleDescription } from '../lint/configurable';
import { describeRange } from '../lint/total';

const bases: Readonly<Record<Basis, string>> = { measured: 'measured', catalog: 'known figure', guess: 'estimate' };

/** A whole page of Markdown about a rule. */
export function explainRule(rule: RuleDescription): string {
	const repair = { safe: 'safe, `whittle fix` makes it', suggested: 'suggested, one click', review: 'offered for review', no: 'none' }[rule.fixable];
	const facts = `\`${rule.id}\` · ${rule.severity} · repair: ${repair}`;
	const links = rule.docs.links ?? [];
	return [`# ${rule.title}`, facts, whyAndHow(rule), ...(links.length > 0 ? ['## More', links.map((link) => `- <${link}>`).join('\n')] : [])].join('\n\n');
}

/** Why, before and after. */
export function whyAndHow({ docs }: RuleDescription): string {
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
