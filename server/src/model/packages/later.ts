import type { Instruction } from '../../syntax/containerfile';
import { mountFields } from '../../syntax/mount';
import { holds, normalizePath } from '../basics/paths';
import { remember } from '../basics/remember';
import { managersNamed } from '../catalog/packageManagers';
import type { Operation } from '../commands/operation';
import { removalsOf } from '../commands/removal';
import { isSystemProgram, ownPrograms } from '../purpose/ownPrograms';
import type { Model, Run } from '../stages/model';
import type { FilledCache } from './caches';

const offline = new Set(['-C', '--cacheonly', '--offline', '--prefer-offline', '--local', '--clone']);

/**
 * Whether something after the RUN, in its stage or in one built on it, may read a cache that the RUN fills: a command of the same manager that does not
 * fetch it anew, a script whose commands are not in the file, or one that names the folder. In doubt it does. `others`: what would go with the cache.
 */
export function isReadLater(model: Model, { run, operation, cache, paths: folders }: FilledCache, others: readonly string[] = []): boolean {
	const once = onceFor(model);
	const paths = [...folders, ...others];
	const names = paths.map((path) => path.replace(/^~\//, '/'));
	const reading = once(`offline ${operation.program}`, () => placesOf(model, ({ run: other }) => isOffline(other, operation.program)));
	const naming = once(`naming ${names.join(' ')}`, () => placesOf(model, (place) => reads(model, place, names)));
	const copying = once(`copying ${operation.root} ${names.join(' ')}`, () =>
		placesOf(model, ({ instruction }) => copies(instruction, paths, operation.root) || mounts(instruction, paths)),
	);
	if (isAnyLater(model, run, reading) || isAnyLater(model, run, naming) || [...copying.keys()].some((stage) => stage > run.stage)) return true;
	if (!cache.neededLater && !cache.serves) return false;
	const opaque = once('opaque', () => placesOf(model, ({ run: other }) => other !== undefined && (isOpaque(other) || runsOwnProgram(model, other))));
	const needing = once(`needing ${operation.managers.map(({ id }) => id).join(' ')} in ${operation.root}`, () => placesOf(model, (place) => needs(model, place, operation)));
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
	if (run === undefined) return false;
	const noNetwork = run.instruction.flags.some((flag) => flag.name === 'network' && flag.value === 'none');
	return run.invocations.some(({ program, args }) => program === name && (noNetwork || args.some(({ text }) => offline.has(text))));
}

const atRunTime = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** Whether an instruction needs what was fetched before: a command of the same manager, or one that asks it, does so without fetching anew. */
function needs({ file }: Model, { instruction, run }: Place, operation: Operation): boolean {
	const { managers } = operation;
	const readers = managers.flatMap(({ readBy = [] }) => readBy);
	if (instruction.onbuild) return instruction.keyword === 'RUN';
	if (atRunTime.has(instruction.keyword)) {
		const words = file.text.slice(instruction.args.start, instruction.args.end).split(/[^\w.+-]+/);
		return words.some((word) => readers.includes(word) || managersNamed(word).some((manager) => managers.includes(manager)));
	}
	const operations = new Map(run?.operations.map((one) => [one.invocation, one]));
	const fetchedIn = new Set<number>();
	let fetched = false;
	for (const invocation of run?.invocations ?? []) {
		const one = operations.get(invocation);
		const { program = '', command } = invocation;
		if (
			one
				? one.root !== operation.root || !one.managers.some((manager) => managers.includes(manager))
				: !readers.includes(program) && !managersNamed(program).some((manager) => managers.includes(manager))
		)
			continue;
		if (one?.action === 'clean' || one?.action === 'remove' || (one && fetchesItself(one))) continue;
		if (one?.action === 'refresh' && !isPartial(one)) {
			if (command.conditional) fetchedIn.add(command.statement);
			else fetched = true;
		} else if (!fetched && !fetchedIn.has(command.statement)) return true;
	}
	return false;
}

function fetchesItself({ managers, options }: Operation): boolean {
	return managers.every(({ fetchesWith = [] }) => options.some(({ name }) => fetchesWith.includes(name)));
}

/** A refresh of some sources that leaves the lists of the others as they are. */
function isPartial({ options }: Operation): boolean {
	return options.some(({ text }) => /dir::|list-cleanup/.test(text));
}

/** Whether the commands that a RUN runs are not all in the file: it starts a script or a program of its own. */
const isOpaque = remember((run: Run): boolean => {
	const { script, exec } = run.instruction;
	if (!script || script.broken) return true;
	if (exec) return true;
	return run.invocations.some(({ program, name, args, script: own }) => {
		if (name === undefined || own) return false;
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
	return !run?.invocations.every(
		(invocation) => invocation.script || removalsOf(invocation, run.cwd).length > 0 || !invocation.args.some((word) => names.some((name) => word.text.includes(name))),
	);
}

/** Whether a RUN starts a program that the file brings itself. */
function runsOwnProgram(model: Model, { invocations }: Run): boolean {
	const { names, bringsFolder } = ownPrograms(model);
	return invocations.some(({ program }) => program !== undefined && (names.has(program) || (bringsFolder && !isSystemProgram(program) && managersNamed(program).length === 0)));
}

/** Whether a COPY takes a cache from a stage or image: the folder itself, something in it, or one that holds it and little else. */
function copies(instruction: Instruction, paths: readonly string[], root: string | undefined): boolean {
	if (instruction.keyword !== 'COPY') return false;
	return copiedPaths(instruction).some((one) => paths.some((path) => holds(path, one) || (holds(one, path) && one !== '/' && !holds(one, root ?? '/'))));
}

const copiedPaths = remember(({ words }: Instruction): readonly string[] => words.flatMap(({ value, text }) => normalizePath(value ?? text, '/') ?? []));

/** Whether a RUN mounts a cache of another stage. */
function mounts(instruction: Instruction, paths: readonly string[]): boolean {
	if (instruction.keyword !== 'RUN' || instruction.flags.length === 0) return false;
	return mountedPaths(instruction).some((one) => paths.some((path) => holds(path, one) || (holds(one, path) && one !== '/')));
}

const mountedPaths = remember(({ flags }: Instruction): readonly string[] =>
	flags.flatMap((flag) => {
		const fields = mountFields(flag);
		const source = fields?.has('from') ? (fields.get('source') ?? fields.get('src')) : undefined;
		return source === undefined ? [] : (normalizePath(source, '/') ?? []);
	}),
);
