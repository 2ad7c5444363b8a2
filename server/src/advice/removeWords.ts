import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { overlaps, type Word } from '../text/span';

/**
 * The edits that take words out of a command, each with the blanks and the continuation in front of it, so that those that stay keep their layout.
 * `words`: all of the command, its name first. Undefined where a comment stands in front of one of them, which it speaks of, or where a continuation is glued to a word.
 */
export function removeWords(file: Containerfile, { comments }: Instruction, words: readonly Word[], victims: readonly Word[]): readonly Edit[] | undefined {
	const edits: Edit[] = [];
	for (const victim of victims) {
		const before = words[words.indexOf(victim) - 1];
		if (!before || isGlued(file, before.span.end) || isGlued(file, victim.span.end)) return undefined;
		const span = { start: before.span.end, end: victim.span.end };
		const gap = file.text.slice(span.start, victim.span.start);
		if (!/^(?:[ \t]|[\\`][ \t]*\r?\n|\r?\n)+$/.test(gap) || comments.some((comment) => overlaps(comment, span))) return undefined;
		edits.push({ span, text: '' });
	}
	return edits;
}

/** Whether a continuation is glued to the word that ends at an offset, and so is a part of it: it would stay behind, or be missing, when words go. */
export function isGlued({ text, escape }: Containerfile, end: number): boolean {
	let at = end;
	while (/\s/.test(text.charAt(at - 1))) at--;
	return text.charAt(at - 1) === escape;
}
