import { absolutePath, holds } from '../../model/basics/paths';
import { type Invocation, unwrap } from '../../model/commands/invocation';
import type { Context } from '../../model/context/context';
import { parseShell } from '../../shell/parse';
import type { Command } from '../../shell/script';
import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { literal } from '../../text/literal';
import type { Word } from '../../text/span';
import type { Act } from './acts';
import { copiedFile, filledFolder, installsNamed, languageOf } from './copied';
import type { RootBase } from './recipe';
import { startedBy } from './starters';

/** What the new root must hold for what runs in it, in the order in which it was found. */
export interface Needs {
	readonly packages: ReadonlySet<string>;
	/** Programs that no fact of the base explains: they come with an installed package. */
	readonly unexplained: ReadonlySet<string>;
	/** Files whose own needs nobody read. */
	readonly unread: ReadonlySet<string>;
	/** Programs that come from the file itself, and may be linked to anything. */
	readonly brought: ReadonlySet<string>;
	/** A shell is what the image starts. */
	readonly startsShell: boolean;
	/** A command names the time zones of the system. */
	readonly readsTimeZones: boolean;
}

interface Search {
	readonly file: Containerfile;
	readonly context: Context;
	readonly base: RootBase;
	readonly acts: readonly Act[];
	readonly compiled: readonly string[];
	readonly packages: Set<string>;
	readonly unexplained: Set<string>;
	readonly unread: Set<string>;
	readonly brought: Set<string>;
	readonly seen: Set<string>;
	startsShell: boolean;
	readsTimeZones: boolean;
}

const builtins = new Set(
	'. : [ [[ alias bg break case cd command continue declare dirs echo eval exec exit export false fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt source test times trap true type typeset ulimit umask unalias unset wait'.split(
		' ',
	),
);
const shells = /^(?:ba|da|a|z)?sh$/;

/**
 * Looks for what the RUNs of the new root and the image's own commands call, scripts of the build context read. `cwd`: WORKDIR of the image; `compiled`: files
 * and folders that hold what the builder compiles.
 */
export function findNeeds(file: Containerfile, context: Context, base: RootBase, acts: readonly Act[], cwd: string | undefined, compiled: readonly string[] = []): Needs {
	const search: Search = {
		file,
		context,
		base,
		acts,
		compiled,
		packages: new Set(),
		unexplained: new Set(),
		unread: new Set(),
		brought: new Set(),
		seen: new Set(),
		startsShell: false,
		readsTimeZones: false,
	};
	for (const act of acts) {
		if (act.kind !== 'run') continue;
		search.readsTimeZones ||= /zoneinfo|\/etc\/localtime/.test(file.text.slice(act.instruction.span.start, act.instruction.span.end));
		if (!act.instruction.exec) search.packages.add(base.shell);
		for (const invocation of act.invocations) call(search, invocation, act.run.cwd, act.run.instruction.script?.functions ?? []);
	}
	const starts = acts.flatMap((act) => (act.kind === 'description' && /^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(act.instruction.keyword) ? [act.instruction] : []));
	const entrypoint = starts.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
	for (const instruction of starts) start(search, instruction, cwd, entrypoint);
	return search;
}

