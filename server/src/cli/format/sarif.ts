import type { Fix, Related, Severity } from '../../advice/advice';
import { whittleVersion } from '../../disk/version';
import { configurable, type RuleDescription } from '../../lint/configurable';
import { describeRange } from '../../lint/total';
import type { Span } from '../../text/span';
import { type Look, placeOf } from '../look';
import { uriOf } from '../paths';
import { untold } from './untold';

/** The id under which a place that does not parse is reported. */
const syntaxId = 'does-not-parse';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** A SARIF 2.1.0 log with one run. */
export function sarifReport(looks: readonly Look[], refusals: readonly string[]): string {
	const log = {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: { driver: { name: 'Whittle', version: whittleVersion(), rules: [...configurable.map(descriptor), syntaxDescriptor] } },
				columnKind: 'utf16CodeUnits',
				invocations: [{ executionSuccessful: refusals.length === 0, toolExecutionNotifications: refusals.map((text) => ({ level: 'error', message: { text } })) }],
				artifacts: looks.map(({ file }) => ({ location: { uri: uriOf(file) } })),
				results: looks.flatMap(resultsOf),
			},
		],
	};
	return `${JSON.stringify(log, undefined, 2)}\n`;
}

const syntaxDescriptor = { id: syntaxId, shortDescription: { text: 'What does not parse' }, defaultConfiguration: { level: 'error' } };

function descriptor({ id, title, severity, docs }: RuleDescription): object {
	return {
		id,
		shortDescription: { text: title },
		fullDescription: { text: docs.why, markdown: docs.why },
		help: { text: docs.why, markdown: docs.why },
		defaultConfiguration: { level: levels[severity] },
	};
}

function resultsOf(look: Look, index: number): readonly object[] {
	const problems = untold(look.result).map(({ message, span }) => resultOf(look, index, syntaxId, 'error', message, span));
	const findings = look.result.findings.map((finding) => ({
		...resultOf(look, index, finding.rule, finding.severity, finding.message, finding.span, finding.related),
		...(finding.saves
			? {
					properties: {
						atLeast: finding.saves.atLeast,
						atMost: finding.saves.atMost,
						basis: finding.saves.basis,
						saves: describeRange(finding.saves.atLeast, finding.saves.atMost),
					},
				}
			: {}),
		...fixesOf(look, index, finding.fixes ?? []),
	}));
	return [...problems, ...findings];
}

function resultOf(look: Look, index: number, ruleId: string, severity: Severity, message: string, span: Span, related: readonly Related[] = []): object {
	const ruleIndex = ruleId === syntaxId ? configurable.length : configurable.findIndex(({ id }) => id === ruleId);
	const locations = related.map((other) => ({ ...locationOf(look, index, other.span), message: { text: other.message } }));
	return {
		ruleId,
		...(ruleIndex < 0 ? {} : { ruleIndex }),
		level: levels[severity],
		message: { text: message },
		locations: [locationOf(look, index, span)],
		...(locations.length > 0 ? { relatedLocations: locations } : {}),
	};
}

function locationOf(look: Look, index: number, span: Span): object {
	const { line, column, endLine, endColumn } = placeOf(look, span);
	return { physicalLocation: { artifactLocation: artifactOf(look, index), region: { startLine: line, startColumn: column, endLine, endColumn } } };
}

function artifactOf({ file }: Look, index: number): object {
	return { uri: uriOf(file), index };
}

/** A repair that touches other files too cannot be told by places of this one. */
function fixesOf(look: Look, index: number, fixes: readonly Fix[]): object {
	const told = fixes.filter(({ edits, files = [] }) => edits.length > 0 && files.length === 0);
	if (told.length === 0) return {};
	return {
		fixes: told.map(({ title, edits }) => ({
			description: { text: title },
			artifactChanges: [
				{
					artifactLocation: artifactOf(look, index),
					replacements: edits.map(({ span, text }) => {
						const { line, column, endLine, endColumn } = placeOf(look, span);
						return { deletedRegion: { startLine: line, startColumn: column, endLine, endColumn }, insertedContent: { text } };
					}),
				},
			],
		})),
	};
}
