import type { Containerfile, Instruction } from '../../syntax/containerfile';
import type { Word } from '../../text/span';
import { expand, type Variables } from '../basics/expand';
import { normalizePath, related } from '../basics/paths';
import { PersistentMap } from '../basics/persistentMap';
import { assignmentsOf, findStage } from '../basics/references';
import type { Base } from './model';

interface CopyFrom {
	readonly stage: number;
	/** Normalized; `/` where they are not known. */
	readonly sources: readonly string[];
	/** The same. */
	readonly destination: string;
}

/**
 * For every stage the paths of its files that COPY --from takes into the image, through other stages too.
 * `bases`: what each stage starts from; `shipping`: those whose layers are in the image.
 */
export function copiedOutOf(file: Containerfile, bases: readonly Base[], shipping: ReadonlySet<number>, globals: Variables): readonly (readonly string[])[] {
	const copies = copiesIn(file, bases, globals);
	const reached = file.stages.map(() => new Set<string>());
	const open: { readonly index: number; readonly path: string }[] = [];
	const take = ({ stage, sources }: CopyFrom) => {
		for (const path of sources) open.push({ index: stage, path });
	};
	for (const index of shipping) copies[index]?.forEach(take);
	for (const { index, path } of open) {
		if (reached[index]?.has(path)) continue;
		reached[index]?.add(path);
		const base = bases[index];
		if (base?.kind === 'stage') open.push({ index: base.index, path });
		for (const copy of copies[index] ?? []) if (related(copy.destination, path)) take(copy);
	}
	return reached.map((paths) => [...paths]);
}

/** The COPYs from stages of every stage. */
function copiesIn(file: Containerfile, bases: readonly Base[], globals: Variables): readonly (readonly CopyFrom[])[] {
	// Most files copy from no stage.
	if (!file.instructions.some(({ keyword, flags }) => keyword === 'COPY' && flags.some(({ name }) => name === 'from'))) return [];
	const behind = (instruction: Instruction, before: PersistentMap<string | undefined>) => {
		let variables = before;
		for (const [name, value] of assignmentsOf(instruction))
			variables = variables.with(name, value === undefined ? (globals.get(name) ?? variables.get(name)) : expand(value, variables));
		return variables;
	};
	// Of the ENVs alone: build arguments end with their stage.
	const environments: PersistentMap<string | undefined>[] = [];
	return file.stages.map((stage, index) => {
		const base = bases[index];
		let environment = (base?.kind === 'stage' ? environments[base.index] : undefined) ?? new PersistentMap<string | undefined>();
		let variables = environment;
		const copies: CopyFrom[] = [];
		for (const instruction of stage.instructions) {
			if (instruction.keyword === 'ENV') environment = behind(instruction, environment);
			if (instruction.keyword === 'ENV' || instruction.keyword === 'ARG') variables = behind(instruction, variables);
			copies.push(...copyFrom(file, instruction, stage.index, variables));
		}
		environments.push(environment);
		return copies;
	});
}

function copyFrom(file: Containerfile, instruction: Instruction, stage: number, variables: Variables): readonly CopyFrom[] {
	if (instruction.keyword !== 'COPY' || instruction.onbuild) return [];
	const from = instruction.flags.find((flag) => flag.name === 'from')?.value;
	const index = from === undefined ? undefined : findStage(file, from, stage);
	if (index === undefined) return [];
	const pathOf = ({ value, text }: Word, cwd: string | undefined) => {
		const known = value ?? (/["'\\]/.test(text) ? undefined : expand(text, variables));
		return (known === undefined ? undefined : normalizePath(known, cwd)) ?? '/';
	};
	const sources = instruction.words.slice(0, -1).map((word) => pathOf(word, '/'));
	// A relative destination depends on WORKDIR, sources never do.
	const [destination = '/'] = instruction.words.slice(-1).map((word) => pathOf(word, undefined));
	return [{ stage: index, sources, destination }];
}
