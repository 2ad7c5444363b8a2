import type { StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import type { Refusal } from '../rewrite';

/** What a container of a stage starts, as its own ENTRYPOINT and CMD say. */
export interface Started {
	/** Program and arguments. */
	readonly words: readonly string[];
	/** The instruction that names the program. */
	readonly instruction: Instruction;
	/** ENTRYPOINT is the file's own; else the base's, if it has one, comes before the words. */
	readonly entrypoint: boolean;
	/** Shell forms of plain words, as exec forms. */
	readonly instead: ReadonlyMap<Instruction, string>;
}

/** Words that a shell hands on as they are. */
const plainWord = /^[\w@%+=:,./-]+$/;

/** What a stage starts without a shell; a refusal where only a shell could; undefined where the stage itself says nothing. */
export function startedBy({ stage }: StageModel): Started | Refusal | undefined {
	const last = (keyword: string) => stage.instructions.findLast((instruction) => instruction.keyword === keyword && !instruction.onbuild);
	const entrypoint = last('ENTRYPOINT');
	const cmd = last('CMD');
	const instruction = entrypoint ?? cmd;
	if (!instruction) return undefined;
	const instead = new Map<Instruction, string>();
	const words: string[] = [];
	for (const one of [entrypoint, cmd]) {
		if (!one) continue;
		if (!one.exec) {
			if (entrypoint && cmd) return { because: `${one.keyword} is in shell form beside ${one === cmd ? 'an ENTRYPOINT' : 'a CMD'}; write both as JSON arrays`, span: one.span };
			const plain = one.words.map(({ text }) => text);
			if (plain[0] === 'exec') plain.shift();
			const [program] = plain;
			if (program === undefined || program.includes('=') || !plain.every((word) => plainWord.test(word)))
				return { because: `${one.keyword} needs a shell; write it as a JSON array`, span: one.span };
			instead.set(one, `${one.keyword} ${jsonArray(plain)}`);
			words.push(...plain);
		} else words.push(...one.exec.map(({ value }) => value ?? ''));
	}
	const [program = ''] = words;
	if (program === '') return undefined;
	if (/^(?:.*\/)?(?:ba|da|a)?sh$/.test(program)) return { because: `a shell starts the program; let ${instruction.keyword} name it`, span: instruction.span };
	return { words, instruction, entrypoint: entrypoint !== undefined, instead };
}

/** A JSON array of strings as people write it in an exec form. */
export function jsonArray(words: readonly string[]): string {
	return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** The words of a HEALTHCHECK in exec form; undefined for one in shell form. `NONE` has no words. */
export function healthcheckWords(text: string, { args }: Instruction): readonly string[] | undefined {
	const body = text.slice(args.start, args.end).trim();
	if (/^NONE$/i.test(body)) return [];
	const array = /^CMD\s+(\[[\s\S]*\])$/i.exec(body)?.[1];
	if (array === undefined) return undefined;
	try {
		const words: unknown = JSON.parse(array.replace(/\\\r?\n/g, ' '));
		return Array.isArray(words) && words.every((word): word is string => typeof word === 'string') ? words : undefined;
	} catch {
		return undefined;
	}
}
