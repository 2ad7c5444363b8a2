import type { Fix } from '../advice/advice';
import { fitsQuotes } from '../model/commands/innerScripts';
import type { Invocation } from '../model/commands/invocation';
import type { Model, Run } from '../model/stages/model';
import type { Edit } from '../text/edit';
import { contains, firstFrom, overlaps, type Span, touching } from '../text/span';

/**
 * Whether a repair can be written where it is meant to stand: within a script in quotes it needs no quotes of its own, in JSON there is none, and the use of a
 * variable is not written over for the sake of one word that it holds.
 */
export function possibleIn(model: Model): (fix: Fix) => boolean {
	const runs = [...model.runs, ...model.triggers].map((run) => ({
		span: run.instruction.span,
		run,
		shells: shellsOf(run),
		held: apart(
			run.operations.flatMap(({ options, operands, verb, invocation }) =>
				[...options.flatMap(({ words }) => words), ...operands, ...verb, ...(invocation.name ? [invocation.name] : [])].flatMap(({ held, span }) => (held ? [span] : [])),
			),
		),
	}));
	const delicate = runs.filter(({ shells, held }) => shells.length > 0 || held.length > 0).sort((a, b) => a.span.start - b.span.start);
	const isPossible = (edit: Edit): boolean =>
		touching(delicate, edit.span, ({ span }) => span)
			.filter(({ span }) => overlaps(span, edit.span))
			.every(({ run, shells, held }) => {
				const within = innermost(shells, edit.span);
				return (
					(!within || fitsQuotes(model.file, run.instruction, within, edit)) && !touching(held, edit.span, (span) => span).some((span) => writesOver(model.file.text, edit, span))
				);
			});
	return ({ edits }) => delicate.length === 0 || edits.every(isPossible);
}

/** A command that runs a script in quotes. */
interface Shell {
	readonly invocation: Invocation;
	readonly script: Span;
	/** Where the last of it and those that start before it ends. */
	readonly lastEnd: number;
}

function shellsOf({ invocations }: Run): readonly Shell[] {
	let lastEnd = 0;
	return invocations
		.flatMap((invocation) => (invocation.script ? [{ invocation, script: invocation.script.span }] : []))
		.sort((a, b) => a.script.start - b.script.start)
		.map((shell) => {
			lastEnd = Math.max(lastEnd, shell.script.end);
			return { ...shell, lastEnd };
		});
}

/** The command whose script holds a place, the innermost one. */
function innermost(shells: readonly Shell[], place: Span): Invocation | undefined {
	for (let at = firstFrom(shells, place.start + 1, ({ script }) => script.start) - 1; at >= 0; at--) {
		const shell = shells[at] as Shell;
		if (shell.lastEnd < place.end) return undefined;
		if (contains(shell.script, place)) return shell.invocation;
	}
	return undefined;
}

/** The places in their order, each once: a variable of a loop holds several words. */
function apart(spans: readonly Span[]): readonly Span[] {
	return [...new Map(spans.map((span) => [span.start, span])).values()].sort((a, b) => a.start - b.start);
}

/** Whether an edit takes away a word or a part of it, and nothing else. */
function writesOver(text: string, { span }: Edit, word: Span): boolean {
	if (span.start >= span.end || !overlaps(span, word)) return false;
	const taken = text.slice(span.start, span.end);
	const start = span.start + (taken.length - taken.trimStart().length);
	return contains(word, { start, end: Math.max(start, span.start + taken.trimEnd().length) });
}
