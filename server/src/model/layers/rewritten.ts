import type { Command } from '../../shell/script';
import { isLargeDownload, isLargeFile, isProgramName, isSmallFile, mayBeLargeFolder } from '../basics/fileKinds';
import { holds } from '../basics/paths';
import { at, pathAndFolders, put, type Shelf, take } from '../basics/shelf';
import type { Context } from '../context/context';
import { mayBeRemoved, mayGoBehind } from '../files/mayGo';
import { isMounted } from '../files/mounted';
import { isFolderCertain } from '../files/newFolders';
import { isSure, type PlacedCommand, placedCommands, symbolicPath, symbolicValue } from '../files/placedCommands';
import { filesFetchedBy, filesWrittenBy } from '../files/writtenFiles';
import { isSimulated } from '../packages/installs';
import type { Model, Run } from '../stages/model';
import { type Change, changedFiles, changeOf } from './changedFiles';
import { hiddenRemovals } from './hiddenRemovals';

/** What a RUN writes again, or takes away in vain, of what an earlier RUN of its row wrote. */
export interface Rewriting {
	/** `edits` is a file that a command opens and writes anew. */
	readonly does: Change['program'] | 'removes' | 'edits';
	/** As it is to be said: absolute, or relative to the folder of both RUNs. */
	readonly path: string;
	readonly by: Run;
	readonly run: Run;
	readonly command: Command;
}

/** What a RUN leaves that is worth a word; `key`: see symbolicPath. */
interface Thing {
	readonly key: string;
	readonly by: Run;
	readonly isFolder: boolean;
	/** How many were put on the shelf before. */
	readonly order: number;
}

/**
 * Where RUNs that follow each other directly change or remove what an earlier one of them wrote, and no hidden removal and no changed file is known that says so
 * already. Only folders that are fetched, unpacked, copied or installed, and files with much in them: the rest is not worth a word.
 */
export function rewritings(model: Model, rows: readonly (readonly Run[])[], context: Context): readonly Rewriting[] {
	let told: ReturnType<typeof toldAlready> | undefined;
	return rows.flatMap((row) =>
		inRow(model, row).filter(({ command, by }) => {
			told ??= toldAlready(model, context);
			return !told.get(command)?.has(by);
		}),
	);
}

