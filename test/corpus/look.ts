import { readContainerfile } from '../../server/src/disk/read';
import { isRefusal } from '../../server/src/disk/refusal';
import { loneFile } from '../../server/src/model/context/context';
import { rewrites } from '../../server/src/rewrites';
import { acceptedByProgram } from '../support/judges';
import { brokenShell, inspect, type Repaired, type Violation } from '../support/laws';
import { inspectRewrite } from '../support/rewriteLaws';

/** A broken law and the file it was broken on. */
export interface Case extends Violation {
	readonly file: string;
}

/** What was seen in some files; counts are by rule id or by message. */
export interface Sight {
	files: number;
	/** Characters that were read. */
	size: number;
	/** Time in `inspect`, in milliseconds. */
	spent: number;
	/** Files that the laws were tried on and in which a repair changed something. */
	repaired: number;
	readonly unread: string[];
	readonly findings: Map<string, number>;
	readonly filesWith: Map<string, number>;
	readonly fixes: Map<string, number>;
	readonly rewrites: Map<string, number>;
	readonly problems: Map<string, number>;
	readonly cases: Case[];
}

type Filed = Repaired & { readonly file: string; readonly before: string };

/** Nothing seen yet. */
export function emptySight(): Sight {
	return { files: 0, size: 0, spent: 0, repaired: 0, unread: [], findings: new Map(), filesWith: new Map(), fixes: new Map(), rewrites: new Map(), problems: new Map(), cases: [] };
}

/** Tries all laws on some files; `parser` is a program as `acceptedByProgram` takes it. */
export function look(files: readonly string[], parser: string | undefined): Sight {
	const sight = emptySight();
	const repaired: Filed[] = [];
	for (const file of files) {
		const text = readContainerfile(file);
		if (isRefusal(text)) {
			sight.unread.push(text.because);
			continue;
		}
		const start = performance.now();
		const seen = inspect(text);
		sight.spent += performance.now() - start;
		sight.files++;
		sight.size += text.length;
		sight.repaired += seen.repaired.length > 0 ? 1 : 0;
		for (const { rule } of seen.findings) count(sight.findings, rule);
		for (const rule of new Set(seen.findings.map((finding) => finding.rule))) count(sight.filesWith, rule);
		for (const rule of seen.applied) count(sight.fixes, rule);
		for (const message of seen.problems) count(sight.problems, message);
		sight.cases.push(...seen.violations.map((violation) => ({ ...violation, file })));
		repaired.push(...seen.repaired.map((one) => ({ ...one, file, before: text })));
		for (const { id } of rewrites) {
			const made = inspectRewrite(id, text, loneFile);
			if ('because' in made) continue;
			count(sight.rewrites, id);
			sight.cases.push(...made.violations.map((violation) => ({ ...violation, file })));
			repaired.push({ ...made.repaired, file, before: text });
		}
	}
	sight.cases.push(...brokenShell(repaired).map(({ of, violation }) => ({ ...violation, file: of.file })));
	if (parser !== undefined) sight.cases.push(...refusedNow(repaired, parser));
	return sight;
}

/** Adds what was seen elsewhere. */
export function merge(into: Sight, other: Sight): void {
	into.files += other.files;
	into.size += other.size;
	into.spent += other.spent;
	into.repaired += other.repaired;
	into.unread.push(...other.unread);
	into.cases.push(...other.cases);
	for (const name of ['findings', 'filesWith', 'fixes', 'rewrites', 'problems'] as const) for (const [key, times] of other[name]) count(into[name], key, times);
}

/** Repairs that a program no longer takes, of files that it took. */
function refusedNow(repaired: readonly Filed[], parser: string): readonly Case[] {
	const answers = acceptedByProgram(
		parser,
		repaired.map(({ after }) => after),
	);
	const suspects = repaired.filter((_, index) => !answers[index]);
	const tookBefore = acceptedByProgram(
		parser,
		suspects.map(({ before }) => before),
	);
	return suspects
		.filter((_, index) => tookBefore[index])
		.map(({ file, rules, how, after }) => ({ law: 'the given parser still takes it', file, rules, message: `after ${how}: it took the text before`, after }));
}

function count(counts: Map<string, number>, key: string, times = 1): void {
	counts.set(key, (counts.get(key) ?? 0) + times);
}
