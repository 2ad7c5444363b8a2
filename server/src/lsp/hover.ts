import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import { configurable } from '../lint/configurable';
import { describeSaving, whyAndHow, withoutMarkup } from '../lint/explanation';
import type { Reported } from '../lint/lint';
import { withOffered } from '../lint/propose';
import { rewrites } from '../rewrites';
import type { Analysis } from './analysis';
import type { ClientFeatures } from './clientFeatures';
import { rangeOf } from './diagnostics';

/** What the findings at a position are about, why they matter and how it looks when they are gone; null where there is none. */
export function hoverOf({ document, context, result }: Analysis, position: Position, client: ClientFeatures): Hover | null {
	const offset = document.offsetAt(position);
	const [first, ...others] = result.findings.filter(({ span }) => span.start <= offset && (offset < span.end || span.start === span.end));
	if (!first) return null;
	const value = withOffered([first, ...others], document.getText(), context)
		.map(describe)
		.join('\n\n---\n\n');
	const contents = client.markdownHover ? { kind: MarkupKind.Markdown, value } : { kind: MarkupKind.PlainText, value: withoutMarkup(value) };
	return { contents, range: rangeOf(document, first.span) };
}

function describe(finding: Reported): string {
	const rule = configurable.find(({ id }) => id === finding.rule);
	const heading = rule ? `**${rule.title}** (\`${rule.id}\`)` : `**${finding.rule}**`;
	const cures = (finding.rewrites ?? []).flatMap((id) => rewrites.find((rewrite) => rewrite.id === id) ?? []);
	return [
		heading,
		finding.message,
		...(finding.saves ? [describeSaving(finding.saves)] : []),
		...cures.map(({ id, title }) => `The rewrite \`${id}\` cures it: ${title}`),
		...(rule ? [whyAndHow(rule.docs)] : []),
	].join('\n\n');
}
