import type { Cache, Figure, PackageManager } from './catalog/packageManager';
import { type Model, type Run, reachesImage, stageOf, textBefore } from './model';
import { hasOption, type Operation } from './operation';
import { below, holds } from './paths';
import { removalsOf, removes } from './removal';

/** A cache that a RUN fills, with where it lies. */
export interface FilledCache {
	readonly run: Run;
	/** The first operation of the RUN that fills it. */
	readonly operation: Operation;
	/** The record it comes from: the first that fits. */
	readonly manager: PackageManager;
	readonly cache: Cache;
	/** Normalized, other root included; removing or mounting any of them covers it. */
	readonly paths: readonly string[];
	/** What is known of its size; undefined on a base that the catalogue does not know. */
	readonly figure: Figure | undefined;
}

/** What the RUN fills of package managers' caches and does not remove or mount over, as far as it gets into the image. */
export function keptCaches(model: Model, run: Run): readonly FilledCache[] {
	return filledCaches(model, run).filter((filled) => !isMounted(filled) && !isCleanedIn(run, filled, filled.operation.invocation.command.span.start));
}

/** All package managers' caches that a RUN fills and that would get into the image, each once. */
export function filledCaches(model: Model, run: Run): readonly FilledCache[] {
	const filled = new Map<string, FilledCache>();
	for (const operation of run.operations) {
		for (const one of cachesFilledBy(model, run, operation)) {
			const key = `${one.manager.id} ${one.paths[0]}`;
			if (!filled.has(key)) filled.set(key, one);
		}
	}
	return [...filled.values()];
}

function cachesFilledBy(model: Model, run: Run, operation: Operation): readonly FilledCache[] {
	const [manager] = operation.managers;
	if (!manager || operation.root === '' || keepsNothing(model, run, operation)) return [];
	const stage = stageOf(model, run);
	return manager.caches.flatMap((cache) => {
		if (!cache.filledBy.includes(operation.action)) return [];
		if (cache.emptiedByDockerClean && !leavesArchives(model, run, operation)) return [];
		const alike = operation.managers.flatMap((other) => other.caches.filter((one) => one.what === cache.what).flatMap((one) => one.paths));
		const paths = [...new Set(alike)].map((path) => below(operation.root ?? '/', path));
		if (!paths.some((path) => reachesImage(stage, path))) return [];
		return [{ run, operation, manager, cache, paths, figure: manager.family === undefined || stage.image ? cache.figure : undefined }];
	});
}

/** apt keeps its packages only where the base is known to have no docker-clean, or where the file takes that away. */
function leavesArchives(model: Model, run: Run, operation: Operation): boolean {
	const removed = /docker-clean|Keep-Downloaded-Packages/i.test(textBefore(model, run, operation.invocation.command.span.start));
	return removed || stageOf(model, run).image?.sets.dockerClean === false;
}

const withoutDownload = new Set([
	'--no-index',
	'--dry-run',
	'--download-only',
	'--downloadonly',
	'--simulate',
	'--print-uris',
	'-s',
	'-C',
	'--cacheonly',
	'--offline',
	'--version',
	'--help',
]);

function keepsNothing(model: Model, run: Run, operation: Operation): boolean {
	if (hasOption(operation, (option) => withoutDownload.has(option.name) && option.value === undefined)) return true;
	const { assignments } = operation.invocation.command;
	const before = textBefore(model, run, operation.invocation.command.span.start);
	return operation.managers.some(({ keepsNothing: how }) => {
		if (
			hasOption(operation, (option) =>
				how.options.some((name) => option.name === name || option.text.startsWith(`${name}=`) || (name.includes(' ') && option.text.startsWith(name.replace(' ', '=')))),
			)
		)
			return true;
		if (how.environment.some((name) => run.variables.has(name) || assignments.some((assignment) => assignment.name === name) || new RegExp(`\\b${name}=`).test(before)))
			return true;
		return how.configuredBy?.test(before) ?? false;
	});
}

function isMounted({ run, paths }: FilledCache): boolean {
	return run.mounts.some(({ type, target }) => type !== 'secret' && type !== 'ssh' && (target === undefined || paths.some((path) => holds(target, path))));
}

/** Whether a command of the RUN behind `offset` removes what fills a cache: the manager's own cleaning, an `rm`, or a script that says it cleans. */
export function isCleanedIn(run: Run, filled: FilledCache, offset: number): boolean {
	return cleanersIn(run, filled).some((start) => start > offset);
}

/** Where commands of a RUN start that remove a cache. */
export function cleanersIn(run: Run, { operation, cache, manager, paths }: FilledCache): readonly number[] {
	const starts: number[] = [];
	for (const other of run.operations) {
		const same = other.managers.some((one) => operation.managers.includes(one) || (one.family !== undefined && one.family === manager.family));
		if (other.action === 'clean' && same && other.root === operation.root && cleans(other, cache)) starts.push(other.invocation.command.span.start);
	}
	for (const invocation of run.invocations) {
		const { start } = invocation.command.span;
		if (removalsOf(invocation, run.cwd).some((removal) => paths.some((path) => removes(removal, path)))) starts.push(start);
		else if (/clean/i.test(invocation.program ?? '') && operation.root === undefined) starts.push(start);
	}
	return starts;
}

function cleans(operation: Operation, cache: Cache): boolean {
	const said = [...operation.verb, ...operation.operands].map((word) => word.value ?? '').join(' ');
	return [cache, ...operation.managers.flatMap((manager) => manager.caches.filter((other) => other.what === cache.what))].some((one) =>
		one.cleanedBy.some((phrase) => said === phrase || said.startsWith(`${phrase} `) || (said.startsWith('clean ') && said.split(' ').includes(phrase.split(' ')[1] ?? ''))),
	);
}
