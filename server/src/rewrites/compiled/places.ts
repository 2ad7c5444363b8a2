import { posix } from 'node:path';
import { expand } from '../../model/basics/expand';
import { absolutePath, holds } from '../../model/basics/paths';
import { assignmentsOf } from '../../model/basics/references';
import { contextSources } from '../../model/context/buildContext';
import type { BuildContext } from '../../model/context/context';
import { foldersOf } from '../../model/files/writtenFiles';
import { isDistribution } from '../../model/stages/distribution';
import type { Model, Run, StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import type { Word } from '../../text/span';

/** Folders that every distribution has, so that COPY without a slash at the end puts a file into them. */
export const systemFolders: ReadonlySet<string> = new Set([
	...[
		'/',
		'/bin',
		'/sbin',
		'/lib',
		'/etc',
		'/opt',
		'/srv',
		'/home',
		'/root',
		'/tmp',
		'/run',
		'/mnt',
		'/media',
		'/usr',
		'/usr/bin',
		'/usr/sbin',
		'/usr/lib',
		'/usr/share',
		'/usr/src',
	],
	...[
		'/usr/local',
		'/usr/local/bin',
		'/usr/local/sbin',
		'/usr/local/lib',
		'/usr/local/share',
		'/usr/local/etc',
		'/var',
		'/var/lib',
		'/var/log',
		'/var/cache',
		'/var/tmp',
		'/var/run',
	],
]);

/** The search path of an image that sets none, and of scratch. */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The folder that a stage ends in, as a container starts there; undefined where it is not known. */
export function lastFolder(model: Model, stage: StageModel): string | undefined {
	return folderAt(model, stage, stage.stage.instructions.length);
}

/** WORKDIR in force before an instruction of a stage that is built on an image, by its position. */
export function folderAt(_model: Model, stage: StageModel, position: number): string | undefined {
	const run = stage.runs.findLast((one) => one.position < position);
	let folder = run ? run.cwd : stage.base.kind === 'image' ? (stage.image?.passesOn.workdir ?? '/') : foldersOf(stage)[0];
	for (const instruction of stage.stage.instructions.slice((run?.position ?? -1) + 1, position)) {
		if (instruction.keyword !== 'WORKDIR' || instruction.onbuild) continue;
		const path = expand(instruction.words[0]?.value ?? instruction.words[0]?.text ?? '', variablesAt(stage, instruction));
		folder = path === undefined ? undefined : absolutePath(path, folder);
	}
	return folder;
}

/** ENV in force before an instruction; ARG, which `--build-arg` decides on, is left out. */
export function variablesAt(stage: StageModel, before: Instruction | undefined): ReadonlyMap<string, string | undefined> {
	const variables = new Map<string, string | undefined>(stage.image && isDistribution(stage.image) ? [['PATH', defaultPath]] : []);
	for (const [name, value] of Object.entries(stage.image?.passesOn.env ?? {})) variables.set(name, value);
	for (const instruction of stage.stage.instructions) {
		if (instruction === before) break;
		if (instruction.onbuild) continue;
		if (instruction.keyword === 'ENV') for (const [name, value] of assignmentsOf(instruction)) variables.set(name, value === undefined ? undefined : expand(value, variables));
		if (instruction.keyword === 'ARG') for (const [name] of assignmentsOf(instruction)) if (!variables.has(name)) variables.set(name, undefined);
	}
	return variables;
}

/** The value of a word of a RUN that neither `--build-arg` nor the shell can change. */
export function fixedValue(word: Word, run: Run, stage: StageModel): string | undefined {
	if (word.value !== undefined) return /[{}*?[]/.test(word.value) ? undefined : word.value;
	const plain = /^"([^"\\`]*)"$|^([^"'\\`*?[]*)$/.exec(word.text);
	const text = plain?.[1] ?? plain?.[2];
	if (text === undefined || text.includes('$(') || run.instruction.script?.assigns.some((name) => text.includes(name))) return undefined;
	return expand(text, variablesAt(stage, run.instruction));
}

/** A COPY or ADD taken apart. */
export interface Copy {
	readonly instruction: Instruction;
	readonly from: string | undefined;
	/** As written, variables in place; undefined where they are not known. */
	readonly sources: readonly (string | undefined)[];
	/** Absolute; undefined where it is not known. */
	readonly destination: string | undefined;
	/** It ends in a slash, or several sources go there, or it is a folder that is known to be there. */
	readonly intoFolder: boolean;
}

/** Takes a COPY or ADD of a stage apart. `folders`: those that are known to be there, besides the system's. */
export function copyOf(model: Model, stage: StageModel, instruction: Instruction, folders: ReadonlySet<string>): Copy {
	const position = stage.stage.instructions.indexOf(instruction);
	const cwd = folderAt(model, stage, position);
	const variables = variablesAt(stage, instruction);
	const values = instruction.words.map(({ value, text }) => value ?? expand(text, variables));
	const written = values.at(-1);
	const destination = written === undefined ? undefined : absolutePath(written, cwd);
	return {
		instruction,
		from: instruction.flags.find(({ name }) => name === 'from')?.value,
		sources: values.slice(0, -1),
		destination,
		intoFolder:
			values.length > 2 ||
			(written !== undefined && /(?:^|\/)\.{0,2}$/.test(written)) ||
			(destination !== undefined && (systemFolders.has(destination) || folders.has(destination) || destination === cwd)),
	};
}

/** The text of a file of the build context that a stage has copied to a path before an instruction; undefined where nobody read it. */
export function textAt(model: Model, stage: StageModel, path: string, before: Instruction, buildContext: BuildContext | undefined): string | undefined {
	if (!buildContext?.texts) return undefined;
	for (const index of [...stage.chain].reverse()) {
		const one = model.stages[index];
		const copies = one?.stage.instructions.filter(({ keyword, span, onbuild }) => (keyword === 'COPY' || keyword === 'ADD') && span.start < before.span.start && !onbuild) ?? [];
		for (const instruction of copies.reverse()) {
			if (!one || instruction.flags.some(({ name }) => name === 'from') || instruction.heredocs.length > 0) continue;
			const { destination } = copyOf(model, one, instruction, new Set());
			if (destination === undefined || !holds(destination, path)) continue;
			const rest = posix.relative(destination, path);
			for (const source of contextSources({ ...model.file, instructions: [instruction] })) {
				const candidates = rest === '' ? [source] : [posix.join(source, rest), ...(posix.basename(source) === rest ? [source] : [])];
				const text = candidates.map((candidate) => buildContext.texts?.get(candidate)).find((found) => found !== undefined);
				if (text !== undefined) return text;
			}
		}
	}
	return undefined;
}

/** The file that a started or called name means: a path, or what the search path finds among the given ones. */
export function findProgram(name: string, cwd: string | undefined, path: string, has: (file: string) => boolean): string | undefined {
	if (name.includes('/')) {
		const file = absolutePath(name, cwd);
		return file !== undefined && has(file) ? file : undefined;
	}
	return path
		.split(':')
		.map((folder) => `${folder}/${name}`)
		.find(has);
}
