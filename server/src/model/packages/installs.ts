import { remember } from '../basics/remember';
import type { PackageManager } from '../catalog/packageManager';
import { isCutOff } from '../commands/brokenLines';
import type { Operation } from '../commands/operation';
import type { Context } from '../context/context';
import { type Model, type Run, reachesImage, runsInLayer, type StageModel, stageOf } from '../stages/model';
import { isSweptAway } from './removedPackages';

/** A command that installs packages into the image, with the one package manager that it can be. */
export interface Install {
	readonly run: Run;
	readonly stage: StageModel;
	readonly operation: Operation;
	readonly manager: PackageManager;
}

const verbs = new Set(['install', 'in', 'localinstall', 'groupinstall', 'group install', 'module install', 'install-n', 'add']);
const simulations = new Set(['--dry-run', '--simulate', '--just-print', '--no-act', '--print-uris', '--download-only', '--downloadonly', '-s', '-d', '--version', '--help']);

/**
 * The commands that install system packages which get into the image, on bases that the catalogue knows and with a package manager of which the base says
 * which one it is. What a RUN of the same layer removes again with its dependencies is left out. `oneLayer`: see Context.
 */
export function systemInstalls(model: Model, oneLayer?: Context['oneLayer']): readonly Install[] {
	return installsOf(model, model.runs, oneLayer);
}

/** The same of ONBUILD RUNs, which install into the images that are built on this one. */
export function triggeredInstalls(model: Model): readonly Install[] {
	return installsOf(model, model.triggers, undefined);
}

function installsOf(model: Model, runs: readonly Run[], oneLayer: Context['oneLayer']): readonly Install[] {
	return runs.flatMap((run) => {
		const stage = stageOf(model, run);
		// Behind a lost backslash the list goes on: what it names is not known.
		if (!stage.image || isCutOff(model.file, run.instruction)) return [];
		return run.operations.flatMap((operation) => {
			const [manager, other] = operation.managers;
			if (!manager || other || manager.family === undefined || operation.action !== 'install' || operation.operands.length === 0 || operation.root === '') return [];
			if (!verbs.has(verbOf(operation)) || operation.options.some(({ name }) => isSimulation(manager, name))) return [];
			if (!reachesImage(stage, operation.root ?? '/') || isUndone(runsInLayer(model, run, oneLayer), operation)) return [];
			return [{ run, stage, operation, manager }];
		});
	});
}

/** Whether an install of the chain into the same root, before this one or this one itself, names a package. */
export function isInstalledBy(model: Model, install: Install, name: string): boolean {
	return isReached(model, install, name, firstInstalls);
}

/** Whether the chain has a name in the same root up to a place, which is this install where none is said; `firstIn`: see firstBrought. */
export function isReached(
	model: Model,
	{ run, stage, operation }: Install,
	name: string,
	firstIn: (stage: StageModel) => ReadonlyMap<string, number>,
	until = operation.invocation.command.span.start,
): boolean {
	const key = `${operation.root ?? ''} ${name}`;
	return stage.chain.some((index) => {
		const at = model.stages[index] && firstIn(model.stages[index]).get(key);
		return at !== undefined && (index !== run.stage || run.instruction.onbuild || at <= until);
	});
}

/** Where a stage first installs something that brings a name, by root and name. */
export function firstBrought(stage: StageModel, broughtBy: (packageName: string) => Iterable<string>): ReadonlyMap<string, number> {
	const first = new Map<string, number>();
	for (const operation of stage.runs.flatMap(({ operations }) => operations)) {
		if (operation.action !== 'install') continue;
		for (const word of operation.operands) {
			for (const name of broughtBy(packageName(word.value ?? word.text))) {
				const key = `${operation.root ?? ''} ${name}`;
				if (!first.has(key)) first.set(key, operation.invocation.command.span.start);
			}
		}
	}
	return first;
}

const firstInstalls = remember((stage: StageModel) => firstBrought(stage, (name) => [name]));

/** A package's name without version, release or architecture as apt and zypper write them: `curl` of `curl=7.88*`, `libc6` of `libc6:i386`. */
export function packageName(text: string): string {
	return text.replace(/[=/:<>].*$/, '');
}

function verbOf(operation: Operation): string {
	return operation.verb.map((word) => word.value ?? '').join(' ');
}

/** Whether an operation only says what it would do, or only fetches. */
export function isSimulated({ managers, options }: Operation): boolean {
	return managers.some((manager) => options.some(({ name }) => isSimulation(manager, name)));
}

/** `-d` is the debug level of dnf and yum. */
function isSimulation(manager: PackageManager, option: string): boolean {
	return simulations.has(option) && (option !== '-d' || manager.family === 'deb');
}

/** Whether one of the RUNs removes all of it again, dependencies too. */
function isUndone(runs: readonly Run[], operation: Operation): boolean {
	return runs.some((run) => isUndoneIn(run, operation));
}

function isUndoneIn(run: Run, operation: Operation): boolean {
	return operation.operands.every((word) => isTakenBack(run, operation, packageName(word.text)));
}

/** Whether a RUN removes a package of an install again, with what came along. */
export function isTakenBack(run: Run, operation: Operation, name: string): boolean {
	const { root, invocation } = operation;
	if (root === undefined && isSweptAway(run, operation, name)) return true;
	const { withDependencies, packages } = removalsIn(run).get(root) ?? {};
	const { start } = invocation.command.span;
	return withDependencies !== undefined && withDependencies > start && (packages?.get(name) ?? -1) > start;
}

/** Where a RUN last removes something from a root with its dependencies, and where each package. */
interface Removals {
	withDependencies: number;
	readonly packages: Map<string, number>;
}

/** By root. */
const removalsIn = remember((run: Run): ReadonlyMap<string | undefined, Removals> => {
	const found = new Map<string | undefined, Removals>();
	for (const one of run.operations) {
		if (one.action !== 'remove') continue;
		const { start } = one.invocation.command.span;
		const removals = found.get(one.root) ?? { withDependencies: -1, packages: new Map<string, number>() };
		found.set(one.root, removals);
		for (const { text } of one.operands) removals.packages.set(packageName(text), Math.max(removals.packages.get(packageName(text)) ?? start, start));
		if (removesDependencies(one)) removals.withDependencies = Math.max(removals.withDependencies, start);
	}
	return found;
});

function removesDependencies(one: Operation): boolean {
	return (
		one.managers.some(({ family }) => family === 'rpm') ||
		/auto-?(?:remove|purge)/.test(verbOf(one)) ||
		one.options.some(({ name }) => /^--auto-?remove$|^--clean-deps$|^-u$/.test(name))
	);
}
