import type { Invocation } from './invocation';
import type { Run } from './model';
import type { Operation } from './operation';
import { remember } from './remember';

/** What a command of a RUN is as a package manager's; undefined for any other. */
export function operationOf(run: Run, invocation: Invocation): Operation | undefined {
	return operationsOf(run).get(invocation);
}

const operationsOf = remember((run: Run) => new Map(run.operations.map((operation) => [operation.invocation, operation])));
