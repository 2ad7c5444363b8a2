import type { Command, Script } from '../../shell/script';
import type { Word } from '../../text/span';

/** A command with its wrappers (`sudo`, `env X=1`, `time`, `python3 -m`) taken off. */
export interface Invocation {
	readonly command: Command;
	/** The program's name without its folder; undefined where it is not known before the build. */
	readonly program: string | undefined;
	/** The word that names it; undefined for a command of assignments alone. */
	readonly name: Word | undefined;
	/** The words behind the program. */
	readonly args: readonly Word[];
	/** What a command with the same rights has to start with: `sudo `, with the user it names, or nothing. */
	readonly prefix: string;
	/** Its arguments come from elsewhere too (`xargs`). */
	readonly moreArguments: boolean;
	/** The script that it hands to a shell, where that can be read: `bash -c '…'`. Its commands are commands of the RUN, too. */
	readonly script: Script | undefined;
	/** For a command of such a script. */
	readonly within: Within | undefined;
}

/** Where a command of a script within a script stands. */
export interface Within {
	/** The command that hands the script to a shell; it has a script. */
	readonly shell: Invocation;
	/** The command with its place in that script; an invocation's own has the place of `shell` in the RUN. */
	readonly command: Command;
}

/** The words that a word of variables stands for where it is surely known; undefined else. */
export type Expansion = (word: Word) => readonly Word[] | undefined;

/** Wrappers with those of their options that take a value. */
const wrappers: Readonly<Record<string, readonly string[]>> = {
	sudo: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-U', '-D', '-R', '-T'],
	env: ['-u', '-C', '-S'],
	time: ['-f', '-o'],
	nice: ['-n'],
	ionice: ['-c', '-n'],
	timeout: ['-s', '-k'],
	command: [],
	builtin: [],
	exec: ['-a'],
	eatmydata: [],
	nohup: [],
	chronic: [],
	xargs: ['-n', '-I', '-L', '-P', '-a', '-d', '-E', '-s'],
};

/** Takes the wrappers off a command. */
export function unwrap(command: Command): Invocation {
	return unwrapExpanded(command, () => undefined);
}

/** The same with what variables in the place of the program hold. */
export function unwrapExpanded(command: Command, expand: Expansion): Invocation {
	let words = command.words;
	let prefix = '';
	let moreArguments = false;
	for (let depth = 0; depth < 4; depth++) {
		words = expanded(words, expand);
		const name = baseName(words[0]?.value);
		const rest = name === undefined ? undefined : inner(name, words);
		if (!rest) break;
		if (name === 'sudo') prefix = sudoOf(words.slice(0, words.length - rest.length));
		if (name === 'xargs') moreArguments = true;
		words = rest;
	}
	return { command, program: baseName(words[0]?.value), name: words[0], args: words.slice(1), prefix, moreArguments, script: undefined, within: undefined };
}

/** With what a variable that stands in front holds. */
function expanded(words: readonly Word[], expand: Expansion): readonly Word[] {
	const [first, ...rest] = words;
	if (!first || first.value !== undefined) return words;
	const held = expand(first);
	if (!held) return words;
	return held.length > 0 ? [...held, ...rest] : expanded(rest, expand);
}

function inner(name: string, words: readonly Word[]): readonly Word[] | undefined {
	if (/^python[\d.]*$/.test(name)) return words[1]?.value === '-m' && words.length > 2 ? words.slice(2) : undefined;
	const valued = wrappers[name];
	if (!valued) return undefined;
	let at = 1;
	while (at < words.length) {
		const text = words[at]?.text ?? '';
		if (/^[A-Za-z_]\w*=/.test(text) || (name === 'timeout' && /^[\d.]+[smhd]?$/.test(text))) at++;
		else if (text.startsWith('-')) at += valued.includes(text) ? 2 : 1;
		else break;
	}
	return at < words.length ? words.slice(at) : undefined;
}

/** `sudo` with those of its options that say whose rights and whose home it takes. */
function sudoOf(words: readonly Word[]): string {
	const texts = words.slice(1).map(({ text }) => text);
	const kept = texts.filter(
		(text, index) => /^-(?:[EHin]+|[ug]\S*)$|^--(?:user|group|set-home|preserve-env)\b/.test(text) || /^-[ug]$|^--(?:user|group)$/.test(texts[index - 1] ?? ''),
	);
	return `${['sudo', ...kept].join(' ')} `;
}

function baseName(value: string | undefined): string | undefined {
	return value?.replace(/^.*\//, '');
}
