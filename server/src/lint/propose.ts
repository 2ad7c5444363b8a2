import { type Context, loneFile } from '../model/context';
import { rewrites } from '../rewrites';
import { isRefusal, type Proposal, type Refusal, type Rewrite } from '../rewrites/rewrite';
import { applyEdits } from '../text/edit';
import { analyze, damage } from './analyze';

/** What a rewrite says to a file; undefined where the file is not of its kind. */
export interface Answer {
	readonly rewrite: Rewrite;
	readonly answer: Proposal | Refusal | undefined;
}

/** What every rewrite says to a text, in the order of the list. Never throws, does no IO. */
export function propose(text: string, context: Context = loneFile): readonly Answer[] {
	const model = analyze(text, context);
	const [problem] = model.file.problems;
	return rewrites.map((rewrite) => ({
		rewrite,
		answer: problem ? { because: `the file does not parse here: ${problem.message}`, span: problem.span } : rewrite.propose(model, context),
	}));
}

/** The text after a rewrite with what was proposed, or why not. A result of which less parses is a bug of ours and is refused. */
export function rewritten(text: string, id: string, context: Context = loneFile): { readonly text: string; readonly proposal: Proposal } | Refusal {
	const whole = { start: 0, end: text.length };
	const found = propose(text, context).find(({ rewrite }) => rewrite.id === id);
	if (!found) return { because: `there is no rewrite ${id}`, span: whole };
	const { rewrite, answer } = found;
	if (!answer) return { because: `it needs ${rewrite.needs}`, span: whole };
	if (isRefusal(answer)) return answer;
	const after = applyEdits(text, answer.edits());
	if (damage(after) > damage(text)) return { because: 'the result would not parse, which is a bug in Whittle; please report it together with this file', span: answer.span };
	return { text: after, proposal: answer };
}
