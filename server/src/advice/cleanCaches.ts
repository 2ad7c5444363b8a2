import type { Invocation } from '../model/commands/invocation';
import { type Operation, plainRoot } from '../model/commands/operation';
import { removedBy } from '../model/commands/removal';
import { isCleanedByMerging } from '../model/layers/hiddenRemovals';
import { type FilledCache, fillingOf, isFetchedBefore } from '../model/packages/caches';
import { canRunAtEnd, startsProgram } from '../model/packages/endOfRun';
import { isReadLater } from '../model/packages/later';
import type { Model, Run } from '../model/stages/model';
import type { Edit } from '../text/edit';
import type { Fix } from './advice';
import { appendCommand, insertAfter } from './statements';

/**
 * Lets a RUN keep nothing of the caches that one of its commands fills: by the option with which they stay empty, else by a command behind all that fill
 * them. Undefined where something may read them, where merging RUNs is the repair, and where there is no place for the command.
 */
export function cleanCaches(model: Model, caches: readonly [FilledCache, ...FilledCache[]]): Fix | undefined {
	const [{ run, manager }] = caches;
	const { onbuild } = run.instruction;
	if (caches.some((one) => isCleanedByMerging(model, one))) return undefined;
	// What the Containerfiles do that are built on this one is not known.
	if (onbuild && caches.some(({ cache }) => cache.neededLater)) return undefined;
	const { option } = manager.repair;
	const filling = fillingOf(caches);
	const fillsNone = option !== undefined && filling.every((one) => one.action !== 'refresh');
	if (caches.some((one) => isReadLater(model, one) && !(fillsNone && isFetchedBefore(model, one)))) return undefined;
	const change = fillsNone ? addOption(run, filling, option) : cleanBehind(model, caches, filling);
	return change && { ...change, applicability: onbuild || caches.some(({ cache }) => cache.serves === 'running') ? 'suggested' : 'safe' };
}

type Change = Pick<Fix, 'title' | 'edits'>;

/** `filling`: the commands of the RUN that fill the caches. */
function addOption({ instruction }: Run, filling: readonly Operation[], option: string): Change | undefined {
	if (!instruction.script || instruction.exec || filling.some(({ verb }) => verb.length === 0)) return undefined;
	const without = filling.filter(({ options }) => !options.some(({ name }) => name === option));
	return { title: `Add ${option}`, edits: without.flatMap(({ verb }) => verb.slice(-1).map((word) => insertAfter(word, option))) };
}

function cleanBehind(model: Model, caches: readonly [FilledCache, ...FilledCache[]], filling: readonly Operation[]): Change | undefined {
	const [first] = caches;
	const { run, operation } = first;
	const command = cleaningOf(caches);
	if (!command || isOnlyRefreshed(run) || (startsProgram(command) && !canRunAtEnd(model, run, operation))) return undefined;
	if (plainRoot(operation) && isReadLater(model, first, removedBy(command))) return undefined;
	const { prefix, within } = operation.invocation;
	// With another user’s rights `~` may be the folder of the one or the other.
	if (prefix !== '' && ((within?.command ?? operation.invocation.command).conditional || /[~$]/.test(command))) return undefined;
	const edit = isFilledAtEnd(run, within?.shell, filling)
		? appendCommand(model.file, run.instruction, prefixed(prefix, command), within?.shell)
		: behindShell(model, run, operation, command);
	return edit && { title: `Append ${command}`, edits: [edit] };
}

/** The command that cleans the caches; undefined where none is known that surely finds its program. */
function cleaningOf(caches: readonly [FilledCache, ...FilledCache[]]): string | undefined {
	const [{ run, operation, manager }] = caches;
	const { append, appendInRoot } = manager.repair;
	// By its path it may be none that PATH finds, and a relative path may no longer lead there.
	const written = operation.invocation.name?.value ?? '';
	const isByPath = written.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(written);
	const program = isByPath ? written : operation.program;
	const folders = caches.map(({ cache }) => cache);
	const root = plainRoot(operation);
	const command = operation.root === undefined ? append?.(folders, program, run.variables) : root && appendInRoot?.(root, operation.program, operation.rootOption ?? '');
	if (!command || (isByPath && startsProgram(command) && (!program.startsWith('/') || !command.includes(program)))) return undefined;
	return command;
}

function prefixed(prefix: string, command: string): string {
	return prefix + command.replaceAll(' && ', ` && ${prefix}`);
}

/** At the end of the RUN instead of that of the script within it: only what needs nothing of the shell that runs the script. */
function behindShell({ file }: Model, { instruction }: Run, { invocation: { within, prefix } }: Operation, command: string): Edit | undefined {
	if (!within || within.shell.within || prefix !== '' || startsProgram(command) || /[~$]/.test(command)) return undefined;
	const { shell } = within;
	return shell.command.conditional && shell.prefix !== '' ? undefined : appendCommand(file, instruction, prefixed(shell.prefix, command));
}

/** Whether what a script within the RUN fills can be cleaned at its end: nothing else fills it, and nothing comes behind that could need it. */
function isFilledAtEnd({ invocations }: Run, shell: Invocation | undefined, filling: readonly Operation[]): boolean {
	if (filling.some(({ invocation }) => invocation.within?.shell !== shell)) return false;
	return !shell || invocations.every(({ command, program }) => command.span.start < shell.command.span.end || program === 'rm');
}

/** Whether nothing follows the fetching of lists in its RUN: to fetch and remove them at once would be pointless, and the cure is another one. */
function isOnlyRefreshed({ operations, invocations }: Run): boolean {
	const last = invocations.at(-1);
	return operations.some(({ action, invocation }) => action === 'refresh' && invocation === last) && operations.every(({ action }) => action === 'refresh');
}
