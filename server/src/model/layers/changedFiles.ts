import type { Instruction } from '../../syntax/containerfile';
import type { Word } from '../../text/span';
import { isLargeDownload, isLargeFile, isProgramName, mayBeLargeFolder } from '../basics/fileKinds';
import { holds } from '../basics/paths';
import { findStage } from '../basics/references';
import { below, put, type Shelf } from '../basics/shelf';
import type { Context } from '../context/context';
import { mayBeRemoved, mayGoBehind } from '../files/mayGo';
import { isMounted } from '../files/mounted';
import { isFolderCertain } from '../files/newFolders';
import { isExactPath, isSure, type PlacedCommand, placedCommands, symbolicPath, symbolicValue } from '../files/placedCommands';
import { filesCopiedBy, filesFetchedBy, filesWrittenBy, foldersOf, knownValue } from '../files/writtenFiles';
import type { Model, Run } from '../stages/model';

/** What an earlier layer has. */
export interface Earlier {
	/** Its path; below a folder it ends in `/…` where the names in it are not known. */
	readonly key: string;
	readonly by: Instruction;
	/** The RUN among those. */
	readonly run: Run | undefined;
	/** It is, or may well be, a folder. */
	readonly isFolder: boolean;
	/** It is a single file with much in it. */
	readonly isLarge: boolean;
}

/** How a command changes files. */
export interface Change {
	readonly program: 'chown' | 'chmod' | 'mv' | 'strip' | 'chgrp';
	/** Whether everything below a folder is changed too. */
	readonly recursive: boolean;
	/** The owner or the mode; undefined for `mv` and `strip`. */
	readonly to: Word | undefined;
	readonly targets: readonly Word[];
	/** The options. */
	readonly options: readonly Word[];
}

/** A command that changes files which an earlier layer has, so that the new layer has them once more. */
export interface ChangedFiles {
	readonly run: Run;
	readonly command: PlacedCommand;
	readonly change: Change;
	/** The paths that it changes and that earlier layers have. */
	readonly paths: readonly string[];
	readonly earlier: readonly Earlier[];
}

/** Every such command of the stages that ship, where what it changes can be large. */
export function changedFiles(model: Model, { builder, oneLayer }: Context): readonly ChangedFiles[] {
	const found: ChangedFiles[] = [];
	const shelf: Shelf<Earlier> = new Map();
	const shipping = model.stages.filter(({ ships }) => ships);
	if (oneLayer === 'image' || !shipping.some(({ runs }) => runs.some(({ invocations }) => invocations.some(({ program }) => program !== undefined && changers.has(program)))))
		return [];
	for (const stage of shipping) {
		const folders = foldersOf(stage);
		const runs = new Map(stage.runs.map((run) => [run.position, run]));
		const volumes: string[] = [];
		stage.stage.instructions.forEach((instruction, position) => {
			if (instruction.onbuild) return;
			if (instruction.keyword === 'VOLUME') volumes.push(...instruction.words.flatMap(({ value }) => value ?? []));
			if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
				for (const one of copied(model, instruction, isFolderCertain(model, stage, position) ? folders[position] : undefined)) put(shelf, one);
			const run = runs.get(position);
			if (!run) return;
			const isCertain = isFolderCertain(model, stage, position);
			const own = new Set<string>();
			const commands = placedCommands(run);
			for (const [index, command] of commands.entries()) {
				const change = changeOf(command);
				// What is moved and then removed, or moved under a mount, is not in this layer.
				const goesAgain =
					change?.program === 'mv' && filesWrittenBy(command.invocation, run, command.cwd).some((path) => isMounted(run, path) || mayGoBehind(run, index + 1, path, mayBeRemoved));
				const paths =
					change && !goesAgain
						? pathsOf(change, run, command, isCertain).filter(
								(path) => !isMounted(run, path) && !volumes.some((volume) => holds(volume, path) || holds(path, volume)) && !mayGoBehind(run, index + 1, path, mayBeRemoved),
							)
						: [];
				const kept = (path: string) =>
					change
						? below(shelf, path).filter(
								(one) => isChanged(one, path, change, builder.kind === 'podman') && !own.has(one.key) && (oneLayer === undefined || one.by.stage !== run.stage),
							)
						: [];
				const held = paths.map((path) => ({ path, earlier: kept(path) })).filter(({ earlier }) => earlier.length > 0);
				const earlier = [...new Map(held.flatMap((one) => one.earlier.map((each) => [each.by, each]))).values()];
				if (change && earlier.length > 0) found.push({ run, command, change, paths: held.map(({ path }) => path), earlier });
				// What a command changes is in its own layer then, and what it takes away and makes anew is no second copy.
				for (const path of [...takenAway(command, run), ...paths]) for (const one of below(shelf, path)) own.add(one.key);
			}
			for (const one of written(run, isCertain)) put(shelf, one);
		});
	}
	return found;
}

