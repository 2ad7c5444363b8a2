import type { Run } from './model';
import type { Operation } from './operation';

/** Whether a later command of a RUN removes a package, by its name, by that of its virtual package, or by one that is not known before the build. */
export function isRemovedBy(run: Run, operation: Operation, name: string): boolean {
	const { start } = operation.invocation.command.span;
	const virtual = operation.options.find((option) => option.name === '--virtual' || option.name === '-t')?.value;
	return run.operations.some(({ action, operands, invocation, managers }) => {
		if (action !== 'remove' || invocation.command.span.start < start || managers[0]?.family !== operation.managers[0]?.family) return false;
		return operands.some(({ value }) => value === undefined || value === name || value === virtual || (value.includes('*') && name.startsWith(value.split('*')[0] ?? '')));
	});
}
