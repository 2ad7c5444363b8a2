import { rangeOf } from '../../text/lines';
import type { Look } from '../look';
import type { Format } from './format';
import { indented } from './indented';

/** An array with an element per file; lines and characters from 0, spans in UTF-16 units of the text as it is (a byte order mark is one). */
export const jsonFormat: Format = {
	piece: (look) => indented(elementOf(look), 1),
	report: () => {
		let files = 0;
		return {
			start: () => '[',
			next: (piece) => `${files++ === 0 ? '' : ','}\n${piece}`,
			end: () => [files === 0 ? ']\n' : '\n]\n'],
		};
	},
};

function elementOf({ file, starts, result }: Look): object {
	return {
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
	};
}
