import type { Instruction } from '../syntax/containerfile';
import type { ChangedFiles } from './changedFiles';
import type { Invocation } from './invocation';
import { type Model, type Run, type StageModel, stageOf } from './model';
import { plainTextOf } from './namedElsewhere';
import { isEverywhere } from './newFolders';
import { holds } from './paths';
import { placedCommands } from './placedCommands';
import { filesCopiedBy, foldersOf } from './writtenFiles';

/**
 * Whether a command changes exactly what the COPYs of its stage bring, so that they can give it owner and mode themselves: nothing else lies there, the base has
 * nothing there, nothing in between looks at it, and the user is there before.
 */
export function isExactCopy(model: Model, changed: ChangedFiles): boolean {
	const { change, paths, earlier, run, command } = changed;
	const [path, ...more] = paths;
	const word = change.targets[0];
	if (path === undefined || more.length > 0 || !word || word.text.includes('*')) return false;
	const stage = stageOf(model, run);
	if (change.recursive && !isNewPlace(model, stage, path)) return false;
	const { instructions } = stage.stage;
	const folders = foldersOf(stage);
	const copies = earlier.map(({ by }) => by);
	const flag = change.program;
	const first = Math.min(...copies.map((one) => instructions.indexOf(one)));
	if (first < 0 || copies.some((one) => one.stage !== run.stage || !isPlain(one, flag))) return false;
	// A single file that may have been copied there would ship twice for the sake of its owner as before.
	if (change.recursive && earlier.some(({ isLarge }) => isLarge) && !isSurelyFolder(model, stage, copies, path)) return false;
	if (!change.recursive && !isSingleFile(copies, path, folders, instructions, flag)) return false;
	// A mode is that of the files and folders that are copied, not of those which COPY makes on the way.
	if (change.recursive && copies.some((one) => !liesAt(one, folders[instructions.indexOf(one)], path, flag === 'chown'))) return false;
	const before = stage.chain.flatMap((index) => (model.stages[index]?.stage.instructions ?? []).map((instruction) => ({ instruction, index })));
	const runs = new Map(model.runs.map((one) => [one.instruction, one]));
	for (const { instruction, index } of before) {
		if (instruction === run.instruction) break;
		if (copies.includes(instruction)) continue;
		if (instruction.onbuild) continue;
		const one = runs.get(instruction);
		if (instruction.keyword === 'RUN' && (!one || !leavesAlone(model, one, path))) return false;
		if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
			const cwd = index === run.stage ? folders[instructions.indexOf(instruction)] : undefined;
			if (mayBring(instruction, cwd, path)) return false;
		}
		if (instruction.keyword === 'WORKDIR' && instruction.words[0]?.value === undefined) return false;
		if (instruction.keyword === 'VOLUME' && plainTextOf(model, instruction).includes(path)) return false;
	}
	if (folders.slice(0, run.position).some((folder, at) => folder !== undefined && folder !== path && folder.startsWith(`${path}/`) && instructions[at]?.keyword !== 'WORKDIR'))
		return false;
	if (placedCommands(run).some((one) => one.invocation.command.span.start < command.invocation.command.span.start && !isHarmless(one.invocation, model, run, path))) return false;
	return flag === 'chmod' || /^\d+(?::\d+)?$/.test(change.to?.value ?? '') || (hasUsersBefore(stage, first, run) && isMeantToWork(changed));
}

function isPlain({ keyword, flags, heredocs, words, exec, onbuild }: Instruction, flag: string): boolean {
	const isAdd = keyword === 'ADD' && words.length === 2 && /^https?:\/\//.test(words[0]?.text ?? '') && !words[0]?.text.includes('$');
	if (onbuild || exec || heredocs.length > 0 || words.length < 2 || (keyword !== 'COPY' && !isAdd)) return false;
	return flags.every(({ name }) => name !== flag && (name === 'from' || name === 'chown' || name === 'chmod' || (isAdd && name === 'checksum')));
}

