import type { Instruction } from '../syntax/containerfile';
import type { FilledCache } from './caches';
import type { Model, Run } from './model';
import type { Operation } from './operation';
import { remember } from './remember';
import { removalsOf } from './removal';

const offline = new Set(['-C', '--cacheonly', '--offline', '--prefer-offline']);

/**
 * Whether something after the RUN, in its stage or in one built on it, may read a cache that the RUN fills: a command of the same manager that does not
 * fetch it anew, a script whose commands are not in the file, or one that names the folder. In doubt it does.
 */
export function isReadLater(model: Model, { run, operation, cache, paths }: FilledCache): boolean {
	const once = onceFor(model);
	const names = paths.map((path) => path.replace(/^~\//, '/'));
	const reading = once(`offline ${operation.program}`, () => placesOf(model, ({ run: other }) => isOffline(other, operation.program)));
	const naming = once(`naming ${names.join(' ')}`, () => placesOf(model, (place) => reads(model, place, names)));
	const copying = once(`copying ${names.join(' ')}`, () => placesOf(model, ({ instruction }) => copies(instruction, names)));
	if (isAnyLater(model, run, reading) || isAnyLater(model, run, naming) || [...copying.keys()].some((stage) => stage > run.stage)) return true;
	if (!cache.neededLater) return false;
	const opaque = once('opaque', () => placesOf(model, ({ run: other }) => other !== undefined && isOpaque(other)));
	const needing = once(`needing ${operation.managers.map(({ id }) => id).join(' ')} in ${operation.root}`, () => placesOf(model, (place) => needs(place, operation)));
	return isAnyLater(model, run, needing) || isAnyLater(model, run, opaque);
}

/** An instruction in its stage; a RUN outside of ONBUILD with what it means. */
interface Place {
	readonly instruction: Instruction;
	readonly run: Run | undefined;
}

/** The last position in each stage of instructions of some kind; stages without any are absent. */
type LastPositions = ReadonlyMap<number, number>;

/** Answers that are looked for once per file, however many caches ask. */
const onceFor = remember((_model: Model) => {
	const known = new Map<string, LastPositions>();
	return (key: string, find: () => LastPositions): LastPositions => {
		const answer = known.get(key) ?? find();
		known.set(key, answer);
		return answer;
	};
});

function placesOf(model: Model, test: (place: Place) => boolean): LastPositions {
	const last = new Map<number, number>();
	for (const { index, stage, runs } of model.stages) {
		const byInstruction = new Map(runs.map((run) => [run.instruction, run]));
		stage.instructions.forEach((instruction, position) => {
			if (test({ instruction, run: byInstruction.get(instruction) })) last.set(index, position);
		});
	}
	return last;
}

function isAnyLater(model: Model, run: Run, places: LastPositions): boolean {
	for (const [stage, position] of places) if (stage === run.stage ? position > run.position : model.stages[stage]?.chain.includes(run.stage)) return true;
	return false;
}

function isOffline(run: Run | undefined, name: string): boolean {
	return run?.invocations.some(({ program, args }) => program === name && args.some(({ text }) => offline.has(text))) ?? false;
}

/** Whether a command of the same manager needs what was fetched before: the first one in its RUN does not fetch anew. */
function needs({ instruction, run }: Place, operation: Operation): boolean {
	if (instruction.onbuild) return instruction.script?.commands.some(({ words }) => words.some(({ text }) => text === operation.program)) ?? false;
	const same = run?.operations.filter((one) => one.root === operation.root && one.managers.some((manager) => operation.managers.includes(manager))) ?? [];
	const first = same.find(({ action }) => action !== 'clean' && action !== 'remove')?.action;
	return first !== undefined && first !== 'refresh';
}

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

/** Whether an instruction names a folder, to do something else with it than remove it. */
function reads({ file: { text } }: Model, { instruction, run }: Place, names: readonly string[]): boolean {
	const written = text.slice(instruction.args.start, instruction.span.end);
	if (!names.some((name) => written.includes(name))) return false;
	return !run?.invocations.every((invocation) => removalsOf(invocation, run.cwd).length > 0 || !invocation.args.some((word) => names.some((name) => word.text.includes(name))));
}

/** Whether a COPY names a folder, in whatever stage or image it lies. */
function copies({ keyword, words }: Instruction, names: readonly string[]): boolean {
	return keyword === 'COPY' && words.some(({ text }) => names.some((name) => text.includes(name)));
}
