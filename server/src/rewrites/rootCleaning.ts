import { appendCommand, insertAfter, separator } from '../advice/statements';
import { filledCaches, keptCaches, wrongRootCleanings } from '../model/caches';
import type { ManagerId } from '../model/catalog/packageManager';
import { canRunAtEnd } from '../model/endOfRun';
import { mayHaveErrexit } from '../model/errexit';
import type { Install } from '../model/installs';
import { isReadLater } from '../model/later';
import type { Model, Run, StageModel } from '../model/model';
import { headOf, type Operation, plainRoot } from '../model/operation';
import { below, related } from '../model/paths';
import { removalsOf, removedBy, removes } from '../model/removal';
import type { Containerfile } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import type { Refusal } from './rewrite';

/** How a root is cleaned, and what is done to it at that place besides. */
export interface RootCleaning {
	readonly edits: readonly Edit[];
	/** The package manager's own cleaning is missing or looks into another root. */
	readonly isNeeded: boolean;
	/** The package manager's own records go, too. */
	readonly removesHistory: boolean;
}

/**
 * What a package manager leaves in a root besides its cache, as paths for `rm -rf`: logs, and what it knows of its own doings, which is of no use where it is not.
 * Sources: dnf(8), --installroot; the recipes of sclorg/httpd-container and travier/quay-containerfiles. The database of rpm is not among them.
 */
const leftovers: Readonly<Partial<Record<ManagerId, { readonly logs: readonly string[]; readonly history: readonly string[] }>>> = {
	dnf4: { logs: ['/var/log/dnf*', '/var/log/hawkey.log'], history: ['/var/lib/dnf'] },
	dnf5: { logs: ['/var/log/dnf*'], history: ['/usr/lib/sysimage/libdnf5'] },
	microdnf: { logs: ['/var/log/hawkey.log'], history: ['/var/lib/dnf'] },
	yum3: { logs: ['/var/log/yum.log'], history: [] },
};

/**
 * Cleans a root behind what is there of cleaning, or at the end of the RUN of its last install, where nothing is.
 * `keepsHistory`: a package manager may be in the root. `more`: commands to run at the same place.
 */
export function cleanRoot(model: Model, installs: readonly [Install, ...Install[]], keepsHistory: boolean, more: readonly string[]): RootCleaning | Refusal {
	const { operation, manager, stage, run } = installs.at(-1) ?? installs[0];
	const root = plainRoot(operation);
	if (root === undefined) return { because: 'the path of the root needs quotes, which no `rm -rf` here is trusted with', span: headOf(operation) };
	// Its cache lies where it is told to, which is never in the root.
	const elsewhere = manager.id === 'microdnf';
	const wrong = elsewhere ? undefined : wrongRootCleanings(model).find(({ filled }) => isOf(filled, operation, stage));
	const kept = wrong || elsewhere ? undefined : stage.runs.flatMap((one) => keptCaches(model, one)).findLast((filled) => isOf(filled, operation, stage));
	const known = leftovers[manager.id];
	const cache =
		elsewhere || stage.runs.some(({ mounts }) => mounts.some(({ target }) => target === undefined || related(target, below(root, '/var/cache')))) ? [] : ['/var/cache/*'];
	const caches = manager.caches.flatMap((one) => one.paths.map((path) => below(root, path)));
	const paths = [...cache, ...(keepsHistory ? [] : (known?.history ?? [])), ...(known?.logs ?? [])]
		.map((path) => below(root, path))
		.filter((path) => !isRemoved(stage, path, caches));
	const removal = paths.length > 0 ? [`rm -rf ${paths.join(' ')}`] : [];
	const { prefix } = operation.invocation;
	const own = kept ? [`${operation.program} -y ${operation.rootOption} clean all`] : [];
	const commands = [...own, ...removal].map((command) => prefix + command);
	const filled = stage.runs.flatMap((one) => filledCaches(model, one)).find((one) => isOf(one, operation, stage));
	if (filled && isReadLater(model, filled, removal.flatMap(removedBy))) return { because: 'something later reads what the cleaning takes away', span: headOf(operation) };
	if (wrong && !wrong.cleaning.invocation.name) return { because: notAlone, span: headOf(wrong.cleaning) };
	const place = wrong ?? lastCleaning(stage, operation);
	const at = place && !kept ? behind(model.file, place, [...commands, ...more]) : atEnd(model, kept?.run ?? run, operation, [...commands, ...more]);
	if (!at) return { because: notAlone, span: headOf(place && !kept ? place.cleaning : operation) };
	const redirected = wrong?.cleaning.invocation.name ? [insertAfter(wrong.cleaning.invocation.name, operation.rootOption ?? '')] : [];
	return {
		edits: [...redirected, ...at],
		isNeeded: wrong !== undefined || kept !== undefined,
		removesHistory: paths.some((path) => known?.history.some((one) => path === below(root, one))),
	};
}

const notAlone = 'the cleaning is not a command of its own, behind which the rest could be written';

function isOf({ operation, run }: { readonly operation: Operation; readonly run: Run }, { root }: Operation, { index }: StageModel): boolean {
	return run.stage === index && operation.root === root;
}

/** Whether a command of the stage removes a path, or what the cache of the package manager is of `/var/cache/*`. */
function isRemoved(stage: StageModel, path: string, caches: readonly string[]): boolean {
	const [first = path] = path.endsWith('/var/cache/*') ? caches : [path.replace(/\*$/, '.log')];
	return stage.runs.some(({ invocations, cwd }) =>
		invocations.some((invocation) => removalsOf(invocation, cwd).some((removal) => removes(removal, first) || (removal.path !== undefined && matches(removal.path, first)))),
	);
}

function matches(glob: string, path: string): boolean {
	const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('[^/]*')}$`).test(path);
}

/** The last thing that a package manager does to a root, if that is to clean it. */
function lastCleaning(stage: StageModel, { root }: Operation): Place | undefined {
	const last = stage.runs.flatMap((run) => run.operations.filter((one) => one.root === root).map((cleaning) => ({ run, cleaning }))).at(-1);
	return last?.cleaning.action === 'clean' ? last : undefined;
}

interface Place {
	readonly run: Run;
	readonly cleaning: Operation;
}

/** Undefined where the cleaning is part of something else. */
function behind(file: Containerfile, { run, cleaning }: Place, commands: readonly string[]): readonly Edit[] | undefined {
	const { command, moreArguments } = cleaning.invocation;
	const statement = run.instruction.script?.statements[command.statement];
	if (run.instruction.exec || moreArguments || !statement || !command.topLevel || command.conditional || statement.kind !== 'simple' || statement.joiner === '&') return undefined;
	// Within the left side of && a failure would not stop a shell that stops at failures.
	const operator = (statement.joiner === ';' || statement.joiner === '\n') && mayHaveErrexit(file, run.instruction) ? ';' : '&&';
	const end = command.span.end;
	return commands.map((one) => ({ span: { start: end, end }, text: `${separator(file, run.instruction, end, operator)}${one}` }));
}

function atEnd(model: Model, run: Run, operation: Operation, commands: readonly string[]): readonly Edit[] | undefined {
	if (commands.length === 0) return [];
	if (!canRunAtEnd(model, run, operation)) return undefined;
	const edits = commands.map((command) => appendCommand(model.file, run.instruction, command));
	return edits.every((edit) => edit !== undefined) ? edits : undefined;
}
