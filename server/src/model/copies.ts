import type { Containerfile, Instruction, Stage } from '../syntax/containerfile';
import type { Word } from '../text/span';
import { expand, type Variables } from './expand';
import { normalizePath, related } from './paths';
import { assignmentsOf, findStage } from './references';

interface CopyFrom {
	readonly stage: number;
	/** Normalized; `/` where they are not known. */
	readonly sources: readonly string[];
	/** The same. */
	readonly destination: string;
}

/**
 * For every stage the paths of its files that COPY --from takes into the image, through other stages too.
 * `chains`: the stages each is built on, itself included; `shipping`: those whose layers are in the image.
 */
export function copiedOutOf(file: Containerfile, chains: readonly (readonly number[])[], shipping: ReadonlySet<number>, globals: Variables): readonly (readonly string[])[] {
	const copies = file.stages.map((stage) => copiesIn(file, stage, chains[stage.index] ?? [], globals));
	const reached = file.stages.map(() => new Set<string>());
	const visit = (index: number, path: string): void => {
		for (const member of chains[index] ?? []) {
			if (reached[member]?.has(path)) continue;
			reached[member]?.add(path);
			for (const copy of copies[member] ?? []) if (related(copy.destination, path)) for (const source of copy.sources) visit(copy.stage, source);
		}
	};
	for (const index of shipping) for (const copy of copies[index] ?? []) for (const source of copy.sources) visit(copy.stage, source);
	return reached.map((paths) => [...paths]);
}

function copiesIn(file: Containerfile, stage: Stage, chain: readonly number[], globals: Variables): readonly CopyFrom[] {
	// Most files copy from no stage, or by names without variables.
	if (!stage.instructions.some(({ keyword, flags }) => keyword === 'COPY' && flags.some(({ name }) => name === 'from'))) return [];
	const variables = new Map<string, string | undefined>();
	const take = (instruction: Instruction) => {
		for (const [name, value] of assignmentsOf(instruction)) variables.set(name, value === undefined ? (globals.get(name) ?? variables.get(name)) : expand(value, variables));
	};
	const below = chain.filter((index) => index !== stage.index).flatMap((index) => file.stages[index]?.instructions ?? []);
	for (const instruction of below) if (instruction.keyword === 'ENV') take(instruction);
	return stage.instructions.flatMap((instruction) => {
		if (instruction.keyword === 'ENV' || instruction.keyword === 'ARG') take(instruction);
		return copyFrom(file, instruction, stage.index, variables);
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
