import { expand, type Variables } from '../model/basics/expand';
import { remember } from '../model/basics/remember';
import { goNamedDownloads } from '../model/catalog/downloads';
import type { Model, StageModel } from '../model/stages/model';
import { isDeclaredAt } from '../model/stages/platformVariables';
import type { SinglePlatform } from '../model/stages/singlePlatform';
import type { Instruction } from '../syntax/containerfile';
import type { Word } from '../text/span';
import type { Fix } from './advice';
import { declareBefore } from './declare';

const amd64 = /(?<![A-Za-z0-9])amd64(?![A-Za-z0-9])/g;

/**
 * Puts TARGETARCH where an instruction names amd64. Undefined unless everything that it fetches for amd64 is known to be published for arm64 under the same
 * name otherwise, in that version, and nothing else in the file depends on the name or the contents of what is fetched.
 */
export function fetchForTarget(model: Model, { kind, instruction, stage, words }: SinglePlatform): Fix | undefined {
	const { file } = model;
	const text = file.text.slice(instruction.span.start, instruction.span.end);
	if (kind !== 'download' || instruction.exec || instruction.heredocs.length > 0 || (instruction.keyword !== 'ADD' && !instruction.script)) return undefined;
	if (words.some((word) => !isPublished(word, variablesAt(stage, instruction)))) return undefined;
	// A checksum is that of the file for amd64, and single quotes would keep the variable from being expanded.
	if (/--checksum|sum\b|'[^'\n]*amd64|x86[_-]64/.test(text)) return undefined;
	const places = [...text.matchAll(amd64)];
	if (places.length !== (text.match(/amd64/gi) ?? []).length || instruction.comments.some(({ start, end }) => /amd64/.test(file.text.slice(start, end)))) return undefined;
	const naming = namingFiles(model);
	if (naming.size > (naming.has(instruction) ? 1 : 0)) return undefined;
	const edits = places.map(({ index }) => ({ span: { start: instruction.span.start + index, end: instruction.span.start + index + 'amd64'.length }, text: '${TARGETARCH}' }));
	const declared = isDeclaredAt(model, instruction, 'TARGETARCH');
	return {
		title: 'Fetch what is for the platform that is built for',
		applicability: 'review',
		edits: [...(declared ? [] : [declareBefore(file, instruction, 'TARGETARCH')]), ...edits],
	};
}

function isPublished({ text }: Word, variables: Variables): boolean {
	const address = text.replace(/^"|"$/g, '').replace(/^https?:\/\//, '');
	return goNamedDownloads.some((download) => {
		const version = download.address.exec(address)?.groups?.['version'];
		if (version === undefined) return false;
		if (/\/(?:stable|latest)(?:-[\d.]+)?\.txt/.test(version)) return true;
		const [major, minor = 0] =
			(expand(version, variables) ?? '')
				.match(/^v?(\d+)(?:\.(\d+))?/)
				?.slice(1)
				.map((part) => Number(part ?? 0)) ?? [];
		return major !== undefined && (major > download.since[0] || (major === download.since[0] && minor >= download.since[1]));
	});
}

/** ENV and ARG values as the nearest RUN has them: that instruction itself, the next one, or else the last. */
function variablesAt({ runs, stage }: StageModel, instruction: Instruction): Variables {
	const position = stage.instructions.indexOf(instruction);
	return (runs.find((run) => run.position >= position) ?? runs.at(-1))?.variables ?? new Map();
}

/** The instructions that name a file or folder for amd64, which may be what another one fetches. */
const namingFiles = remember(
	({ file }: Model): ReadonlySet<Instruction> =>
		new Set(
			file.instructions.filter(({ keyword, span }) => {
				const text = file.text.slice(span.start, span.end);
				return keyword !== 'FROM' && /amd64/i.test(text) && /amd64/i.test(text.replace(/https?:\/\/\S+/g, ''));
			}),
		),
);
