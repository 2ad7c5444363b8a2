import { absolutePath } from '../../model/basics/paths';
import { findStage } from '../../model/basics/references';
import type { Invocation } from '../../model/commands/invocation';
import type { BuildContext } from '../../model/context/context';
import type { Model, Run, StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import type { Edit } from '../../text/edit';
import type { Refusal } from '../rewrite';
import { readCargo } from './cargo';
import { readC } from './cc';
import { readGo } from './go';
import { copyOf, fixedValue } from './places';

/** A program that a stage compiles, or gets, and what has to change for it to be static. */
export interface Binary {
	/** Absolute. */
	readonly path: string;
	readonly language: 'Go' | 'Rust' | 'C' | 'ready-made';
	/** Of the command that compiles it. */
	readonly edits: readonly Edit[];
	/** Why it cannot be static, or is not known to be. */
	readonly refusal?: Refusal;
	/** What its being static rests on. */
	readonly assumes: readonly string[];
	/** The folder of its sources. */
	readonly folder: string | undefined;
	/** Any program of the folder `path`: its name is not known. */
	readonly anyName?: boolean;
	/** It is there for sure: its name is written, or something copies or moves it. */
	readonly certain?: boolean;
	/** The COPY or ADD of the stage asked about that brings it. */
	readonly via?: Instruction;
}

/** A command that compiles, with all that decides on it. */
export interface CompileCommand {
	readonly model: Model;
	readonly stage: StageModel;
	readonly run: Run;
	readonly invocation: Invocation;
	/** The folder in which it runs. */
	readonly cwd: string | undefined;
	/** Variables that earlier commands of the RUN exported. */
	readonly exported: ReadonlyMap<string, string | undefined>;
	readonly buildContext: BuildContext | undefined;
}

/** What commands of a stage leave: programs by their paths, and folders. */
export interface Holdings {
	readonly binaries: readonly Binary[];
	readonly folders: ReadonlySet<string>;
}

/** The programs in the files of a stage, those of the stages it is built on and copies from included. */
export function holdingsOf(model: Model, stage: StageModel, buildContext: BuildContext | undefined): Holdings {
	return holdings(model, stage, buildContext, new Map());
}

/** `known`: of the stages that were looked at already, by their index. */
function holdings(model: Model, stage: StageModel, buildContext: BuildContext | undefined, known: Map<number, Holdings>): Holdings {
	const before = known.get(stage.index);
	if (before) return before;
	const parent = stage.base.kind === 'stage' ? model.stages[stage.base.index] : undefined;
	const start = parent ? holdings(model, parent, buildContext, known) : { binaries: [], folders: new Set<string>() };
	const binaries = new Map(start.binaries.map((binary) => [binary.path, binary]));
	const folders = new Set(start.folders);
	const runs = new Map(stage.runs.map((run) => [run.instruction, run]));
	for (const instruction of stage.stage.instructions) {
		if (instruction.onbuild) continue;
		const run = runs.get(instruction);
		if (run) changePrograms(model, stage, run, buildContext, binaries, folders);
		if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
			for (const binary of copiedBy(model, stage, copyOf(model, stage, instruction, folders), (other) => holdings(model, other, buildContext, known)))
				binaries.set(binary.path, binary);
	}
	const found = { binaries: [...binaries.values()], folders };
	known.set(stage.index, found);
	return found;
}

/** The program at a path, or what any program in its folder is. */
export function binaryAt({ binaries }: Holdings, path: string): Binary | undefined {
	const exact = binaries.find((binary) => binary.path === path && !binary.anyName);
	const folder = path.replace(/\/[^/]*$/, '');
	const any = /\/[\w-]+$/.test(path) ? binaries.find((binary) => binary.anyName && binary.path === folder) : undefined;
	return exact ?? (any && { ...any, path, anyName: false });
}

/** Names by which people call what is linked statically. */
const saysStatic = /[-_.]static$|-linux-musl(?:eabi(?:hf)?)?(?:\/release\/[\w-]+)?$/;

function copiedBy(
	model: Model,
	stage: StageModel,
	{ instruction, from, sources, destination, intoFolder }: ReturnType<typeof copyOf>,
	holdingsOfStage: (stage: StageModel) => Holdings,
): readonly Binary[] {
	if (destination === undefined) return [];
	const target = (source: string) => (intoFolder ? `${destination === '/' ? '' : destination}/${source.replace(/\/+$/, '').replace(/^.*\//, '')}` : destination);
	if (from === undefined) {
		return sources.flatMap((source): Binary[] => {
			if (source === undefined || !/(?:^|\/)[\w-]+$/.test(source.replace(/[-.]static$/, '-static')) || /^(?:https?:|git@)/.test(source)) return [];
			const path = target(source);
			const said = saysStatic.test(source);
			return [
				{
					path,
					language: 'ready-made',
					edits: [],
					folder: undefined,
					via: instruction,
					certain: true,
					assumes: [`${source} is statically linked.`],
					...(said ? {} : { refusal: { because: `${source} is copied ready-made and may need libraries of the base; compile it in a stage`, span: instruction.span } }),
				},
			];
		});
	}
	const index = findStage(model.file, from, stage.index);
	const other = index === undefined ? undefined : model.stages[index];
	if (!other) return [];
	const there = holdingsOfStage(other);
	return sources.flatMap((source): Binary[] => {
		const path = source === undefined ? undefined : absolutePath(source, '/');
		if (source === undefined || path === undefined) return [];
		const one = binaryAt(there, path);
		if (one) return [{ ...one, path: target(source), via: instruction, certain: true }];
		return there.binaries
			.filter((binary) => path === '/' || binary.path.startsWith(`${path}/`))
			.map((binary) => ({ ...binary, via: instruction, path: `${destination === '/' ? '' : destination}${binary.path.slice(path === '/' ? 0 : path.length)}` }));
	});
}

/** What the commands of a RUN compile, copy and move. */
function changePrograms(model: Model, stage: StageModel, run: Run, buildContext: BuildContext | undefined, binaries: Map<string, Binary>, folders: Set<string>): void {
	const put = (made: readonly Binary[]) => {
		for (const binary of made) binaries.set(binary.path, binary);
	};
	let cwd = run.cwd;
	const exported = new Map<string, string | undefined>();
	for (const invocation of run.invocations) {
		const { program, args, command } = invocation;
		if (program === 'export') for (const { value, text } of args) exported.set(text.replace(/=.*$/s, ''), value?.includes('=') ? value.slice(value.indexOf('=') + 1) : undefined);
		if (program === 'cd' && args[0]) {
			const to = fixedValue(args[0], run, stage);
			cwd = to === undefined || !command.topLevel ? undefined : absolutePath(to, cwd);
		}
		const values = args.filter(({ text }) => !text.startsWith('-')).map((word) => fixedValue(word, run, stage));
		const paths = values.map((value) => (value === undefined ? undefined : absolutePath(value, cwd)));
		if (program === 'mkdir') for (const path of paths) if (path !== undefined) folders.add(path);
		if ((program === 'mv' || program === 'cp' || program === 'install') && paths.length === 2 && !args.some(({ text }) => /^-(?:-target|t|d|m$)/.test(text))) {
			const [source, to] = paths;
			const binary = source === undefined ? undefined : binaryAt({ binaries: [...binaries.values()], folders }, source);
			const isFolder =
				to !== undefined &&
				(values[1]?.endsWith('/') || values[1]?.endsWith('.') || folders.has(to) || /^\/(?:usr\/)?(?:local\/)?s?bin$|^\/(?:go\/bin|opt|root|tmp|srv)?$/.test(to));
			if (binary && source !== undefined && to !== undefined) {
				if (program === 'mv') binaries.delete(source);
				put([{ ...binary, certain: true, path: isFolder ? `${to === '/' ? '' : to}/${source.replace(/^.*\//, '')}` : to }]);
			}
		}
		const compile: CompileCommand = { model, stage, run, invocation, cwd, exported, buildContext };
		if (program === 'go') put(readGo(compile));
		else if (program === 'cargo') put(readCargo(compile));
		else if (program !== undefined && /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+)$/.test(program)) put(readC(compile));
	}
}
