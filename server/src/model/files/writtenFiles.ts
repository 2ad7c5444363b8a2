import type { Instruction } from '../../syntax/containerfile';
import type { Word } from '../../text/span';
import { expand } from '../basics/expand';
import { absolutePath } from '../basics/paths';
import { remember } from '../basics/remember';
import type { Invocation } from '../commands/invocation';
import type { Run, StageModel } from '../stages/model';

/** The contents of a folder, as a path below it that no removal of something else in it covers. */
const contents = '…';

/** Where a command leaves files whose place is exactly known: absolute paths. `cwd`: the folder in which it runs, if that is known. */
export function filesWrittenBy(invocation: Invocation, run: Run, cwd: string | undefined): readonly string[] {
	const { command, program } = invocation;
	if (command.conditional || command.substituted || invocation.moreArguments) return [];
	const args = invocation.args.map((word) => knownValue(word, run));
	const paths = [...(program === undefined ? [] : (writers[program]?.(args) ?? [])), ...redirected(invocation, run)];
	return paths.flatMap((path) => (path === undefined || path === '-' || /^\/(?:dev|proc|sys)\//.test(path) ? [] : (absolutePath(path, cwd) ?? [])));
}

/** What `curl` and `wget` fetch into files, as `read` reads their words: paths as written, relative ones too. */
export function filesFetchedBy(invocation: Invocation, read: (word: Word) => string | undefined): readonly string[] {
	const { program, args, command, moreArguments } = invocation;
	if ((program !== 'curl' && program !== 'wget') || moreArguments || args.some(({ text }) => /^-[a-zA-Z]*J|^--(?:remote-header-name|content-disposition)/.test(text))) return [];
	const redirects = command.redirects.flatMap(({ operator, target }) => (target && /^>\|?$/.test(operator) ? [read(target)] : []));
	return [...(writers[program]?.(args.map(read)) ?? []), ...redirects].filter((path): path is string => path !== undefined && path !== '-' && !path.startsWith('/dev/'));
}

/** Where COPY and ADD put files; a destination can be a file or a folder, so that there are two possible places for one source. */
export function filesCopiedBy({ words, flags }: Instruction, cwd: string | undefined): readonly string[] {
	if (flags.some((flag) => flag.name === 'parents')) return [];
	// What is called like a folder is taken for one: then its contents go into the destination.
	const sources = words.slice(0, -1).map(({ value }) => (value !== undefined && /\w\.\w+$/.test(value) ? value : '.'));
	return intoDestination(sources, words.at(-1)?.value).flatMap((path) => (path === undefined ? [] : (absolutePath(path, cwd) ?? [])));
}

/** The value of a word where quotes and variables of ENV and ARG allow to tell it. */
export function knownValue(word: Word, run: Run): string | undefined {
	if (word.value !== undefined) return /[{}]/.test(word.value) ? undefined : word.value;
	const text = /^"([^"\\`]*)"$|^([^"'\\`]*)$/.exec(word.text);
	const plain = text?.[1] ?? text?.[2];
	if (plain === undefined || plain.includes('$(') || assignedNames(run).some((name) => plain.includes(name))) return undefined;
	return expand(plain, run.variables);
}

/** What a RUN's scripts assign, and what is assigned for those within. */
const assignedNames = remember(({ instruction, invocations }: Run): readonly string[] => [
	...(instruction.script?.assigns ?? []),
	...invocations.flatMap(({ script, command }) => (script ? [...script.assigns, ...command.assignments.map(({ name }) => name)] : [])),
]);

/** WORKDIR at each instruction of a stage, as far as a RUN before or behind it tells. */
export const foldersOf = remember(({ stage, runs }: StageModel): readonly (string | undefined)[] => {
	const known = new Map(runs.map((run) => [run.position, run.cwd]));
	const folders: (string | undefined)[] = [];
	const pass = (position: number, current: string | undefined): string | undefined => {
		const next = stage.instructions[position]?.keyword === 'WORKDIR' ? undefined : (known.get(position) ?? current);
		folders[position] ??= next;
		return next;
	};
	let current: string | undefined;
	for (let position = 0; position < stage.instructions.length; position++) current = pass(position, current);
	current = undefined;
	for (let position = stage.instructions.length - 1; position >= 0; position--) current = pass(position, current);
	return folders;
});

type Value = string | undefined;

