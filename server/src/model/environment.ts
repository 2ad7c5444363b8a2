import type { Invocation } from './invocation';
import type { Run } from './model';
import { absolutePath } from './paths';
import { knownValue } from './writtenFiles';

/** The value of a variable for a command: empty where nothing sets it, undefined where it is not known before the build. */
export function settingFor(run: Run, { command, name: program }: Invocation, name: string): string | undefined {
	const own = command.assignments.findLast((assignment) => assignment.name === name);
	if (own) return own.value;
	const before = program ? command.words.slice(0, command.words.indexOf(program)).find(({ text }) => text.startsWith(`${name}=`)) : undefined;
	if (before) return before.value?.slice(name.length + 1);
	if (run.instruction.script?.assigns.some((one) => one === name || one.startsWith(`${name}=`))) return undefined;
	return run.variables.has(name) ? run.variables.get(name) : '';
}

/** The folder in which a command of a RUN runs; undefined where that is not known. */
export function folderOf(run: Run, { command }: Invocation): string | undefined {
	let folder = run.cwd;
	for (const { program, args, command: other } of run.invocations) {
		if (other.span.start >= command.span.start) break;
		if (program === 'pushd' || program === 'popd') folder = undefined;
		if (program !== 'cd') continue;
		const to = args[0] && knownValue(args[0], run);
		folder = to === undefined || to === '-' || !other.topLevel || other.conditional ? undefined : absolutePath(to, folder);
	}
	return folder;
}
