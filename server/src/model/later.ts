import type { Instruction } from '../syntax/containerfile';
import type { FilledCache } from './caches';
import { isLater, laterInstructions, laterRuns, type Model, type Run } from './model';
import { remember } from './remember';
import { removalsOf } from './removal';

const offline = new Set(['-C', '--cacheonly', '--offline', '--prefer-offline']);

/**
 * Whether something after the RUN, in its stage or in one built on it, may read a cache that the RUN fills: a command of the same manager that does not
 * fetch it anew, a script whose commands are not in the file, or one that names the folder. In doubt it does.
 */
export function isReadLater(model: Model, { run, operation, cache, paths }: FilledCache): boolean {
	const same = (other: Run) => other.operations.filter((one) => one.managers.some((manager) => operation.managers.includes(manager)) && one.root === operation.root);
	if (
		offlineRuns(model).some(
			(other) => isLater(model, run, other) && other.invocations.some(({ program, args }) => program === operation.program && args.some(({ text }) => offline.has(text))),
		)
	)
		return true;
	if (namesFolder(model, run, paths)) return true;
	if (!cache.neededLater) return false;
	const runs = laterRuns(model, run);
	const onbuild = laterInstructions(model, run).some(
		(instruction) => instruction.onbuild && instruction.script?.commands.some((command) => command.words.some((word) => word.text === operation.program)),
	);
	return (
		onbuild ||
		runs.some(
			(other) =>
				same(other).find((one) => one.action !== 'clean' && one.action !== 'remove')?.action !== 'refresh' &&
				same(other).some((one) => one.action === 'install' || one.action === 'upgrade' || one.action === 'download'),
		) ||
		runs.some(isOpaque)
	);
}

/** The RUNs with a command that is told to do without the network. */
const offlineRuns = remember((model: Model) => model.runs.filter((run) => run.invocations.some(({ args }) => args.some(({ text }) => offline.has(text)))));

/** Whether the commands that a RUN runs are not all in the file: it starts a script or a program of its own. */
const isOpaque = remember((run: Run): boolean => {
	const { script, exec } = run.instruction;
	if (!script || script.broken) return true;
	if (exec) return true;
	return run.invocations.some(({ program, name, args }) => {
		if (name === undefined) return false;
		if (program === undefined) return true;
		if (/^(?:ba|da|a|z)?sh$|^(?:source|\.|eval|make|ansible-playbook)$/.test(program)) return true;
		const path = name.value ?? '';
		if (/\.(?:sh|bash|py|pl)$/.test(path)) return true;
		return (
			(path.includes('/') && !/^(?:\/usr)?(?:\/local)?\/s?bin\//.test(path)) ||
			args.some((word) => /\.sh$/.test(word.value ?? '') && program !== 'rm' && program !== 'chmod' && program !== 'chown')
		);
	});
});

function namesFolder(model: Model, run: Run, paths: readonly string[]): boolean {
	const names = paths.map((path) => path.replace(/^~\//, '/'));
	const places = names.flatMap((name) => placesOf(model, name));
	if (places.length === 0) return false;
	const named = (instruction: Instruction) => places.some((at) => at >= instruction.args.start && at < instruction.span.end);
	const copied = model.file.instructions.some((instruction) => instruction.keyword === 'COPY' && instruction.stage > run.stage && named(instruction));
	return (
		copied ||
		laterInstructions(model, run).some(
			(instruction) =>
				named(instruction) &&
				!onlyRemoves(
					laterRuns(model, run).find((other) => other.instruction === instruction),
					names,
				),
		)
	);
}

const placesByName = remember((_model: Model) => new Map<string, readonly number[]>());

/** Where a folder's name stands in the file. */
function placesOf(model: Model, name: string): readonly number[] {
	const known = placesByName(model).get(name);
	if (known) return known;
	const { text } = model.file;
	const places: number[] = [];
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) places.push(at);
	placesByName(model).set(name, places);
	return places;
}

function onlyRemoves(run: Run | undefined, names: readonly string[]): boolean {
	if (!run) return false;
	return run.invocations.every((invocation) => removalsOf(invocation, run.cwd).length > 0 || !invocation.args.some((word) => names.some((name) => word.text.includes(name))));
}
