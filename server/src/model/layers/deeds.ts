import type { Instruction } from '../../syntax/containerfile';
import type { Variables } from '../basics/expand';
import { isNamedBefore, type Names, type NamingText, namesOf } from '../basics/names';
import { absolutePath } from '../basics/paths';
import { remember } from '../basics/remember';
import { pathAndFolders } from '../basics/shelf';
import { plainTextOf } from '../files/namedElsewhere';
import { type PlacedCommand, placedCommands } from '../files/placedCommands';
import { filesCopiedBy, foldersOf } from '../files/writtenFiles';
import type { Model, Run, StageModel } from '../stages/model';

/**
 * Whether anything in the chain of a RUN's stage before it, or a command of its own before `offset`, may put something at a path or below it, or look at what is
 * there; in doubt it may. The COPYs and ADDs among `except` do not count. `path`: see absolutePath, and not the root.
 */
export function isTouchedBefore(model: Model, stage: StageModel, run: Run, offset: number, path: string, except: ReadonlySet<Instruction>): boolean {
	const { start } = run.instruction.span;
	const brings = (copy: Instruction) => copy.span.start < start && !except.has(copy);
	return stage.chain.some((index) => {
		const one = model.stages[index];
		if (!one) return false;
		const { unknownFrom, unsureFrom, named, worksIn, standsIn, copied, copiedBelow, blindCopies } = (one === stage ? deedsIn : deedsBelow)(model)(one);
		if (unknownFrom < start || unsureFrom < offset || (worksIn.get(path) ?? offset) < offset || isNamedBefore(named, path, offset)) return true;
		if (one === stage && (standsIn.get(path) ?? start) < start) return true;
		return blindCopies.some(brings) || copiedBelow.get(path)?.some(brings) || pathAndFolders(path).some((folder) => copied.get(folder)?.some(brings));
	});
}

/** Whether an instruction of a stage names something in a folder, or works in it. */
export function isNamedAsFolder(model: Model, stage: StageModel, folder: string): boolean {
	const { names, workdirs } = namesIn(model)(stage);
	return workdirs.has(folder) || isNamedBefore(names, `${folder}/`, Number.POSITIVE_INFINITY);
}

const namesIn = remember((model: Model) =>
	remember(({ stage: { instructions } }: StageModel) => ({
		names: namesOf(instructions.map((one) => ({ text: plainTextOf(model, one), start: one.span.start }))),
		workdirs: new Set(instructions.flatMap(({ keyword, words }) => (keyword === 'WORKDIR' ? (words[0]?.value ?? []) : []))),
	})),
);

/** What a stage's instructions do to places, so that who asks about one place does not ask all of them. */
interface Deeds {
	/** Where the first instruction starts of which is not known what it does. */
	readonly unknownFrom: number;
	/** Where the first command of that kind starts. */
	readonly unsureFrom: number;
	/** What the others name, with where they start. */
	readonly named: Names;
	/** Where the first command starts that may write to the folder it runs in, by that folder and those that hold it; or the first WORKDIR that makes one in these. */
	readonly worksIn: ReadonlyMap<string, number>;
	/** Where the first instruction but WORKDIR stands for which a folder below is in force. */
	readonly standsIn: ReadonlyMap<string, number>;
	/** COPYs and ADDs by the paths that they write, folders for what is in them. */
	readonly copied: ReadonlyMap<string, readonly Instruction[]>;
	/** The same by these paths and all folders that hold them. */
	readonly copiedBelow: ReadonlyMap<string, readonly Instruction[]>;
	/** Those of which is not known where they write. */
	readonly blindCopies: readonly Instruction[];
}

/** Of the stage itself. */
const deedsIn = remember((model: Model) => remember((stage: StageModel) => readDeeds(model, stage, foldersOf(stage))));

/** Of a stage below: a COPY to a relative path counts as not known. */
const deedsBelow = remember((model: Model) => remember((stage: StageModel) => readDeeds(model, stage, [])));

