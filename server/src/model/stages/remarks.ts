import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { firstFrom } from '../../text/span';

/** What the comments right above an instruction and inside of it say, for rules that take somebody's reason for one. */
export function remarksOn({ text, comments }: Containerfile, instruction: Instruction): string {
	const said = instruction.comments.map(({ start, end }) => text.slice(start, end));
	let head = instruction.span.start;
	for (let at = firstFrom(comments, head, ({ start }) => start) - 1; at >= 0; at--) {
		const comment = comments[at];
		if (!comment || !/^\r?\n[ \t]*$/.test(text.slice(comment.end, head))) break;
		said.push(text.slice(comment.start, comment.end));
		head = comment.start;
	}
	return said.join('\n');
}
