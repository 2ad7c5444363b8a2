import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Invocation, Location, Log, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import type { Fix, Related, Severity } from '../../advice/advice';
import { whittleVersion } from '../../disk/version';
import { configurable, type RuleDescription } from '../../lint/configurable';
import { explainRule, withoutMarkup } from '../../lint/explanation';
import { describeRange } from '../../lint/total';
import type { Span } from '../../text/span';
import { fingerprints } from '../fingerprint';
import { type Look, placeOf } from '../look';
import { uriOf } from '../paths';
import type { Format } from './format';
import { indented } from './indented';
import { untold } from './untold';

/** The id under which a place that does not parse is reported. */
const syntaxId = 'does-not-parse';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** What relative addresses start from: the current folder, which is the checkout where code scanning runs. */
const base = '%SRCROOT%';

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
				for (const [index, file] of files.entries()) yield `${index === 0 ? '' : ','}\n${indented({ location: addressOf(file) }, 4)}`;
				yield files.length === 0 ? ']' : '\n      ]';
				yield tail;
			},
		};
	},
};

/** What stands before the results, and what after everything. */
function frame(): readonly [head: string, tail: string] {
	const log: Log = {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: { driver: { name: 'Whittle', version: whittleVersion(), rules: [...configurable.map(descriptor), syntaxDescriptor] } },
				columnKind: 'utf16CodeUnits',
				originalUriBaseIds: { [base]: { uri: `${pathToFileURL(resolve('.')).href.replace(/\/$/, '')}/` } },
				results: [],
			},
		],
	};
	const text = `${JSON.stringify(log, undefined, 2)}\n`;
	const end = text.lastIndexOf(']', text.lastIndexOf(']') - 1);
	return [text.slice(0, end), text.slice(end + 1)];
}

function invocationsOf(refusals: readonly string[]): readonly Invocation[] {
	return [{ executionSuccessful: refusals.length === 0, toolExecutionNotifications: refusals.map((text) => ({ level: 'error', message: { text } })) }];
}

const syntaxDescriptor: ReportingDescriptor = {
	id: syntaxId,
	shortDescription: { text: 'What does not parse' },
	fullDescription: { text: 'A line that is no instruction of a Containerfile, or an instruction that lacks what it needs.' },
	help: { text: 'No builder takes such a file. Whittle looks at the rest all the same.' },
	defaultConfiguration: { level: 'error' },
	properties: { tags: ['container', 'build'] },
};

/** There is no published address of a rule's page, so that the page itself is here. */
function descriptor(rule: RuleDescription): ReportingDescriptor {
	const { id, title, severity, concerns, docs } = rule;
	const page = explainRule(rule);
	return {
		id,
		shortDescription: { text: title },
		fullDescription: { text: withoutMarkup(docs.why), markdown: docs.why },
		help: { text: withoutMarkup(page), markdown: page },
		defaultConfiguration: { level: levels[severity] },
		properties: { tags: ['container', concerns === 'image' ? 'image-size' : 'build'] },
	};
}

function resultsOf(look: Look): readonly Result[] {
	const printOf = fingerprints(look.text);
	const problems = untold(look.result).map(({ message, span }) => resultOf(look, syntaxId, 'error', message, span, printOf));
	const findings = look.result.findings.map(
		({ rule, severity, message, span, related, saves, fixes = [] }): Result => ({
			...resultOf(look, rule, severity, message, span, printOf, related),
			...(saves
				? { properties: { atLeast: saves.atLeast, atMost: saves.atMost, basis: saves.basis, source: saves.source, saves: describeRange(saves.atLeast, saves.atMost) } }
				: {}),
			...fixesOf(look, fixes),
		}),
	);
	return [...problems, ...findings];
}

function resultOf(look: Look, ruleId: string, severity: Severity, message: string, span: Span, printOf: (at: Span) => string, related: readonly Related[] = []): Result {
	const ruleIndex = ruleId === syntaxId ? configurable.length : configurable.findIndex(({ id }) => id === ruleId);
	const locations = related.map((other): Location => ({ ...locationOf(look, other.span), message: { text: other.message } }));
	return {
		ruleId,
		...(ruleIndex < 0 ? {} : { ruleIndex }),
		level: levels[severity],
		message: { text: message },
		locations: [locationOf(look, span)],
		partialFingerprints: { 'instructionHash/v1': printOf(span) },
		...(locations.length > 0 ? { relatedLocations: locations } : {}),
	};
}

function locationOf(look: Look, span: Span): Location {
	const { line, column, endLine, endColumn } = placeOf(look, span);
	return { physicalLocation: { artifactLocation: artifactOf(look), region: { startLine: line, startColumn: column, endLine, endColumn } } };
}

function artifactOf({ file }: Look): ArtifactLocation {
	return { ...addressOf(file), index: -1 };
}

function addressOf(file: string): ArtifactLocation {
	const uri = uriOf(file);
	return uri.startsWith('file:') ? { uri } : { uri, uriBaseId: base };
}

/** A repair that touches other files too cannot be told by places of this one. */
function fixesOf(look: Look, fixes: readonly Fix[]): { readonly fixes?: SarifFix[] } {
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
