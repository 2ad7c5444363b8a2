import type { Operation } from '../commands/operation';
import { keptCaches } from '../packages/caches';
import type { Model, Run } from '../stages/model';
import { isCleanedByMerging } from './hiddenRemovals';

/** RUNs that install from package lists which an earlier RUN of their row fetched: whoever changes them gets these lists from the build cache, however old. */
export interface StaleLists {
	/** The RUN that fetches the lists and installs nothing itself. */
	readonly by: Run;
	/** Those that install, one or more, in their order. */
	readonly runs: readonly [Run, ...Run[]];
}

/**
 * Where RUNs of a row rely on lists that an earlier one of it fetched. Only apt: the other package managers of systems fetch anew what is old. Nothing where the
 * lists do not get into a layer, or where the RUN that cleans them in vain says what to merge already.
 */
export function staleLists(model: Model, row: readonly Run[]): readonly StaleLists[] {
	const found: { by: Run; runs: Run[] }[] = [];
	let open: { by: Run; runs: Run[] } | undefined;
	for (const run of row) {
		const operations = run.operations.filter(isOfSystem);
		if (operations.some(({ action }) => action === 'refresh')) {
			open = fetchesOnly(model, run, operations) ? { by: run, runs: [] } : undefined;
			if (open) found.push(open);
		} else if (operations.some(installs)) open?.runs.push(run);
	}
	return found.flatMap(({ by, runs: [first, ...more] }) => (first ? [{ by, runs: [first, ...more] as const }] : []));
}

function isOfSystem({ managers, root }: Operation): boolean {
	return root === undefined && managers.every(({ id }) => id === 'apt');
}

function fetchesOnly(model: Model, run: Run, operations: readonly Operation[]): boolean {
	const lists = keptCaches(model, run).find(({ cache, operation }) => cache.neededLater && operation.action === 'refresh' && isOfSystem(operation));
	return lists !== undefined && isSure(lists.operation) && !operations.some(({ action }) => action === 'install' || action === 'upgrade') && !isCleanedByMerging(model, lists);
}

function installs(operation: Operation): boolean {
	return operation.action === 'install' && isSure(operation);
}

function isSure({ invocation: { command, within, moreArguments }, options }: Operation): boolean {
	// Some sources alone (Dir::Etc::sourcelist), or another place for the lists.
	return !command.conditional && !command.substituted && !within && !moreArguments && !options.some(({ text }) => /dir::|list-cleanup|no-download|print-uris|simulate/.test(text));
}
