import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../text/distance';
import { type CommandName, type CommandSpec, commands, type OptionSpec } from './commands';

/** What a command line asks for. */
export type Request =
	| { readonly kind: 'run'; readonly command: CommandName; readonly options: Options; readonly paths: readonly string[] }
	| { readonly kind: 'help'; readonly command: CommandName | undefined }
	| { readonly kind: 'version' }
	| { readonly kind: 'mistake'; readonly message: string };

/** Values by option name; an option without a value has one that is empty. */
export type Options = ReadonlyMap<string, readonly string[]>;

const names = Object.keys(commands) as readonly CommandName[];
const own: Readonly<Record<string, OptionSpec>> = { help: { short: 'h', help: '' }, version: { short: 'V', help: '' } };

/** Reads the words after the program's name. */
export function readArguments(words: readonly string[]): Request {
	const [first, ...rest] = words;
	if (first === undefined) return mistake('a command is missing. `whittle lint` looks at the current folder, `whittle --help` lists everything.');
	if (first === '--help' || first === '-h') return { kind: 'help', command: undefined };
	if (first === '--version' || first === '-V') return { kind: 'version' };
	if (first === 'help') {
		const topic = rest[0];
		return topic === undefined || isCommand(topic) ? { kind: 'help', command: topic } : unknownCommand(topic);
	}
	if (isCommand(first)) return readCommand(first, rest);
	if (first.startsWith('-') && first !== '-') return mistake(`there is no option ${first} before the command. See \`whittle --help\`.`);
	return unknownCommand(first);
}

/** The last value of an option. */
export function optionValue(options: Options, name: string): string | undefined {
	return options.get(name)?.at(-1);
}

function readCommand(command: CommandName, words: readonly string[]): Request {
	const spec: CommandSpec = commands[command];
	const known = { ...spec.options, version: own['version'] as OptionSpec };
	const options = new Map<string, string[]>();
	const paths: string[] = [];
	for (const token of parseArgs({ args: [...words], options: parseConfig(known), strict: false, allowPositionals: true, tokens: true }).tokens) {
		if (token.kind === 'positional') paths.push(token.value);
		if (token.kind !== 'option') continue;
		const option = Object.hasOwn(known, token.name) ? known[token.name as keyof typeof known] : undefined;
		if (!option) {
			if (spec.anyOption) continue;
			const meant = nearest(token.name, Object.keys(spec.options));
			return mistake(`\`whittle ${command}\` has no option ${token.rawName}${meant === undefined ? '.' : `; did you mean --${meant}?`}${hint(command)}`);
		}
		const problem = problemOf(option, token.rawName, token.value, token.inlineValue === true, options.has(token.name));
		if (problem !== undefined) return mistake(problem + hint(command));
		options.set(token.name, [...(options.get(token.name) ?? []), token.value ?? '']);
	}
	if (options.has('help')) return { kind: 'help', command };
	if (options.has('version')) return { kind: 'version' };
	if (spec.usage === '' && paths[0] !== undefined) return mistake(`\`whittle ${command}\` takes options only, not "${paths[0]}".${hint(command)}`);
	return { kind: 'run', command, options, paths };
}

function problemOf(option: OptionSpec, name: string, value: string | undefined, inline: boolean, again: boolean): string | undefined {
	if (option.value === undefined) return value === undefined ? undefined : `${name} takes no value, so "${value}" cannot be given to it.`;
	if (option.optional === true && value === undefined) return again && !option.many ? `${name} can be given once only.` : undefined;
	if (value === undefined || value === '' || (!inline && value.startsWith('-') && value !== '-')) return `${name} needs a value: ${name} ${option.value}.`;
	if (again && !option.many) return `${name} can be given once only.`;
	if (!option.choices || option.choices.includes(value)) return undefined;
	const meant = nearest(value, option.choices);
	return `${name} has to be ${listed(option.choices)}, not "${value}"${meant === undefined ? '' : ` (did you mean ${meant}?)`}.`;
}

function parseConfig(options: Readonly<Record<string, OptionSpec>>): NonNullable<ParseArgsConfig['options']> {
	return Object.fromEntries(
		Object.entries(options).map(([name, { value, optional, short }]) => [
			name,
			{ type: value === undefined || optional === true ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
		]),
	);
}

function unknownCommand(word: string): Request {
	const meant = nearest(word, names);
	const looksLikePath = /[./\\]|file/i.test(word);
	const way =
		meant !== undefined
			? `Did you mean \`whittle ${meant}\`?`
			: looksLikePath
				? `To look at a file or folder: \`whittle lint ${word}\`.`
				: `The commands are ${listed(names, 'and')}.`;
	return mistake(`there is no command "${word}". ${way}`);
}

/** `a, b or c`. */
export function listed(words: readonly string[], last = 'or'): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

function hint(command: CommandName): string {
	return ` See \`whittle ${command} --help\`.`;
}

function isCommand(word: string): word is CommandName {
	return Object.hasOwn(commands, word);
}

function mistake(message: string): Request {
	return { kind: 'mistake', message };
}
