import type { Instruction } from '../../syntax/containerfile';
import { firstFrom } from '../../text/span';
import { remember } from '../basics/remember';
import { isEverywhere } from '../files/newFolders';
import { filesCopiedBy, foldersOf } from '../files/writtenFiles';
import { type Model, type Run, type StageModel, stageOf } from '../stages/model';
import type { ChangedFiles } from './changedFiles';
import { isNamedAsFolder, isSettled, isTouchedBefore } from './deeds';

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
	const folders = foldersOf(stage);
	const copies = earlier.map(({ by }) => by);
	const flag = change.program;
	const placeOf = placesIn(stage);
	const first = copies.reduce((least, one) => Math.min(least, placeOf.get(one) ?? -1), Number.POSITIVE_INFINITY);
	if (first < 0 || copies.some((one) => one.stage !== run.stage || !isPlain(one, flag))) return false;
	// A single file that may have been copied there would ship twice for the sake of its owner as before.
	if (change.recursive && earlier.some(({ isLarge }) => isLarge) && !isSurelyFolder(model, stage, copies, path)) return false;
	if (!change.recursive && !isSingleFile(stage, copies, path, flag)) return false;
	// A mode is that of the files and folders that are copied, not of those which COPY makes on the way.
	if (change.recursive && copies.some((one) => !liesAt(one, folders[placeOf.get(one) ?? -1], path, flag === 'chown'))) return false;
	if (isTouchedBefore(model, stage, run, command.invocation.command.span.start, path, new Set(copies))) return false;
	return flag === 'chmod' || /^\d+(?::\d+)?$/.test(change.to?.value ?? '') || (hasUsersBefore(stage, first, run) && isMeantToWork(changed));
}

function isPlain({ keyword, flags, heredocs, words, exec, onbuild }: Instruction, flag: string): boolean {
	const isAdd = keyword === 'ADD' && words.length === 2 && /^https?:\/\//.test(words[0]?.text ?? '') && !words[0]?.text.includes('$');
	if (onbuild || exec || heredocs.length > 0 || words.length < 2 || (keyword !== 'COPY' && !isAdd)) return false;
	return flags.every(({ name }) => name !== flag && (name === 'from' || name === 'chown' || name === 'chmod' || (isAdd && name === 'checksum')));
}

/** Whether a folder is the image's own, where no system and none of the bases that are known has anything. */
function isNewPlace({ stages }: Model, stage: StageModel, path: string): boolean {
	const bottom = stages[stage.bottom]?.base;
	if (!stage.image || bottom?.kind !== 'image' || /onbuild/.test(bottom.reference ?? '')) return false;
	if (!/^\/(?!(?:bin|boot|data|dev|etc|go|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$))[\w.-]+$|^\/(?:opt|srv|usr\/src)\/[\w.-]+$/.test(path))
		return false;
	const { env = {}, workdir, user, entrypoint, cmd } = stage.image.passesOn;
	const name = path.replace(/^.*\//, '');
	const known = [...Object.values(env), workdir, user, ...(entrypoint ?? []), ...(cmd ?? [])].join(' ');
	return !known.includes(path) && !(bottom.reference ?? '').includes(name) && !/^(?:java|bitnami|conda|jboss|ibm|oracle|rh|app-root|php|nginx|python|docker|local)/.test(name);
}

/** Whether the file says that a path is a folder: it names something in it, works in it, or copies what is in another folder. */
function isSurelyFolder(model: Model, stage: StageModel, copies: readonly Instruction[], path: string): boolean {
	if (copies.some(({ words }) => words.slice(0, -1).some(({ value = '' }) => /^\.$|\/\.?$/.test(value)))) return true;
	return isNamedAsFolder(model, stage, path);
}

/** Whether a COPY or ADD brings one file to exactly this path, in a folder that is there before. */
function isSingleFile(stage: StageModel, copies: readonly Instruction[], path: string, flag: string): boolean {
	const [copy, ...more] = copies;
	if (!copy || more.length > 0 || copy.words.length !== 2) return false;
	const folder = path.replace(/\/[^/]*$/, '') || '/';
	const source = copy.words[0]?.value ?? '';
	// Without an ending it may be a folder, whose contents only a flag would change.
	if (copy.keyword === 'COPY' && !/\w\.\w+$/.test(source)) return false;
	return isEverywhere(folder) || flag === 'chmod' || (enteredAt(stage).get(folder) ?? Number.POSITIVE_INFINITY) < (placesIn(stage).get(copy) ?? -1);
}

function liesAt(copy: Instruction, cwd: string | undefined, path: string, orBelow: boolean): boolean {
	const keys = filesCopiedBy(copy, cwd);
	const destination = copy.words.at(-1)?.value;
	if (destination === undefined || keys.length === 0) return false;
	return keys.every((key) => key === path || key.startsWith(`${path}/`)) && (orBelow ? true : keys.includes(path) || keys.every((key) => key.replace(/\/[^/]*$/, '') === path));
}

/** The places of a stage's instructions. */
const placesIn = remember(({ stage }: StageModel): ReadonlyMap<Instruction, number> => new Map(stage.instructions.map((one, index) => [one, index])));

/** The places of the first WORKDIRs that enter a folder. */
const enteredAt = remember((stage: StageModel): ReadonlyMap<string | undefined, number> => {
	const folders = foldersOf(stage);
	const first = new Map<string | undefined, number>();
	for (const [index, { keyword }] of stage.stage.instructions.entries()) if (keyword === 'WORKDIR' && !first.has(folders[index + 1])) first.set(folders[index + 1], index);
	return first;
});

const makesUsers = /^(?:useradd|adduser|groupadd|addgroup|usermod|groupmod|cat|echo|printf|sed|cp|mv|install)$/;

/** Whether users and groups by name are the same before the first COPY as at the command: no RUN in between makes any. */
function hasUsersBefore(stage: StageModel, first: number, run: Run): boolean {
	const making = makingUsers(stage);
	const next = making[firstFrom(making, first + 1, (position) => position)];
	return (next === undefined || next >= run.position) && keepsUsers(run);
}

/** The positions of a stage's RUNs, COPYs and ADDs that may make users or groups, in their order. */
const makingUsers = remember((stage: StageModel): readonly number[] => {
	const folders = foldersOf(stage);
	const copies = stage.stage.instructions.flatMap((one, position) => (/^(?:COPY|ADD)$/.test(one.keyword) && bringsUsers(one, folders[position]) ? [position] : []));
	const runs = stage.runs.filter(({ invocations }) => !invocations.every(({ program }) => program !== undefined && isSettled(program) && !makesUsers.test(program)));
	return [...copies, ...runs.map(({ position }) => position)].sort((a, b) => a - b);
});

function bringsUsers(copy: Instruction, cwd: string | undefined): boolean {
	const keys = filesCopiedBy(copy, cwd);
	return keys.length === 0 || keys.some((key) => /^\/(?:…|etc(?:\/(?:…|passwd|group))?)$/.test(key));
}

/** Whether the RUN of the command itself makes none. */
const keepsUsers = remember(({ invocations, operations }: Run): boolean => operations.length === 0 && !invocations.some(({ program }) => makesUsers.test(program ?? '')));

/** Whether the RUN ends where the command fails, so that the name is one that is there. */
function isMeantToWork({ run, command }: ChangedFiles): boolean {
	const { joiner } = run.instruction.script?.statements[command.invocation.command.statement] ?? {};
	return joiner === undefined || joiner === '&&';
}
