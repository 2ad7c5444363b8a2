import type { Command } from '../shell/script';
import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { overlaps } from '../text/span';
import { isGlued } from './removeWords';

/**
 * The edit that takes a command out of the list it stands in, with what joins it, so that the others do the same and the RUN ends with the same status as long as
 * the command itself would not fail. Undefined where that is not sure, where nothing would be left, or where a comment, a here-document
 * or a glued continuation is in the way.
 */
export function removeStatement(file: Containerfile, { script, comments, exec }: Instruction, command: Command): Edit | undefined {
	const { text } = file;
	const { statements = [], broken = true } = script ?? {};
	const index = command.statement;
	const [before, own, next] = [statements[index - 1], statements[index], statements[index + 1]];
	if (!own || broken || exec || !command.topLevel || own.kind !== 'simple' || command.conditional || /\$\?/.test(text.slice(own.span.end, script?.span.end))) return undefined;
	const joins = own.joiner === undefined || (next !== undefined && own.joiner === '&&');
	// Behind `;` as the last one it hides the failure of the command before.
	const alike = before?.joiner === ';' || before?.joiner === '\n' ? next !== undefined && own.joiner === before.joiner : before?.joiner === '&&' && joins;
	const first = !before && next !== undefined && (own.joiner === '&&' || own.joiner === ';' || own.joiner === '\n');
	if ((!alike && !first) || isGlued(file, own.span.end) || (before && isGlued(file, before.span.end))) return undefined;
	const span = before ? { start: before.span.end, end: own.span.end } : { start: own.span.start, end: next?.span.start ?? own.span.end };
	// The lines of a here-document stand elsewhere: they would stay, or go while their command stays.
	const bodies = (script?.commands ?? []).flatMap(({ redirects }) => redirects.flatMap(({ body }) => body ?? []));
	const taken = text.slice(span.start, span.end);
	if (taken.includes('<<') || bodies.some((body) => overlaps(body, span))) return undefined;
	return comments.some((comment) => overlaps(comment, span)) || /(?:^|\n)[ \t]*#/.test(taken) ? undefined : { span, text: '' };
}
