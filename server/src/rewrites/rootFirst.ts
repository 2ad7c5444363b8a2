import { headOf } from '../advice/attachedComments';
import { normalizePath } from '../model/basics/paths';
import { findStage } from '../model/basics/references';
import { type Model, reachesImage } from '../model/stages/model';
import type { Containerfile, Instruction, Stage } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';

/** What says how an image is started and changes no file. */
const settings = new Set(['ARG', 'CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'STOPSIGNAL', 'USER', 'VOLUME']);

/**
 * The edits that put the COPY of a root right behind its `FROM scratch`, where only settings stand before it; none where it is there or where its order counts.
 * Tried: of `FROM scratch` and a setting podman 4.3.1 keeps an image without a layer, on which `podman images` fails once a manifest list is there.
 */
export function moveRootFirst({ file, stages }: Model, index: number, root: string): readonly Edit[] {
	return stages.flatMap((one) => {
		if (one.base.kind !== 'scratch' || !reachesImage(one, '/')) return [];
		const { instructions, from } = one.stage;
		const at = instructions.findIndex((instruction) => copiesRoot(file, one.stage, instruction, index, root));
		const copy = instructions[at];
		if (!copy || at === 0 || !instructions.slice(0, at).every(({ keyword, onbuild }) => settings.has(keyword) && !onbuild)) return [];
		const piece = pieceOf(file, copy);
		return [
			{ span: { start: from.span.end, end: from.span.end }, text: file.newline + file.text.slice(piece.start, copy.span.end) },
			{ span: piece, text: '' },
		];
	});
}

function copiesRoot(file: Containerfile, stage: Stage, { keyword, onbuild, flags, words, span }: Instruction, index: number, root: string): boolean {
	const from = flags.find(({ name }) => name === 'from')?.value;
	if (keyword !== 'COPY' || onbuild || from === undefined || file.text.slice(span.start, span.end).includes('$')) return false;
	const [source, destination] = words.map(({ value }) => normalizePath(value ?? '', undefined));
	return words.length === 2 && findStage(file, from, stage.index) === index && source === root && destination === '/';
}

/** An instruction with the comment lines right above it and what ends its last line; between two blank lines it takes one of them along. */
function pieceOf(file: Containerfile, instruction: Instruction): Span {
	const { text } = file;
	const { span } = instruction;
	const start = headOf(file, instruction);
	const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(span.end))?.[0].length ?? 0;
	const blank = /\n[ \t]*\r?\n$/.test(text.slice(0, start)) ? (/^[ \t]*(?:\r?\n|$)/.exec(text.slice(span.end + rest))?.[0].length ?? 0) : 0;
	return { start, end: span.end + rest + blank };
}