const changers = new Set(['chown', 'chmod', 'mv', 'strip', 'find', 'chgrp']);

/** What a command that surely runs changes; undefined for every other one. */
export function changeOf(command: PlacedCommand): Change | undefined {
	const { program, args } = command.invocation;
	if (!isSure(command)) return undefined;
	if (program === 'find') return changeByFind(args);
	if (program !== 'chown' && program !== 'chmod' && program !== 'mv' && program !== 'strip' && program !== 'chgrp') return undefined;
	const isOption = ({ text }: Word) => (program === 'chmod' ? /^-(?:[RcfvhHLP]+$|-)/.test(text) : text.startsWith('-'));
	const options = args.filter(isOption);
	const operands = args.filter((word) => !isOption(word));
	if (options.some(({ text }) => /^--(?:from|reference|target-directory)|^-[a-zA-Z]*[tT]/.test(text))) return undefined;
	const recursive = program === 'mv' || options.some(({ text }) => /^-[a-zA-Z]*R|^--recursive$/.test(text));
	if (program === 'mv') return { program, recursive, to: undefined, targets: operands.slice(0, -1), options };
	if (program === 'strip') return options.some(({ text }) => /^-o/.test(text)) ? undefined : { program, recursive, to: undefined, targets: operands, options };
	return { program, recursive, to: operands[0], targets: operands.slice(1), options };
}

