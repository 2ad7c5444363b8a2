import type { Instruction } from '../../syntax/containerfile';
import { remember } from '../basics/remember';
import type { Model, StageModel } from '../stages/model';
import { plainTextOf } from './namedElsewhere';
import { foldersOf } from './writtenFiles';

/** Folders that every system has. */
const everywhere = new Set([
	'/',
	'/tmp',
	'/opt',
	'/root',
	'/srv',
	'/home',
	'/mnt',
	'/usr',
	'/usr/local',
	'/usr/local/bin',
	'/usr/bin',
	'/usr/local/lib',
	'/usr/share',
	'/var',
	'/var/lib',
	'/var/tmp',
	'/usr/lib',
	'/etc',
]);

/** Whether a folder is in every image, whoever else names it: a COPY into it does not make it. */
export function isEverywhere(folder: string): boolean {
	return everywhere.has(folder);
}

/** Whether nothing but one COPY and the given instructions needs a folder: it is there without them, by a WORKDIR too, or nobody else names it. */
export function isNewFolder(model: Model, stage: StageModel, copy: Instruction, folder: string, users: readonly Instruction[]): boolean {
	if (isEverywhere(folder)) return true;
	const { instructions } = stage.stage;
	const folders = foldersOf(stage);
	const position = instructions.indexOf(copy);
	if (folders[position] === folder && instructions.slice(0, position).some(({ keyword }) => keyword === 'WORKDIR')) return true;
	return !instructions.some((one, index) => one !== copy && !users.includes(one) && (plainTextOf(model, one).includes(folder) || folders[index] === folder));
}

/** Whether the folder in force at a place of a stage is certain: a WORKDIR names it in full, or the base is one whose own is known. */
export function isFolderCertain(model: Model, stage: StageModel, position: number): boolean {
	if (stage.image || model.stages[stage.bottom]?.base.kind === 'scratch') return true;
	return stage.chain.some((index) => {
		const one = model.stages[index];
		return one !== undefined && firstNamed(one) < (index === stage.index ? position : Number.POSITIVE_INFINITY);
	});
}

/** The position of a stage's first WORKDIR with a full path. */
const firstNamed = remember(({ stage }: StageModel): number => {
	const at = stage.instructions.findIndex(({ keyword, onbuild, words }) => keyword === 'WORKDIR' && !onbuild && words[0]?.value?.startsWith('/'));
	return at < 0 ? Number.POSITIVE_INFINITY : at;
});
