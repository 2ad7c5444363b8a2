import { describe, expect, it } from 'vitest';
import { contains, overlaps, slice, span } from '../../server/src/text/span';
import fc from '../support/properties';

describe('spans', () => {
	it('are half-open', () => {
		expect(slice('abcdef', span(1, 3))).toBe('bc');
		expect(slice('abcdef', span(2, 2))).toBe('');
	});

	it.each([
		[span(2, 5), span(2, 5), true],
		[span(2, 5), span(3, 3), true],
		[span(2, 5), span(5, 5), true],
		[span(2, 5), span(4, 6), false],
		[span(2, 5), span(1, 3), false],
		[span(2, 2), span(2, 3), false],
	])('%j contains %j: %j', (outer, inner, expected) => {
		expect(contains(outer, inner)).toBe(expected);
	});

	it.each([
		['share a character', span(2, 5), span(4, 8), true],
		['one inside the other', span(2, 8), span(4, 5), true],
		['touch', span(2, 5), span(5, 8), false],
		['are apart', span(2, 5), span(6, 8), false],
		['an insertion inside', span(2, 5), span(3, 3), true],
		['an insertion at the start', span(2, 5), span(2, 2), true],
		['an insertion at the end', span(2, 5), span(5, 5), true],
		['an insertion after', span(2, 5), span(6, 6), false],
		['two insertions at one place', span(4, 4), span(4, 4), true],
		['two insertions apart', span(4, 4), span(5, 5), false],
	])('overlap where they %s', (_what, a, b, expected) => {
		expect([overlaps(a, b), overlaps(b, a)]).toEqual([expected, expected]);
	});

	it('that share a character overlap, whichever they are', () => {
		const any = fc.tuple(fc.nat(12), fc.nat(12)).map(([a, b]) => span(Math.min(a, b), Math.max(a, b)));
		fc.assert(
			fc.property(any, any, (a, b) => {
				const shared = Array.from({ length: 12 }, (_, i) => span(i, i + 1)).some((one) => contains(a, one) && contains(b, one));
				if (shared) expect(overlaps(a, b)).toBe(true);
				else if (a.start < a.end && b.start < b.end) expect(overlaps(a, b)).toBe(false);
			}),
		);
	});
});
