import type { Instruction } from '../../syntax/containerfile';
import { literal } from '../../text/literal';
import type { Word } from '../../text/span';
import { holds } from '../basics/paths';
import { remember } from '../basics/remember';
import { type Model, type Run, stageOf } from '../stages/model';
import { isExactPath, type PlacedCommand, placedCommands, symbolicPath, symbolicValue } from './placedCommands';
import { replacesPacked } from './unpacking';

/**
 * Whether a command may take a file away, or put it or a link to it elsewhere: then nothing is said of its staying. `path`: see symbolicPath. In doubt it may.
 */
export function mayGo(command: PlacedCommand, run: Run, path: string): boolean {
	return mayBeRemoved(command, run, path) || mayBeMoved(command, run, path);
}

/** Whether a command may remove a file, or a folder that holds it; in doubt it may. */
export function mayBeRemoved(command: PlacedCommand, run: Run, path: string): boolean {
	const { invocation, cwd } = command;
	const { program = '', args } = invocation;
	const name = path.replace(/^.*\//, '');
	if (args.some(({ text }) => /\b(?:rm|unlink)\s/.test(text) && (text.includes('*') || text.replace(/["{}]/g, '').includes(name)))) return true;
	if (program === 'find') return deletes(args) && args.slice(0, Math.max(1, firstOption(args))).some((word) => covers(word, run, cwd, path));
	return program === 'trap' || ((/^(?:rm|unlink|shred)$/.test(program) || replacesPacked(command)) && namesAny(command, run, path));
}

/** Whether a command may put a file, or a link to it, elsewhere; in doubt it may. */
export function mayBeMoved(command: PlacedCommand, run: Run, path: string): boolean {
	return /^(?:mv|cp|ln|install|rsync)$/.test(command.invocation.program ?? '') && namesAny(command, run, path);
}

function namesAny({ invocation: { args, moreArguments }, cwd }: PlacedCommand, run: Run, path: string): boolean {
	return moreArguments || args.some((word) => !word.text.startsWith('-') && covers(word, run, cwd, path));
}

function deletes(args: readonly Word[]): boolean {
	return args.some(({ value }, index) => value === '-delete' || (value === 'rm' && /^-(?:exec|execdir|ok)$/.test(args[index - 1]?.value ?? '')));
}

function firstOption(args: readonly Word[]): number {
	const index = args.findIndex(({ text }) => /^[-(!\\]/.test(text));
	return index < 0 ? args.length : index;
}

/** Folders that a cleaning of something else names. */
const others = /^\/(?:var\/(?:lib|cache|log)|usr\/(?:share|lib|include)|root\/\.|\$GNUPGHOME)/;

/** Whether a word names a path or a folder that holds it, as far as patterns and unknown folders allow to tell. */
function covers(word: Word, run: Run, cwd: string, path: string): boolean {
	const value = symbolicValue(word, run);
	if (value === undefined) return true;
	const named = symbolicPath(value, cwd);
	const isExact = !/[?$~]/.test(named) && isExactPath(path);
	if (holds(named, path)) return true;
	const isPattern = /[*?[]/.test(value);
	const pattern = patternOf(named);
	if (isPattern && pattern.test(path)) return true;
	if (isExact || others.test(named)) return false;
	// One of the two folders is not known: the last parts decide.
	if (/^\/\$\w+$/.test(named)) return !path.startsWith(`${named}/`);
	const last = named.replace(/^.*\//, '');
	return patternOf(last).test(path.replace(/^.*\//, '')) || path.split('/').includes(last);
}

function patternOf(path: string): RegExp {
	const parts = path.split(/(\*|\[[^\]]*\])/).map((part) => (part === '*' || part.startsWith('[') ? '[^/]*' : literal(part)));
	return new RegExp(`^${parts.join('')}(?:/|$)`);
}

/** Whether a command behind an instruction of a stage, there or in a stage built on it, may take a file away or put it elsewhere. */
export function mayGoLater(model: Model, behind: Instruction, path: string, may: typeof mayGo = mayGo): boolean {
	return takersOf(takersIn(model), path).some(
		({ run, command }) => run.instruction.span.start > behind.span.start && stageOf(model, run).chain.includes(behind.stage) && may(command, run, path),
	);
}

/** Whether a command of a RUN behind its `index` first ones may take a file away or put it elsewhere. */
export function mayGoBehind(run: Run, index: number, path: string, may: typeof mayGo = mayGo): boolean {
	return takersOf(takersInRun(run), path).some((one) => one.index >= index && may(one.command, run, path));
}

interface Taker {
	readonly run: Run;
	readonly command: PlacedCommand;
	/** Its place among the commands of the RUN. */
	readonly index: number;
}

/** The few commands that can, by the paths that they name and by the last parts of those. */
interface Takers {
	/** Those with patterns by the folder in front of the first one. */
	readonly byPath: Map<string, Taker[]>;
	readonly byLast: Map<string, Taker[]>;
	/** Those with patterns: they do not say which last part it is. */
	readonly patterns: Taker[];
	/** Those of which more than one name is to be looked at. */
	readonly loose: Taker[];
}

/** Those that can take a path away, and a few others. */
function takersOf({ byPath, byLast, patterns, loose }: Takers, path: string): readonly Taker[] {
	if (isExactPath(path)) return [...foldersOf(path).flatMap((one) => byPath.get(one) ?? []), ...loose];
	return [...path.split('/').flatMap((one) => byLast.get(one) ?? []), ...patterns, ...loose];
}

const takersIn = remember((model: Model): Takers => {
	const takers = none();
	for (const run of model.runs) addTakers(takers, run);
	return takers;
});

const takersInRun = remember((run: Run): Takers => {
	const takers = none();
	addTakers(takers, run);
	return takers;
});

function none(): Takers {
	return { byPath: new Map(), byLast: new Map(), patterns: [], loose: [] };
}

function addTakers({ byPath, byLast, patterns, loose }: Takers, run: Run): void {
	for (const [index, command] of placedCommands(run).entries()) {
		const { program = '', args, moreArguments } = command.invocation;
		const one = { run, command, index };
		const isPlain = /^(?:rm|unlink|shred|mv|cp|ln|install|rsync)$/.test(program) || replacesPacked(command);
		const isScript = args.some(({ text }) => /\b(?:rm|unlink)\s/.test(text));
		const finds = program === 'find' && deletes(args);
		if (!isPlain && !finds && program !== 'trap' && !isScript) continue;
		const words = finds ? args.slice(0, Math.max(1, firstOption(args))) : args.filter(({ text }) => !text.startsWith('-'));
		const named = words.map((word) => symbolicValue(word, run));
		const paths = named.flatMap((value) => (value === undefined ? [] : [symbolicPath(value, command.cwd)]));
		if ((!isPlain && !finds) || isScript || moreArguments || paths.length < named.length || paths.some((path) => /[?$~]/.test(path))) {
			loose.push(one);
			continue;
		}
		if (!paths.every(isExactPath)) patterns.push(one);
		for (const path of new Set(paths)) {
			const star = path.search(/[*[]/);
			add(byPath, star < 0 ? path : path.slice(0, path.lastIndexOf('/', star)) || '/', one);
			if (star < 0) add(byLast, path.replace(/^.*\//, ''), one);
		}
	}
}

function add(to: Map<string, Taker[]>, key: string, one: Taker): void {
	const there = to.get(key);
	if (there) there.push(one);
	else to.set(key, [one]);
}

function foldersOf(path: string): readonly string[] {
	const parts = path.split('/');
	return parts.map((_part, index) => parts.slice(0, index + 1).join('/') || '/');
}
