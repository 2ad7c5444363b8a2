import type { Instruction } from '../../syntax/containerfile';
import { firstFrom } from '../../text/span';
import { remember } from '../basics/remember';
import type { Model } from '../stages/model';

/** Whether an instruction behind the given one, in any stage, has a name in its text. `counts`: which instructions are looked at. */
export function isNamedElsewhere(model: Model, name: string, behind: Instruction, counts: (instruction: Instruction) => boolean = () => true): boolean {
	const { text, starts, instructions, places, absentFrom } = textOf(model);
	const from = starts[(places.get(behind) ?? -1) + 1] ?? text.length;
	if (from >= (absentFrom.get(name) ?? Number.POSITIVE_INFINITY)) return false;
	const first = text.indexOf(name, from);
	if (first < 0) absentFrom.set(name, from);
	for (let at = first; at >= 0; ) {
		const index = firstFrom(starts, at + 1, (start) => start) - 1;
		const instruction = instructions[index];
		if (instruction && counts(instruction)) return true;
		at = text.indexOf(name, starts[index + 1] ?? text.length);
	}
	return false;
}

/** An instruction's text without keyword, quotes and the braces of variables. */
export function plainTextOf(model: Model, instruction: Instruction): string {
	const { text, starts, places } = textOf(model);
	const index = places.get(instruction) ?? -1;
	return text.slice(starts[index] ?? text.length, (starts[index + 1] ?? text.length + 1) - 1);
}

/** The texts of all instructions in one, a line each as it were, with where each starts, and from where on names were looked for in vain. */
const textOf = remember(({ file: { text, instructions } }: Model) => {
	const texts = instructions.map(({ args, span }) => text.slice(args.start, span.end).replace(/["{}]/g, ''));
	const starts: number[] = [];
	let at = 0;
	for (const one of texts) {
		starts.push(at);
		at += one.length + 1;
	}
	return { text: texts.join('\n'), starts, instructions, places: new Map(instructions.map((instruction, index) => [instruction, index])), absentFrom: new Map<string, number>() };
});
