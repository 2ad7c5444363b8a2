import type { Containerfile, Instruction } from '../syntax/containerfile';

/** Where an instruction starts with the comment lines right above it, which speak of it. */
export function headOf(file: Containerfile, { span }: Instruction): number {
	return [...file.comments].reverse().reduce((head, comment) => (/^\r?\n[ \t]*$/.test(file.text.slice(comment.end, head)) ? comment.start : head), span.start);
}
