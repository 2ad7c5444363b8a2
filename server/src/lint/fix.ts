import { type Applicability, type FileChange, type Fix, trusted } from '../advice/advice';
import { type Context, loneFile } from '../model/context/context';
import { applyEdits, collide } from '../text/edit';
import type { Span } from '../text/span';
import { damage } from './analyze';
import { type LintOptions, lint, type Reported } from './lint';

/** One repair that was made. */
export interface Applied {
	readonly rule: string;
	readonly title: string;
	/** Where it was found, in the text of the pass that made it. */
	readonly span: Span;
	/** From 1. */
	readonly pass: number;
	/** The line, from 0, of the finding in the text of that pass. */
	readonly line: number;
}

/** A text after its repairs. */
export interface FixResult {
	readonly text: string;
	readonly applied: readonly Applied[];
	/** Changes of other files. */
	readonly files: readonly FileChange[];
	/** False where the repairs went in a circle or did not end within 10 passes; the text is then that of the last good pass. */
	readonly settled: boolean;
}

/** Which repairs to make. */
export interface FixOptions extends LintOptions {
	/** The least trust that suffices. */
	readonly upTo: Applicability;
	/** Only this rule's repairs. */
	readonly only?: string;
}

interface Chosen {
	readonly finding: Reported;
	readonly fix: Fix;
}

const passes = 10;

/**
 * Applies every finding's first sufficiently trusted fix, pass after pass, until nothing changes. Fixes that overlap wait for the next pass.
 * A fix after which less of the file parses is a bug of ours and is left out. Never throws, does no IO.
 */
export function fixAll(text: string, context: Context = loneFile, options: FixOptions = { upTo: 'safe' }): FixResult {
	const seen = new Set([text]);
	const applied: Applied[] = [];
	const files = new Map<string, FileChange>();
	let current = text;
	let surroundings = context;
	for (let pass = 1; pass <= passes; pass++) {
		const chosen = choose(current, surroundings, options);
		const { text: next, made } = apply(current, chosen);
		if (made.length === 0) return { text: current, applied, files: [...files.values()], settled: true };
		if (next !== current && seen.has(next)) break;
		seen.add(next);
		for (const { finding, fix } of made) {
			applied.push({ rule: finding.rule, title: fix.title, span: finding.span, pass, line: current.slice(0, finding.span.start).split(/\r\n|\r|\n/).length - 1 });
			for (const file of fix.files ?? []) files.set(file.path, file);
			surroundings = withFiles(surroundings, fix.files ?? []);
		}
		current = next;
	}
	return { text: current, applied, files: [...files.values()], settled: false };
}

function choose(text: string, context: Context, options: FixOptions): readonly Chosen[] {
	const chosen: Chosen[] = [];
	for (const finding of lint(text, context, options).findings) {
		if (options.only !== undefined && finding.rule !== options.only) continue;
		const fix = finding.fixes?.find((one) => trusted(one, options.upTo));
		if (!fix) continue;
		const taken = chosen.some((other) => collide(other.fix.edits, fix.edits) || (other.fix.files ?? []).some((file) => fix.files?.some((one) => one.path === file.path)));
		if (!taken) chosen.push({ finding, fix });
	}
	return chosen;
}

function apply(text: string, chosen: readonly Chosen[]): { readonly text: string; readonly made: readonly Chosen[] } {
	const before = damage(text);
	const all = applyEdits(
		text,
		chosen.flatMap(({ fix }) => fix.edits),
	);
	if (damage(all) <= before) return { text: all, made: chosen };
	const made: Chosen[] = [];
	for (const one of chosen) {
		const attempt = applyEdits(
			text,
			[...made, one].flatMap(({ fix }) => fix.edits),
		);
		if (damage(attempt) <= before) made.push(one);
	}
	return {
		text: applyEdits(
			text,
			made.flatMap(({ fix }) => fix.edits),
		),
		made,
	};
}

function withFiles(context: Context, files: readonly FileChange[]): Context {
	const { buildContext } = context;
	if (!buildContext || files.length === 0) return context;
	return {
		...context,
		buildContext: {
			...buildContext,
			present: new Set([...buildContext.present, ...files.map((file) => file.path)]),
			ignoreFiles: new Map([...buildContext.ignoreFiles, ...files.map((file) => [file.path, file.text] as const)]),
		},
	};
}
