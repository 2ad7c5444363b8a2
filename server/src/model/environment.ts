import type { Invocation } from './invocation';
import type { Run } from './model';
import { absolutePath } from './paths';
import { remember } from './remember';
import { knownValue } from './writtenFiles';

/** The value of a variable for a command: empty where nothing sets it, undefined where it is not known before the build. */
export function settingFor(run: Run, { command, name: program }: Invocation, name: string): string | undefined {
	const own = command.assignments.findLast((assignment) => assignment.name === name);
	if (own) return own.value;
	const before = program ? command.words.slice(0, command.words.indexOf(program)).find(({ text }) => text.startsWith(`${name}=`)) : undefined;
	if (before) return before.value?.slice(name.length + 1);
	if (assignedIn(run).has(name)) return undefined;
	return run.variables.has(name) ? run.variables.get(name) : '';
}

/** Names that the script of a RUN assigns. */
const assignedIn = remember((run: Run): ReadonlySet<string> => new Set((run.instruction.script?.assigns ?? []).map((one) => one.replace(/=.*$/s, ''))));

/** The folder in which a command of a RUN runs; undefined where that is not known. */
export function folderOf(run: Run, invocation: Invocation): string | undefined {
	return foldersOf(run).get(invocation);
}

const foldersOf = remember((run: Run): ReadonlyMap<Invocation, string | undefined> => {
	const folders = new Map<Invocation, string | undefined>();
	let folder = run.cwd;
	for (const invocation of run.invocations) {
		const { program, args, command } = invocation;
		folders.set(invocation, folder);
		if (program === 'pushd' || program === 'popd') folder = undefined;
		if (program !== 'cd') continue;
		const to = args[0] && knownValue(args[0], run);
		folder = to === undefined || to === '-' || !command.topLevel || command.conditional ? undefined : absolutePath(to, folder);
	}
	return folders;
});
