import type { Instruction } from '../syntax/containerfile';
import type { Model } from './model';
import { remember } from './remember';

/** Whether an instruction behind the given one, in any stage, has a name in its text. `but`: those that may. */
export function isNamedElsewhere(model: Model, name: string, behind: Instruction, but: readonly Instruction[] = []): boolean {
	return model.file.instructions.some((instruction) => instruction.span.start > behind.span.start && !but.includes(instruction) && plainTextOf(model, instruction).includes(name));
}

/** An instruction's text without keyword, quotes and the braces of variables. */
export function plainTextOf(model: Model, instruction: Instruction): string {
	const texts = textsOf(model);
	const text = texts.get(instruction) ?? model.file.text.slice(instruction.args.start, instruction.span.end).replace(/["{}]/g, '');
	texts.set(instruction, text);
	return text;
}

const textsOf = remember((_model: Model) => new Map<Instruction, string>());
