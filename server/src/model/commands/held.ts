import type { Command, Loop, Script } from '../../shell/script';
import type { Word } from '../../text/span';
import type { Variables } from '../basics/expand';
import { remember } from '../basics/remember';
import type { Within } from './invocation';

/** What decides the variables of a command. */
export interface Scope {
	/** The script of the RUN. */
	readonly script: Script;
	/** ENV and ARG values in force. */
	readonly variables: Variables;
	/** Names among them whose values a build may be given. */
	readonly buildArguments: Pick<ReadonlySet<string>, 'has'>;
}

/** What a word of variables gives the program. */
export interface Held {
	/** The words, split as the shell splits them, each with the place of the word. */
	readonly words: readonly Word[];
	/** So in every build; else a build may be given something else (ARG). */
	readonly certain: boolean;
	/** The command runs once for each of them, or for some of them: a loop's variable. */
	readonly each: boolean;
}

/** The values that a name may have, one after the other; several for a loop's. */
interface Values {
	readonly texts: readonly string[];
	readonly certain: boolean;
	readonly each: boolean;
}

/** More than a loop of a person has. */
const mostWords = 200;

/** What a word gives the program, where every variable in it has an exactly known value. `command`: the one that it belongs to, with its place in its own script. */
export function heldBy(word: Word, command: Command, within: Within | undefined, scope: Scope): Held | undefined {
	const names = new Set([...word.text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name));
	// What an outer shell puts between single quotes looks like text.
	if (names.size === 0 || (within && word.text.includes("'")) || [scope.script, within?.shell.script].some((script) => script && settersOf(script).unreadable)) return undefined;
	const values = new Map<string, Values>();
	for (const name of names) {
		const found = valuesOf(name, command, within, scope, 0);
		if (!found) return undefined;
		values.set(name, found);
	}
	const looped = [...values].filter(([, { each }]) => each);
	const [loop] = looped;
	if (looped.length > 1) return undefined;
	const words: Word[] = [];
	for (const turn of loop ? loop[1].texts : ['']) {
		const split = fieldsOf(word.text, (name) => (name === loop?.[0] ? turn : values.get(name)?.texts[0]));
		if (!split || words.length + split.length > mostWords) return undefined;
		words.push(...split.map((text): Word => ({ span: word.span, text, value: text, held: true })));
	}
	return { words, certain: [...values.values()].every(({ certain }) => certain), each: loop !== undefined };
}

/** What a script does with names. */
interface Setters {
	/** Its commands may set what no reading of the script finds, or change how words are split. */
	readonly unreadable: boolean;
	/** How often each name is assigned, one way or another. */
	readonly counts: ReadonlyMap<string, number>;
	readonly loops: ReadonlyMap<string, readonly Loop[]>;
	/** `NAME=value` alone or behind `export`, in their order. */
	readonly assignments: ReadonlyMap<string, readonly Assigning[]>;
}

interface Assigning {
	readonly command: Command;
	readonly value: string | undefined;
}

const settersOf = remember(({ commands, assigns, loops }: Script): Setters => {
	const counts = new Map<string, number>();
	for (const name of assigns) counts.set(name, (counts.get(name) ?? 0) + 1);
	const unreadable = counts.has('IFS') || commands.some(({ words: [name, first] }) => setsUnseen.test(name?.value ?? '') && (name?.value !== 'printf' || first?.value === '-v'));
	const assignments = commands.flatMap((command) => assignmentsIn(command).map(({ name, value }) => ({ name, command, value })));
	return { unreadable, counts, loops: groupBy(loops), assignments: groupBy(assignments) };
});

const setsUnseen = /^(?:eval|source|\.|read|mapfile|readarray|getopts|printf)$/;

function assignmentsIn({ words, assignments }: Command): readonly { readonly name: string; readonly value: string | undefined }[] {
	if (words.length === 0) return assignments;
	if (words[0]?.value !== 'export') return [];
	return words.flatMap(({ text, value }) => {
		const name = /^(\w+)=/.exec(text)?.[1];
		return name === undefined ? [] : [{ name, value: value?.slice(name.length + 1) }];
	});
}

function groupBy<One extends { readonly name: string }>(ones: readonly One[]): ReadonlyMap<string, readonly One[]> {
	const groups = new Map<string, One[]>();
	for (const one of ones) {
		const group = groups.get(one.name);
		if (group) group.push(one);
		else groups.set(one.name, [one]);
	}
	return groups;
}

