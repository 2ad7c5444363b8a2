import type { Containerfile, Instruction } from '../syntax/containerfile';

/** The index of the stage that a name or number means: the last of that name before `before`. */
export function findStage(file: Containerfile, reference: string, before: number): number | undefined {
	const named = file.stages.filter((stage) => stage.index < before && stage.name === reference.toLowerCase()).at(-1);
	if (named) return named.index;
	return /^\d+$/.test(reference) && Number(reference) < before ? Number(reference) : undefined;
}

/** The `NAME=value` words of an ARG or ENV, quotes off, variables in place; a lone ARG name has no value. */
export function assignmentsOf(instruction: Instruction): readonly (readonly [name: string, value: string | undefined])[] {
	const [first, ...rest] = instruction.words;
	if (!first) return [];
	if (instruction.keyword === 'ENV' && !/^\w+=/.test(first.text)) return [[first.text, rest.map((word) => word.value ?? word.text).join(' ')]];
	return instruction.words.map((word) => {
		const text = word.value ?? word.text.replace(/^([^=]*=)?"((?:[^"\\]|\\.)*)"$/, '$1$2');
		const equals = text.indexOf('=');
		return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
	});
}
