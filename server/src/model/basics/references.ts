import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { firstFrom } from '../../text/span';
import { remember } from './remember';

/** The index of the stage that a name or number means: the last of that name before `before`. */
export function findStage(file: Containerfile, reference: string, before: number): number | undefined {
	const named = findNamedStage(file, reference, before);
	if (named !== undefined) return named;
	return /^\d+$/.test(reference) && Number(reference) < before ? Number(reference) : undefined;
}

/** The index of the last stage of a name before `before`: FROM takes no numbers. */
export function findNamedStage(file: Containerfile, name: string, before: number): number | undefined {
	const indexes = stagesByName(file).get(name.toLowerCase()) ?? [];
	return indexes[firstFrom(indexes, before, (index) => index) - 1];
}

const stagesByName = remember(({ stages }: Containerfile): ReadonlyMap<string, readonly number[]> => {
	const byName = new Map<string, number[]>();
	for (const { name, index } of stages) {
		const same = name === undefined ? undefined : byName.get(name);
		if (same) same.push(index);
		else if (name !== undefined) byName.set(name, [index]);
	}
	return byName;
});

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
