import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { overlaps, type Word } from '../text/span';

/**
 * The edits that take words out of a command, each with the blanks and the continuation in front of it, so that those that stay keep their layout.
 * `words`: all of the command, its name first. Undefined where a comment stands in front of one of them: it speaks of it.
 */
export function removeWords(file: Containerfile, { comments }: Instruction, words: readonly Word[], victims: readonly Word[]): readonly Edit[] | undefined {
	const edits: Edit[] = [];
	for (const victim of victims) {
		const before = words[words.indexOf(victim) - 1];
		if (!before) return undefined;
		const span = { start: before.span.end, end: victim.span.end };
		const gap = file.text.slice(span.start, victim.span.start);
		if (!/^(?:[ \t]|[\\`][ \t]*\r?\n|\r?\n)+$/.test(gap) || comments.some((comment) => overlaps(comment, span))) return undefined;
		edits.push({ span, text: '' });
	}
	return edits;
}
