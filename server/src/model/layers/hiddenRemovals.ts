import type { Command } from '../../shell/script';
import type { Instruction } from '../../syntax/containerfile';
import { absolutePath, holds } from '../basics/paths';
import { remember } from '../basics/remember';
import { all, at, below, put, type Shelf, take } from '../basics/shelf';
import type { Invocation } from '../commands/invocation';
import type { Operation } from '../commands/operation';
import { removalsOf } from '../commands/removal';
import { isMounted } from '../files/mounted';
import { filesCopiedBy, filesWrittenBy, foldersOf, knownValue } from '../files/writtenFiles';
import { cleanersIn, type FilledCache, filledCaches, keptCaches } from '../packages/caches';
import { type Model, operationOf, type Run } from '../stages/model';
import { mergeableRow } from './mergeable';

/** Something that lies in the layer of an earlier instruction. */
export interface Buried {
	/** In words: a path, packages, `dnf’s package cache`. */
	readonly what: string;
	readonly kind: 'cache' | 'file' | 'package' | 'base';
	/** The instruction whose layer has it. */
	readonly by: Instruction;
	/** The RUN among those. */
	readonly run: Run | undefined;
	readonly cache: FilledCache | undefined;
}

/** A command that removes what an earlier layer of the image has and keeps. */
export interface HiddenRemoval {
	readonly run: Run;
	readonly command: Command;
	readonly buried: readonly Buried[];
}

/** What a layer has: `key` is a path, or says which package or cache. */
interface Layered extends Buried {
	readonly key: string;
}

/** What the layers so far have. */
interface Layers {
	readonly things: Shelf<Layered>;
	/** Those of one key are cleaned by the same commands. */
	readonly caches: Map<string, Layered[]>;
}

/** Every such command of the stages that ship, in their order; what a RUN writes and removes itself, and what a mount takes in, does not count. */
export const hiddenRemovals = remember((model: Model): readonly HiddenRemoval[] => {
	const found: HiddenRemoval[] = [];
	const layers: Layers = { things: new Map(), caches: new Map() };
	for (const one of baseLayers(model)) put(layers.things, one);
	for (const stage of model.stages.filter(({ ships }) => ships)) {
		const folders = foldersOf(stage);
		const runs = new Map(stage.runs.map((run) => [run.position, run]));
		stage.stage.instructions.forEach((instruction, position) => {
			if (instruction.onbuild) return;
			if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
				for (const key of filesCopiedBy(instruction, folders[position]))
					put(layers.things, { key, what: label(key), kind: 'file', by: instruction, run: undefined, cache: undefined });
			}
			const run = runs.get(position);
			if (run) found.push(...removalsIn(model, run, layers).filter(({ command }) => !isMovedBefore(run, command)));
		});
	}
	return found;
});

/** Whether the same RUN moves elsewhere what a command then removes: that only makes room. */
function isMovedBefore({ invocations }: Run, { words, span }: Command): boolean {
	const removed = new Set(words.flatMap(({ value }) => value ?? []));
	return invocations.some(
		({ program, args, command }) => program === 'mv' && command.span.start < span.start && args.some(({ value }) => value !== undefined && removed.has(value)),
	);
}

/** Whether a later command removes in vain something that the layer of an instruction has. */
export function hasHiddenRemoval(model: Model, instruction: Instruction): boolean {
	return buriedBy(model).has(instruction);
}

const buriedBy = remember((model: Model): ReadonlySet<Instruction> => new Set(hiddenRemovals(model).flatMap(({ buried }) => buried.map(({ by }) => by))));

/** Whether a later RUN cleans a cache and can be merged with the one that fills it: then that is the repair, and not a second cleaning. */
export function isCleanedByMerging(model: Model, filled: FilledCache): boolean {
	return (cleanersOf(model).get(filled) ?? []).some((run) => mergeableRow(model, filled.run, run) !== undefined);
}

/** The RUNs that clean each cache in vain. */
const cleanersOf = remember((model: Model): ReadonlyMap<FilledCache, readonly Run[]> => {
	const cleaners = new Map<FilledCache, Run[]>();
	for (const { run, buried } of hiddenRemovals(model)) for (const { cache } of buried) if (cache) cleaners.set(cache, [...(cleaners.get(cache) ?? []), run]);
	return cleaners;
});

/** Goes through a RUN: takes from the shelf what it removes, and adds what it leaves. */
function removalsIn(model: Model, run: Run, layers: Layers): readonly HiddenRemoval[] {
	const found: HiddenRemoval[] = [];
	const own: Shelf<Layered> = new Map();
	const cleaners = new Map<string, readonly number[]>();
	const filled = filledCaches(model, run);
	for (const { invocation, cwd } of inOrder(run)) {
		const operation = operationOf(run, invocation);
		if (isSure(invocation) && (removers.has(invocation.program ?? '') || operation?.action === 'clean' || operation?.action === 'remove')) {
			const keys = operation?.action === 'remove' && operation.root === undefined ? packagesOf(operation) : [];
			const paths = invocation.program === 'find' ? [] : pathsOf(invocation, run, cwd);
			const takes = (shelf: Shelf<Layered>) => [...keys.flatMap((key) => at(shelf, key)), ...paths.flatMap((path) => below(shelf, path))].filter(({ key }) => !isMounted(run, key));
			if (invocation.program !== 'mv') {
				const caches = [...layers.caches].flatMap(([key, ones]) => {
					const [{ cache } = {}] = ones;
					if (!cache) return [];
					const starts = cleaners.get(key) ?? cleanersIn(run, cache);
					cleaners.set(key, starts);
					const goes = starts.includes(invocation.command.span.start) && cleansSurely(run, invocation, operation, cwd, cache);
					if (goes) layers.caches.delete(key);
					return goes ? ones : [];
				});
				const files = [...new Set(takes(layers.things))];
				const gone = [...files, ...caches];
				const hides = gone.filter((one) => at(own, one.key).length === 0 && !isItsOwn(run, filled, one));
				if (hides.length > 0) found.push({ run, command: invocation.command, buried: outermost(hides) });
				for (const one of files) take(layers.things, one);
			}
			for (const one of takes(own)) take(own, one);
		}
		for (const one of written(run, invocation, operation, cwd)) put(own, one);
	}
	for (const one of all(own)) if (one.kind !== 'package' || at(layers.things, one.key).length === 0) put(layers.things, one);
	for (const cache of keptCaches(model, run)) {
		const one = layeredCache(run, cache);
		const alike = layers.caches.get(one.key);
		if (alike) alike.push(one);
		else layers.caches.set(one.key, [one]);
	}
	return found;
}

