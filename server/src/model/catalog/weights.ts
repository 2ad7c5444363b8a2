import type { Basis } from '../../advice/advice';

/** What one source says about the weight of many things: one number for each, or the least and the most. */
export interface Weights<Weight extends number | readonly [number, number] = number> {
	/** In words: `a package with what it depends on, in Debian 12`. */
	readonly what: string;
	/** How many bytes 1 stands for. */
	readonly unit: number;
	readonly weights: Readonly<Record<string, Weight>>;
	readonly basis: Basis;
	readonly source: string;
}
