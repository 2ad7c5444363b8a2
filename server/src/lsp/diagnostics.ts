import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Severity } from '../advice/advice';
import { rulePages } from '../disk/pages';
import type { Reported } from '../lint/lint';
import type { Span } from '../text/span';
import type { Analysis } from './analysis';
import type { ClientFeatures } from './clientFeatures';

/** The name under which editors show what Whittle says. */
export const source = 'whittle';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	info: DiagnosticSeverity.Information,
	hint: DiagnosticSeverity.Hint,
};

const pageOf = rulePages();

/**
 * A document's findings as diagnostics. What does not parse (`LintResult.problems`) is not among them: the Dockerfile extensions that
 * people have beside Whittle say that, and nobody wants to read it twice; the traps that they do not see are a rule of ours, `broken-continuation`.
 */
export function diagnosticsOf(analysis: Analysis, client: ClientFeatures): Diagnostic[] {
	if (analysis.tooLarge) return [tooLarge()];
	return analysis.result.findings.map((finding) => diagnosticOf(analysis.document, finding, client));
}

/** One finding as a diagnostic. */
export function diagnosticOf(document: TextDocument, finding: Reported, client: ClientFeatures): Diagnostic {
	const page = client.codeDescription ? pageOf(finding.rule) : undefined;
	const related = client.relatedInformation ? (finding.related ?? []) : [];
	return {
		range: rangeOf(document, finding.span),
		severity: severities[finding.severity],
		code: finding.rule,
		source,
		message: finding.message,
		...(page === undefined ? {} : { codeDescription: { href: page } }),
		...(related.length === 0 ? {} : { relatedInformation: related.map(({ span, message }) => ({ location: { uri: document.uri, range: rangeOf(document, span) }, message })) }),
		...(finding.redundant === true && client.unnecessaryTag ? { tags: [DiagnosticTag.Unnecessary] } : {}),
	};
}

/** A span in the editor's count. */
export function rangeOf(document: TextDocument, span: Span): Range {
	return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

function tooLarge(): Diagnostic {
	const start = { line: 0, character: 0 };
	return { range: { start, end: start }, severity: DiagnosticSeverity.Hint, source, message: 'This file is larger than 1 MiB; Whittle does not look at it.' };
}
