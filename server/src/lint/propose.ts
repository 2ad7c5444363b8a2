import { type Context, loneFile } from '../model/context/context';
import type { Model } from '../model/stages/model';
import { rewrites } from '../rewrites';
import { isRefusal, type Proposal, type Refusal, type Rewrite } from '../rewrites/rewrite';
import { nearest } from '../text/distance';
import { applyEdits } from '../text/edit';
import { analyzeWritten, damage } from './analyze';
import type { Reported } from './lint';

/** What a rewrite says to a file; undefined where the file is not of its kind. */
export interface Answer {
	readonly rewrite: Rewrite;
	readonly answer: Proposal | Refusal | undefined;
}

/** What every rewrite says to a text, in the order of the list. Never throws, does no IO. */
export function propose(text: string, context: Context = loneFile): readonly Answer[] {
	const model = analyzeWritten(text, context);
	return rewrites.map((rewrite) => ({ rewrite, answer: answerOf(rewrite, model, context) }));
}

/** Findings of a text without the rewrites that are not offered there. Not a part of linting: a rewrite thinks longer than all rules together. */
export function withOffered(findings: readonly Reported[], text: string, context: Context): readonly Reported[] {
	if (findings.every((finding) => !finding.rewrites)) return findings;
	const model = analyzeWritten(text, context);
	return findings.map(({ rewrites: ids = [], ...finding }) => {
		const offered = ids.filter((id) => isOffered(id, model, context));
		return offered.length > 0 ? { ...finding, rewrites: offered } : finding;
	});
}

function isOffered(id: string, model: Model, context: Context): boolean {
	const rewrite = rewrites.find((one) => one.id === id);
	const answer = rewrite && answerOf(rewrite, model, context);
	return answer !== undefined && !isRefusal(answer);
}

/** The most instructions of a file that is rewritten: each is held against all others, and somebody waits. */
const mostInstructions = 400;

function answerOf(rewrite: Rewrite, model: Model, context: Context): Answer['answer'] {
	const { problems, instructions } = model.file;
	const [problem] = problems;
	if (problem) return { because: `the file does not parse here: ${problem.message}`, span: problem.span };
	const beyond = instructions[mostInstructions];
	return beyond ? { because: `it has more than ${mostInstructions} instructions`, span: beyond.span } : rewrite.propose(model, context);
}

/** The text after a rewrite with what was proposed, or why not. A result of which less parses is a bug of ours and is refused. */
export function rewritten(text: string, id: string, context: Context = loneFile): { readonly text: string; readonly proposal: Proposal } | Refusal {
	const whole = { start: 0, end: text.length };
	const found = propose(text, context).find(({ rewrite }) => rewrite.id === id);
	if (!found) return { because: unknownRewrite(id), span: whole };
	const { rewrite, answer } = found;
	if (!answer) return { because: `it needs ${rewrite.needs}`, span: whole };
	if (isRefusal(answer)) return answer;
	const after = applyEdits(text, answer.edits());
	if (damage(after) > damage(text)) return { because: 'the result would not parse, which is a bug in Whittle; please report it together with this file', span: answer.span };
	return { text: after, proposal: answer };
}

/** The sentence for an id that no rewrite has, without a full stop; with the one that may have been meant. */
export function unknownRewrite(id: string): string {
	const meant = nearest(
		id,
		rewrites.map((rewrite) => rewrite.id),
	);
	return `there is no rewrite "${id}"${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
}
