import type { Span, Word } from '../../text/span';
import { normalizePath } from '../basics/paths';
import type { Action, PackageManager } from '../catalog/packageManager';
import { managersNamed } from '../catalog/packageManagers';
import type { Held } from './held';
import type { Invocation } from './invocation';

/** An option of a package manager's command. */
export interface Option {
	/** In lower case, with its value: `--setopt=install_weak_deps=0`; a value in the next word is joined by `=`. */
	readonly text: string;
	/** As written, without value. */
	readonly name: string;
	/** Undefined where it has none or where it is not known. */
	readonly value: string | undefined;
	readonly words: readonly Word[];
}

/** What a command of a package manager does. */
export interface Operation {
	/** The records that fit; several where the base does not say which `dnf` it has, never none. */
	readonly managers: readonly PackageManager[];
	readonly program: string;
	readonly action: Action;
	/** The words of the verb; empty where the program alone does it. */
	readonly verb: readonly Word[];
	readonly invocation: Invocation;
	/** What follows the verb, options aside; what a variable surely holds in its place. */
	readonly operands: readonly Word[];
	readonly options: readonly Option[];
	/** Where it installs: a static path, or undefined for the system itself. */
	readonly root: string | undefined;
	/** The option that names the root, as written. */
	readonly rootOption: string | undefined;
}

/**
 * Reads a command as a package manager's; undefined where it is none or does something that no rule asks about. `programs`: what the base says of a name;
 * `held`: what a word of variables gives the command.
 */
export function readOperation(
	invocation: Invocation,
	programs: Readonly<{ [name: string]: string }> | undefined,
	held: (word: Word) => Held | undefined = () => undefined,
): Operation | undefined {
	const { program, args } = invocation;
	if (program === undefined) return undefined;
	const named = managersNamed(program);
	if (named.length === 0) return undefined;
	const proven = named.filter((manager) => programs?.[program] === manager.id);
	const managers = proven.length > 0 ? proven : named;
	const [first] = managers as readonly [PackageManager, ...PackageManager[]];
	const { options, operands } = splitHeld(args, first, held);
	const found = findVerb(first, operands);
	if (!found) return undefined;
	// `--installroot /` is the system itself.
	const isBehindVerb = ({ words: [word] }: Option) => (word?.span.start ?? 0) > (operands[0]?.span.start ?? Number.POSITIVE_INFINITY);
	const rootOption = options.find(
		(option) =>
			first.family !== undefined && first.rootOptions.includes(option.name) && option.value !== '/' && !(first.globalOptions?.includes(option.name) && isBehindVerb(option)),
	);
	const root = rootOption?.value === undefined ? undefined : normalizePath(rootOption.value, '/');
	return {
		managers,
		program,
		action: found.action,
		verb: operands.slice(0, found.length),
		invocation,
		operands: operands.slice(found.length),
		options,
		root: rootOption ? (root ?? '') : undefined,
		rootOption: rootOption?.words.map((word) => word.text).join(' '),
	};
}

/** The place of a command's head, from the program's name to its verb: `dnf -y install`. */
export function headOf({ invocation, verb }: Operation): Span {
	const name = invocation.name?.span ?? invocation.command.span;
	return { start: name.start, end: verb.at(-1)?.span.end ?? name.end };
}

/** Whether it is a command of a tool that makes programs of sources, and fetches what they need only on the way. */
export function isBuildTool({ managers }: Operation): boolean {
	return managers.some(({ verbs, otherwise }) => verbs.build !== undefined || otherwise === 'build');
}

/** Whether an option or a verb's word is there. */
export function hasOption(operation: Operation, test: (option: Option) => boolean): boolean {
	return operation.options.some(test);
}

/** As splitArguments, with what variables surely hold; the options that one may hold are said too, without their values, beside the variable itself. */
function splitHeld(args: readonly Word[], manager: PackageManager, held: (word: Word) => Held | undefined): ReturnType<typeof splitArguments> {
	const possible: Option[] = [];
	const words = args.flatMap((word) => {
		const found = word.value === undefined ? held(word) : undefined;
		if (!found) return [word];
		const { options } = splitArguments(found.words, manager);
		if (found.certain && !(found.each && options.length > 0)) return found.words;
		possible.push(...options.map((option) => ({ ...option, value: undefined })));
		return [word];
	});
	const { options, operands } = splitArguments(words, manager);
	return { options: [...options, ...possible], operands };
}

function splitArguments(args: readonly Word[], { valueOptions, globalOptions = [] }: PackageManager): { options: readonly Option[]; operands: readonly Word[] } {
	const options: Option[] = [];
	const operands: Word[] = [];
	for (let i = 0; i < args.length; i++) {
		const word = args[i] as Word;
		const text = word.value ?? word.text;
		if (text === '--') continue;
		if (!text.startsWith('-') || text === '-') {
			operands.push(word);
			continue;
		}
		const equals = text.indexOf('=');
		const next = args[i + 1];
		if (equals < 0 && next && (valueOptions.includes(text) || (operands.length === 0 && globalOptions.includes(text)))) {
			options.push({ text: `${text}=${next.value ?? next.text}`.toLowerCase(), name: text, value: next.value, words: [word, next] });
			i++;
		} else {
			const glued = /^-[otx](?!=)[^-]/.test(text) && !text.startsWith('--') && valueOptions.includes(text.slice(0, 2));
			const name = glued ? text.slice(0, 2) : equals < 0 ? text : text.slice(0, equals);
			const value = glued ? text.slice(2) : equals < 0 ? undefined : text.slice(equals + 1);
			options.push({ text: (glued ? `${name}=${value}` : text).toLowerCase(), name, value: word.value === undefined ? undefined : value, words: [word] });
		}
	}
	return { options, operands };
}

function findVerb(manager: PackageManager, operands: readonly Word[]): { action: Action; length: number } | undefined {
	const [first, second] = operands.map((word) => word.value);
	const actions = Object.entries(manager.verbs) as [Action, readonly string[]][];
	const by = (verb: string): Action | undefined => actions.find(([, verbs]) => verbs.includes(verb))?.[0];
	const two = first !== undefined && second !== undefined ? by(`${first} ${second}`) : undefined;
	if (two) return { action: two, length: 2 };
	const one = first === undefined ? undefined : by(first);
	if (one) return { action: one, length: 1 };
	const none = operands.length === 0 ? by('') : manager.otherwise;
	return none ? { action: none, length: 0 } : undefined;
}

/** The other root as the file writes it, for a command that removes something below it: undefined for one that would need quotes, or that goes up. */
export function plainRoot({ rootOption }: Operation): string | undefined {
	const root = /^--?\w+[= ](\/[\w./+-]*[\w+-])\/?$/.exec(rootOption ?? '')?.[1];
	return root?.split('/').includes('..') ? undefined : root;
}
