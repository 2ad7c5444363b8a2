import type { Applicability } from '../../server/src/advice/advice';
import { type FixOptions, type FixResult, fixAll } from '../../server/src/lint/fix';
import { type LintResult, lint, type Reported } from '../../server/src/lint/lint';
import { type Context, loneFile } from '../../server/src/model/context/context';
import type { Containerfile, Instruction } from '../../server/src/syntax/containerfile';
import { instructionKeywords } from '../../server/src/syntax/keywords';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { applyEdits, type Edit } from '../../server/src/text/edit';
import { overlaps } from '../../server/src/text/span';
import { strayHeredoc } from './heredocLaw';
import { acceptedByBash, acceptedElsewhere } from './judges';
import { shellText } from './shellText';

/** A law that a repair broke. */
export interface Violation {
	readonly law: string;
	/** The rules whose repairs were made. */
	readonly rules: readonly string[];
	readonly message: string;
	/** The text after the repairs, where there is one. */
	readonly after?: string;
}

/** A text after some of its repairs, for judges that answer many questions at once. */
export interface Repaired {
	readonly rules: readonly string[];
	readonly how: string;
	readonly after: string;
	/** Shell texts that only the one or the other has. */
	readonly shellBefore: readonly string[];
	readonly shellAfter: readonly string[];
}

/** What is known of a text without asking another program. */
export interface Inspection {
	readonly violations: readonly Violation[];
	readonly findings: readonly Reported[];
	/** Messages of what does not parse. */
	readonly problems: readonly string[];
	/** Repairs that `fixAll` makes up to `suggested`, by rule id. */
	readonly applied: readonly string[];
	readonly repaired: readonly Repaired[];
}

/** What is put to the test; Whittle's own by default. */
export interface Subject {
	readonly lint: (text: string, context: Context) => LintResult;
	readonly fixAll: (text: string, context: Context, options: FixOptions) => FixResult;
}

const whittle: Subject = { lint, fixAll };

/** The laws of a fix that a text breaks, a sentence each: for all repairs of each trust together and for every single one. Empty is good. */
export function checkLaws(text: string, context: Context = loneFile, subject: Subject = whittle): string[] {
	const { violations, repaired } = inspect(text, context, subject);
	return [...violations, ...brokenShell(repaired).map(({ violation }) => violation)].map(({ law, rules, message }) => `${law} (${rules.join(', ') || 'no rule'}): ${message}`);
}

/** All laws but that of the shell's syntax. Never throws: what does is a violation. */
export function inspect(text: string, context: Context = loneFile, subject: Subject = whittle): Inspection {
	const violations: Violation[] = [];
	const repaired: Repaired[] = [];
	let findings: readonly Reported[] = [];
	let applied: readonly string[] = [];
	let problems: readonly string[] = [];
	try {
		const file = parseContainerfile(text);
		problems = file.problems.map(({ message }) => message);
		findings = subject.lint(text, context).findings;
		violations.push(...misplaced(text, findings));
		for (const upTo of ['safe', 'suggested'] as const) {
			const result = subject.fixAll(text, context, { upTo });
			const rules = [...new Set(result.applied.map(({ rule }) => rule))];
			if (upTo === 'suggested') applied = result.applied.map(({ rule }) => rule);
			if (!result.settled) violations.push({ law: 'fixes settle', rules, message: `fixing up to ${upTo} goes on and on`, after: result.text });
			violations.push(...unfinished(result, context, upTo, subject));
			if (result.text === text) continue;
			const edits = findings.flatMap((finding) => (finding.fixes ?? []).filter((fix) => fix.applicability === 'safe' || fix.applicability === upTo).flatMap((fix) => fix.edits));
			const one = compare(
				file,
				result.text,
				rules,
				`fixing up to ${upTo}`,
				edits,
				result.applied.every(({ pass }) => pass === 1),
			);
			violations.push(...one.violations);
			repaired.push(one.repaired);
		}
		for (const finding of findings) {
			for (const fix of (finding.fixes ?? []).filter(({ edits }) => edits.length > 0)) {
				const after = applyEdits(text, fix.edits);
				const one = compare(file, after, [finding.rule], `"${fix.title}"`, fix.edits, true);
				violations.push(...one.violations);
				repaired.push(one.repaired);
				if (!fix.files) violations.push(...stillThere(finding, findings, after, context, fix.title, subject));
			}
		}
	} catch (error) {
		violations.push({ law: 'nothing throws', rules: [], message: error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error) });
	}
	return { violations, findings, problems, applied, repaired };
}

