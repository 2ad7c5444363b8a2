import type { Fix } from '../advice/advice';
import { appendCommand, insertAfter } from '../advice/statements';
import { cacheSaving, cachesFilledBy, type FilledCache, isCleanedInLayer, isFetchedBefore, keptCaches } from '../model/caches';
import { canRunAtEnd, startsProgram } from '../model/endOfRun';
import { isCleanedByMerging } from '../model/hiddenRemovals';
import type { Invocation } from '../model/invocation';
import { isReadLater } from '../model/later';
import type { Model, Run } from '../model/model';
import { type Operation, plainRoot } from '../model/operation';
import { removedBy } from '../model/removal';
import { mayServe } from '../model/serving';
import { tinyDownload } from '../model/tinyInstall';
import type { Edit } from '../text/edit';
import type { Rule } from './rule';

/** A package manager's cache or index stays in the layer of the RUN that filled it. */
export const packageCacheKept: Rule = {
	id: 'package-cache-kept',
	title: 'A package manager’s cache stays in the layer',
	severity: 'warning',
	concerns: 'image',
	fixable: 'safe',
	hadolint: ['DL3009', 'DL3019', 'DL3032', 'DL3036', 'DL3040', 'DL3042', 'DL3060'],
	docs: {
		why: 'A package manager keeps what it downloads: package lists, repository metadata, packages. Nothing in the finished image reads them, but whatever is still there when a RUN ends is in that RUN’s layer for good: removing it in a later RUN only hides it. So it has to go in the same RUN, or must not be written at all.',
		before: 'FROM fedora:40\nRUN dnf -y install nginx\n',
		after: 'FROM fedora:40\nRUN dnf -y install nginx && dnf clean all\n',
		links: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
	},
	*check(model, { oneLayer }) {
		for (const run of [...model.runs, ...model.triggers]) {
			const { onbuild } = run.instruction;
			// One finding for what one command leaves: apt's lists and packages are cleaned together.
			for (const caches of byOwner(keptCaches(model, run).filter((kept) => !isCleanedInLayer(model, kept, oneLayer) && !mayServe(model, kept)))) {
				const [first] = caches;
				const { operation } = first;
				const tiny = tinyDownload(
					first.manager.id,
					fillingOf(run, caches).filter((one) => cachesFilledBy(model, run, one).length > 0),
				);
				if (tiny !== undefined && tiny <= nothing) continue;
				const saves = onbuild ? undefined : cacheSaving(first);
				const what = caches.map(({ cache }) => cache.what).join(' and ');
				const fix = repair(model, caches);
				yield {
					span: { start: operation.invocation.name?.span.start ?? 0, end: (operation.verb.at(-1) ?? operation.invocation.name)?.span.end ?? 0 },
					...(tiny !== undefined && tiny <= little ? { severity: 'hint' as const } : caches.every(({ cache }) => cache.minor) ? { severity: 'info' as const } : {}),
					message: `${operation.program} leaves its ${what} (${caches.map(({ paths }) => paths[0]).join(', ')}) in ${onbuild ? 'a layer of every image that is built on this one' : 'this layer'}`,
					...(saves ? { saves } : {}),
					...(fix ? { fixes: [fix] } : {}),
				};
			}
		}
	},
};

/** Downloads of no more bytes are not worth a word, or only a hint. */
const nothing = 2_000_000;
const little = 4_000_000;

/** The commands of a RUN that fill the caches of one manager. */
function fillingOf({ operations }: Run, caches: readonly FilledCache[]): readonly Operation[] {
	return operations.filter((one) => caches.some(({ cache, manager }) => one.managers.includes(manager) && cache.filledBy.includes(one.action)));
}

function byOwner(kept: readonly FilledCache[]): readonly (readonly [FilledCache, ...FilledCache[]])[] {
	const groups = new Map<string, [FilledCache, ...FilledCache[]]>();
	for (const one of kept) {
		const key = `${one.manager.id} ${one.operation.root ?? ''}`;
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return [...groups.values()];
}

function repair(model: Model, caches: readonly FilledCache[]): Fix | undefined {
	const [first] = caches;
	if (!first || caches.some((one) => isCleanedByMerging(model, one))) return undefined;
	const { run, operation, manager } = first;
	const { onbuild } = run.instruction;
	// What the Containerfiles do that are built on this one is not known.
	if (onbuild && caches.some(({ cache }) => cache.neededLater)) return undefined;
	const applicability = onbuild || caches.some(({ cache }) => cache.serves === 'running') ? 'suggested' : 'safe';
	const { option, append, appendInRoot } = manager.repair;
	const filling = fillingOf(run, caches);
	const fillsNone = option !== undefined && filling.every((one) => one.action !== 'refresh');
	if (caches.some((one) => isReadLater(model, one) && !(fillsNone && isFetchedBefore(model, one)))) return undefined;
	if (fillsNone) {
		if (!run.instruction.script || run.instruction.exec || filling.some((one) => one.verb.length === 0)) return undefined;
		const edits = filling.flatMap((one) => (one.options.some(({ name }) => name === option) ? [] : [insertAfter(one.verb.at(-1) as NonNullable<(typeof one.verb)[0]>, option)]));
		return { title: `Add ${option}`, applicability, edits };
	}
	const root = plainRoot(operation);
	// By its path it may be none that PATH finds, and a relative path may no longer lead there.
	const written = operation.invocation.name?.value ?? '';
	const isByPath = written.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(written);
	const program = isByPath ? written : operation.program;
	const folders = caches.map(({ cache }) => cache);
	const command = operation.root === undefined ? append?.(folders, program, run.variables) : root && appendInRoot?.(root, operation.program, operation.rootOption ?? '');
	if (!command || (isByPath && startsProgram(command) && (!program.startsWith('/') || !command.includes(program)))) return undefined;
	if (isOnlyRefreshed(run) || (startsProgram(command) && !canRunAtEnd(model, run, operation)) || (root && isReadLater(model, first, removedBy(command)))) return undefined;
	const { prefix, within } = operation.invocation;
	// With another user’s rights `~` may be the folder of the one or the other.
	if (prefix !== '' && ((within?.command ?? operation.invocation.command).conditional || /[~$]/.test(command))) return undefined;
	const edit = isFilledAtEnd(run, within?.shell, filling)
		? appendCommand(model.file, run.instruction, prefixed(prefix, command), within?.shell)
		: behindShell(model, run, operation, command);
	return edit ? { title: `Append ${command}`, applicability, edits: [edit] } : undefined;
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