/** Whether a folder is the image's own, where no system and none of the bases that are known has anything. */
function isNewPlace({ stages }: Model, stage: StageModel, path: string): boolean {
	const bottom = stages[stage.chain[0] ?? -1]?.base;
	if (!stage.image || bottom?.kind !== 'image' || /onbuild/.test(bottom.reference ?? '')) return false;
	if (!/^\/(?!(?:bin|boot|data|dev|etc|go|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$))[\w.-]+$|^\/(?:opt|srv|usr\/src)\/[\w.-]+$/.test(path))
		return false;
	const { env = {}, workdir, user, entrypoint, cmd } = stage.image.passesOn;
	const name = path.replace(/^.*\//, '');
	const known = [...Object.values(env), workdir, user, ...(entrypoint ?? []), ...(cmd ?? [])].join(' ');
	return !known.includes(path) && !(bottom.reference ?? '').includes(name) && !/^(?:java|bitnami|conda|jboss|ibm|oracle|rh|app-root|php|nginx|python|docker|local)/.test(name);
}

/** Whether the file says that a path is a folder: it names something in it, works in it, or copies what is in another folder. */
function isSurelyFolder(model: Model, { stage: { instructions } }: StageModel, copies: readonly Instruction[], path: string): boolean {
	if (copies.some(({ words }) => words.slice(0, -1).some(({ value = '' }) => /^\.$|\/\.?$/.test(value)))) return true;
	return instructions.some((one) => plainTextOf(model, one).includes(`${path}/`) || (one.keyword === 'WORKDIR' && one.words[0]?.value === path));
}

/** Whether a COPY or ADD brings one file to exactly this path, in a folder that is there before. */
function isSingleFile(copies: readonly Instruction[], path: string, folders: readonly (string | undefined)[], instructions: readonly Instruction[], flag: string): boolean {
	const [copy, ...more] = copies;
	if (!copy || more.length > 0 || copy.words.length !== 2) return false;
	const folder = path.replace(/\/[^/]*$/, '') || '/';
	const at = instructions.indexOf(copy);
	const source = copy.words[0]?.value ?? '';
	// Without an ending it may be a folder, whose contents only a flag would change.
	if (copy.keyword === 'COPY' && !/\w\.\w+$/.test(source)) return false;
	return isEverywhere(folder) || flag === 'chmod' || instructions.slice(0, at).some(({ keyword }, index) => keyword === 'WORKDIR' && folders[index + 1] === folder);
}

function liesAt(copy: Instruction, cwd: string | undefined, path: string, orBelow: boolean): boolean {
	const keys = filesCopiedBy(copy, cwd);
	const destination = copy.words.at(-1)?.value;
	if (destination === undefined || keys.length === 0) return false;
	return keys.every((key) => key === path || key.startsWith(`${path}/`)) && (orBelow ? true : keys.includes(path) || keys.every((key) => key.replace(/\/[^/]*$/, '') === path));
}

/** Whether a COPY or ADD may put something at a path or below it; in doubt it may. */
function mayBring(copy: Instruction, cwd: string | undefined, path: string): boolean {
	const keys = filesCopiedBy(copy, cwd);
	if (keys.length === 0) return true;
	return keys.some((key) => holds(path, key) || holds(key, path) || (key.endsWith('/…') && holds(key.slice(0, -2) || '/', path)));
}

/** Whether a RUN writes nothing to a path, as far as its commands tell. */
function leavesAlone(model: Model, run: Run, path: string): boolean {
	const { script, exec } = run.instruction;
	if (exec || !script || script.broken) return false;
	return placedCommands(run).every(
		({ invocation, cwd, operation }) => isHarmless(invocation, model, run, path) && (!holds(path, cwd) || operation !== undefined || staysAway(invocation)),
	);
}

const settled = new Set(
	'useradd adduser groupadd addgroup usermod groupmod passwd chpasswd echo printf true : set test [ mkdir ln chmod chown chgrp touch rm export apt-key update-ca-certificates locale-gen ldconfig sed cat grep install cp mv curl wget tar gpg sha256sum ls id date'.split(
		' ',
	),
);

/** Whether a command is one whose deeds its words tell, and they do not name the path. */
function isHarmless(invocation: Invocation, model: Model, run: Run, path: string): boolean {
	const { command, program, args, name } = invocation;
	const isKnown =
		program === undefined
			? command.words.length === 0
			: settled.has(program) || run.operations.some((one) => one.invocation === invocation && one.managers.some(({ family }) => family !== undefined));
	if (!isKnown || (name?.text.includes('/') && !/^(?:\/usr)?\/s?bin\//.test(name.text))) return false;
	const text = plainTextOf(model, run.instruction) === '' ? '' : [...args, ...command.redirects.flatMap(({ target }) => target ?? [])].map((word) => word.text).join(' ');
	const values = [...run.variables].filter(([variable]) => text.includes(`$${variable}`) || text.includes(`\${${variable}`)).map(([, value]) => value ?? path);
	return ![text, ...values].some((one) => one.includes(path)) && !args.some(({ value }) => value === '/' || value === '/*');
}

/** Whether a command writes nothing to the folder that it runs in. */
function staysAway({ command, program, args }: Invocation): boolean {
	if (command.redirects.some(({ target }) => target !== undefined && !(target.value ?? '').startsWith('/'))) return false;
	if (/^(?:useradd|adduser|groupadd|addgroup|usermod|groupmod|passwd|chpasswd|echo|printf|true|:|set|test|\[|update-ca-certificates|ls|id|date)$/.test(program ?? '')) return true;
	return (
		/^(?:mkdir|chmod|chown|rm|touch|ln)$/.test(program ?? '') &&
		args.every(({ text }, index) => text.startsWith('-') || text.startsWith('/') || (index === 0 && program !== 'rm' && program !== 'touch'))
	);
}

const makesUsers = /^(?:useradd|adduser|groupadd|addgroup|usermod|groupmod|cat|echo|printf|sed|cp|mv|install)$/;

/** Whether users and groups by name are the same before the first COPY as at the command: no RUN in between makes any. */
function hasUsersBefore({ runs }: StageModel, first: number, run: Run): boolean {
	return runs
		.filter(({ position }) => position > first && position <= run.position)
		.every(({ invocations, operations, position }) =>
			position === run.position
				? !invocations.some(({ program }) => makesUsers.test(program ?? '')) && operations.length === 0
				: invocations.every(({ program }) => program !== undefined && settled.has(program) && !makesUsers.test(program)),
		);
}

/** Whether the RUN ends where the command fails, so that the name is one that is there. */
function isMeantToWork({ run, command }: ChangedFiles): boolean {
	const { joiner } = run.instruction.script?.statements[command.invocation.command.statement] ?? {};
	return joiner === undefined || joiner === '&&';
}
