import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/text/edit';
import { lineEdits } from '../../server/src/text/lineDiff';
import fc from '../support/properties';

describe('edits of whole lines', () => {
	const text = fc
		.tuple(fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', '\r\n', 'x\ry\n', '\u{1f40b}\n'), { maxLength: 20 }), fc.constantFrom('', 'end', '\r'))
		.map(([lines, end]) => lines.join('') + end);

	it('turn the one into the other, in order, and none touches another', () => {
		fc.assert(
			fc.property(text, text, (before, after) => {
				const edits = lineEdits(before, after);
				expect(applyEdits(before, edits)).toBe(after);
				edits.forEach(({ span }, index) => {
					expect(span.start === 0 || before[span.start - 1] === '\n').toBe(true);
					expect(span.start).toBeGreaterThan(edits[index - 1]?.span.end ?? -1);
				});
			}),
		);
	});

	it('leave alone what stays', () => {
		expect(lineEdits('a\nb\nc\nd\n', 'a\nx\nc\n')).toEqual([
			{ span: { start: 2, end: 4 }, text: 'x\n' },
			{ span: { start: 6, end: 8 }, text: '' },
		]);
	});

	it('are none where nothing differs, and one where too much does', () => {
		const many = (letter: string) => Array.from({ length: 1500 }, (_, i) => `${letter}${i}\n`).join('same\n');
		expect(lineEdits('a\n', 'a\n')).toEqual([]);
		expect(lineEdits(many('a'), many('b'))).toEqual([{ span: { start: 0, end: many('a').length }, text: many('b') }]);
	});
});
