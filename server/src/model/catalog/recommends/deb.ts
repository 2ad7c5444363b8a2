import type { Weights } from '../weights';
import packages from './deb.json';
import needs from './debNeeds.json';

const megabyte = 1_000_000;

/** What apt installs beside a package and what it needs, only because one of them recommends it; sizes in bytes of the unpacked files. */
export interface Recommended {
	/** In the release in which it is least, and where it is most. */
	readonly atLeast: number;
	readonly atMost: number;
	/** What of it is recommended in every release: heaviest first. */
	readonly parts: readonly Part[];
}

/** A recommended package. */
export interface Part {
	readonly name: string;
	/** With what it brings, at most. */
	readonly size: number;
	/** Who recommends it: the package itself or what it needs. */
	readonly by: readonly string[];
}

type Row = readonly [number, number, Readonly<Record<string, readonly [number, string?]>>];

const recommended: ReadonlyMap<string, Recommended> = new Map(
	Object.entries(packages as unknown as Readonly<Record<string, Row>>).map(([owner, [atLeast, atMost, parts]]) => [
		owner,
		{
			atLeast: atLeast * megabyte,
			atMost: atMost * megabyte,
			parts: Object.entries(parts).map(([name, [size, by = owner]]) => ({ name, size: size * megabyte, by: by.split(' ') })),
		},
	]),
);

const needed: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(needs).map(([name, brings]) => [name, brings.split(' ')]));

/** The numbers with who says so. */
export const debRecommends: Weights<readonly [number, number]> = {
	what: 'what apt adds to a package because it is recommended',
	unit: 1,
	weights: Object.fromEntries([...recommended].map(([name, { atLeast, atMost }]) => [name, [atLeast, atMost]])),
	basis: 'catalog',
	source: 'the package lists of Debian 11 to 13 and Ubuntu 16.04 to 24.04 (amd64, 2026-11-21), in the release where it is least and where it is most',
};

/**
 * What comes with a package of Debian and Ubuntu because it is recommended; undefined where that is less than 1 MB in one of the releases, or where it is not
 * known: the lists were worked out for the 1,800 packages that real Containerfiles name most; firefox and chromium-browser are left out, which are empty in Ubuntu.
 */
export function recommendedWith(name: string): Recommended | undefined {
	return recommended.get(name);
}

/** Which of the packages that are recommended or that recommend something a package needs, in one of the releases at least. */
export function neededBy(name: string): readonly string[] {
	return needed.get(name) ?? [];
}
