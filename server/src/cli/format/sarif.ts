import type { Fix, Related, Severity } from '../../advice/advice';
import { whittleVersion } from '../../disk/version';
import { configurable, type RuleDescription } from '../../lint/configurable';
import { describeRange } from '../../lint/total';
import type { Span } from '../../text/span';
import { type Look, placeOf } from '../look';
import { uriOf } from '../paths';
import type { Format } from './format';
import { indented } from './indented';
import { untold } from './untold';

/** The id under which a place that does not parse is reported. */
const syntaxId = 'does-not-parse';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** The place of a file among the artifacts while nobody has counted them yet; what SARIF takes where none is written. No text can hold it in this form, as JSON escapes quotes. */
const uncounted = '"index": -1';

/** A SARIF 2.1.0 log with one run. What is known only at the end, the artifacts and what could not be looked at, follows the results. */
export const sarifFormat: Format = {
	piece: (look) =>
		resultsOf(look)
			.map((result) => indented(result, 4))
			.join(',\n'),
	report: () => {
		const [head, tail] = frame();
		const files: string[] = [];
		let results = 0;
		return {
			start: () => head,
			next: (piece, file) => {
				const index = files.push(file) - 1;
				return piece === '' ? '' : `${results++ === 0 ? '' : ','}\n${piece.replaceAll(uncounted, `"index": ${index}`)}`;
			},
			*end(_tally, refusals) {
				yield results === 0 ? '],\n' : '\n      ],\n';
				yield `      "invocations": ${indented(invocationsOf(refusals), 3).trimStart()},\n      "artifacts": [`;
				for (const [index, file] of files.entries()) yield `${index === 0 ? '' : ','}\n${indented({ location: { uri: uriOf(file) } }, 4)}`;
				yield files.length === 0 ? ']' : '\n      ]';
				yield tail;
			},
		};
	},
};

/** What stands before the results, and what after everything. */
function frame(): readonly [head: string, tail: string] {
	const log = {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: { driver: { name: 'Whittle', version: whittleVersion(), rules: [...configurable.map(descriptor), syntaxDescriptor] } },
				columnKind: 'utf16CodeUnits',
				results: [],
			},
		],
	};
	const text = `${JSON.stringify(log, undefined, 2)}\n`;
	const end = text.lastIndexOf(']', text.lastIndexOf(']') - 1);
	return [text.slice(0, end), text.slice(end + 1)];
}

function invocationsOf(refusals: readonly string[]): readonly object[] {
	return [{ executionSuccessful: refusals.length === 0, toolExecutionNotifications: refusals.map((text) => ({ level: 'error', message: { text } })) }];
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

function resultsOf(look: Look): readonly object[] {
	const problems = untold(look.result).map(({ message, span }) => resultOf(look, syntaxId, 'error', message, span));
	const findings = look.result.findings.map((finding) => ({
		...resultOf(look, finding.rule, finding.severity, finding.message, finding.span, finding.related),
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
		...fixesOf(look, finding.fixes ?? []),
	}));
	return [...problems, ...findings];
}

function resultOf(look: Look, ruleId: string, severity: Severity, message: string, span: Span, related: readonly Related[] = []): object {
	const ruleIndex = ruleId === syntaxId ? configurable.length : configurable.findIndex(({ id }) => id === ruleId);
	const locations = related.map((other) => ({ ...locationOf(look, other.span), message: { text: other.message } }));
	return {
		ruleId,
		...(ruleIndex < 0 ? {} : { ruleIndex }),
		level: levels[severity],
		message: { text: message },
		locations: [locationOf(look, span)],
		...(locations.length > 0 ? { relatedLocations: locations } : {}),
	};
}

function locationOf(look: Look, span: Span): object {
	const { line, column, endLine, endColumn } = placeOf(look, span);
	return { physicalLocation: { artifactLocation: artifactOf(look), region: { startLine: line, startColumn: column, endLine, endColumn } } };
}

function artifactOf({ file }: Look): object {
	return { uri: uriOf(file), index: -1 };
}

/** A repair that touches other files too cannot be told by places of this one. */
function fixesOf(look: Look, fixes: readonly Fix[]): object {
	const told = fixes.filter(({ edits, files = [] }) => edits.length > 0 && files.length === 0);
	if (told.length === 0) return {};
	return {
		fixes: told.map(({ title, edits }) => ({
			description: { text: title },
			artifactChanges: [
				{
					artifactLocation: artifactOf(look),
					replacements: edits.map(({ span, text }) => {
						const { line, column, endLine, endColumn } = placeOf(look, span);
						return { deletedRegion: { startLine: line, startColumn: column, endLine, endColumn }, insertedContent: { text } };
					}),
				},
			],
		})),
	};
}
