import { remember } from '../basics/remember';
import type { Invocation } from '../commands/invocation';
import type { Run } from './model';

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
