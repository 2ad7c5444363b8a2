import { describe, expect, it } from 'vitest';
import { editsBetween } from '../../server/src/lsp/lineEdits';
import { applyEdits } from '../../server/src/text/edit';
import fc from '../support/properties';

describe('edits between two texts', () => {
	const line = fc.constantFrom('FROM a', 'RUN b', 'RUN b && c', '', '\u{1f40b}', '\u{1f40c}', 'x\ry', '\u{1f40b}\u{1f40c}');
	const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '')), { maxLength: 12 }).map((lines) => lines.flat().join(''));

	it('turn the one into the other', () => {
		fc.assert(
			fc.property(text, text, (before, after) => {
				expect(applyEdits(before, editsBetween(before, after))).toBe(after);
			}),
		);
	});

	it('never tear a line end or a surrogate pair', () => {
		const torn = (whole: string, cut: number) => /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(whole.slice(cut - 1, cut + 1)) && cut > 0;
		fc.assert(
			fc.property(text, text, (before, after) => {
				for (const { span } of editsBetween(before, after)) expect([torn(before, span.start), torn(before, span.end)]).toEqual([false, false]);
			}),
		);
	});

	it('are small: one insertion for each line that was appended to', () => {
		const before = 'FROM a\nRUN b\nRUN c\nRUN d\n';
		const after = 'FROM a\nRUN b && e\nRUN c\nRUN d && f\n';
		expect(editsBetween(before, after)).toEqual([
			{ span: { start: 12, end: 12 }, text: ' && e' },
			{ span: { start: 24, end: 24 }, text: ' && f' },
		]);
	});

	it('keep lines that stay between lines that go and lines that come', () => {
		const before = 'a\nb\nc\nd\ne\n';
		const after = 'b\nx\nd\ne\nf\n';
		const edits = editsBetween(before, after);
		expect(applyEdits(before, edits)).toBe(after);
		expect(edits.map(({ span }) => before.slice(span.start, span.end))).toEqual(['a\n', 'c', '']);
	});

	it('are one replacement where next to nothing is the same', () => {
		const before = Array.from({ length: 3000 }, (_, i) => `old ${i}\n`).join('');
		const after = Array.from({ length: 3000 }, (_, i) => `new ${i}\n`).join('');
		expect(editsBetween(before, after)).toHaveLength(1);
		expect(applyEdits(before, editsBetween(before, after))).toBe(after);
	});

	it('are none where nothing differs', () => {
		expect(editsBetween('FROM a\n', 'FROM a\n')).toEqual([]);
	});
});
