import { remember } from '../basics/remember';
import type { Invocation } from '../commands/invocation';
import type { Operation } from '../commands/operation';
import type { Run } from '../stages/model';

/** Whether a later command of a RUN removes a package, by its name, by that of its virtual package, by one that is not known before the build, or by none. */
export function isRemovedBy(run: Run, operation: Operation, name: string): boolean {
	const { start } = operation.invocation.command.span;
	const virtual = operation.options.find((option) => option.name === '--virtual' || option.name === '-t')?.value;
	const removals = removalsIn(run).get(operation.managers[0]?.family);
	if (isSweptAway(run, operation, name)) return true;
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
		if (operands.length === 0 && invocation.moreArguments) removals.unknown = Math.max(removals.unknown, start);
		for (const { value } of operands) {
			if (value === undefined) removals.unknown = Math.max(removals.unknown, start);
			else removals.named.set(value, Math.max(removals.named.get(value) ?? start, start));
			if (value?.includes('*')) removals.patterns.push({ front: value.split('*')[0] ?? '', start });
		}
	}
	return found;
});

/**
 * Whether later commands of a RUN remove a package without naming it to their package manager: what is marked as needed by nobody and then swept out, as the
 * official images do it, a history that is undone, a removal below the package manager. In doubt it is removed.
 */
export function isSweptAway(run: Run, { invocation: { command }, managers }: Operation, name: string): boolean {
	const family = managers[0]?.family;
	const later = sweepersIn(run).filter((one) => one.command.span.start > command.span.start);
	if (later.length === 0) return false;
	if (family === 'deb') {
		const marked = later.find((one) => one.program === 'apt-mark' && marks(one, /^(?:mark)?auto$/, name));
		if (later.some((one) => one.program === 'dpkg' && marks(one, /^(?:-r|-P|--remove|--purge)$/, name))) return true;
		if (!marked || later.some((one) => one.program === 'apt-mark' && one.args[0]?.value === 'manual' && one.args.some(({ value }) => value === name))) return false;
		return run.operations.some(
			({ action, verb, options, invocation }) =>
				action === 'remove' &&
				invocation.command.span.start > marked.command.span.start &&
				(/^auto(?:remove|purge)$/.test(verb[0]?.value ?? '') || options.some((option) => /^--auto-?remove$/.test(option.name))),
		);
	}
	if (family !== 'rpm') return false;
	return later.some((one) => {
		if (one.program === 'rpm') return marks(one, /^(?:-e.*|--erase)$/, name);
		const words = one.args.flatMap(({ value }) => (value === undefined || value.startsWith('-') ? [] : [value]));
		if (words[0] === 'history') return /^(?:undo|rollback)$/.test(words[1] ?? '');
		return words[0] === 'mark' && /^(?:remove|dependency)$/.test(words[1] ?? '') && marks(one, /^(?:remove|dependency)$/, name);
	});
}

/** The commands of a RUN that mark packages, work below the package manager, or undo what it did. */
const sweepersIn = remember((run: Run) =>
	run.invocations.filter(({ program = '', args }) => {
		if (/^(?:apt-mark|dpkg|rpm)$/.test(program)) return true;
		return /^(?:dnf(?:-3|[45])?|yum|microdnf|tdnf)$/.test(program) && args.some(({ value }) => value === 'history' || value === 'mark');
	}),
);

/** Whether a command says the verb and means a package with it: by name, by a pattern, by a word that is not known, or by arguments from elsewhere. */
function marks({ args, moreArguments }: Invocation, verb: RegExp, name: string): boolean {
	const at = args.findIndex(({ value }) => value !== undefined && verb.test(value));
	if (at < 0) return false;
	const named = args.slice(at + 1).filter(({ value }) => !value?.startsWith('-'));
	if (named.length === 0) return moreArguments === true;
	return named.some(({ value }) => value === undefined || value === name || /[*^$[]/.test(value));
}
