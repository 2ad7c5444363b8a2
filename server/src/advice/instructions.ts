import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { within } from '../text/span';

/** Removes an instruction with its line. Undefined where a comment stands within it, or where it shares its lines with anything else. */
export function removeInstruction({ text, comments }: Containerfile, { span, comments: inner }: Instruction): Edit | undefined {
	const start = text.lastIndexOf('\n', span.start - 1) + 1;
	const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(span.end));
	if (!rest || text.slice(start, span.start).trim() !== '' || inner.length > 0 || within(comments, span).length > 0) return undefined;
	// At the end of a text without a newline those before go instead.
	const before = rest[0].endsWith('\n') ? 0 : (/(?:[ \t]*\r?\n)*$/.exec(text.slice(0, start))?.[0].length ?? 0);
	// Of the blank lines before and behind it one is enough, and a comment before it goes on to what follows.
	const end = span.end + rest[0].length;
	const lineBefore = text.slice(start > 1 ? text.lastIndexOf('\n', start - 2) + 1 : 0, start);
	const blank = /^[ \t]*(?:#.*)?\r?\n$/.test(lineBefore) ? (/^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0) : 0;
	return { span: { start: start - before, end: end + blank }, text: '' };
}