function start(search: Search, instruction: Instruction, cwd: string | undefined, entrypoint: Instruction | undefined): void {
	const { exec, words, keyword, args, span } = instruction;
	const isArguments = keyword === 'CMD' && entrypoint !== undefined;
	// ENTRYPOINT in shell form takes no arguments.
	if (isArguments && !entrypoint.exec) return;
	if (exec) {
		const [first] = exec;
		if (!first) return;
		if (isArguments && entrypoint.exec) {
			const words = [...entrypoint.exec, ...exec];
			const command = commandIn(words);
			if (isScript(command[0]) && /^-[a-z]*c$/.test(command[1]?.text ?? '') && command[2] === first) {
				readScript(search, first.text, cwd);
				return;
			}
			// What ENTRYPOINT gets may be anything; a program that is known and a file that is copied are looked at.
			const isKnown =
				search.base.packageOf(baseName(first.text)) !== undefined ||
				(first.text.includes('/') ? copiedFile(search, absolutePath(first.text, cwd), undefined) : copiedFile(search, undefined, first.text)) !== undefined;
			if (!isKnown && command[0] !== first) return;
		}
		if (keyword !== 'HEALTHCHECK') search.startsShell ||= shells.test(baseName(first.text)) && exec.length === 1;
		call(search, invocationOf(exec, span), cwd, []);
		return;
	}
	const [first, second] = words;
	if (keyword === 'HEALTHCHECK' && (first?.text === 'NONE' || first === undefined)) return;
	const from = keyword === 'HEALTHCHECK' && /^CMD$/i.test(first?.text ?? '') ? second : first;
	if (!from) return;
	search.packages.add(search.base.shell);
	const text = search.file.text.slice(from.span.start, args.end).replace(/[\\`]\r?\n/g, ' ');
	if (keyword === 'HEALTHCHECK' && text.startsWith('[')) {
		const list: unknown = parsedList(text);
		if (Array.isArray(list) && list.every((one): one is string => typeof one === 'string')) {
			call(
				search,
				invocationOf(
					list.map((value) => ({ span, text: value, value })),
					span,
				),
				cwd,
				[],
			);
			return;
		}
	}
	readScript(search, text, cwd);
	if (keyword !== 'HEALTHCHECK') search.startsShell ||= /^(?:\/bin\/)?(?:ba)?sh$/.test(text.trim());
}

/** The command behind all that only starts it. */
function commandIn(words: readonly Word[]): readonly Word[] {
	const started = startedBy(baseName(words[0]?.text ?? ''), words.slice(1));
	return started && started.length > 0 ? commandIn(started) : words;
}

function isScript(word: Word | undefined): boolean {
	return word !== undefined && shells.test(baseName(word.text));
}

function parsedList(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function invocationOf(words: readonly Word[], span: Command['span']): Invocation {
	return unwrap({ span, words, assignments: [], redirects: [], statement: 0, topLevel: true, conditional: false, substituted: false });
}

/** Notes what one command needs. `own`: functions that the script, or one that it reads, defines. */
function call(search: Search, invocation: Invocation, cwd: string | undefined, own: readonly string[]): void {
	const { program, name, args, command } = invocation;
	if (program === undefined || name?.value === undefined) return;
	const wrappers = command.words.slice(0, command.words.indexOf(name)).filter(({ text }) => /^[a-z][\w/.]*$/.test(text));
	for (const wrapper of wrappers) needProgram(search, wrapper.text, undefined);
	if (own.includes(program)) return;
	if (shells.test(program)) {
		const at = args.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
		const inner = at >= 0 ? args[at + 1] : undefined;
		search.packages.add(search.base.shell);
		if (inner?.value !== undefined) readScript(search, inner.value, cwd);
		const script = at >= 0 ? undefined : args.find(({ text }) => !text.startsWith('-'));
		if (script) readFile(search, script.value, cwd);
		return;
	}
	if (program === 'source' || program === '.') {
		readFile(search, args[0]?.value, cwd, own);
		return;
	}
	needProgram(search, name.value, cwd);
	const started = startedBy(program, args) ?? [];
	if (started.length > 0) call(search, invocationOf(started, command.span), cwd, own);
	if (program === 'tar') for (const helper of tarHelpers(args)) needProgram(search, helper, undefined);
}

/** Programs that tar calls for what it packs or unpacks; gzip wherever nothing says another. */
function tarHelpers(args: readonly Word[]): readonly string[] {
	const text = args.map((word) => word.text).join(' ');
	const named = [
		...(/\.t?bz2?\b|--bzip2|^-?[a-zA-Z]*j/.test(text) || args.some((word) => /^-[a-zA-Z]*j/.test(word.text)) ? ['bzip2'] : []),
		...(/\.t?xz\b|--xz|^-?[a-zA-Z]*J/.test(text) || args.some((word) => /^-[a-zA-Z]*J/.test(word.text)) ? ['xz'] : []),
	];
	return named.length > 0 ? named : ['gzip'];
}

/** Notes where a program of a name or path comes from. */
function needProgram(search: Search, name: string, cwd: string | undefined): void {
	const plain = baseName(name);
	if (name === '' || builtins.has(name) || /^[{}!]$/.test(name)) return;
	const isPath = name.includes('/');
	const inSystem = !isPath || /^(?:\/usr)?\/s?bin\//.test(name);
	const copied = copiedFile(search, isPath ? absolutePath(name, cwd) : undefined, isPath ? undefined : plain);
	const isCompiled = isPath ? copied?.text === undefined && isBelowCompiled(search, absolutePath(name, cwd)) : search.compiled.some((one) => one.endsWith(`bin/${plain}`));
	if (isCompiled) {
		search.brought.add(name);
		return;
	}
	if (copied?.isBinary) {
		search.brought.add(copied.path);
		return;
	}
	if (copied) {
		readCopied(search, copied.path, copied.text, cwd);
		return;
	}
	if (isMade(search, plain)) {
		search.brought.add(plain);
		return;
	}
	const packageName = inSystem ? search.base.packageOf(plain) : undefined;
	if (packageName !== undefined) search.packages.add(packageName);
	else if (inSystem && (isPath || installsNamed(search.acts, plain) || filledFolder(search.acts) === undefined)) search.unexplained.add(plain);
	else search.brought.add(name);
}

function isBelowCompiled({ compiled }: Search, path: string | undefined): boolean {
	return path !== undefined && compiled.some((one) => holds(one, path));
}

/** Whether a RUN of the file puts a program of this name into a folder of programs: by a link, a copy, a download. */
function isMade({ acts, file }: Search, name: string): boolean {
	const put = new RegExp(`(?:\\b(?:ln|mv|cp|install)\\b[^&;|\\n]*|\\s(?:-[a-zA-Z]*[oO]|--output|--output-document)[ =]|>)\\s*\\S*bin/${literal(name)}(?![\\w.-])`);
	return acts.some((act) => (act.kind === 'run' || act.kind === 'build') && put.test(file.text.slice(act.instruction.span.start, act.instruction.span.end)));
}

/** A file that a shell reads: a script. */
function readFile(search: Search, written: string | undefined, cwd: string | undefined, own: readonly string[] = []): void {
	const path = written === undefined ? undefined : absolutePath(written, cwd);
	const copied = path === undefined ? undefined : copiedFile(search, path, undefined);
	// What a package brought there has its needs as dependencies.
	if (!copied && path !== undefined && /^\/(?:etc|usr(?!\/local)|lib|opt\/rh)\//.test(path)) return;
	readCopied(search, path ?? written ?? 'a script', copied?.text, cwd, own);
}

function readCopied(search: Search, path: string, text: string | undefined, cwd: string | undefined, own: readonly string[] = []): void {
	if (search.seen.has(path)) return;
	search.seen.add(path);
	if (text === undefined) {
		search.packages.add(search.base.shell);
		for (const tool of search.base.scriptTools) search.packages.add(tool);
		search.unread.add(path);
		return;
	}
	const interpreter = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text);
	const language = interpreter ? baseName(/\/env$/.test(interpreter[1] ?? '') ? (interpreter[2] ?? '') : (interpreter[1] ?? '')) : languageOf(path);
	if (language !== undefined && !shells.test(language)) {
		needProgram(search, language, undefined);
		return;
	}
	readScript(search, text, cwd, own);
}

function readScript(search: Search, text: string, cwd: string | undefined, own: readonly string[] = []): void {
	const script = parseShell(text, 0, text);
	search.packages.add(search.base.shell);
	if (script.broken) {
		for (const tool of search.base.scriptTools) search.packages.add(tool);
		search.unread.add('a script that does not parse');
		return;
	}
	const functions = [...own, ...script.functions, ...script.commands.flatMap((command) => functionsRead(search, unwrap(command), cwd))];
	for (const command of script.commands) call(search, unwrap(command), cwd, functions);
}

/** The functions of a file of the build context that a script takes in by `.` or `source`. */
function functionsRead(search: Search, { program, args }: Invocation, cwd: string | undefined): readonly string[] {
	if (program !== 'source' && program !== '.') return [];
	const path = args[0]?.value === undefined ? undefined : absolutePath(args[0].value, cwd);
	const text = path === undefined ? undefined : copiedFile(search, path, undefined)?.text;
	return text === undefined ? [] : parseShell(text, 0, text).functions;
}

function baseName(path: string): string {
	return path.replace(/^.*\//, '');
}
