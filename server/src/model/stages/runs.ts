import type { Command, Script } from '../../shell/script';
import type { Containerfile, Instruction, Stage } from '../../syntax/containerfile';
import { mountFields, mountTarget } from '../../syntax/mount';
import type { Word } from '../../text/span';
import { expand, type Variables } from '../basics/expand';
import { absolutePath, normalizePath } from '../basics/paths';
import type { PersistentMap } from '../basics/persistentMap';
import { assignmentsOf } from '../basics/references';
import type { BaseImage } from '../catalog/baseImage';
import { hasErrexit } from '../commands/errexit';
import { heldBy } from '../commands/held';
import { innerScript, placedIn } from '../commands/innerScripts';
import { type Invocation, unwrapExpanded, type Within } from '../commands/invocation';
import { readOperation } from '../commands/operation';
import type { Mount, Run } from './model';

/** What is in force at a place of a stage. */
export interface Surroundings {
	readonly variables: PersistentMap<string | undefined>;
	/** See Run. */
	readonly buildArguments: PersistentMap<true>;
	readonly cwd: string | undefined;
	/** See Run. */
	readonly stopsAtFailure: boolean;
	/** See Run; of SHELL alone. */
	readonly readsStartupFiles: boolean;
}

/**
 * How much of a RUN is read: every command, also those of a script within quotes and those that variables name (`whole`), or only what stands there as a command
 * (`written`), for whoever moves commands to another place and so has to leave together what stands together.
 */
export type Reading = 'whole' | 'written';

/** What the RUNs of a stage mean. */
export interface StageRuns {
	readonly runs: readonly Run[];
	/** Its ONBUILD RUNs, as they are run in a stage that is built on its image. */
	readonly triggers: readonly Run[];
	/** What a stage built on it starts with. */
	readonly surroundings: Surroundings;
}

/** Reads the RUNs of a stage. */
export function readRuns(file: Containerfile, stage: Stage, start: Surroundings, image: BaseImage | undefined, globals: Variables, reading: Reading): StageRuns {
	const runs: Run[] = [];
	const triggers: Run[] = [];
	let now = start;
	const pass = (instruction: Instruction, position: number, found: Run[]): void => {
		if (instruction.keyword === 'RUN') found.push(readRun(file, instruction, stage.index, position, now, image, reading));
		else now = behind(instruction, now, globals);
	};
	stage.instructions.forEach((instruction, position) => {
		if (!instruction.onbuild) pass(instruction, position, runs);
	});
	const surroundings = now;
	// Build arguments end with the build; what is declared for the next one counts there.
	if (reading === 'whole' && stage.instructions.some(({ onbuild }) => onbuild)) {
		let { variables } = now;
		for (const name of now.buildArguments.keys()) variables = variables.without(name);
		now = { ...now, variables };
		stage.instructions.forEach((instruction, position) => {
			if (instruction.onbuild) pass(instruction, position, triggers);
		});
	}
	return { runs, triggers, surroundings };
}

/** What is in force behind an instruction. */
function behind(instruction: Instruction, now: Surroundings, globals: Variables): Surroundings {
	const { keyword, words } = instruction;
	if (keyword === 'ENV' || keyword === 'ARG') {
		let { variables, buildArguments } = now;
		for (const [name, value] of assignmentsOf(instruction)) {
			if (keyword === 'ARG' && value === undefined) variables = variables.with(name, globals.get(name) ?? variables.get(name));
			else variables = variables.with(name, value === undefined ? undefined : expand(value, now.variables));
			buildArguments = keyword === 'ARG' || isGiven(value, now.buildArguments) ? buildArguments.with(name, true) : buildArguments.without(name);
		}
		return { ...now, variables, buildArguments };
	}
	if (keyword === 'WORKDIR') {
		const path = expand(words[0]?.value ?? words[0]?.text ?? '', now.variables);
		return { ...now, cwd: path === undefined ? undefined : absolutePath(path, now.cwd) };
	}
	if (keyword !== 'SHELL') return now;
	const options = (instruction.exec ?? []).slice(1).map((word) => word.value ?? '');
	return { ...now, stopsAtFailure: hasErrexit(options), readsStartupFiles: options.some((option) => /^-[a-z]*[li]|^--(?:login|rcfile|init-file)$/.test(option)) };
}

/** Whether a build may give a value another one by a name in it, or a base by one that has a default here. */
function isGiven(value: string | undefined, buildArguments: Surroundings['buildArguments']): boolean {
	return value?.includes('$') === true && (/\$\{\w+:?[-+]/.test(value) || [...value.matchAll(/\$\{?(\w+)/g)].some(([, name = '']) => buildArguments.has(name)));
}

function readRun(file: Containerfile, instruction: Instruction, stage: number, position: number, now: Surroundings, image: BaseImage | undefined, reading: Reading): Run {
	const { variables, buildArguments, cwd, stopsAtFailure, readsStartupFiles } = now;
	const { script } = instruction;
	const scope = { script: script ?? noScript, variables, buildArguments };
	const heldIn = (command: Command, within: Within | undefined) => (word: Word) =>
		reading === 'whole' && word.value === undefined ? heldBy(word, within?.command ?? command, within, scope) : undefined;
	// `$(…)` within double quotes is run by the outer shell, which has its commands already.
	const outer = new Set((script?.commands ?? []).flatMap(({ substituted, span }) => (substituted ? [span.start] : [])));
	const read = (command: Command, within: Within | undefined, depth: number): readonly Invocation[] => {
		const held = heldIn(command, within);
		const invocation = unwrapExpanded(command, (word) => {
			const found = held(word);
			return found?.certain && !found.each ? found.words : undefined;
		});
		const inner = reading === 'whole' && depth < 3 ? innerScript(file, instruction, invocation) : undefined;
		const commands = inner?.commands.filter(({ substituted, span }) => !(substituted && outer.has(span.start))) ?? [];
		const own: Invocation = { ...invocation, script: inner, within };
		return [own, ...commands.flatMap((one) => read(placedIn(own, one), { shell: own, command: one }, depth + 1))];
	};
	const invocations = (script?.commands ?? []).flatMap((command) => read(command, undefined, 0));
	return {
		instruction,
		stage,
		position,
		mounts: mountsOf(instruction, variables),
		invocations,
		operations: invocations.flatMap((invocation) => readOperation(invocation, image?.programs, heldIn(invocation.command, invocation.within)) ?? []),
		variables,
		buildArguments,
		cwd,
		stopsAtFailure,
		readsStartupFiles: readsStartupFiles || variables.has('BASH_ENV') || variables.has('ENV'),
		text: file.text.slice(instruction.span.start, instruction.span.end),
	};
}

const noScript: Script = { span: { start: 0, end: 0 }, commands: [], statements: [], assigns: [], functions: [], loops: [], broken: true };

function mountsOf(instruction: Instruction, variables: Variables): readonly Mount[] {
	return instruction.flags.flatMap((flag) => {
		const fields = mountFields(flag);
		if (!fields) return [];
		const target = mountTarget(fields);
		const known = target === undefined ? undefined : expand(target, variables);
		return [{ type: fields.get('type') ?? 'bind', target: known === undefined ? undefined : normalizePath(known, '/') }];
	});
}
