import { posix } from 'node:path';
import { absolutePath, holds } from '../../model/basics/paths';
import type { Context } from '../../model/context/context';
import { foldersOf } from '../../model/files/writtenFiles';
import type { StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';

/** The folder or file that a COPY or ADD writes to; undefined where that is not known. `cwd`: WORKDIR there. */
export function destinationOf({ words }: Instruction, cwd: string | undefined): string | undefined {
	const value = words.at(-1)?.value;
	return value === undefined ? undefined : absolutePath(value, cwd);
}

/** WORKDIR at an instruction of a stage, from the stages and RUNs around it and the instructions themselves. */
export function workdirAt(stage: StageModel, position: number): string | undefined {
	let cwd: string | undefined = stage.image?.passesOn.workdir ?? '/';
	const known = foldersOf(stage);
	for (let at = 0; at < position; at++) {
		const instruction = stage.stage.instructions[at];
		if (instruction?.keyword !== 'WORKDIR' || instruction.onbuild) continue;
		const value = instruction.words[0]?.value;
		cwd = value === undefined ? known[at + 1] : absolutePath(value, cwd);
	}
	return cwd;
}

/** The text of a file of the image that a COPY brought from the build context, where somebody read it. */
export function contextFileAt(stage: StageModel, context: Context, path: string): string | undefined {
	const texts = context.buildContext?.texts;
	if (!texts) return undefined;
	for (let at = stage.stage.instructions.length - 1; at >= 0; at--) {
		const instruction = stage.stage.instructions[at] as Instruction;
		const { keyword, flags, words, onbuild } = instruction;
		if ((keyword !== 'COPY' && keyword !== 'ADD') || onbuild || flags.some(({ name }) => name === 'from' || name === 'parents')) continue;
		const destination = destinationOf(instruction, workdirAt(stage, at));
		if (destination === undefined || !holds(destination, path)) continue;
		for (const { value } of words.slice(0, -1)) {
			if (value === undefined) continue;
			const source = posix.normalize(value.replace(/^\/+/, '')).replace(/\/$/, '') || '.';
			const within = posix.relative(destination, path);
			for (const candidate of candidates(source, within)) {
				const text = texts.get(candidate);
				if (text !== undefined) return text;
			}
		}
	}
	return undefined;
}

/** Where in the build context a file may lie that a source brings to `within` below the destination: the source may be a file, a folder or a pattern. */
function candidates(source: string, within: string): readonly string[] {
	if (/[*?[]/.test(source)) {
		const pattern = new RegExp(
			`^${posix
				.basename(source)
				.replace(/[.+^${}()|\\]/g, '\\$&')
				.replace(/\*/g, '.*')
				.replace(/\?/g, '.')}$`,
		);
		return pattern.test(within) ? [posix.join(posix.dirname(source), within)] : [];
	}
	if (within === '') return [source];
	return source === '.' ? [within] : [...(posix.basename(source) === within ? [source] : []), `${source}/${within}`];
}

/** The user in force at an instruction of a stage; undefined where neither the file nor the base's record says one. */
export function userAt({ stage, image }: StageModel, position: number): string | undefined {
	const user = stage.instructions.slice(0, position).findLast(({ keyword, onbuild }) => keyword === 'USER' && !onbuild);
	return user ? (user.words[0]?.value ?? user.words[0]?.text) : (image?.passesOn.user ?? undefined);
}

/** Where the sources of a COPY or ADD lie in the image, taken for files. */
export function copiedFiles(instruction: Instruction, cwd: string | undefined): readonly string[] {
	const { keyword, words, onbuild } = instruction;
	const destination = destinationOf(instruction, cwd);
	if ((keyword !== 'COPY' && keyword !== 'ADD') || onbuild || destination === undefined) return [];
	const isFolder = words.length > 2 || /\/$|^\.+$/.test(words.at(-1)?.value ?? '') || /\/s?bin$/.test(destination);
	return words.slice(0, -1).flatMap(({ value, text }) => {
		const name = (value ?? text).replace(/\/+$/, '').replace(/^.*\//, '');
		return name === '' || name === '.' ? [] : [isFolder ? `${destination === '/' ? '' : destination}/${name}` : destination];
	});
}
