import type { FilledCache } from './caches';
import { laterInstructions, laterRuns, type Model, type Run } from './model';
import { removalsOf } from './removal';

const offline = new Set(['-C', '--cacheonly', '--offline', '--prefer-offline']);

/**
 * Whether something after the RUN, in its stage or in one built on it, may read a cache that the RUN fills: a command of the same manager that does not
 * fetch it anew, a script whose commands are not in the file, or one that names the folder. In doubt it does.
 */
export function isReadLater(model: Model, { run, operation, cache, paths }: FilledCache): boolean {
	const runs = laterRuns(model, run);
	const same = (other: Run) => other.operations.filter((one) => one.managers.some((manager) => operation.managers.includes(manager)) && one.root === operation.root);
	if (runs.some((other) => other.invocations.some(({ program, args }) => program === operation.program && args.some(({ text }) => offline.has(text))))) return true;
	if (namesFolder(model, run, paths)) return true;
	if (!cache.neededLater) return false;
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

/** Whether the commands that a RUN runs are not all in the file: it starts a script or a program of its own. */
function isOpaque(run: Run): boolean {
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
}

function namesFolder(model: Model, run: Run, paths: readonly string[]): boolean {
	const names = paths.map((path) => path.replace(/^~\//, '/'));
	const named = laterInstructions(model, run).filter((instruction) => {
		const text = model.file.text.slice(instruction.args.start, instruction.span.end);
		return names.some((name) => text.includes(name));
	});
	const copied = model.file.instructions.some(
		(instruction) => instruction.keyword === 'COPY' && instruction.stage > run.stage && instruction.words.some((word) => names.some((name) => word.text.includes(name))),
	);
	return (
		copied ||
		named.some(
			(instruction) =>
				!onlyRemoves(
					laterRuns(model, run).find((other) => other.instruction === instruction),
					names,
				),
		)
	);
}

function onlyRemoves(run: Run | undefined, names: readonly string[]): boolean {
	if (!run) return false;
	return run.invocations.every((invocation) => removalsOf(invocation, run.cwd).length > 0 || !invocation.args.some((word) => names.some((name) => word.text.includes(name))));
}
