import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Word } from '../text/span';
import { normalizePath, related } from './paths';
import { findStage } from './references';

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
export function copiedOutOf(file: Containerfile, chains: readonly (readonly number[])[], shipping: ReadonlySet<number>): readonly (readonly string[])[] {
	const copies = file.stages.map((stage) => stage.instructions.flatMap((instruction) => copyFrom(file, instruction, stage.index)));
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

function copyFrom(file: Containerfile, instruction: Instruction, stage: number): readonly CopyFrom[] {
	if (instruction.keyword !== 'COPY' || instruction.onbuild) return [];
	const from = instruction.flags.find((flag) => flag.name === 'from')?.value;
	const index = from === undefined ? undefined : findStage(file, from, stage);
	if (index === undefined) return [];
	const pathsOf = (words: readonly Word[], cwd: string | undefined) => words.map(({ value }) => (value === undefined ? undefined : normalizePath(value, cwd)) ?? '/');
	const sources = pathsOf(instruction.words.slice(0, -1), '/');
	// A relative destination depends on WORKDIR, sources never do.
	const [destination = '/'] = pathsOf(instruction.words.slice(-1), undefined);
	return [{ stage: index, sources, destination }];
}
