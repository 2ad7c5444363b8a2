import type { Invocation } from './invocation';
import type { Run } from './model';
import type { Operation } from './operation';

/** Whether a later command of a RUN removes a package, by its name, by that of its virtual package, by one that is not known before the build, or by none. */
export function isRemovedBy(run: Run, operation: Operation, name: string): boolean {
	const { start } = operation.invocation.command.span;
	const virtual = operation.options.find((option) => option.name === '--virtual' || option.name === '-t')?.value;
	const removals = run.operations.filter(
		({ action, invocation, managers }) => action === 'remove' && invocation.command.span.start >= start && managers[0]?.family === operation.managers[0]?.family,
	);
	return (
		removals.some(({ operands, invocation }) => {
			if (operands.length === 0 && invocation.moreArguments) return true;
			return operands.some(({ value }) => value === undefined || value === name || value === virtual || (value.includes('*') && name.startsWith(value.split('*')[0] ?? '')));
		}) || isSweptAway(run, operation, name)
	);
}

/**
 * Whether later commands of a RUN remove a package without naming it to their package manager: what is marked as needed by nobody and then swept out, as the
 * official images do it, a history that is undone, a removal below the package manager. In doubt it is removed.
 */
export function isSweptAway(run: Run, { invocation: { command }, managers }: Operation, name: string): boolean {
	const family = managers[0]?.family;
	const later = run.invocations.filter((one) => one.command.span.start > command.span.start);
	const removals = run.operations.filter(({ action }) => action === 'remove');
	if (family === 'deb') {
		const marked = later.find((one) => one.program === 'apt-mark' && marks(one, /^(?:mark)?auto$/, name));
		if (later.some((one) => one.program === 'dpkg' && marks(one, /^(?:-r|-P|--remove|--purge)$/, name))) return true;
		if (!marked || later.some((one) => one.program === 'apt-mark' && one.args[0]?.value === 'manual' && one.args.some(({ value }) => value === name))) return false;
		return removals.some(
			({ verb, options, invocation }) =>
				invocation.command.span.start > marked.command.span.start &&
				(/^auto(?:remove|purge)$/.test(verb[0]?.value ?? '') || options.some((option) => /^--auto-?remove$/.test(option.name))),
		);
	}
	if (family !== 'rpm') return false;
	return later.some((one) => {
		if (one.program === 'rpm') return marks(one, /^(?:-e.*|--erase)$/, name);
		if (!/^(?:dnf(?:-3|[45])?|yum|microdnf|tdnf)$/.test(one.program ?? '')) return false;
		const words = one.args.flatMap(({ value }) => (value === undefined || value.startsWith('-') ? [] : [value]));
		if (words[0] === 'history') return /^(?:undo|rollback)$/.test(words[1] ?? '');
		return words[0] === 'mark' && /^(?:remove|dependency)$/.test(words[1] ?? '') && marks(one, /^(?:remove|dependency)$/, name);
	});
}

/** Whether a command says the verb and means a package with it: by name, by a pattern, by a word that is not known, or by arguments from elsewhere. */
function marks({ args, moreArguments }: Invocation, verb: RegExp, name: string): boolean {
	const at = args.findIndex(({ value }) => value !== undefined && verb.test(value));
	if (at < 0) return false;
	const named = args.slice(at + 1).filter(({ value }) => !value?.startsWith('-'));
	if (named.length === 0) return moreArguments === true;
	return named.some(({ value }) => value === undefined || value === name || /[*^$[]/.test(value));
}
