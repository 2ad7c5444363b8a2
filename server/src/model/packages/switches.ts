import type { Instruction } from '../../syntax/containerfile';
import { holds, normalizePath, related } from '../basics/paths';
import { remember } from '../basics/remember';
import type { PackageManager, Switch } from '../catalog/packageManager';
import type { Invocation } from '../commands/invocation';
import type { Operation } from '../commands/operation';
import { inheritedBy } from '../stages/inherited';
import type { Model, Run, StageModel } from '../stages/model';
import type { Install } from './installs';

/** What an install can be told to leave out. */
export type SwitchName = 'weakDependencies' | 'docs';

/**
 * Who decides whether an install leaves something out: an option of the command, an earlier line of the file, the base image's settings, nobody (`open`: it
 * is installed), or something that the file does not show.
 */
export type Decision = 'option' | 'file' | 'base' | 'open' | 'unknown';

/** Who decides for an install; `unknown` also where the tool has no such thing. */
export function decisionOn(model: Model, install: Install, name: SwitchName): Decision {
	const { run, stage, operation, manager } = install;
	const how = manager[name];
	if (!how) return 'unknown';
	const said = saidByOptions(run, operation, how);
	if (said) return said;
	const config = operation.options.find((option) => option.name === '--config' || option.name === '-c');
	const isEmpty = config?.value === '' || config?.value === '/dev/null';
	if (config && !isEmpty) return 'unknown';
	if (isEmpty || !readsHostConfiguration(operation, manager)) return 'open';
	const inFile = saidByFile(model, run, stage, operation, how);
	if (inFile) return inFile;
	const set = name === 'docs' ? stage.image?.sets.nodocs : stage.image?.sets.weakDependenciesOff;
	if (set === undefined) return 'unknown';
	return set ? 'base' : 'open';
}

/** dnf 5 looks for its configuration in the other root, unless it is told to use the host's (installroot(7) of dnf 5). */
export function readsHostConfiguration(operation: Operation, manager: PackageManager): boolean {
	return operation.root === undefined || manager.id !== 'dnf5' || operation.options.some(({ name }) => name === '--use-host-config');
}

