import { describe, expect, it } from 'vitest';
import type { Basis, Saving } from '../../server/src/advice/advice';
import { describeRange, totalSaving } from '../../server/src/lint/total';

const saving = (of: string, atLeast: number, atMost: number, basis: Basis = 'catalog'): Saving => ({ of, atLeast, atMost, basis, source: 'a test' });

describe('savings together', () => {
	it('are none where there is none', () => {
		expect(totalSaving([])).toBeUndefined();
	});

	it('are added', () => {
		expect(totalSaving([saving('a', 1, 2), saving('b', 10, 20)])).toEqual({ atLeast: 11, atMost: 22, basis: 'catalog' });
	});

	it('count the same bytes once, those of the finding that promises most', () => {
		expect(totalSaving([saving('a', 1, 2), saving('a', 3, 30), saving('a', 5, 20)])).toEqual({ atLeast: 3, atMost: 30, basis: 'catalog' });
	});

	it.each([
		[['measured'], 'measured'],
		[['measured', 'catalog'], 'catalog'],
		[['guess', 'measured', 'catalog'], 'guess'],
	] as const)('of %j are %s', (bases, weakest) => {
		expect(totalSaving(bases.map((basis, index) => saving(`${index}`, 1, 1, basis)))?.basis).toBe(weakest);
	});
});

describe('a range in words', () => {
	it.each([
		[19_000_000, 85_000_000, '19 MB to 85 MB'],
		[8_273_000, 85_200_000, '8.3 MB to 85 MB'],
		[999, 1000, '999 B to 1 kB'],
		[999_499, 999_500, '999 kB to 1 MB'],
		[1_500_000_000, 1_500_000_000, '1.5 GB'],
		[4_000_000_000_000, 4_000_000_000_000, '4000 GB'],
		[19_010_000, 19_020_000, '19 MB'],
		[0, 5_000_000, 'up to 5 MB'],
		[0, 0, '0 B'],
	])('%i to %i: %s', (atLeast, atMost, words) => {
		expect(describeRange(atLeast, atMost)).toBe(words);
	});
});
