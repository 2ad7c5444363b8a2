import type { Instruction } from '../syntax/containerfile';
import type { Word } from '../text/span';
import { isPackageFile, isRepositoryPackage, isUnpackedByAdd } from './fileKinds';
import { hiddenRemovals } from './hiddenRemovals';
import { mayBeMoved, mayBeRemoved } from './mayGo';
import { type Model, type Run, type StageModel, stageOf } from './model';
import { isNamedElsewhere } from './namedElsewhere';
import { absolutePath, holds } from './paths';
import { isSure, type PlacedCommand, placedCommands, symbolicPath, symbolicValue } from './placedCommands';
import { unpackedBy } from './unpacking';
import { foldersOf } from './writtenFiles';

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
		if (!copiesPackage(instruction)) return [];
		if (hiddenRemovals(model).some(({ buried }) => buried.some(({ by }) => by === instruction))) return [];
		const found = instruction.words.slice(0, -1).flatMap((source) => {
			const path = isPackage(instruction, source) ? pathOf(instruction, source, folders[position]) : undefined;
			return path === undefined ? [] : (usesOf(laterRuns(model, stage, instruction), path, source).map((use) => ({ by: instruction, source, ...path, ...use }))[0] ?? []);
		});
		const [first] = found;
		if (!first) return [];
		const place = first.isFolder ? `${first.path}/${nameOf(first.source)}` : first.path;
		const later = laterRuns(model, stage, instruction);
		if (later.some((run) => placedCommands(run).some((one) => mayBeMoved(one, run, place))) || isStarted(model, instruction, nameOf(first.source))) return [];
		return [{ ...first, isRemoved: later.some((run) => placedCommands(run).some((one) => mayBeRemoved(one, run, place))) }];
	});
}

function laterRuns(model: Model, stage: StageModel, { span }: Instruction): readonly Run[] {
	return model.runs.filter((run) => run.instruction.span.start > span.start && stageOf(model, run).chain.includes(stage.index));
}

/** Whether anything but a RUN names it later: what the container starts, another stage. */
function isStarted(model: Model, copy: Instruction, name: string): boolean {
	const others = model.file.instructions.filter(
		({ keyword, flags }) => keyword === 'RUN' || ((keyword === 'COPY' || keyword === 'ADD') && !flags.some((flag) => flag.name === 'from')),
	);
	return isNamedElsewhere(model, name, copy, others);
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

function usesOf(later: readonly Run[], { path, isFolder }: Pick<CopiedPackage, 'path' | 'isFolder'>, source: Word): readonly Pick<CopiedPackage, 'run' | 'command' | 'word'>[] {
	const ending = /\.\w+$/.exec(source.value ?? '')?.[0] ?? '.whl';
	return later.flatMap((run) =>
		placedCommands(run).flatMap((command) => {
			if (!isSure(command)) return [];
			const named = [...unpackedBy(command), ...wheelFolders(command)];
			const word = named.find((one) => {
				const value = symbolicValue(one, run);
				const at = value === undefined ? undefined : symbolicPath(value.replace(/^--find-links=/, ''), command.cwd);
				if (at === undefined || !at.startsWith('/')) return false;
				if (!isFolder) return at === path || (at.includes('*') && at.replace(/\/[^/]*$/, '') === path.replace(/\/[^/]*$/, '') && path.endsWith(/\.\w+$/.exec(at)?.[0] ?? '/'));
				return at.replace(/\/[^/]*$/, '') === path ? /\*$/.test(at) || at.endsWith(ending) : at === path && holds(path, at) && wheelFolders(command).includes(one);
			});
			return word ? [{ run, command, word }] : [];
		}),
	);
}

/** The folders of wheels that pip is told to take packages from. */
function wheelFolders({ operation }: PlacedCommand): readonly Word[] {
	if (operation?.action !== 'install' || !/^(?:pip|uv)/.test(operation.program)) return [];
	const { args } = operation.invocation;
	return args.filter(({ text }, index) => /^--find-links=/.test(text) || /^(?:-f|--find-links)$/.test(args[index - 1]?.text ?? '') || /wheels?(?:house)?\/\*$/.test(text));
}
