import { parseShell } from '../../shell/parse';
import type { Instruction } from '../../syntax/containerfile';
import { remember } from '../basics/remember';
import { unwrap } from '../commands/invocation';
import type { Model } from '../stages/model';

/** What a container of the image starts, as far as the file says it itself. */
export interface Started {
	/** Program and arguments, an init in front taken off; undefined where a shell with more than one plain command starts it. */
	readonly words: readonly string[] | undefined;
	/** ENTRYPOINT and CMD as written. */
	readonly text: string;
}

/** What the image starts, by the last ENTRYPOINT and CMD of the stages that ship; undefined where none of them names anything. */
export const startedBy = remember((model: Model): Started | undefined => {
	let entrypoint: Instruction | undefined;
	let cmd: Instruction | undefined;
	for (const index of model.target?.chain ?? []) {
		for (const instruction of model.stages[index]?.stage.instructions ?? []) {
			if (instruction.onbuild) continue;
			if (instruction.keyword === 'CMD') cmd = instruction;
			if (instruction.keyword !== 'ENTRYPOINT') continue;
			// It takes away a CMD of the image it is built on.
			if (cmd?.stage !== instruction.stage) cmd = undefined;
			entrypoint = instruction;
		}
	}
	const parts = [entrypoint, cmd].flatMap((one) => one ?? []);
	const text = parts.map(({ args }) => model.file.text.slice(args.start, args.end)).join(' ');
	if (/^[[\]\s]*$/.test(text)) return undefined;
	const words = entrypoint && !entrypoint.exec ? wordsOf(model, entrypoint) : joined(parts.map((one) => wordsOf(model, one)));
	return { words: words && withoutInit(words), text };
});

/** A program's name without its folder. */
export function programOf([program = '']: readonly string[]): string {
	return program.replace(/^.*\//, '');
}

/** The words of a script that is one plain command; undefined for any other. */
export function plainWords(text: string): readonly string[] | undefined {
	const script = parseShell(text, 0, text);
	const [only, other] = script.commands;
	if (script.broken || !only || other || !only.topLevel) return undefined;
	const { name, args } = unwrap(only);
	const values = [...(name ? [name] : []), ...args].map(({ value }) => value);
	return values.every((value) => value !== undefined) ? values : undefined;
}

function wordsOf(model: Model, { exec, args }: Instruction): readonly string[] | undefined {
	if (!exec) return plainWords(model.file.text.slice(args.start, args.end).replace(/[\\`]\r?\n/g, ' '));
	const words = exec.map(({ value, text }) => value ?? text);
	const [program = '', option = '', script = ''] = words;
	return /(?:^|\/)(?:ba|da|a)?sh$/.test(program) && /^-[a-z]*c$/.test(option) ? plainWords(script) : words;
}

function joined(parts: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
	return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

/** Without an init, which starts what stands behind its own options: `tini -g --`. */
function withoutInit(words: readonly string[]): readonly string[] {
	if (!/^(?:tini|tini-static|dumb-init|catatonit)$/.test(programOf(words))) return words;
	const at = words.findIndex((word, index) => index > 0 && !word.startsWith('-'));
	return at < 0 ? words : words.slice(at);
}
