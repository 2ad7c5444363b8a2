import type { Invocation } from './invocation';
import type { Run } from './model';
import { absolutePath } from './paths';
import { remember } from './remember';
import { knownValue } from './writtenFiles';

/** A command with the folder it runs in, as absolutePath gives it; undefined where that is not known. */
export interface Placed {
	readonly invocation: Invocation;
	readonly cwd: string | undefined;
	readonly run: Run;
}

/** The commands of a RUN in their order, `cd` followed as far as it is surely run and its folder is known. */
export const placedCommands = remember((run: Run): readonly Placed[] => {
	let { cwd } = run;
	return run.invocations.map((invocation) => {
		const { program, args, command } = invocation;
		const placed: Placed = { invocation, cwd, run };
		if (program === 'pushd' || program === 'popd') cwd = undefined;
		if (program === 'cd') {
			const value = args.length === 1 && args[0] ? knownValue(args[0], run) : undefined;
			cwd = value === undefined || value === '-' || !command.topLevel || command.conditional ? undefined : absolutePath(value, cwd);
		}
		return placed;
	});
});