function saidByOptions(run: Run, operation: Operation, how: Switch): 'option' | 'unknown' | undefined {
	const { options, operands, verb } = operation;
	if (options.some((option) => how.doneBy.test(option.text.replace(/["']/g, '')))) return 'option';
	if (options.some((option) => option.words.some((word) => word.value === undefined) && /^--?(?:setopt|option|o)$/.test(option.name))) return 'unknown';
	if (operation.invocation.moreArguments && verb.length === 0) return 'unknown';
	let unknown = false;
	for (const word of operands) {
		if (word.value !== undefined) continue;
		const value = expandInShell(word.text, run, operation);
		if (value === undefined) unknown = unknown || /\$(?:[@*]|\{?\w*(?:opt|flag|arg|param)\w*)/i.test(word.text);
		else if (splitOptions(value).some((option) => how.doneBy.test(option))) return 'option';
	}
	return unknown ? 'unknown' : undefined;
}

/** Options of a text with blanks between them, in lower case, a value that follows as a word of its own joined by `=`. */
function splitOptions(text: string): readonly string[] {
	const words = text.toLowerCase().replace(/["']/g, '').split(/\s+/);
	return words.flatMap((word, index) => [word, `${word}=${words[index + 1] ?? ''}`, `${word.slice(0, 2)}=${word.slice(2)}`]);
}

/** The value of a word of variables, from the commands of the RUN before the operation and from ENV and ARG; undefined where one of them is not known. */
function expandInShell(text: string, run: Run, operation: Operation): string | undefined {
	let known = true;
	const result = text.replace(/\$(?:\{(\w+)\}|(\w+))|\$./g, (_all, braced?: string, plain?: string) => {
		const name = braced ?? plain ?? '';
		const assigned = run.invocations
			.filter(({ command }) => command.span.start < operation.invocation.command.span.start)
			.flatMap(({ command }) => command.assignments)
			.findLast((assignment) => assignment.name === name);
		const value = assigned ? assigned.value : run.variables.get(name);
		if (value === undefined) known = false;
		return value ?? '';
	});
	return known ? result : undefined;
}

function saidByFile(model: Model, run: Run, stage: StageModel, operation: Operation, how: Switch): 'file' | 'unknown' | undefined {
	const { start } = operation.invocation.command.span;
	let hidden = run.mounts.some(({ target, type }) => type !== 'cache' && target !== undefined && how.files.some((file) => related(target, file)));
	const end = run.instruction.onbuild ? Number.POSITIVE_INFINITY : run.position;
	const below = decidedBelow(model, stage, how);
	const { written, brought } = firstDecision(model, stage, how);
	if (below.written || written < end) return 'file';
	if (below.brought || brought < end) hidden = true;
	const own = decisionsIn(model, run, how);
	if (own.mayWrite && how.configuredBy.test(textWithoutOperations(model, run.instruction, run, start))) return 'file';
	if (own.brought < start) hidden = true;
	if (run.instruction.onbuild && triggersThatDecide(model, stage, how).some((one) => one !== run.instruction)) hidden = true;
	return hidden ? 'unknown' : undefined;
}

interface OwnDecisions {
	/** The RUN writes a configuration line somewhere. */
	readonly mayWrite: boolean;
	/** Where the first of its commands starts that brings a configuration file whose content is not known. */
	readonly brought: number;
}

const ownDecisions = remember((_run: Run) => new Map<Switch, OwnDecisions>());

function decisionsIn(model: Model, run: Run, how: Switch): OwnDecisions {
	const decisions = ownDecisions(run);
	const known = decisions.get(how);
	if (known) return known;
	const found: OwnDecisions = {
		mayWrite: how.configuredBy.test(textWithoutOperations(model, run.instruction, run, run.instruction.span.end)),
		brought: run.invocations.reduce((first, one) => (one.command.span.start < first && bringsFile(one, how) ? one.command.span.start : first), Number.POSITIVE_INFINITY),
	};
	decisions.set(how, found);
	return found;
}

const decidingTriggers = remember((_stage: StageModel) => new Map<Switch, readonly Instruction[]>());

/** The first two ONBUILD instructions of a stage that may decide: one other than any. */
function triggersThatDecide({ file }: Model, stage: StageModel, how: Switch): readonly Instruction[] {
	const known = decidingTriggers(stage).get(how);
	if (known) return known;
	const mayDecide = (one: Instruction) => one.onbuild && (how.configuredBy.test(file.text.slice(one.span.start, one.span.end)) || copiesFile(one, how));
	const found = stage.stage.instructions.filter(mayDecide).slice(0, 2);
	decidingTriggers(stage).set(how, found);
	return found;
}

interface FirstDecision {
	/** Position of the stage's first instruction that writes a configuration line. */
	readonly written: number;
	/** Position of the first that brings a configuration file whose content is not known. */
	readonly brought: number;
}

interface DecidedBelow {
	readonly written: boolean;
	readonly brought: boolean;
}

const decidedBelowOf = remember((_model: Model) => new Map<Switch, Map<number, DecidedBelow>>());

/** What the stages decide that a stage is built on. */
function decidedBelow(model: Model, stage: StageModel, how: Switch): DecidedBelow {
	const known = decidedBelowOf(model).get(how) ?? new Map<number, DecidedBelow>();
	decidedBelowOf(model).set(how, known);
	return inheritedBy(model, known, stage, { written: false, brought: false }, (lower, below) => {
		const { written, brought } = firstDecision(model, lower, how);
		return { written: below.written || written < Number.POSITIVE_INFINITY, brought: below.brought || brought < Number.POSITIVE_INFINITY };
	});
}

const decisionsOf = remember((_stage: StageModel) => new Map<Switch, FirstDecision>());

function firstDecision(model: Model, stage: StageModel, how: Switch): FirstDecision {
	const decisions = decisionsOf(stage);
	const known = decisions.get(how);
	if (known) return known;
	const { instructions } = stage.stage;
	const runs = new Map(stage.runs.map((run) => [run.instruction, run] as const));
	const position = (test: (instruction: Instruction) => boolean): number => {
		const at = instructions.findIndex((instruction) => !instruction.onbuild && test(instruction));
		return at < 0 ? Number.POSITIVE_INFINITY : at;
	};
	const found: FirstDecision = {
		written: position((instruction) => how.configuredBy.test(textWithoutOperations(model, instruction, runs.get(instruction), instruction.span.end))),
		brought: position((instruction) => copiesFile(instruction, how) || (runs.get(instruction)?.invocations.some((invocation) => bringsFile(invocation, how)) ?? false)),
	};
	decisions.set(how, found);
	return found;
}

/** An instruction's text up to `end`, the package managers' own commands cut out: what one of them is told holds for no other. */
function textWithoutOperations({ file }: Model, instruction: Instruction, run: Run | undefined, end: number): string {
	let text = '';
	let at = instruction.span.start;
	for (const { invocation } of run?.operations ?? []) {
		const { span } = invocation.command;
		if (span.start < at || span.start >= end) continue;
		text += file.text.slice(at, span.start);
		at = Math.min(span.end, end);
	}
	return text + file.text.slice(at, Math.max(at, end));
}

/** COPY or ADD to a place of the configuration, its text not in the file. */
function copiesFile({ keyword, words, heredocs, flags }: Instruction, { files }: Switch): boolean {
	if ((keyword !== 'COPY' && keyword !== 'ADD') || heredocs.length > 0) return false;
	const destination = words.at(-1)?.value;
	const target = destination === undefined ? undefined : normalizePath(destination, undefined);
	if (destination === undefined || target === undefined) return false;
	if (files.some((file) => holds(file, target))) return true;
	if (!files.some((file) => holds(target, file))) return false;
	// A folder above the configuration: whatever is no single file may bring it.
	return words.slice(0, -1).some(({ value, text }) => {
		const name = (value ?? text).split('/').at(-1) ?? '';
		const isFile = /^[^.*]+\.(?!tar|tgz|txz|tbz|xz|gz|bz2|d$)\w+$/.test(name) && destination.endsWith('/');
		return !isFile || flags.some((flag) => flag.name === 'parents') || files.some((file) => holds(file, `${target === '/' ? '' : target}/${name}`));
	});
}

const bringers = new Set(['cp', 'mv', 'install', 'ln', 'curl', 'wget', 'rsync', 'tar', 'envsubst']);

/** A command that puts a file whose text is not in the Containerfile to a place of the configuration. */
function bringsFile({ program, args, command }: Invocation, { files }: Switch): boolean {
	if (program === undefined || !(bringers.has(program) || (program === 'cat' && args.length > 0))) return false;
	const places = [...args, ...command.redirects.flatMap(({ target }) => target ?? [])].map((word) => normalizePath(word.value ?? word.text, undefined));
	return places.some((place) => place !== undefined && files.some((file) => holds(file, place)));
}
