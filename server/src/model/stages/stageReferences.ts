import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { unquote } from '../../syntax/words';
import type { Span } from '../../text/span';

/** A place that names a stage or an image: FROM, `COPY --from=`, `from=` of a mount. */
export interface StageReference {
	readonly instruction: Instruction;
	/** As written, quotes off. */
	readonly text: string;
	/** The place of the name, its quotes included. */
	readonly span: Span;
}

/** All of them, in the order of the file, ONBUILD's too. */
export function stageReferences(file: Containerfile): readonly StageReference[] {
	return file.instructions.flatMap((instruction) => {
		const { keyword, flags, words } = instruction;
		if (keyword === 'FROM') return words.slice(0, 1).map(({ text, span }) => ({ instruction, text, span }));
		return flags.flatMap(({ name, span }) => {
			const written = file.text.slice(span.start, span.end);
			const found = (keyword === 'COPY' && name === 'from' ? /^--from=(.*)$/s : keyword === 'RUN' && name === 'mount' ? /[=,"']from=([^,"']*)/ : undefined)?.exec(written);
			if (found?.[1] === undefined) return [];
			const end = span.start + found.index + found[0].length;
			return [{ instruction, text: unquote(found[1]), span: { start: end - found[1].length, end } }];
		});
	});
}
