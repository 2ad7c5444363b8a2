import type { Basis } from '../../advice/advice';

/** What one source says about the weight of many things. */
export interface Weights {
	/** In words: `a package with what it depends on, in Debian 12`. */
	readonly what: string;
	/** How many bytes 1 stands for. */
	readonly unit: number;
	/** One number, or the least and the most. */
	readonly weights: Readonly<Record<string, number | readonly [number, number]>>;
	readonly basis: Basis;
	readonly source: string;
}
