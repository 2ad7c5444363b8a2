import type { Containerfile, Instruction } from '../../syntax/containerfile';
import type { Word } from '../../text/span';
import { absolutePath, holds } from '../basics/paths';
import { remember } from '../basics/remember';
import type { Model, StageModel } from '../stages/model';

/** What an instruction may have brought: exactly this path, or anything at or below it. */
interface Place {
	readonly path: string;
	readonly isFile: boolean;
}

/** An instruction of a stage's chain with what it may have brought. */
interface Brought {
	readonly instruction: Instruction;
	readonly places: readonly Place[];
}

const anything: readonly Place[] = [{ path: '/', isFile: false }];

/** Whether a stage's root is empty at its bottom: FROM scratch, for Linux. */
export function beginsEmpty({ stages, file }: Model, stage: StageModel): boolean {
	const bottom = stages[stage.bottom];
	return bottom?.base.kind === 'scratch' && file.escape === '\\' && !bottom.stage.from.flags.some(({ value = '' }) => value.startsWith('windows'));
}

/**
 * The first instruction of a stage, or of those it is built on, that may have brought one of some paths which its bottom has not; undefined where none can have:
 * every RUN may, and every COPY and ADD that is not known to put something else there.
 */
export function bringerOf(model: Model, stage: StageModel, paths: readonly string[]): Instruction | undefined {
	const known = bringers(model);
	const key = paths.join(' ');
	const firsts = known.get(key) ?? firstBringers(model, paths);
	known.set(key, firsts);
	return firsts[stage.index];
}

/** What bringerOf answered, by the paths. */
const bringers = remember((_model: Model) => new Map<string, readonly (Instruction | undefined)[]>());

function firstBringers(model: Model, paths: readonly string[]): readonly (Instruction | undefined)[] {
	const brings = ({ places }: Brought) => places.some(({ path, isFile }) => paths.some((wanted) => (isFile ? path === wanted : holds(path, wanted))));
	const firsts: (Instruction | undefined)[] = [];
	for (const { base, index } of model.stages) {
		firsts[index] = (base.kind === 'stage' ? firsts[base.index] : undefined) ?? broughtBy(model)[index]?.find(brings)?.instruction;
	}
	return firsts;
}

/** The instructions of a stage and of those it is built on, but ONBUILD's. */
export function chainInstructions({ stages }: Model, { chain }: StageModel): readonly Instruction[] {
	return chain.flatMap((index) => stages[index]?.stage.instructions ?? []).filter(({ onbuild }) => !onbuild);
}

/** What the instructions of each stage bring, in their order. */
const broughtBy = remember((model: Model): readonly (readonly Brought[])[] => {
	const compiled = compiledNames(model.file);
	const folders: (string | undefined)[] = [];
	return model.stages.map(({ base, image, index, stage }) => {
		let cwd = base.kind === 'stage' ? folders[base.index] : (image?.passesOn.workdir ?? '/');
		const brought: Brought[] = [];
		const started = ['CMD', 'ENTRYPOINT'].flatMap((keyword) => stage.instructions.findLast((one) => one.keyword === keyword)?.words[0]?.value?.replace(/\s.*$/s, '') ?? []);
		for (const instruction of stage.instructions) {
			const { keyword, words, onbuild } = instruction;
			if (onbuild) continue;
			if (keyword === 'WORKDIR') cwd = words[0]?.value === undefined ? undefined : absolutePath(words[0].value, cwd);
			else if (keyword === 'RUN') brought.push({ instruction, places: anything });
			else if (keyword === 'COPY' || keyword === 'ADD') brought.push({ instruction, places: placesOf(instruction, cwd, compiled, started) });
		}
		folders[index] = cwd;
		return brought;
	});
});

/** `compiled`: names of compilers' outputs; `started`: programs that the stage starts. What is copied under one of these names is a file. */
function placesOf(instruction: Instruction, cwd: string | undefined, compiled: ReadonlySet<string>, started: readonly string[]): readonly Place[] {
	const { keyword, words, flags, heredocs } = instruction;
	const last = words.at(-1)?.value;
	const destination = last === undefined || last.includes('$') ? undefined : absolutePath(last, cwd);
	if (last === undefined || destination === undefined || flags.some(({ name }) => name === 'parents')) return anything;
	const below = { path: destination, isFile: false };
	const sources = words.slice(0, -1);
	const isFolder = /(?:^|\/)\.{0,2}$/.test(last) || sources.length + heredocs.length > 1;
	return [
		...heredocs.map(() => below),
		...sources.flatMap((source): readonly Place[] => {
			const name = nameOf(source);
			if (name === undefined || (keyword === 'ADD' && isUnpacked(name, flags))) return [below];
			const inside = absolutePath(name, destination) ?? destination;
			const isStarted = started.some((program) => program === name || (program.includes('/') && absolutePath(program, cwd) === inside));
			if (!isFile(source) && !compiled.has(name) && !isStarted) return [below];
			// A destination that is no folder by its name may still be one.
			return [...(isFolder ? [] : [{ path: destination, isFile: true }]), { path: inside, isFile: true }];
		}),
	];
}

/** The last part of what is copied; undefined where it is not known, or is a folder for sure. */
function nameOf({ value }: Word): string | undefined {
	const name = value?.replace(/[?#].*$/, '').replace(/^.*\//, '');
	return name !== undefined && /^[\w@%+=:,.-]*\w$/.test(name) && !value?.includes('$') ? name : undefined;
}

/** Files by their names' ends, which folders have not; by where they lie, since folders of programs hold nothing else; and those that everybody knows. */
const ofFiles =
	/\.(?:crt|pem|cer|key|jar|war|js|mjs|json|ya?ml|toml|ini|cfg|properties|txt|md|html|css|sh|py|exe|so|wasm|go|tar|tgz|txz|gz|xz|bz2|zst|zip)$|(?:^|\/)s?bin\/[\w.+-]+$|^\/?etc\/(?:passwd|group|shadow|nsswitch\.conf)$/;

function isFile({ value = '' }: Word): boolean {
	return ofFiles.test(value) || (/^https?:\/\//.test(value) && !/\.git(?:#|$)/.test(value));
}

/** The names that compilers are told to give their output, but those that may as well be folders'; dotnet's output is a folder. */
function compiledNames({ text }: Containerfile): ReadonlySet<string> {
	if (/\bdotnet\b/.test(text)) return new Set();
	const names = [...text.matchAll(/\s-o[ \t=]+["']?(?:[\w.$(){}-]*\/)*([\w.+-]+)(?=["']?(?:[\s;&|\\]|$))/g)].map(([, name = '']) => name);
	return new Set(names.filter((name) => !/^(?:bin|build|dist|out|output|target|release)$/.test(name)));
}

function isUnpacked(name: string, flags: Instruction['flags']): boolean {
	return flags.some((flag) => flag.name === 'unpack') || /\.(?:tar|tgz|txz|tbz2?|tar\.\w+|gz|xz|bz2|zst)$/.test(name);
}
