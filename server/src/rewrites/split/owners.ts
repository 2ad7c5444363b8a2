import { absolutePath, holds } from '../../model/basics/paths';
import type { Instruction } from '../../syntax/containerfile';
import type { Refusal } from '../rewrite';
import type { Act, Goods, Shop } from './ecosystem';
import { destinationOf, userAt, workdirAt } from './sources';

/** A root that gets another owner or mode in the builder gets it in the image too: COPY keeps those of what is in a folder, not those of the folder. */
export function ownersOf({ model, roots, acts }: Shop, goods: Goods, edits: readonly Act[]): readonly string[] {
	const files = new Set(acts.flatMap(({ effect }) => (effect.kind === 'make' && effect.isFile ? effect.writes : [])));
	const folders = new Set<string>();
	const commands = edits.flatMap(({ effect, invocation }) => {
		if (invocation.args.some(({ value }) => isMissing(goods, value))) return [];
		const touched = effect.kind === 'edit' && effect.owns ? roots.filter((root) => !files.has(root) && effect.paths.some((path) => holds(path, root))) : [];
		for (const root of touched) folders.add(root);
		const words = invocation.args.map(({ span }) => model.file.text.slice(span.start, span.end));
		const mode = words.find((word) => !/^-(?!.*[rwx]$)/.test(word));
		return touched.length === 0 ? [] : [`${invocation.program} ${mode} ${touched.join(' ')}`];
	});
	return commands.length === 0 ? [] : [`RUN ${[`mkdir -p ${[...folders].join(' ')}`, ...commands].join(' && ')}`];
}

/**
 * The owner of a root that a COPY with --chown makes: builders give it to the folders that they make for it, too, which COPY --from does not.
 * Undefined where the folder is there before or stays root's; a refusal where nobody in force may make it.
 */
export function ownerByCopy(shop: Shop, goods: Goods, instruction: Instruction, position: number): string | Refusal | undefined {
	const { stage, roots } = shop;
	const owner = instruction.flags.find(({ name }) => name === 'chown')?.value;
	const destination = destinationOf(instruction, workdirAt(stage, position));
	const root = roots.find((one) => destination !== undefined && holds(one, destination));
	if (owner === undefined || /^(?:root|0)(?::(?:root|0))?$/.test(owner) || root === undefined || isMissing(goods, owner) || isMadeBefore(shop, root, position)) return undefined;
	if (!/^(?:root|0)(?::.*)?$/.test(userAt(stage, position) ?? 'root'))
		return { because: `${root} is made here for ${owner}, which only root can do in the other stage; make it before USER`, span: instruction.span };
	return `RUN mkdir -p ${root} && chown ${owner} ${root}`;
}

function isMissing({ lacksUsers }: Goods, owner: string | undefined): boolean {
	return lacksUsers?.includes(owner?.replace(/[:.].*$/, '') ?? '') ?? false;
}

function isMadeBefore({ stage, acts }: Shop, root: string, position: number): boolean {
	return stage.stage.instructions.slice(0, position).some((instruction, at) => {
		if (instruction.keyword === 'WORKDIR') {
			const path = absolutePath(instruction.words[0]?.value ?? '', workdirAt(stage, at));
			return path !== undefined && holds(root, path);
		}
		if (instruction.keyword === 'RUN') {
			return acts.some(
				({ run, effect }) => run.position === at && (effect.kind === 'edit' ? effect.paths : effect.kind === 'make' ? effect.writes : []).some((path) => holds(root, path)),
			);
		}
		const destination = instruction.keyword === 'COPY' || instruction.keyword === 'ADD' ? destinationOf(instruction, workdirAt(stage, at)) : undefined;
		return destination !== undefined && holds(root, destination);
	});
}
