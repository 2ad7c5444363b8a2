import { appendCommand, insertAfter, separator } from '../advice/statements';
import { below, related } from '../model/basics/paths';
import { leftoversOf } from '../model/catalog/roots/rpmLeftovers';
import { mayHaveErrexit } from '../model/commands/errexit';
import { headOf, type Operation, plainRoot } from '../model/commands/operation';
import { removalsOf, removedBy, removes } from '../model/commands/removal';
import { type FilledCache, filledCaches, keptCaches, type WrongRootCleaning, wrongRootCleanings } from '../model/packages/caches';
import { canRunAtEnd } from '../model/packages/endOfRun';
import type { Install } from '../model/packages/installs';
import { isReadLater } from '../model/packages/later';
import type { Model, Run, StageModel } from '../model/stages/model';
import type { Containerfile } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { literal } from '../text/literal';
import type { Refusal } from './rewrite';

/** How a root is cleaned, and what is done to it at that place besides. */
export interface RootCleaning {
	readonly edits: readonly Edit[];
	/** The package manager's own records go, too. */
	readonly removesHistory: boolean;
}

/** What is wrong with the package manager's own cleaning of a root: it looks into another one, or there is none. Neither where the root is clean. */
export interface Uncleaned {
	readonly wrong?: WrongRootCleaning | undefined;
	readonly kept?: FilledCache | undefined;
}

/** Whether the cache of an install's root would ship. The cache of microdnf lies where it is told to, which is never in the root. */
export function uncleaned(model: Model, { operation, manager, stage }: Install): Uncleaned | undefined {
	if (manager.id === 'microdnf') return undefined;
	const wrong = wrongRootCleanings(model).find(({ filled }) => isOf(filled, operation, stage));
	const kept = stage.runs.flatMap((run) => keptCaches(model, run)).findLast((filled) => isOf(filled, operation, stage));
	return wrong ? { wrong } : kept && { kept };
}

/**
 * Cleans a root behind what is there of cleaning, or at the end of the RUN of its last install, where nothing is.
 * `keepsHistory`: a package manager may be in the root. `more`: commands to run at the same place.
 */
export function cleanRoot(model: Model, installs: readonly [Install, ...Install[]], keepsHistory: boolean, more: readonly string[]): RootCleaning | Refusal {
	const { operation, manager, stage, run } = installs.at(-1) ?? installs[0];
	const root = plainRoot(operation);
	if (root === undefined) return { because: 'the path of the root needs quotes, which no `rm -rf` here is trusted with', span: headOf(operation) };
	const { wrong, kept } = uncleaned(model, { operation, manager, stage, run }) ?? {};
	const { cache, history = [], logs = [] } = leftoversOf(manager.id) ?? {};
	const isMounted = cache === undefined || stage.runs.some(({ mounts }) => mounts.some(({ target }) => target === undefined || related(target, below(root, cache))));
	const paths = [...(isMounted ? [] : [cache]), ...(keepsHistory ? [] : history), ...logs].map((path) => below(root, path)).filter((path) => !isRemoved(stage, path));
	const removal = paths.length > 0 ? [`rm -rf ${paths.join(' ')}`] : [];
	const filled = stage.runs.flatMap((one) => filledCaches(model, one)).find((one) => isOf(one, operation, stage));
	if (filled && isReadLater(model, filled, removal.flatMap(removedBy))) return { because: 'something later reads what the cleaning takes away', span: headOf(operation) };

	const last = stage.runs.flatMap((one) => one.operations.filter((other) => other.root === operation.root).map((other) => ({ run: one, operation: other }))).at(-1) ?? {
		run,
		operation,
	};
	const redirected = wrong && { run: wrong.run, operation: wrong.cleaning };
	const isLast = redirected && startOf(redirected.operation) > startOf(last.operation);
	const place = isLast ? redirected : last;
	const { prefix } = operation.invocation;
	const own = isLast || (!kept && !wrong) ? [] : [`${operation.program} -y ${operation.rootOption} clean all`];
	const commands = [...[...own, ...removal].map((command) => prefix + command), ...more];
	const canRun = own.length === 0 || canRunAtEnd(model, place.run, place.operation);
	const at = place.operation.action === 'clean' ? behind(model.file, place, commands) : canRun ? atEnd(model.file, place.run, commands) : undefined;
	const isShared = wrong && wrongRootCleanings(model).some(({ cleaning, filled: other }) => cleaning === wrong.cleaning && other.operation.root !== operation.root);
	if (isShared) return { because: 'one cleaning cannot be of two roots', span: headOf(wrong.cleaning) };
	const name = wrong?.cleaning.invocation.name;
	if (!at || (wrong && !name)) return { because: notAlone, span: headOf(wrong?.cleaning ?? place.operation) };
	return {
		edits: [...(name ? [insertAfter(name, operation.rootOption ?? '')] : []), ...at],
		removesHistory: paths.some((path) => history.some((one) => path === below(root, one))),
	};
}

const notAlone = 'there is no place for the cleaning behind what this is part of';

function isOf({ operation, run }: { readonly operation: Operation; readonly run: Run }, { root }: Operation, { index }: StageModel): boolean {
	return run.stage === index && operation.root === root;
}

/** Whether a command of the stage removes a path: one of its files, where it is several. */
function isRemoved(stage: StageModel, path: string): boolean {
	const first = path.replace(/\*$/, '.log');
	return stage.runs.some(({ invocations, cwd }) =>
		invocations.some((invocation) => removalsOf(invocation, cwd).some((removal) => removes(removal, first) || (removal.path !== undefined && matches(removal.path, first)))),
	);
}

function matches(glob: string, path: string): boolean {
	const parts = glob.split('*').map(literal);
	return new RegExp(`^${parts.join('[^/]*')}$`).test(path);
}

interface Place {
	readonly run: Run;
	readonly operation: Operation;
}

function startOf({ invocation }: Operation): number {
	return invocation.command.span.start;
}

/** Undefined where the cleaning is part of something else. */
function behind(file: Containerfile, { run, operation }: Place, commands: readonly string[]): readonly Edit[] | undefined {
	const { command, moreArguments } = operation.invocation;
	const statement = run.instruction.script?.statements[command.statement];
	if (run.instruction.exec || moreArguments || !statement || !command.topLevel || command.conditional || statement.kind !== 'simple' || statement.joiner === '&') return undefined;
	// Within the left side of && a failure would not stop a shell that stops at failures.
	const operator = (statement.joiner === ';' || statement.joiner === '\n') && mayHaveErrexit(file, run.instruction) ? ';' : '&&';
	const end = command.span.end;
	return commands.map((one) => ({ span: { start: end, end }, text: `${separator(file, run.instruction, end, operator)}${one}` }));
}

function atEnd(file: Containerfile, run: Run, commands: readonly string[]): readonly Edit[] | undefined {
	const edits = commands.map((command) => appendCommand(file, run.instruction, command));
	return edits.every((edit) => edit !== undefined) ? edits : undefined;
}
