import { editDistance } from '../text/distance';

/** The candidate that a mistyped word most likely meant; undefined where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	let best: string | undefined;
	let least = Math.max(2, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const distance = candidate.startsWith(word) && word.length > 2 ? 1 : editDistance(word.toLowerCase(), candidate);
		if (distance < least) {
			least = distance;
			best = candidate;
		}
	}
	return best;
}