/** `find … -exec chown …` of everything or of all files; folders alone have nothing in them. */
function changeByFind(args: readonly Word[]): Change | undefined {
	const at = args.findIndex(({ value }) => value === '-exec' || value === '-execdir');
	const [tool, ...rest] = args.slice(at + 1);
	const end = args.findIndex(({ text }) => /^[-(!\\]/.test(text));
	const tests = args.slice(end, at).map(({ text }) => text);
	if (at < 1 || end < 1 || (tool?.value !== 'chown' && tool?.value !== 'chmod') || !(tests.length === 0 || (tests.length === 2 && tests[0] === '-type' && tests[1] === 'f')))
		return undefined;
	const options = rest.filter(({ text }) => /^-[a-zA-Z]+$/.test(text));
	return { program: tool.value, recursive: true, to: rest.find((word) => !options.includes(word)), targets: args.slice(0, end), options: [...options, ...args.slice(end, at)] };
}

function pathsOf({ targets, recursive }: Change, run: Run, { cwd }: PlacedCommand, isCertain: boolean): readonly string[] {
	return targets.flatMap((word) => {
		const value = knownValue(word, run);
		if (value === undefined || !(isCertain || value.startsWith('/')) || (!recursive && value.includes('*'))) return [];
		// All that is in a folder is the folder for this purpose.
		const path = symbolicPath(value.replace(/\/\*$/, '') || '/', cwd);
		return path === '/' || !isExactPath(path) || !path.startsWith('/') ? [] : [path];
	});
}

/** Whether a change makes a second copy of a thing of an earlier layer. `always`: the builder keeps a copy where nothing is different, too. */
function isChanged({ key, by, isFolder, isLarge, run }: Earlier, path: string, { program, recursive, to }: Change, always: boolean): boolean {
	if (!(isLarge || (isFolder && recursive))) return false;
	// What may be a folder as well is changed with all that is in it, or as good as not at all.
	if (!recursive && (key !== path || isFolder)) return false;
	if (program === 'mv' || program === 'strip') return program === 'mv' || isLarge;
	if (to === undefined) return false;
	if (always) return true;
	const value = to.value ?? to.text;
	// What is fetched has the mode 644.
	if (run) return !(program === 'chmod' && isLarge && (/^0?644$/.test(value) || asItIs.test(value)));
	const flag = by.flags.find(({ name }) => name === program.replace('chgrp', 'chown'))?.value;
	if (flag !== undefined && flag === value) return false;
	const fromStage = by.flags.some(({ name }) => name === 'from');
	// A program that was built is executable already, and BuildKit's layers leave out what is the same afterwards.
	if (program === 'chmod') return !(fromStage && !recursive) && !asItIs.test(value);
	return fromStage || flag !== undefined || !/^(?:root|0)?(?::(?:root|0)?)?$/.test(value);
}

/** A mode that leaves files as they are as a rule. */
const asItIs = /^(?:[ugoa]*\+[rX]+|u\+[rwX]+)(?:,(?:[ugoa]*\+[rX]+|u\+[rwX]+))*$/;

function copied(model: Model, instruction: Instruction, cwd: string | undefined): readonly Earlier[] {
	const { words, flags, keyword, heredocs, stage } = instruction;
	const destination = words.at(-1);
	if (heredocs.length > 0 || !destination) return [];
	const from = flags.find(({ name }) => name === 'from')?.value;
	const isBuilt = from !== undefined && findStage(model.file, from, stage) !== undefined;
	return words.slice(0, -1).flatMap((source) => {
		const path = (source.value ?? source.text).replace(/\/+$/, '');
		const name = path.replace(/^.*\//, '');
		const isUrl = keyword === 'ADD' && /^(?:https?|ftp):\/\//.test(path);
		const isInPrograms = isBuilt && (/(?:^|\/)s?bin\//.test(path) || /\/s?bin\/[^/]+$/.test(destination.value ?? ''));
		const isFolder = !isUrl && !isInPrograms && mayBeLargeFolder(path) && !/\/(?:etc|docker-entrypoint-initdb\.d)\//.test(destination.value ?? '');
		const isLarge = isUrl ? isLargeDownload(name, [source.text]) : isLargeFile(name) || isLargeFile(destination.value ?? '') || (isBuilt && isProgramName(name));
		const at = isUrl ? { ...source, value: name.includes('$') ? undefined : name } : source;
		if (!isFolder && !isLarge) return [];
		const keys = filesCopiedBy({ ...instruction, words: [at, destination] }, cwd);
		// A file is seldom given a name without its ending, but for a program's: the destination is the folder then.
		const isRenamed = isFolder || isUrl || isInPrograms || isLargeFile(destination.value ?? '') || /\/s?bin\/[^/]+$/.test(destination.value ?? '') || !/\w\.\w+$/.test(name);
		return (isRenamed ? keys : keys.filter((key) => key.endsWith(`/${name}`))).map((key) => ({ key, by: instruction, run: undefined, isFolder, isLarge }));
	});
}

/** What the commands of a RUN leave: folders of sources and archives, programs and archives that are fetched. */
function written(run: Run, isCertain: boolean): readonly Earlier[] {
	const commands = placedCommands(run);
	return commands.flatMap((command, index) => {
		const { invocation } = command;
		const { program = '' } = invocation;
		if (!isSure(command) || !writers.has(program)) return [];
		// Where the folder is not certain only what is named in full has a place.
		const cwd = isCertain ? command.cwd : '/?0';
		const isFetched = program === 'curl' || program === 'wget';
		const keys = isFetched ? filesFetchedBy(invocation, (word) => knownValue(word, run)).map((path) => symbolicPath(path, cwd)) : filesWrittenBy(invocation, run, cwd);
		return keys.flatMap((key) => {
			if (
				!isExactPath(key) ||
				isMounted(run, key) ||
				(isFetched &&
					!isLargeDownload(
						key,
						invocation.args.map(({ text }) => text),
					))
			)
				return [];
			if (mayGoBehind(run, index + 1, key)) return [];
			return [{ key, by: run.instruction, run, isFolder: !isFetched, isLarge: isFetched }];
		});
	});
}

const writers = new Set(['curl', 'wget', 'git', 'tar', 'unzip']);

/** Paths that a command removes, so that what lies there later is new. */
function takenAway({ invocation: { program, args }, cwd }: PlacedCommand, run: Run): readonly string[] {
	if (program !== 'rm') return [];
	return args.flatMap((word) => {
		const value = word.text.startsWith('-') ? undefined : symbolicValue(word, run);
		return value === undefined ? [] : [symbolicPath(value, cwd)];
	});
}