const removers = new Set(['rm', 'unlink', 'find', 'mv']);

/** The commands of a RUN with the folder each runs in, as far as that is known: behind a `cd` it is not. */
function inOrder(run: Run): readonly { readonly invocation: Invocation; readonly cwd: string | undefined }[] {
	let { cwd } = run;
	return run.invocations.map((invocation) => {
		if (invocation.program === 'cd' || invocation.program === 'pushd' || invocation.program === 'popd') cwd = undefined;
		return { invocation, cwd };
	});
}

/** Without what lies below another thing that the same instruction wrote. */
function outermost(things: readonly Layered[]): readonly Layered[] {
	const keys = new Map<Instruction, Set<string>>();
	for (const { by, key } of things) keys.set(by, (keys.get(by) ?? new Set<string>()).add(key));
	return things.filter(({ by, key }) => {
		let above = key;
		while (above.includes('/')) {
			above = above.slice(0, above.lastIndexOf('/'));
			if (keys.get(by)?.has(above)) return false;
		}
		return true;
	});
}

function layeredCache(run: Run, cache: FilledCache): Layered {
	const { operation, paths } = cache;
	const key = [...operation.managers.map(({ id }) => id), operation.root, ...paths].join(' ');
	return { key, what: `${operation.program}’s ${cache.cache.what}`, kind: 'cache', by: run.instruction, run, cache };
}

function written(run: Run, invocation: Invocation, operation: Operation | undefined, cwd: string | undefined): readonly Layered[] {
	const by = { by: run.instruction, run, cache: undefined };
	if (operation?.action === 'install' && operation.root === undefined && !invocation.moreArguments)
		return packagesOf(operation).map((key) => ({ key, what: key.replace(/^.* /, ''), kind: 'package' as const, ...by }));
	return filesWrittenBy(invocation, run, cwd).flatMap((key) => (isMounted(run, key) ? [] : [{ key, what: label(key), kind: 'file' as const, ...by }]));
}

/** A key for each package that an operation names, and for apk's group of them. */
function packagesOf({ managers: [manager], operands, options, program }: Operation): readonly string[] {
	const group = program === 'apk' ? options.find(({ name }) => name === '-t' || name === '--virtual')?.value : undefined;
	return [...operands.map(({ value }) => value), group].flatMap((name) => {
		const plain = name?.replace(/(?<=.)[=<>~@].*$/, '');
		return plain === undefined || /[*?/]|^-/.test(plain) ? [] : [`package ${manager?.family ?? manager?.id} ${plain}`];
	});
}

function isSure({ command, moreArguments }: Invocation): boolean {
	return !command.conditional && !command.substituted && !moreArguments;
}

function pathsOf({ program, args }: Invocation, run: Run, cwd: string | undefined): readonly string[] {
	return (program === 'mv' ? args.slice(0, -1) : args).flatMap((word) => {
		const value = word.text.startsWith('-') ? undefined : knownValue(word, run);
		const path = value === undefined ? undefined : absolutePath(value, cwd);
		return path === undefined || path === '/' ? [] : [path];
	});
}

function cleansSurely(run: Run, invocation: Invocation, operation: Operation | undefined, cwd: string | undefined, { paths }: FilledCache): boolean {
	if (paths.some((path) => isMounted(run, path))) return false;
	if (operation?.action === 'clean') return true;
	return removalsOf(invocation, cwd).some(({ path, word }) => path !== undefined && paths.some((at) => holds(path, at) || (/[*?]/.test(word.text) && path.startsWith(`${at}/`))));
}

/** Whether a RUN has reason of its own to remove something: it fills the same cache, or installs what brings documentation. */
function isItsOwn(run: Run, filled: readonly FilledCache[], { cache, kind }: Layered): boolean {
	if (kind === 'base') return run.operations.some(({ action }) => action === 'install' || action === 'upgrade');
	return cache !== undefined && filled.some((other) => other.paths.some((path) => cache.paths.includes(path)));
}

/** What packages of the base are known to have brought. */
function baseLayers(model: Model): readonly Layered[] {
	const stage = model.stages.find(({ ships }) => ships);
	const family = stage?.image?.family ?? stage?.family;
	if (stage?.base.kind !== 'image' || (family !== 'rpm' && family !== 'deb')) return [];
	const folders = ['/usr/share/locale', ...(stage.image?.sets.nodocs ? [] : ['/usr/share/doc', '/usr/share/man', '/usr/share/info'])];
	return folders.map((folder) => ({ key: `${folder}/…`, what: folder, kind: 'base', by: stage.stage.from, run: undefined, cache: undefined }));
}

function label(path: string): string {
	return path.endsWith('/…') ? `files in ${path.slice(0, -2) || '/'}` : path;
}
