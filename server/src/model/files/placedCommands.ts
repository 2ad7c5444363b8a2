import { literal } from '../../text/literal';
import type { Word } from '../../text/span';
import { absolutePath } from '../basics/paths';
import { remember } from '../basics/remember';
import type { Invocation } from '../commands/invocation';
import type { Operation } from '../commands/operation';
import { operationOf, type Run } from '../stages/model';
import { knownValue } from './writtenFiles';

/** A command of a RUN with where it runs. */
export interface PlacedCommand {
	readonly run: Run;
	readonly invocation: Invocation;
	/** What it is as a package manager's. */
	readonly operation: Operation | undefined;
	/** The folder it runs in, see absolutePath; undefined where that is not known. */
	readonly knownCwd: string | undefined;
	/** The same; made up, with a `?`, where it is not known: commands between two `cd` share it. */
	readonly cwd: string;
}

/** The commands of a RUN in their order, `cd` followed as far as it is surely run and its folder is known. */
export const placedCommands: (run: Run) => readonly PlacedCommand[] = remember((run: Run) => {
	let unknown = 0;
	let cwd = run.cwd ?? '/?0';
	return run.invocations.map((invocation) => {
		const placed = { run, invocation, operation: operationOf(run, invocation), knownCwd: cwd.startsWith('/?') ? undefined : cwd, cwd };
		const { program, args, command } = invocation;
		if (program === 'cd' || program === 'pushd' || program === 'popd') {
			const [word] = args;
			const value = word && program === 'cd' && args.length === 1 && command.topLevel && !command.conditional ? knownValue(word, run) : undefined;
			cwd = (value === undefined || value === '-' ? undefined : absolutePath(value, cwd)) ?? `/?${++unknown}`;
		}
		return placed;
	});
});

/** The folder in which a command of a RUN runs; undefined where that is not known. */
export function folderOf(run: Run, invocation: Invocation): string | undefined {
	return foldersIn(run).get(invocation);
}

const foldersIn = remember((run: Run) => new Map(placedCommands(run).map(({ invocation, knownCwd }) => [invocation, knownCwd])));

/**
 * The value of a word, with variables that are not known before the build left in it as `$NAME`: the same text is the same value in one RUN, unless it assigns
 * the name more than once. Undefined where that cannot be told.
 */
export function symbolicValue(word: Word, run: Run): string | undefined {
	const known = knownValue(word, run);
	if (known !== undefined) return known;
	const text = word.text.replaceAll('"', '').replace(/\$\{(\w+)\}/g, '$$$1');
	if (/['`\\{}]|\$[^A-Za-z_]/.test(text)) return undefined;
	const assigns = run.instruction.script?.assigns ?? [];
	const names = [...text.matchAll(/\$(\w+)/g)].map(([, name]) => name);
	return names.some((name) => assigns.filter((one) => one === name).length > 1) ? undefined : text;
}

/** A path for comparison within one RUN: absolute, below a made-up folder where it starts at a home or with a variable. */
export function symbolicPath(value: string, cwd: string): string {
	return absolutePath(/^[~$]/.test(value) ? `/${value}` : value, cwd) ?? value;
}

/** Whether a symbolic path is exactly the one in the image. */
export function isExactPath(path: string): boolean {
	return !/[?$~*[]/.test(path);
}

/** Whether a command runs whenever its RUN gets so far, with the words that are written. */
export function isSure({ invocation: { command, moreArguments } }: PlacedCommand): boolean {
	return !command.conditional && !command.substituted && !moreArguments;
}

/** Whether a word names a path, by a pattern of the shell too. */
export function namesPath(word: Word, run: Run, cwd: string, path: string): boolean {
	const value = symbolicValue(word, run);
	if (value === undefined) return false;
	const named = symbolicPath(value, cwd);
	return named === path || (/\*/.test(value) && new RegExp(`^${named.split('*').map(literal).join('[^/]*')}$`).test(path));
}

/** Whether a command names a file without its folder, in its words or redirections, by a pattern too. */
export function mentions(command: PlacedCommand, run: Run, name: string): boolean {
	return wordsOf(command).some((word) => {
		if (word.text.replace(/["{}]/g, '').includes(name)) return true;
		const value = symbolicValue(word, run);
		return value === undefined
			? word.text.includes('*')
			: value.includes(name) || (value.includes('*') && new RegExp(`^${value.replace(/^.*\//, '').split('*').map(literal).join('.*')}$`).test(name));
	});
}

/** Whether a command of a RUN behind the one at `index` mentions a file; see mentions. */
export function isMentionedBehind(run: Run, index: number, name: string): boolean {
	const { text, starts, unsure } = wordsIn(run);
	return text.indexOf(name, starts[index + 1] ?? text.length) >= 0 || unsure.some((one) => one.index > index && mentions(one.command, run, name));
}

/** The words of a RUN's commands as `mentions` looks at them in one text, with where those of each command start; `unsure` are the commands with patterns. */
const wordsIn = remember((run: Run) => {
	const starts: number[] = [];
	const unsure: { readonly index: number; readonly command: PlacedCommand }[] = [];
	let at = 0;
	const texts = placedCommands(run).map((command, index) => {
		const words = wordsOf(command).flatMap((word) => [word.text.replace(/["{}]/g, ''), symbolicValue(word, run) ?? '']);
		if (wordsOf(command).some((word) => word.text.includes('*') || word.value?.includes('*') || symbolicValue(word, run)?.includes('*'))) unsure.push({ index, command });
		const text = `${words.join('\n')}\n`;
		starts.push(at);
		at += text.length;
		return text;
	});
	return { text: texts.join(''), starts, unsure };
});

function wordsOf({ invocation: { command } }: PlacedCommand): readonly Word[] {
	return [...command.words, ...command.redirects.flatMap(({ target }) => target ?? [])];
}
