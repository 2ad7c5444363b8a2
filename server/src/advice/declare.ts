import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { headOf } from './attachedComments';

/** Declares an argument right before an instruction and the comments that speak of it, so that what comes earlier stays in the cache. */
export function declareBefore(file: Containerfile, instruction: Instruction, name: string): Edit {
	const at = headOf(file, instruction);
	const indent = /[ \t]*$/.exec(file.text.slice(file.text.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
	return { span: { start: at, end: at }, text: `ARG ${name}${file.newline}${indent}` };
}

/** Declares an argument before the first instruction of the file, where FROM sees it. */
export function declareFirst(file: Containerfile, name: string): Edit {
	const [first] = file.instructions;
	const at = first ? headOf(file, first) : file.text.length;
	return { span: { start: at, end: at }, text: `ARG ${name}${file.newline}${first?.keyword === 'ARG' && at === first.span.start ? '' : file.newline}` };
}
