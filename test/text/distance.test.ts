import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../server/src/text/distance';

describe('the distance of two words', () => {
	it.each([
		['', '', 0],
		['lint', 'lint', 0],
		['', 'lint', 4],
		['lnt', 'lint', 1],
		['lintt', 'lint', 1],
		['lont', 'lint', 1],
		['ilnt', 'lint', 1],
		['kitten', 'sitting', 3],
	])('%s and %s: %i', (a, b, distance) => {
		expect([editDistance(a, b), editDistance(b, a)]).toEqual([distance, distance]);
	});
});

describe('the nearest of some words', () => {
	const words = ['lint', 'fix', 'explain', 'rules'];

	it.each([
		['lnit', 'lint'],
		['Fix', 'fix'],
		['expl', 'explain'],
		['rule', 'rules'],
		['build', undefined],
		['something', undefined],
	])('%s: %s', (word, expected) => {
		expect(nearest(word, words)).toBe(expected);
	});
});
