import type { Containerfile, Instruction, Stage } from '../../syntax/containerfile';
import type { Variables } from '../basics/expand';
import { remember } from '../basics/remember';
import type { BaseImage } from '../catalog/baseImage';
import type { Invocation } from '../commands/invocation';
import type { Operation } from '../commands/operation';
import type { Context } from '../context/context';
import type { Reading } from './runs';
import { resolveStages } from './stages';

/** What a stage starts from. */
export type Base =
	| { readonly kind: 'scratch' }
	| { readonly kind: 'stage'; readonly index: number }
	/** `image` is undefined for one that the catalogue does not know; `reference` where a variable without default hides it. */
	| { readonly kind: 'image'; readonly reference: string | undefined; readonly image: BaseImage | undefined; readonly release: string | undefined };

/** `--mount=type=cache,target=/var/cache/dnf`. */
export interface Mount {
	/** `bind` where none is written. */
	readonly type: string;
	/** Normalized; undefined where it is not known. */
	readonly target: string | undefined;
}

/** A RUN with what its commands mean. */
export interface Run {
	readonly instruction: Instruction;
	readonly stage: number;
	/** Its place among the stage's instructions. */
	readonly position: number;
	readonly mounts: readonly Mount[];
	/** Every command, wrappers taken off; those of a script within quotes (`bash -c '…'`) behind the one that runs it. */
	readonly invocations: readonly Invocation[];
	/** Those of package managers, in their order. */
	readonly operations: readonly Operation[];
	/** ENV and ARG values in force. */
	readonly variables: Variables;
	/** Names among them whose values a build may be given (ARG, and ENV that takes an ARG's value). */
	readonly buildArguments: Pick<ReadonlySet<string>, 'has'>;
	/** WORKDIR in force, as absolutePath gives it; undefined where it is not known. */
	readonly cwd: string | undefined;
	/** The SHELL in force stops at the first command that fails (`-e`). */
	readonly stopsAtFailure: boolean;
	/** The shell in force reads files of the image as it starts (`-l`, BASH_ENV). */
	readonly readsStartupFiles: boolean;
	/** The text of the instruction, for marks that no other reading finds. */
	readonly text: string;
}

/** A stage with what it starts from and where its files go. */
export interface StageModel {
	readonly stage: Stage;
	readonly index: number;
	readonly base: Base;
	/** The catalogue's record of the image at the bottom of its chain; undefined for an unknown one and for scratch. */
	readonly image: BaseImage | undefined;
	/** Its release: `33`. */
	readonly release: string | undefined;
	/** The system's family: the catalogue's, else that of the package managers its RUNs call. */
	readonly family: BaseImage['family'] | undefined;
	/** The stage at the bottom of its chain. */
	readonly bottom: number;
	/** From the bottom to itself: the stages whose layers it has. Made anew whenever it is asked for. */
	readonly chain: readonly number[];
	/** Its layers are in the image. */
	readonly ships: boolean;
	/** Normalized paths of its files that a COPY takes into the image, directly or through other stages. */
	readonly copiedOut: readonly string[];
	readonly runs: readonly Run[];
	/** Its ONBUILD RUNs, as they are run in a stage that is built on its image. */
	readonly triggers: readonly Run[];
}

/** What the syntax means; computed once per file. */
export interface Model {
	readonly file: Containerfile;
	readonly stages: readonly StageModel[];
	/** The stage that is built; undefined where there is none. */
	readonly target: StageModel | undefined;
	/** Every RUN outside of ONBUILD. */
	readonly runs: readonly Run[];
	/** The ONBUILD RUNs of the stage that is built: what they write gets into the images that are built on it, whose files are not known. */
	readonly triggers: readonly Run[];
}

/** Reads what a file means; total, like the parser. */
export function buildModel(file: Containerfile, context: Context, reading: Reading = 'whole'): Model {
	const stages = resolveStages(file, context, reading);
	const target = stages.findLast(({ ships }) => ships);
	return { file, stages, target, runs: stages.flatMap((stage) => stage.runs), triggers: target?.triggers ?? [] };
}

/** Whether a path of a stage gets into the image, with its layers or by a COPY. */
export function reachesImage(stage: StageModel, path: string): boolean {
	return stage.ships || stage.copiedOut.some((copied) => copied === '/' || copied === path || path.startsWith(`${copied}/`) || copied.startsWith(`${path}/`));
}

/** The RUNs that end in the same layer of the image as this one, itself included; it alone where each instruction makes one. `oneLayer`: see Context. */
export function runsInLayer(model: Model, run: Run, oneLayer: Context['oneLayer']): readonly Run[] {
	if (oneLayer === undefined) return [run];
	const own = stageOf(model, run);
	return oneLayer === 'image' && own.ships ? model.runs.filter((one) => stageOf(model, one).ships) : own.runs;
}

/** What a command of a RUN is as a package manager's; undefined for every other one. */
export function operationOf(run: Run, invocation: Invocation): Operation | undefined {
	return operationsOf(run).get(invocation);
}

const operationsOf = remember(({ operations }: Run) => new Map(operations.map((operation) => [operation.invocation, operation])));

/** The stage of a RUN. */
export function stageOf(model: Model, run: Run): StageModel {
	return model.stages[run.stage] as StageModel;
}
