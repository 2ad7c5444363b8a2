import { describe, expect, it } from 'vitest';
import { applyEdits, collide, type Edit } from '../../server/src/text/edit';

const edit = (start: number, end: number, text: string): Edit => ({ span: { start, end }, text });

describe('edits', () => {
	it('are all applied to the text that was given, in any order', () => {
		expect(applyEdits('FROM a\nRUN b\n', [edit(11, 12, 'long'), edit(5, 6, '')])).toBe('FROM \nRUN long\n');
		expect(applyEdits('FROM a\nRUN b\n', [edit(5, 6, ''), edit(11, 12, 'long')])).toBe('FROM \nRUN long\n');
	});

	it('that insert at one place keep their order', () => {
		expect(applyEdits('ab', [edit(1, 1, '1'), edit(2, 2, 'end'), edit(1, 1, '2'), edit(1, 1, '3')])).toBe('a123bend');
	});

	it('may insert where another one ends or begins', () => {
		expect(applyEdits('abc', [edit(0, 1, 'x'), edit(1, 1, '-')])).toBe('x-bc');
		expect(applyEdits('abc', [edit(1, 1, '-'), edit(1, 2, 'x')])).toBe('a-xc');
	});

	it('at both ends of the text', () => {
		expect(applyEdits('b', [edit(0, 0, 'a'), edit(1, 1, 'c')])).toBe('abc');
		expect(applyEdits('', [edit(0, 0, 'a')])).toBe('a');
	});

	it('none of them change nothing', () => {
		expect(applyEdits('abc', [])).toBe('abc');
	});

	it.each([
		['share a character', [edit(0, 2, 'x'), edit(1, 3, 'y')]],
		['are the same', [edit(0, 2, 'x'), edit(0, 2, 'x')]],
		['insert into what another one replaces', [edit(0, 3, 'x'), edit(1, 1, 'y')]],
		['leave the text', [edit(2, 5, 'x')]],
		['begin before the text', [edit(-1, 1, 'x')]],
		['end before they begin', [edit(2, 1, 'x')]],
	])('that %s are a mistake of ours', (_what, edits) => {
		expect(() => applyEdits('abcd', edits)).toThrow(RangeError);
	});

	it('of two lists collide where any of the one touches any of the other', () => {
		const list = [edit(0, 2, ''), edit(6, 6, 'x')];
		expect(collide(list, [edit(2, 4, '')])).toBe(false);
		expect(collide(list, [edit(1, 4, '')])).toBe(true);
		expect(collide(list, [edit(3, 4, ''), edit(6, 6, 'y')])).toBe(true);
		expect(collide(list, [])).toBe(false);
	});
});