const writers: Readonly<Record<string, (args: readonly Value[]) => readonly Value[]>> = {
	curl: (args) => {
		const named = optionValues(args, /^-[a-zA-Z]*o$|^--output$/, /^(?:-o|--output=)(.+)$/);
		const remote = args.some((arg) => arg !== undefined && /^(?:-[a-zA-Z]*O[a-zA-Z]*|--remote-name(?:-all)?)$/.test(arg));
		return args.includes('--output-dir') ? [] : [...named, ...(remote ? urls(args).map((url) => baseName(url.replace(/[?#].*$/, ''))) : [])];
	},
	wget: (args) => {
		if (args.some((arg) => arg === undefined || /^(?:-[a-zA-Z]*[rmixH][a-zA-Z]*|--(?:recursive|mirror|input-file|force-directories).*)$/.test(arg))) return [];
		const named = optionValues(args, /^-[a-zA-Z]*O$|^--output-document$/, /^(?:-[a-zA-Z]*O|--output-document=)(.+)$/);
		const [folder = '.'] = optionValues(args, /^-[a-zA-Z]*P$|^--directory-prefix$/, /^(?:-P|--directory-prefix=)(.+)$/);
		return named.length > 0 ? named : urls(args).flatMap((url) => (/[?#]|\/$/.test(url) ? [] : [`${folder}/${baseName(url)}`]));
	},
	git: (args) => {
		if (args[0] !== 'clone' || args.includes(undefined)) return [];
		const valued = /^(?:-[bcjou]|--(?:branch|config|depth|filter|jobs|origin|reference|separate-git-dir|server-option|shallow-since|shallow-exclude|template|upload-pack))$/;
		const operands = args.slice(1).filter((arg, index) => !arg?.startsWith('-') && !valued.test(args[index] ?? ''));
		const folder = operands[1] ?? baseName(operands[0]?.replace(/\/+$/, '') ?? '').replace(/\.git$/, '');
		return folder === '' || folder === '.' || operands.length > 2 ? [] : [folder, `${folder}/.git`];
	},
	tar: (args) => {
		const extracts = args.some((arg, index) => arg !== undefined && (/^--(?:extract|get)$|^-[a-zA-Z]*x/.test(arg) || (index === 0 && /^[a-zA-Z]*x[a-zA-Z]*$/.test(arg))));
		return extracts ? optionValues(args, /^-[a-zA-Z]*C$|^--directory$/, /^(?:-C|--directory=)(.+)$/).map(inside) : [];
	},
	unzip: (args) => optionValues(args, /^-[a-z]*d$/, /^-d(.+)$/).map(inside),
	cp: copied,
	mv: copied,
};

function copied(args: readonly Value[]): readonly Value[] {
	if (args.some((arg) => arg !== undefined && /^(?:-[a-zA-Z]*[tTS]|--(?:target-directory|parents|suffix).*)$/.test(arg))) return [];
	const operands = args.filter((arg) => !arg?.startsWith('-'));
	return intoDestination(operands.slice(0, -1), operands.at(-1));
}

/** A file, or a file or folder within a folder. */
function intoDestination(sources: readonly Value[], destination: Value): readonly Value[] {
	if (destination === undefined || sources.length === 0) return [];
	const within = sources.map((source) => (source === undefined || /[*?[]|^\.*$|\/\.*$/.test(source) ? inside(destination) : `${destination}/${baseName(source)}`));
	return sources.length === 1 && !destination.endsWith('/') && !/^\.*$|\/\.+$/.test(destination) ? [destination, ...within] : within;
}

function redirected({ command, program }: Invocation, run: Run): readonly Value[] {
	// What they write is a line or two.
	if (program === undefined || /^(?:echo|printf|true|:|touch)$/.test(program) || command.redirects.some(({ body, operator }) => body !== undefined || operator === '<<<'))
		return [];
	if (program === 'cat' && command.words.length === 1) return [];
	return command.redirects.flatMap(({ operator, target }) => (target && /^(?:>|>>|>\||&>|&>>)$/.test(operator) ? [knownValue(target, run)] : []));
}

function optionValues(args: readonly Value[], apart: RegExp, glued: RegExp): readonly Value[] {
	return args.flatMap((arg, index) => {
		if (arg === undefined) return [];
		if (apart.test(arg)) return [args[index + 1]];
		const value = glued.exec(arg)?.[1];
		return value === undefined ? [] : [value];
	});
}

function urls(args: readonly Value[]): readonly string[] {
	return args.filter((arg): arg is string => arg !== undefined && /^(?:(?:https?|ftp):\/\/[^/]+|\$\w+)\/./.test(arg));
}

function inside(folder: Value): Value {
	return folder === undefined ? undefined : `${folder}/${contents}`;
}

function baseName(path: string): string {
	return path.replace(/\/+$/, '').replace(/^.*\//, '');
}
