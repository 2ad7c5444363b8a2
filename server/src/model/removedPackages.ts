import type { Run } from './model';
import type { Operation } from './operation';
import { remember } from './remember';

/** Whether a later command of a RUN removes a package, by its name, by that of its virtual package, or by one that is not known before the build. */
export function isRemovedBy(run: Run, operation: Operation, name: string): boolean {
	const { start } = operation.invocation.command.span;
	const virtual = operation.options.find((option) => option.name === '--virtual' || option.name === '-t')?.value;
	const removals = removalsIn(run).get(operation.managers[0]?.family);
	if (!removals) return false;
	const { named, patterns, unknown } = removals;
	if (unknown >= start || (named.get(name) ?? -1) >= start || (virtual !== undefined && (named.get(virtual) ?? -1) >= start)) return true;
	return patterns.some((one) => one.start >= start && name.startsWith(one.front));
}

/** What a RUN removes of one family of packages, with where it last does so. */
interface Removals {
	readonly named: Map<string, number>;
	/** What stands before the first `*`. */
	readonly patterns: { readonly front: string; readonly start: number }[];
	/** Where packages go of which the names are not known. */
	unknown: number;
}

const removalsIn = remember((run: Run): ReadonlyMap<string | undefined, Removals> => {
	const found = new Map<string | undefined, Removals>();
	for (const { action, operands, invocation, managers } of run.operations) {
		if (action !== 'remove') continue;
		const { start } = invocation.command.span;
		const family = managers[0]?.family;
		const removals = found.get(family) ?? { named: new Map<string, number>(), patterns: [], unknown: -1 };
		found.set(family, removals);
		for (const { value } of operands) {
			if (value === undefined) removals.unknown = Math.max(removals.unknown, start);
			else removals.named.set(value, Math.max(removals.named.get(value) ?? start, start));
			if (value?.includes('*')) removals.patterns.push({ front: value.split('*')[0] ?? '', start });
		}
	}
	return found;
});
