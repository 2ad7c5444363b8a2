import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { readText } from '../disk/read';
import { isRefusal, type Refusal } from '../disk/refusal';
import { writeAtomically } from '../disk/write';
import type { LintResult } from '../lint/lint';
import { isRecord } from '../text/record';
import type { Span } from '../text/span';
import { fingerprints } from './fingerprint';
import { untold } from './format/untold';
import type { Look } from './look';
import { shownPath } from './paths';

/** How many findings of each rule there are in instructions of each fingerprint. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What is known to be there, and is not told again: plain data, as another thread may look at the files. */
export interface Baseline {
	/** Its file, as a whole path; what is in it is named from the folder of that. */
	readonly path: string;
	readonly files: Readonly<Record<string, Counts>>;
}

/** The rule of places that do not parse. */
const syntaxRule = 'does-not-parse';
const version = 1;

/** Reads a baseline, or says why it is none. */
export function readBaseline(file: string): Baseline | Refusal {
	const path = resolve(file);
	const shown = shownPath(path);
	if (!existsSync(path)) return { because: `the baseline ${shown} does not exist; \`whittle lint --write-baseline ${shown}\` makes it` };
	const text = readText(path, shown);
	if (isRefusal(text)) return text;
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		return { because: `the baseline ${shown} is not valid JSON: ${(error as SyntaxError).message}` };
	}
	if (!isRecord(value) || !isRecord(value['files'])) return { because: `${shown} is no baseline: it has to be an object with "version" and "files"` };
	if (value['version'] !== version) return { because: `the baseline ${shown} is of version ${JSON.stringify(value['version'])}, and this Whittle reads version ${version}` };
	const files = value['files'];
	const wrong = Object.entries(files).find(([, counts]) => !isCounts(counts));
	return wrong
		? { because: `the baseline ${shown} is broken at "${wrong[0]}": rules, fingerprints and how often each is found have to be there` }
		: { path, files: files as Baseline['files'] };
}

/** Why a file may not become a baseline: it is there and is something else. One that a merge has broken may be made anew. */
export function refuseOther(path: string): Refusal | undefined {
	if (!existsSync(path)) return undefined;
	const shown = shownPath(path);
	const text = readText(path, shown);
	if (isRefusal(text)) return text;
	if (/^\uFEFF?\s*(?:$|\{\s*"version"\s*:\s*\d+,\s*"files"\s*:\s*\{)/.test(text)) return undefined;
	return { because: `${shown} is there and is no baseline, so that it stays as it is; give --write-baseline another name, or remove that file first` };
}

/** Writes a baseline, sorted, so that it changes only where findings do. */
export function writeBaseline({ path, files }: Baseline): Refusal | undefined {
	const text = `${JSON.stringify({ version, files: sorted(files, (counts) => sorted(counts, (prints) => sorted(prints, (count) => count))) }, undefined, 2)}\n`;
	return writeAtomically(path, text, shownPath(path));
}

/** The name that a baseline has for a file. */
export function nameIn({ path }: Baseline, file: string): string {
	return relative(dirname(path), resolve(file)).split(sep).join('/');
}

/** A file as a baseline leaves it: what was found in all, and the same file with what is new only. */
export function compare(look: Look, baseline: Baseline): { readonly found: Counts; readonly look: Look } {
	const known = own(baseline.files, nameIn(baseline, look.file)) ?? {};
	const print = fingerprints(look.text);
	const found: Record<string, Record<string, number>> = {};
	const isNew = (rule: string, at: Span): boolean => {
		const fingerprint = print(at);
		const prints = found[rule] ?? {};
		found[rule] = prints;
		const times = (prints[fingerprint] ?? 0) + 1;
		prints[fingerprint] = times;
		return times > (own(own(known, rule) ?? {}, fingerprint) ?? 0);
	};
	const told = new Set(untold(look.result));
	const findings = look.result.findings.filter(({ rule, span }) => isNew(rule, span));
	const newProblems = new Set([...told].filter(({ span }) => isNew(syntaxRule, span)));
	// What a finding that is known explains is as known as that.
	const explained = new Set(untold({ problems: look.result.problems, findings }));
	const problems = look.result.problems.filter((problem) => (told.has(problem) ? newProblems.has(problem) : !explained.has(problem)));
	const result: LintResult = { problems, findings };
	return { found, look: { ...look, result } };
}

/** What of `known` is not among `found`, in words: `2 of package-cache-kept`. */
export function gone(known: Counts, found: Counts): readonly { readonly rule: string; readonly count: number }[] {
	return Object.entries(known).flatMap(([rule, prints]) => {
		const count = Object.entries(prints).reduce((sum, [print, times]) => sum + Math.max(0, times - (own(own(found, rule) ?? {}, print) ?? 0)), 0);
		return count === 0 ? [] : [{ rule, count }];
	});
}

/** How many findings they are. */
export function total(counts: Counts): number {
	return Object.values(counts).reduce((sum, prints) => sum + Object.values(prints).reduce((all, count) => all + count, 0), 0);
}

/** A value of its own, not one that every object has. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

function sorted<T>(record: Readonly<Record<string, T>>, inner: (value: T) => unknown): Record<string, unknown> {
	const entries = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, value]) => [key, inner(value)]));
}

function isCounts(value: unknown): value is Counts {
	return isRecord(value) && Object.values(value).every((prints) => isRecord(prints) && Object.values(prints).every((count) => Number.isInteger(count) && Number(count) > 0));
}
