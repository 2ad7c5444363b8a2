import { remember } from '../basics/remember';
import { inheritedBy } from './inherited';
import { type Model, type Run, type StageModel, stageOf } from './model';

/** Where a pattern first matches in the instructions of a stage, by the pattern's text; -1 where it does not. */
type FirstMatches = Map<string, number>;

const matchesOf = remember((_model: Model) => new Map<number, FirstMatches>());

/**
 * Whether a pattern matches text of the file that is in force for a command: an earlier instruction of the RUN's chain of stages, or its own RUN before `offset`.
 * For an ONBUILD RUN all of its stage is earlier. Each pattern is looked for once in each stage, however many commands ask.
 */
export function isWrittenBefore(model: Model, run: Run, offset: number, pattern: RegExp): boolean {
	const at = firstMatch(model, run.stage, pattern);
	return (at >= 0 && (at < offset || run.instruction.onbuild)) || isWrittenBelow(model, stageOf(model, run), pattern);
}

const belowOf = remember((_model: Model) => new Map<string, Map<number, boolean>>());

/** Whether a pattern matches in a stage that one is built on. */
function isWrittenBelow(model: Model, stage: StageModel, pattern: RegExp): boolean {
	const known = belowOf(model).get(keyOf(pattern)) ?? new Map<number, boolean>();
	belowOf(model).set(keyOf(pattern), known);
	return inheritedBy(model, known, stage, false, (lower, below) => below || firstMatch(model, lower.index, pattern) >= 0);
}

function keyOf({ flags, source }: RegExp): string {
	return `${flags} ${source}`;
}

function firstMatch(model: Model, index: number, pattern: RegExp): number {
	const stages = matchesOf(model);
	const matches = stages.get(index) ?? new Map<string, number>();
	stages.set(index, matches);
	const key = keyOf(pattern);
	const known = matches.get(key);
	if (known !== undefined) return known;
	const instructions = model.stages[index]?.stage.instructions ?? [];
	const [start, end] = [instructions[0]?.span.start ?? 0, instructions.at(-1)?.span.end ?? 0];
	const found = model.file.text.slice(start, end).search(pattern);
	const at = found < 0 ? -1 : found + start;
	matches.set(key, at);
	return at;
}
