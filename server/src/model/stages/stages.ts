import type { Containerfile } from '../../syntax/containerfile';
import { expand, type Variables } from '../basics/expand';
import { PersistentMap } from '../basics/persistentMap';
import { assignmentsOf, findNamedStage, findStage } from '../basics/references';
import type { BaseImage, Family } from '../catalog/baseImage';
import { findBaseImage } from '../catalog/baseImages';
import type { Context } from '../context/context';
import { copiedOutOf } from './copies';
import type { Base, Run, StageModel } from './model';
import { type Reading, readRuns, type Surroundings } from './runs';

/** Resolves what each stage starts from, which stages reach the image, and what their RUNs do. */
export function resolveStages(file: Containerfile, context: Context, reading: Reading): readonly StageModel[] {
	const globals = globalArguments(file);
	const bases = file.stages.map((stage, index) => baseOf(file, index, stage.image?.text, globals));
	const target = targetOf(file, context);
	const shipping = new Set(target === undefined ? [] : chainOf(bases, target));
	const surroundings: Surroundings[] = [];
	const stages: StageModel[] = [];
	const bottoms: number[] = [];
	const copied = copiedOutOf(file, bases, shipping, globals);
	for (const stage of file.stages) {
		const base = bases[stage.index] as Base;
		const bottom = base.kind === 'stage' ? (bottoms[base.index] as number) : stage.index;
		const root = bases[bottom] as Base;
		bottoms.push(bottom);
		const image = root.kind === 'image' ? root.image : undefined;
		const parent = base.kind === 'stage' ? surroundings[base.index] : undefined;
		const { surroundings: after, ...own } = readRuns(file, stage, parent ?? atStart(image), image, globals, reading);
		surroundings.push(after);
		const inherited = base.kind === 'stage' ? stages[base.index]?.family : undefined;
		stages.push({
			stage,
			index: stage.index,
			base,
			image,
			release: root.kind === 'image' ? root.release : undefined,
			family: root.kind === 'scratch' ? 'scratch' : (image?.family ?? inherited ?? familyOf(own.runs)),
			bottom,
			// All of them at once would be as many as the square of the stages.
			get chain() {
				return chainOf(bases, stage.index);
			},
			ships: shipping.has(stage.index),
			copiedOut: copied[stage.index] ?? [],
			...own,
		});
	}
	return stages;
}

function targetOf(file: Containerfile, context: Context): number | undefined {
	const last = file.stages.length - 1;
	const wanted = context.target === undefined ? undefined : findStage(file, context.target, file.stages.length);
	return wanted ?? (last < 0 ? undefined : last);
}

function globalArguments(file: Containerfile): Variables {
	const variables = new Map<string, string | undefined>();
	for (const instruction of file.instructions) {
		if (instruction.keyword === 'FROM') break;
		if (instruction.keyword === 'ARG') for (const [name, value] of assignmentsOf(instruction)) variables.set(name, value === undefined ? undefined : expand(value, variables));
	}
	return variables;
}

function baseOf(file: Containerfile, index: number, text: string | undefined, globals: Variables): Base {
	const reference = text === undefined ? undefined : expand(text, globals);
	if (reference === undefined) return { kind: 'image', reference, image: undefined, release: undefined };
	const stage = findNamedStage(file, reference, index);
	if (stage !== undefined) return { kind: 'stage', index: stage };
	if (reference.toLowerCase() === 'scratch') return { kind: 'scratch' };
	const found = findBaseImage(reference);
	return { kind: 'image', reference, image: found?.image, release: found?.release };
}

function chainOf(bases: readonly Base[], index: number): readonly number[] {
	const chain = [index];
	for (let base = bases[index]; base?.kind === 'stage'; base = bases[base.index]) chain.push(base.index);
	return chain.reverse();
}

function atStart(image: BaseImage | undefined): Surroundings {
	let variables = new PersistentMap<string | undefined>();
	for (const [name, value] of Object.entries(image?.passesOn.env ?? {})) variables = variables.with(name, value);
	return { variables, buildArguments: new PersistentMap<true>(), cwd: image?.passesOn.workdir ?? '/', stopsAtFailure: false, readsStartupFiles: false };
}

function familyOf(runs: readonly Run[]): Family | undefined {
	return runs.flatMap((run) => run.operations.flatMap((operation) => operation.managers.map((manager) => manager.family))).find((family) => family !== undefined);
}
