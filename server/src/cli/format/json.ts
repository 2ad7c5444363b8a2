import { rangeOf } from '../../text/lines';
import type { Look } from '../look';

/** An array with an element per file; lines and characters from 0, spans in UTF-16 units of the text as it is (a byte order mark is one). */
export function jsonReport(looks: readonly Look[]): string {
	const files = looks.map(({ file, starts, result }) => ({
		file,
		problems: result.problems.map(({ message, span }) => ({ message, span: { start: span.start, end: span.end }, range: rangeOf(starts, span) })),
		findings: result.findings.map(({ rule, severity, message, span, saves, fixes, rewrites }) => ({
			rule,
			severity,
			message,
			span: { start: span.start, end: span.end },
			range: rangeOf(starts, span),
			...(saves ? { saves: { atLeast: saves.atLeast, atMost: saves.atMost, basis: saves.basis } } : {}),
			fixes: (fixes ?? []).map(({ title, applicability }) => ({ title, applicability })),
			...(rewrites ? { rewrites } : {}),
		})),
	}));
	return `${JSON.stringify(files, undefined, 2)}\n`;
}
