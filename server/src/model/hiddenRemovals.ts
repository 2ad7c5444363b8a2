import type { Command } from '../shell/script';
import type { Instruction } from '../syntax/containerfile';
import { cleanersIn, type FilledCache, filledCaches, keptCaches } from './caches';
import type { Invocation } from './invocation';
import type { Model, Run } from './model';
import { absolutePath, holds, normalizePath } from './paths';
import { removalsOf } from './removal';
import { filesCopiedBy, filesWrittenBy, foldersOf, knownValue } from './writtenFiles';

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

/** What a layer has: `key` is a path, or says which package. */
interface Layered extends Buried {
	readonly key: string;
}

/** Every such command of the stages that ship, in their order; what a RUN writes and removes itself, and what a mount takes in, does not count. */
export function hiddenRemovals(model: Model): readonly HiddenRemoval[] {
	const found: HiddenRemoval[] = [];
	let layers = [...baseLayers(model)];
	for (const stage of model.stages.filter(({ ships }) => ships)) {
		const folders = foldersOf(stage);
		const runs = new Map(stage.runs.map((run) => [run.position, run]));
		stage.stage.instructions.forEach((instruction, position) => {
			if (instruction.onbuild) return;
			if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
				const paths = filesCopiedBy(instruction, folders[position]);
				layers.push(...paths.map((key) => ({ key, what: label(key), kind: 'file' as const, by: instruction, run: undefined, cache: undefined })));
			}
			const run = runs.get(position);
			if (!run) return;
			let own: Layered[] = [];
			for (const { invocation, cwd } of inOrder(run)) {
				if (mayRemove(run, invocation)) {
					const goes = removing(run, invocation, cwd, false);
					const goesOwn = removing(run, invocation, cwd, true);
					const hides = layers.filter((one) => goes(one) && !own.some((other) => other.key === one.key) && !isItsOwn(model, run, one));
					if (hides.length > 0) found.push({ run, command: invocation.command, buried: outermost(hides) });
					layers = layers.filter((one) => !goes(one));
					own = own.filter((one) => !goesOwn(one));
				}
				own.push(...written(run, invocation, cwd));
			}
			layers.push(...own, ...keptCaches(model, run).map((cache) => layeredCache(run, cache)));
		});
	}
	return found;
}

/** The commands of a RUN with the folder each runs in, as far as that is known: behind a `cd` it is not. */
export function inOrder(run: Run): readonly { readonly invocation: Invocation; readonly cwd: string | undefined }[] {
	let { cwd } = run;
	return run.invocations.map((invocation) => {
		if (invocation.program === 'cd' || invocation.program === 'pushd' || invocation.program === 'popd') cwd = undefined;
		return { invocation, cwd };
	});
}

/** Without what lies below another thing that the same instruction wrote. */
function outermost(things: readonly Layered[]): readonly Layered[] {
	return things.filter((one) => !things.some((other) => other.by === one.by && one.key.startsWith(`${other.key}/`)));
}

function layeredCache(run: Run, cache: FilledCache): Layered {
	return { key: `cache ${cache.paths[0]}`, what: `${cache.operation.program}’s ${cache.cache.what}`, kind: 'cache', by: run.instruction, run, cache };
}

function written(run: Run, invocation: Invocation, cwd: string | undefined): readonly Layered[] {
	const operation = run.operations.find((one) => one.invocation === invocation);
	const by = { by: run.instruction, run, cache: undefined };
	if (operation?.action === 'install' && operation.root === undefined && !operation.invocation.moreArguments) {
		const group = operation.options.find(({ name }) => operation.program === 'apk' && (name === '-t' || name === '--virtual'))?.value;
		const names = [...operation.operands.map(({ value }) => value), group];
		return names.flatMap((name) => {
			const plain = name?.replace(/(?<=.)[=<>~@].*$/, '');
			return plain === undefined || /[*?/]|^-/.test(plain) ? [] : [{ key: packageKey(run, invocation, plain), what: plain, kind: 'package' as const, ...by }];
		});
	}
	return filesWrittenBy(invocation, run, cwd).flatMap((key) => (isMounted(run, key) ? [] : [{ key, what: label(key), kind: 'file' as const, ...by }]));
}