function inRow(model: Model, row: readonly Run[]): readonly Rewriting[] {
	const found: Rewriting[] = [];
	const things: Shelf<Thing> = new Map();
	let order = 0;
	for (const run of row) {
		const commands = placedCommands(run);
		const base = baseOf(model, run);
		// What a command writes anew is in the layer of its RUN then: the next one there costs nothing more.
		const own = new Set<Thing>();
		for (const [index, command] of commands.entries()) {
			const touches = isSure(command) ? touchesOf(command, run, base(command)) : [];
			for (const { does, path, isDeep } of touches) {
				const isRemoved = does !== 'removes' && mayGoBehind(run, index + 1, path, mayBeRemoved);
				if (isMounted(run, path) || isRemoved) continue;
				const hit = hitsOf(things, path, isDeep).filter((thing) => !own.has(thing));
				for (const one of hit) own.add(one);
				for (const { key, by } of new Map(hit.toReversed().map((one) => [one.by, one])).values())
					found.push({ does, path: (holds(path, key) ? key : path).replace(/^\/\?0\//, '').replace(/\/…$/, ''), by, run, command: command.invocation.command });
				if (does === 'removes' || does === 'mv') for (const one of [...(things.get(path) ?? [])]) take(things, one);
			}
		}
		for (const [index, command] of commands.entries())
			for (const thing of thingsOf(command, run, base(command))) if (!mayGoBehind(run, index + 1, thing.key)) put(things, { ...thing, order: order++ });
	}
	return found;
}

/** What a change of a path concerns, in the order in which it came. */
function hitsOf(things: Shelf<Thing>, path: string, isDeep: boolean): readonly Thing[] {
	const above = isDeep ? pathAndFolders(path).slice(0, -1) : [];
	const folders = above.flatMap((folder) => at(things, folder)).filter(({ isFolder }) => isFolder);
	const below = [...(things.get(path) ?? [])].filter(({ key, isFolder }) => isDeep || (!isFolder && key === path));
	return [...folders, ...below].sort((a, b) => a.order - b.order);
}

/** Where a command runs, for comparison within a row; a name of its own where the folder of the row is not certain. */
function baseOf(model: Model, run: Run): (command: PlacedCommand) => string {
	const stage = model.stages[run.stage];
	const isCertain = stage !== undefined && isFolderCertain(model, stage, run.position);
	return ({ cwd }) => (!isCertain && cwd === run.cwd ? '/?0' : cwd);
}

/** By command: the RUNs of whose files it is known already that the command writes or removes them again. */
function toldAlready(model: Model, context: Context): ReadonlyMap<Command, ReadonlySet<Run | undefined>> {
	const told = new Map<Command, Set<Run | undefined>>();
	const add = (command: Command, by: readonly (Run | undefined)[]) => told.set(command, new Set([...(told.get(command) ?? []), ...by]));
	for (const { command, buried } of hiddenRemovals(model))
		add(
			command,
			buried.map(({ run }) => run),
		);
	for (const { command, earlier } of changedFiles(model, context))
		add(
			command.invocation.command,
			earlier.map(({ run }) => run),
		);
	return told;
}

/** A path that a command changes; `isDeep`: with everything below it. */
interface Touch {
	readonly does: Rewriting['does'];
	readonly path: string;
	readonly isDeep: boolean;
}

function touchesOf(command: PlacedCommand, run: Run, cwd: string): readonly Touch[] {
	const { program, args, command: written } = command.invocation;
	const change = changeOf(command);
	if (change) return change.targets.flatMap((word) => pathsOf(symbolicValue(word, run), cwd).map((path) => ({ does: change.program, path, isDeep: change.recursive })));
	if (program === 'rm') {
		const isDeep = args.some(({ text }) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(text));
		return args.flatMap((word) => (word.text.startsWith('-') ? [] : pathsOf(symbolicValue(word, run), cwd).map((path) => ({ does: 'removes' as const, path, isDeep }))));
	}
	const isInPlace = program === 'sed' && args.some(({ text }) => /^-[a-zA-Z]*i|^--in-place/.test(text));
	const edited = isInPlace ? args.slice(-1).map((word) => symbolicValue(word, run)) : [];
	const appended = written.redirects.flatMap(({ operator, target }) => (operator === '>>' && target ? [symbolicValue(target, run)] : []));
	return [...edited, ...appended].flatMap((value) => pathsOf(value, cwd).map((path) => ({ does: 'edits' as const, path, isDeep: false })));
}

/** All that is in a folder is the folder. Another pattern, or a folder that only one RUN knows, says nothing. */
function pathsOf(value: string | undefined, cwd: string): readonly string[] {
	if (value === undefined) return [];
	const path = symbolicPath(value.replace(/\/\*$/, '') || '/', cwd);
	return path === '/' || !isComparable(path) ? [] : [path];
}

function isComparable(path: string): boolean {
	return !/[*[]|\?(?!0)/.test(path) && !/^\/(?:dev|proc|sys)(?:\/|$)/.test(path);
}

function thingsOf(command: PlacedCommand, run: Run, cwd: string): readonly Omit<Thing, 'order'>[] {
	const { program = '', args } = command.invocation;
	if (!isSure(command)) return [];
	const isFetched = program === 'curl' || program === 'wget';
	const texts = args.map(({ text }) => text);
	const folders = foldersMadeBy(command, run).map((path) => ({ path, isFolder: true }));
	const fetched = isFetched ? filesFetchedBy(command.invocation, (word) => symbolicValue(word, run)).filter((path) => isLargeDownload(path, texts)) : [];
	const written = isFetched ? [] : filesWrittenBy(command.invocation, run, cwd);
	const isTree =
		program === 'git' || program === 'tar' || program === 'unzip' || (program === 'cp' && texts.some((text) => /^-[a-zA-Z]*[rRa]|^--(?:recursive|archive)$/.test(text)));
	return [
		...folders,
		...fetched.map((path) => ({ path, isFolder: false })),
		...written.flatMap((path) =>
			isTree ? (program !== 'cp' || mayBeLargeFolder(path.replace(/\/…$/, '')) ? [{ path, isFolder: true }] : []) : hasMuch(path) ? [{ path, isFolder: false }] : [],
		),
	].flatMap(({ path, isFolder }) => {
		const key = symbolicPath(path, cwd);
		return isComparable(key) && !isMounted(run, key) ? [{ key, by: run, isFolder }] : [];
	});
}

function hasMuch(path: string): boolean {
	const name = path.replace(/^.*\//, '');
	return isLargeFile(name) || (/\/s?bin\/[^/]+$/.test(path) && isProgramName(name) && !isSmallFile(name));
}

/** Folders that installers make: what a project depends on, and Python’s own environments. */
function foldersMadeBy({ invocation, operation }: PlacedCommand, run: Run): readonly string[] {
	const { program = '', args } = invocation;
	const values = args.map(({ value }) => value);
	if (program === 'venv' || program === 'virtualenv') return last(invocation.args, run);
	if (operation?.action !== 'install' || isSimulated(operation)) return [];
	const folder = { npm: 'node_modules', yarn: 'node_modules', pnpm: 'node_modules', composer: 'vendor' }[operation.program];
	const isElsewhere = values.some(
		(value) =>
			value === undefined || /^(?:-g|-C|-d|--(?:global|prefix|cwd|dir|location|working-dir|modules-folder|package-lock-only|lockfile-only|download-only)\b.*|global)$/.test(value),
	);
	return folder === undefined || isElsewhere ? [] : [folder];
}

function last(args: PlacedCommand['invocation']['args'], run: Run): readonly string[] {
	const word = args.at(-1);
	const value = word && !word.text.startsWith('-') ? symbolicValue(word, run) : undefined;
	return value === undefined ? [] : [value];
}

/** Whether a RUN surely changes which rpm packages the system has, so that its layer has the rpm database anew. */
export function changesRpmDatabase(run: Run): boolean {
	return placedCommands(run).some((command) => {
		const { invocation, operation } = command;
		if (!isSure(command)) return false;
		const texts = invocation.args.map(({ text }) => text);
		if (operation) {
			const { action, managers, root } = operation;
			return (
				(action === 'install' || action === 'upgrade' || action === 'remove') && root === undefined && managers.every(({ family }) => family === 'rpm') && !isSimulated(operation)
			);
		}
		return (
			invocation.program === 'rpm' &&
			texts.some((text) => /^-[iUFe][a-zA-Z]*$|^--(?:install|upgrade|freshen|erase)$/.test(text)) &&
			!texts.some((text) => /^--(?:root|dbpath|test|justdb|import)\b/.test(text))
		);
	});
}
