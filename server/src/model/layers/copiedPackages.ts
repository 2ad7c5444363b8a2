import type { Instruction } from '../../syntax/containerfile';
import type { Word } from '../../text/span';
import { isPackageFile, isRepositoryPackage, isUnpackedByAdd } from '../basics/fileKinds';
import { absolutePath } from '../basics/paths';
import { mayBeMoved, mayBeRemoved, mayGoLater } from '../files/mayGo';
import { isNamedElsewhere } from '../files/namedElsewhere';
import type { PlacedCommand } from '../files/placedCommands';
import { unpackingsByFolder } from '../files/unpacking';
import { foldersOf } from '../files/writtenFiles';
import { type Model, type Run, type StageModel, stageOf } from '../stages/model';
import { hasHiddenRemoval } from './hiddenRemovals';

/** A package file or an archive, or a folder of packages, that a COPY or ADD brings and that a RUN installs or unpacks. */
export interface CopiedPackage {
	readonly by: Instruction;
	/** What it copies, as written. */
	readonly source: Word;
	/** Where it lies then: the file itself, or a folder for a pattern or a folder of packages. */
	readonly path: string;
	readonly isFolder: boolean;
	readonly run: Run;
	readonly command: PlacedCommand;
	/** The word that names it there. */
	readonly word: Word;
	/** A later command removes it, which the layer of the COPY does not notice. */
	readonly isRemoved: boolean;
}

/** All of them, but for those whose later removal is one of `hiddenRemovals` and told there, and those that something else uses too. */
export function copiedPackages(model: Model): readonly CopiedPackage[] {
	return model.stages.filter(({ ships }) => ships).flatMap((stage) => packagesOf(model, stage));
}

function packagesOf(model: Model, stage: StageModel): readonly CopiedPackage[] {
	if (!stage.stage.instructions.some(copiesPackage)) return [];
	const folders = foldersOf(stage);
	return stage.stage.instructions.flatMap((instruction, position) => {
		if (!copiesPackage(instruction) || hasHiddenRemoval(model, instruction)) return [];
		for (const source of instruction.words.slice(0, -1)) {
			const path = isPackage(instruction, source) ? pathOf(instruction, source, folders[position]) : undefined;
			const use = path && useOf(model, instruction, path, source);
			if (!path || !use) continue;
			const { run, command, word } = use;
			const name = nameOf(source);
			const place = path.isFolder ? `${path.path}/${name}` : path.path;
			if (mayGoLater(model, instruction, place, mayBeMoved) || isStarted(model, instruction, name)) return [];
			return [{ by: instruction, source, ...path, run, command, word, isRemoved: mayGoLater(model, instruction, place, mayBeRemoved) }];
		}
		return [];
	});
}

/** Whether anything but a RUN names it later: what the container starts, another stage. */
function isStarted(model: Model, copy: Instruction, name: string): boolean {
	return isNamedElsewhere(
		model,
		name,
		copy,
		({ keyword, flags }) => keyword !== 'RUN' && ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some((flag) => flag.name === 'from')),
	);
}

function nameOf({ value, text }: Word): string {
	return (value ?? text).replace(/\/+$/, '').replace(/^.*\//, '');
}

function copiesPackage(instruction: Instruction): boolean {
	const { keyword, onbuild, heredocs, flags } = instruction;
	if ((keyword !== 'COPY' && keyword !== 'ADD') || onbuild || heredocs.length > 0 || flags.some(({ name }) => name === 'parents' || name === 'exclude')) return false;
	return instruction.words.slice(0, -1).some((source) => isPackage(instruction, source));
}

function isPackage({ keyword }: Instruction, { value }: Word): boolean {
	if (value === undefined || /^[a-z]+:\/\//.test(value)) return false;
	const name = value.replace(/\/+$/, '').replace(/^.*\//, '');
	if (/^wheels?(?:house)?$/.test(name)) return true;
	return isPackageFile(name) && !(keyword === 'ADD' && isUnpackedByAdd(name)) && !(/\.(?:rpm|deb)$/.test(name) && isRepositoryPackage(name));
}

/** Where a source comes to lie; undefined where a destination without a slash at its end may be a file or a folder. */
function pathOf({ words }: Instruction, { value = '' }: Word, cwd: string | undefined): Pick<CopiedPackage, 'path' | 'isFolder'> | undefined {
	const destination = words.at(-1)?.value;
	const place = destination === undefined ? undefined : absolutePath(destination, cwd);
	if (destination === undefined || place === undefined) return undefined;
	const name = value.replace(/\/+$/, '').replace(/^.*\//, '');
	if (/[*?[]/.test(value) || !isPackageFile(name)) return { path: place, isFolder: true };
	const goesInto = words.length > 2 || destination.endsWith('/') || /(?:^|\/)\.{1,2}$/.test(destination) || !isPackageFile(place);
	return { path: goesInto ? `${place === '/' ? '' : place}/${name}` : place, isFolder: false };
}

/** The first use of what lies at a path, behind its COPY. */
function useOf(
	model: Model,
	copy: Instruction,
	{ path, isFolder }: Pick<CopiedPackage, 'path' | 'isFolder'>,
	source: Word,
): Pick<CopiedPackage, 'run' | 'command' | 'word'> | undefined {
	const ending = /\.\w+$/.exec(source.value ?? '')?.[0] ?? '.whl';
	const uses = unpackingsByFolder(model).get(isFolder ? path : path.replace(/\/[^/]*$/, '')) ?? [];
	return uses.find((use) => {
		if (use.run.instruction.span.start < copy.span.start || !stageOf(model, use.run).chain.includes(copy.stage)) return false;
		if (isFolder) return use.isFolder || /\*$/.test(use.path) || use.path.endsWith(ending);
		return use.path === path || (use.path.includes('*') && path.endsWith(/\.\w+$/.exec(use.path)?.[0] ?? '/'));
	});
}