/** The repairs after which bash refuses a RUN although it took what stood there before, each with the violation that it is. */
export function brokenShell<R extends Repaired>(repaired: readonly R[]): readonly { readonly of: R; readonly violation: Violation }[] {
	const refused = refusedOf(repaired.flatMap(({ shellAfter }) => shellAfter));
	const suspects = repaired.filter(({ shellAfter }) => shellAfter.some((text) => refused.has(text)));
	const refusedBefore = refusedOf(suspects.flatMap(({ shellBefore }) => shellBefore));
	return suspects
		.filter(({ shellBefore }) => !shellBefore.some((text) => refusedBefore.has(text)))
		.map((of) => {
			const message = `after ${of.how}: ${of.shellAfter.find((text) => refused.has(text))}`;
			return { of, violation: { law: 'the shell still reads it', rules: of.rules, message, after: of.after } };
		});
}

function refusedOf(texts: readonly string[]): ReadonlySet<string> {
	const distinct = [...new Set(texts)];
	const answers = acceptedByBash(distinct);
	return new Set(distinct.filter((_, index) => !answers[index]));
}

/** Places outside of the text, and fixes whose own edits overlap. */
function misplaced(text: string, findings: readonly Reported[]): readonly Violation[] {
	const inside = ({ start, end }: { start: number; end: number }) => 0 <= start && start <= end && end <= text.length;
	return findings.flatMap(({ rule, span, related, fixes }) => {
		const spans = [span, ...(related ?? []).map((one) => one.span), ...(fixes ?? []).flatMap((fix) => fix.edits.map((edit) => edit.span))];
		return spans.every(inside) ? [] : [{ law: 'places are in the text', rules: [rule], message: `a finding at ${span.start} to ${span.end} names a place outside` }];
	});
}

function unfinished({ text, applied }: FixResult, context: Context, upTo: Applicability, subject: Subject): readonly Violation[] {
	if (applied.length === 0) return [];
	const again = subject.fixAll(text, context, { upTo });
	if (again.text === text) return [];
	return [
		{
			law: 'fixing again changes nothing',
			rules: again.applied.map(({ rule }) => rule),
			message: `fixing up to ${upTo} a second time makes ${again.applied.length} repairs more`,
			after: again.text,
		},
	];
}

/** A repair is to take its own finding away and to make no more of its kind; another step of the same kind may follow. */
function stillThere(finding: Reported, all: readonly Reported[], after: string, context: Context, title: string, subject: Subject): readonly Violation[] {
	const before = all.filter(({ rule }) => rule === finding.rule);
	const now = subject.lint(after, context).findings.filter(({ rule }) => rule === finding.rule);
	const same = (findings: readonly Reported[]) => findings.filter(({ message }) => message === finding.message).length;
	if (same(now) < same(before) && now.length <= before.length) return [];
	return [{ law: 'what was repaired is gone', rules: [finding.rule], message: `after "${title}" it is found as often as before: ${finding.message}`, after }];
}

