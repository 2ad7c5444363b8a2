import type { Fix } from '../advice/advice';
import { fitsQuotes } from '../model/innerScripts';
import type { Model } from '../model/model';
import type { Edit } from '../text/edit';
import { contains, overlaps, type Span } from '../text/span';

/**
 * Whether a repair can be written where it is meant to stand: within a script in quotes it needs no quotes of its own, in JSON there is none, and the use of a
 * variable is not written over for the sake of one word that it holds.
 */
export function possibleIn(model: Model): (fix: Fix) => boolean {
	const runs = [...model.runs, ...model.triggers].map((run) => ({
		span: run.instruction.span,
		run,
		shells: run.invocations.filter(({ script }) => script),
		held: run.operations.flatMap(({ options, operands, verb, invocation }) =>
			[...options.flatMap(({ words }) => words), ...operands, ...verb, ...(invocation.name ? [invocation.name] : [])].filter(({ held }) => held),
		),
	}));
	const delicate = runs.filter(({ shells, held }) => shells.length > 0 || held.length > 0);
	const isPossible = (edit: Edit): boolean =>
		delicate
			.filter(({ span }) => overlaps(span, edit.span))
			.every(({ run, shells, held }) => {
				const within = shells.filter(({ script }) => script && contains(script.span, edit.span)).at(-1);
				return (!within || fitsQuotes(model.file, run.instruction, within, edit)) && !held.some((word) => writesOver(model.file.text, edit, word.span));
			});
	return ({ edits }) => delicate.length === 0 || edits.every(isPossible);
}

/** Whether an edit takes away a word or a part of it, and nothing else. */
function writesOver(text: string, { span }: Edit, word: Span): boolean {
	if (span.start >= span.end || !overlaps(span, word)) return false;
	const taken = text.slice(span.start, span.end);
	const start = span.start + (taken.length - taken.trimStart().length);
	return contains(word, { start, end: Math.max(start, span.start + taken.trimEnd().length) });
}