function packageKey(run: Run, invocation: Invocation, name: string): string {
	const manager = run.operations.find((one) => one.invocation === invocation)?.managers[0];
	return `package ${manager?.family ?? manager?.id} ${name}`;
}

function mayRemove(run: Run, invocation: Invocation): boolean {
	const { program } = invocation;
	if (program === 'rm' || program === 'unlink' || program === 'find' || program === 'mv') return true;
	return run.operations.some((one) => one.invocation === invocation && (one.action === 'clean' || one.action === 'remove'));
}

/** Tells which of some things a command surely removes. `moves`: moving away counts, as it does for what the same RUN wrote. */
function removing(run: Run, invocation: Invocation, cwd: string | undefined, moves: boolean): (one: Layered) => boolean {
	const { command, program, args } = invocation;
	if (command.conditional || command.substituted || invocation.moreArguments) return () => false;
	const operation = run.operations.find((one) => one.invocation === invocation);
	if (operation?.action === 'remove' && operation.root === undefined) {
		const keys = new Set(operation.operands.flatMap(({ value }) => (value === undefined ? [] : [packageKey(run, invocation, value)])));
		return ({ key }) => keys.has(key);
	}
	const words = program === 'rm' || program === 'unlink' ? args : program === 'mv' && moves ? args.slice(0, -1) : [];
	const patterns = words.flatMap((word) => pathOf(word.text.startsWith('-') ? undefined : knownValue(word, run), cwd)).map(patternOf);
	return ({ key, kind, cache }) =>
		cache ? cleansSurely(run, invocation, cwd, cache) : kind !== 'package' && patterns.some((pattern) => pattern.test(key)) && !isMounted(run, key);
}

function cleansSurely(run: Run, invocation: Invocation, cwd: string | undefined, cache: FilledCache): boolean {
	if (!cleanersIn(run, cache).includes(invocation.command.span.start) || cache.paths.some((path) => isMounted(run, path))) return false;
	if (run.operations.some((one) => one.invocation === invocation && one.action === 'clean')) return true;
	return removalsOf(invocation, cwd).some(
		({ path, word }) => path !== undefined && cache.paths.some((at) => holds(path, at) || (/[*?]/.test(word.text) && path.startsWith(`${at}/`))),
	);
}

/** Whether a RUN has reason of its own to remove something: it fills the same cache, or installs what brings documentation. */
function isItsOwn(model: Model, run: Run, { cache, kind }: Layered): boolean {
	if (kind === 'base') return run.operations.some(({ action }) => action === 'install' || action === 'upgrade');
	return cache !== undefined && filledCaches(model, run).some((other) => other.paths.some((path) => cache.paths.includes(path)));
}

/** What packages of the base are known to have brought. */
function baseLayers(model: Model): readonly Layered[] {
	const stage = model.stages.find(({ ships }) => ships);
	const family = stage?.image?.family ?? stage?.family;
	if (stage?.base.kind !== 'image' || (family !== 'rpm' && family !== 'deb')) return [];
	const folders = ['/usr/share/locale', ...(stage.image?.sets.nodocs ? [] : ['/usr/share/doc', '/usr/share/man', '/usr/share/info'])];
	return folders.map((folder) => ({ key: `${folder}/…`, what: folder, kind: 'base', by: stage.stage.from, run: undefined, cache: undefined }));
}

function pathOf(value: string | undefined, cwd: string | undefined): readonly string[] {
	const path = value === undefined ? undefined : absolutePath(value, cwd);
	return path === undefined || path === '/' ? [] : [path];
}

/** A path with the shell's `*` and `?`, and everything below it. */
function patternOf(path: string): RegExp {
	const parts = path.split(/([*?])/).map((part) => (part === '*' ? '[^/]*' : part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')));
	return new RegExp(`^${parts.join('')}(?:/|$)`);
}

function isMounted(run: Run, path: string): boolean {
	const normalized = normalizePath(path, '/') ?? path;
	return run.mounts.some(({ type, target }) => type !== 'secret' && type !== 'ssh' && (target === undefined || holds(target, normalized)));
}

function label(path: string): string {
	return path.endsWith('/…') ? `files in ${path.slice(0, -2) || '/'}` : path;
}