function valuesOf(name: string, command: Command, within: Within | undefined, scope: Scope, depth: number): Values | undefined {
	if (within) {
		const { shell } = within;
		const own = shell.script;
		if (!own || depth > 3) return undefined;
		if (settersOf(own).counts.has(name)) return own.filled ? undefined : assignedValues(name, command, own, (word) => loopTexts(word, command, within, scope, depth));
		// The outer script's variables reach it only by expansion or export; sudo lets through nothing.
		const isSet =
			shell.command.words.some(({ text }) => text.startsWith(`${name}=`) || text === '-i' || text === '-') || shell.command.assignments.some((one) => one.name === name);
		if (isSet || shell.prefix !== '' || shell.within || settersOf(scope.script).counts.has(name)) return undefined;
		return declaredValue(name, scope);
	}
	if (!settersOf(scope.script).counts.has(name)) return declaredValue(name, scope);
	return assignedValues(name, command, scope.script, (word) => (depth > 3 ? undefined : loopTexts(word, command, within, scope, depth)));
}

function declaredValue(name: string, { variables, buildArguments }: Scope): Values | undefined {
	const value = variables.get(name);
	return value === undefined ? undefined : { texts: [value], certain: !buildArguments.has(name), each: false };
}

/** What a script's own assignments or loops give a name at one of its commands. */
function assignedValues(name: string, command: Command, script: Script, textsOf: (word: Word) => Values | undefined): Values | undefined {
	const { counts, loops: all, assignments } = settersOf(script);
	const count = counts.get(name);
	const loops = all.get(name) ?? [];
	if (loops.length === count) {
		const [loop, other] = loops.filter(({ body }) => body.start <= command.span.start && command.span.end <= body.end);
		if (!loop?.words || other) return undefined;
		const texts: Values[] = [];
		for (const word of loop.words) {
			const values = word.value === undefined ? textsOf(word) : /[*?[{]/.test(word.value) ? undefined : { texts: [word.value], certain: true, each: false };
			if (!values) return undefined;
			texts.push(values);
		}
		return { texts: texts.flatMap((one) => one.texts), certain: texts.every(({ certain }) => certain), each: true };
	}
	const found = assignments.get(name) ?? [];
	if (found.length !== count || found.some(({ command: one }) => !one.topLevel || one.conditional || one.substituted)) return undefined;
	const last = found.findLast(({ command: one }) => one.span.end <= command.span.start);
	if (last?.value === undefined || !reaches(script, last.command, command)) return undefined;
	return { texts: [last.value], certain: true, each: false };
}

/** Whether a command runs only after an assignment that worked. */
function reaches({ statements }: Script, assignment: Command, command: Command): boolean {
	if (statements[command.statement]?.kind === 'function') return false;
	const between = statements.slice(assignment.statement, command.statement).map(({ joiner }) => joiner);
	// The end of the assignment's own list: in the background it is another shell's.
	if (between.find((joiner) => joiner !== '&&' && joiner !== '||') === '&') return false;
	return statements[assignment.statement - 1]?.joiner !== '&&' || between.every((joiner) => joiner === '&&');
}

/** What a variable in the list of a loop gives it. */
function loopTexts(word: Word, command: Command, within: Within | undefined, scope: Scope, depth: number): Values | undefined {
	const [, name] = /^"?\$\{?(\w+)\}?"?$/.exec(word.text) ?? [];
	const values = name === undefined ? undefined : valuesOf(name, command, within, scope, depth + 1);
	const texts = values && !values.each ? fieldsOf(word.text, () => values.texts[0]) : undefined;
	return values && texts && { texts, certain: values.certain, each: false };
}

const part = /'([^']*)'|"([^"\\`]*)"|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})|([^'"\\`$\s{}*?[\]~]+)/y;

/** Splits a word as the shell does it once its variables are in place; undefined where it holds more than text, quotes and plain variables. */
function fieldsOf(text: string, lookUp: (name: string) => string | undefined): readonly string[] | undefined {
	const fields: string[] = [];
	let open: string | undefined;
	let at = 0;
	while (at < text.length) {
		part.lastIndex = at;
		const match = part.exec(text);
		if (!match) return undefined;
		at = part.lastIndex;
		const [, single, double, plain, braced, literal] = match;
		const name = plain ?? braced;
		if (name === undefined) {
			const fixed = single ?? literal ?? inQuotes(double ?? '', lookUp);
			if (fixed === undefined) return undefined;
			open = (open ?? '') + fixed;
			continue;
		}
		const value = lookUp(name);
		// Quotes in a value stay in the words, which nobody means.
		if (value === undefined || /['"\\`$]/.test(value)) return undefined;
		const pieces = value.split(/[ \t\n]+/);
		pieces.forEach((piece, index) => {
			if (index > 0 && open !== undefined) {
				fields.push(open);
				open = undefined;
			}
			if (piece !== '') open = (open ?? '') + piece;
		});
	}
	if (open !== undefined) fields.push(open);
	return fields;
}

function inQuotes(text: string, lookUp: (name: string) => string | undefined): string | undefined {
	let known = true;
	const result = text.replace(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\}|)/g, (_all, plain?: string, braced?: string) => {
		const value = lookUp(plain ?? braced ?? '');
		if (value === undefined) known = false;
		return value ?? '';
	});
	return known ? result : undefined;
}