function readDeeds(model: Model, { stage: { instructions }, runs }: StageModel, folders: readonly (string | undefined)[]): Deeds {
	let unknownFrom = Number.POSITIVE_INFINITY;
	let unsureFrom = Number.POSITIVE_INFINITY;
	const texts: NamingText[] = [];
	const worksIn = new Map<string, number>();
	const standsIn = new Map<string, number>();
	const copied = new Map<string, Instruction[]>();
	const copiedBelow = new Map<string, Instruction[]>();
	const blindCopies: Instruction[] = [];
	let entered: string | undefined;
	const runOf = new Map(runs.map((run) => [run.instruction, run]));
	for (const [position, instruction] of instructions.entries()) {
		const { keyword, words, onbuild } = instruction;
		const { start } = instruction.span;
		const folder = folders[position];
		if (folder !== undefined && keyword !== 'WORKDIR') for (const one of pathAndFolders(folder)) if (one !== folder && !standsIn.has(one)) standsIn.set(one, start);
		if (onbuild) continue;
		const run = keyword === 'RUN' ? runOf.get(instruction) : undefined;
		if (keyword === 'WORKDIR') {
			entered = words[0]?.value === undefined ? undefined : absolutePath(words[0].value, entered ?? folders[position - 1]);
			for (const one of pathAndFolders(entered ?? '/')) if (one !== entered && !worksIn.has(one)) worksIn.set(one, start);
		}
		const isUnknown = keyword === 'RUN' ? !run || instruction.exec || !instruction.script || instruction.script.broken : keyword === 'WORKDIR' && entered === undefined;
		if (isUnknown) unknownFrom = Math.min(unknownFrom, start);
		if (keyword === 'VOLUME') texts.push({ text: plainTextOf(model, instruction), start });
		for (const command of run ? placedCommands(run) : []) {
			const at = command.invocation.command.span.start;
			const named = namedBy(model, run as Run, command);
			if (!named) unsureFrom = Math.min(unsureFrom, at);
			for (const text of named ?? []) texts.push({ text, start: at });
			if (!command.operation && !staysAway(command)) for (const one of pathAndFolders(command.cwd)) if (!worksIn.has(one)) worksIn.set(one, at);
		}
		if (keyword !== 'COPY' && keyword !== 'ADD') continue;
		const keys = filesCopiedBy(instruction, folder);
		if (keys.length === 0) blindCopies.push(instruction);
		for (const key of keys) {
			for (const place of key.endsWith('/…') ? [key, key.slice(0, -2) || '/'] : [key]) add(copied, place, instruction);
			for (const place of pathAndFolders(key)) add(copiedBelow, place, instruction);
		}
	}
	return { unknownFrom, unsureFrom, named: namesOf(texts), worksIn, standsIn, copied, copiedBelow, blindCopies };
}

function add(to: Map<string, Instruction[]>, key: string, one: Instruction): void {
	const there = to.get(key);
	if (!there) to.set(key, [one]);
	else if (there.at(-1) !== one) there.push(one);
}

const settled = new Set(
	'useradd adduser groupadd addgroup usermod groupmod passwd chpasswd echo printf true : set test [ mkdir ln chmod chown chgrp touch rm export apt-key update-ca-certificates locale-gen ldconfig sed cat grep install cp mv curl wget tar gpg sha256sum ls id date'.split(
		' ',
	),
);

/** Whether a program is one whose deeds its words tell, and no package manager. */
export function isSettled(program: string): boolean {
	return settled.has(program);
}

/** Texts with every place that a command names, where its words tell its deeds; undefined else, and where it is about everything. */
function namedBy(model: Model, run: Run, { invocation, operation }: PlacedCommand): readonly string[] | undefined {
	const { command, program, args, name } = invocation;
	const isKnown = program === undefined ? command.words.length === 0 : settled.has(program) || operation?.managers.some(({ family }) => family !== undefined);
	if (!isKnown || (name?.text.includes('/') && !/^(?:\/usr)?\/s?bin\//.test(name.text))) return undefined;
	if (args.some(({ value }) => value === '/' || value === '/*')) return undefined;
	const words = plainTextOf(model, run.instruction) === '' ? [] : [...args, ...command.redirects.flatMap(({ target }) => target ?? [])];
	const text = words.map((word) => word.text).join(' ');
	const values = text.includes('$') ? valuesIn(text, run.variables) : [];
	return values.some((value) => value === undefined) ? undefined : [text, ...values.flatMap((value) => value ?? [])];
}

/** The values of all variables whose names follow a `$` in a text, or start what does. */
function valuesIn(text: string, variables: Variables): readonly (string | undefined)[] {
	const found = new Set<string>();
	for (const [, name = ''] of text.matchAll(/\$\{?(\w+)/g)) for (let end = 1; end <= name.length; end++) if (variables.has(name.slice(0, end))) found.add(name.slice(0, end));
	return [...found].map((name) => variables.get(name));
}

/** Whether a command writes nothing to the folder that it runs in. */
function staysAway({ invocation: { command, program, args } }: PlacedCommand): boolean {
	if (command.redirects.some(({ target }) => target !== undefined && !(target.value ?? '').startsWith('/'))) return false;
	if (/^(?:useradd|adduser|groupadd|addgroup|usermod|groupmod|passwd|chpasswd|echo|printf|true|:|set|test|\[|update-ca-certificates|ls|id|date)$/.test(program ?? '')) return true;
	// Owner and mode come first; whatever else does not start at the root lies in the folder.
	const hasValue = program === 'chmod' || program === 'chown';
	return /^(?:mkdir|chmod|chown|rm|touch|ln)$/.test(program ?? '') && args.every(({ text }, index) => /^[-/]/.test(text) || (index === 0 && hasValue));
}