/** `edits` are those of the first pass; where there were more, a RUN that the first left alone may have been changed later. */
function compare(
	before: Containerfile,
	text: string,
	rules: readonly string[],
	how: string,
	edits: readonly Edit[],
	onePass: boolean,
): { readonly violations: readonly Violation[]; readonly repaired: Repaired } {
	const after = parseContainerfile(text);
	const violations: Violation[] = [];
	const broken = (law: string, message: string) => violations.push({ law, rules, message: `after ${how}: ${message}`, after: text });
	if (after.problems.length > before.problems.length) broken('it still parses', after.problems.map(({ message }) => message).join('; '));
	if (!acceptedElsewhere(text) && acceptedElsewhere(before.text)) broken('another parser still takes it', 'it took the text before');
	if (!keepsLineEndings(before.text, text)) broken('line endings are kept', `${lineEndings(before.text)} became ${lineEndings(text)}`);
	if (strandedContinuations(after) > strandedContinuations(before)) broken('continuations end their line', 'text follows one on its line, and the shell takes the two for a blank');
	const stray = strayHeredoc(before, after);
	if (stray !== undefined) broken('here-documents stay with their commands', stray);
	const ours = rules.includes('unused-ignore') ? (comment: string) => !/whittle-ignore/.test(comment) : () => true;
	const lostComment = firstLost(commentsOf(before).filter(ours), commentsOf(after));
	if (lostComment !== undefined) broken('comments are kept', lostComment);
	// What no builder knows is no instruction yet: a repair of the line before may take it in, and an edit right behind an instruction is one of it. Rules that
	// ask what a whole file does speak only when all of it parses.
	const untouched = before.instructions.filter(
		({ keyword, span }) =>
			instructionKeywords.has(keyword) &&
			(onePass || (keyword !== 'RUN' && before.problems.length === 0)) &&
			!edits.some((edit) => overlaps(edit.span, span) || edit.span.start === span.end),
	);
	const lost = firstLost(textsOf(before, untouched), textsOf(after, after.instructions));
	if (lost !== undefined) broken('other instructions stay as they are', lost);
	const shellBefore = shellsOf(before);
	const shellAfter = shellsOf(after);
	const repaired = { rules, how, after: text, shellBefore: without(shellBefore, shellAfter), shellAfter: without(shellAfter, shellBefore) };
	return { violations, repaired };
}

/** No new kind of line break, the last line with one or without as before, and the byte order mark; a line that is taken away takes its break with it. */
function keepsLineEndings(before: string, after: string): boolean {
	const kinds = new Set(before.match(/\r\n|\n|\r/g) ?? []);
	if (!(after.match(/\r\n|\n|\r/g) ?? []).every((kind) => kinds.has(kind))) return false;
	return before.startsWith('\uFEFF') === after.startsWith('\uFEFF') && (!/[\r\n]/.test(after) || /[\r\n]$/.test(before) === /[\r\n]$/.test(after));
}

function lineEndings(text: string): string {
	const kinds = new Set(text.match(/\r\n|\n|\r/g) ?? []);
	return JSON.stringify([[...kinds].sort(), /[\r\n]$/.test(text), text.startsWith('\uFEFF')]);
}

/** How often a continuation character is followed by blanks and more text on its line, outside of here-documents. */
function strandedContinuations(file: Containerfile): number {
	const stranded = file.escape === '`' ? /`[ \t]+\S/g : /\\[ \t]+\S/g;
	return file.instructions.reduce((sum, { keyword, span, heredocs, comments }) => {
		const end = heredocs[0]?.body.start ?? span.end;
		const found = keyword === 'RUN' ? [...file.text.slice(span.start, end).matchAll(stranded)].map(({ index }) => span.start + index) : [];
		return sum + found.filter((at) => !comments.some((comment) => comment.start <= at && at < comment.end)).length;
	}, 0);
}

function commentsOf(file: Containerfile): readonly string[] {
	const spans = [...file.comments, ...file.instructions.flatMap(({ comments }) => comments)].sort((a, b) => a.start - b.start);
	return spans.map(({ start, end }) => file.text.slice(start, end).trim());
}

function textsOf(file: Containerfile, instructions: readonly Instruction[]): readonly string[] {
	return instructions.map(({ span }) => file.text.slice(span.start, span.end));
}

function shellsOf(file: Containerfile): readonly string[] {
	return file.instructions.flatMap((instruction) => shellText(file, instruction) ?? []);
}

/** The first of `wanted` that does not follow those before it in `present`. */
function firstLost(wanted: readonly string[], present: readonly string[]): string | undefined {
	let at = 0;
	for (const one of wanted) {
		at = present.indexOf(one, at) + 1;
		if (at === 0) return one;
	}
	return undefined;
}

function without(texts: readonly string[], others: readonly string[]): readonly string[] {
	const taken = new Set(others);
	return texts.filter((text) => !taken.has(text));
}
