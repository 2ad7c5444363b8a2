import type { Containerfile, Instruction, Stage } from '../syntax/containerfile';
import { applyEdits, type Edit } from '../text/edit';
import { lineEdits } from '../text/lineDiff';

/** What a new stage is made of: an instruction as it stands, one with another text in its place, or new text. New text has `\n` line ends and no final one. */
export type Piece = Instruction | { readonly instead: Instruction; readonly text: string } | string;

/**
 * The edits that put new stages in the place of one. Instructions keep their bytes, and those and what stands instead of them the comments and blank lines above.
 * An instruction that no piece names goes, with the comments above it. Each new stage starts with its FROM; stages are separated by a blank line.
 */
export function replaceStage(file: Containerfile, stage: Stage, stages: readonly (readonly Piece[])[]): readonly Edit[] {
	const leads = leadsOf(file, stage);
	const own = (text: string) => text.replaceAll('\n', file.newline);
	const written = stages.map((pieces) =>
		pieces
			.map((piece, index) => {
				const source = typeof piece === 'string' ? undefined : 'instead' in piece ? piece.instead : piece;
				const body = typeof piece === 'string' ? own(piece) : 'instead' in piece ? own(piece.text) : file.text.slice(piece.span.start, piece.span.end);
				const lead = (source && leads.get(source)) ?? file.newline;
				return (index === 0 ? lead.trimStart() : lead) + body;
			})
			.join(''),
	);
	const span = { start: stage.from.span.start, end: (stage.instructions.at(-1) ?? stage.from).span.end };
	return lineEdits(file.text, applyEdits(file.text, [{ span, text: written.join(file.newline + file.newline) }]));
}

/** What stands between the line of the instruction before and each: a line end, blank lines, comments. FROM leaves what is above it where it is. */
function leadsOf(file: Containerfile, stage: Stage): ReadonlyMap<Instruction, string> {
	const all = [stage.from, ...stage.instructions];
	return new Map(all.map((instruction, index) => [instruction, index === 0 ? '' : file.text.slice(all[index - 1]?.span.end, instruction.span.start).replace(/^[ \t]+/, '')]));
}
