import type { Model, StageModel } from './model';

/**
 * What a stage has from those it is built on: `passOn` gives what the next lower one passes on, of what that one has itself, and `none` is what a stage has that is
 * built on no other. `known` keeps the answers by index, so that each stage is asked once.
 */
export function inheritedBy<Value>(model: Model, known: Map<number, Value>, stage: StageModel, none: Value, passOn: (lower: StageModel, inherited: Value) => Value): Value {
	const open: StageModel[] = [];
	for (let at: StageModel | undefined = stage; at && !known.has(at.index); at = lowerOf(model, at)) open.push(at);
	for (const one of open.reverse()) {
		const lower = lowerOf(model, one);
		known.set(one.index, lower ? passOn(lower, known.get(lower.index) as Value) : none);
	}
	return known.get(stage.index) as Value;
}

function lowerOf({ stages }: Model, { base }: StageModel): StageModel | undefined {
	return base.kind === 'stage' ? stages[base.index] : undefined;
}
