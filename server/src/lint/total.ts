import type { Basis, Saving } from '../advice/advice';

/** What several findings save together, in bytes. */
export interface Total {
	readonly atLeast: number;
	readonly atMost: number;
	/** The weakest of the bases that went in. */
	readonly basis: Basis;
}

/** Adds savings up, bytes that several findings mean counted once (the widest range of them); undefined where there is none. */
export function totalSaving(savings: Iterable<Saving>): Total | undefined {
	const byBytes = new Map<string, Saving>();
	for (const saving of savings) {
		const known = byBytes.get(saving.of);
		if (!known || known.atMost < saving.atMost) byBytes.set(saving.of, saving);
	}
	let total: Total | undefined;
	for (const { atLeast, atMost, basis } of byBytes.values()) total = addTotals(total, { atLeast, atMost, basis });
	return total;
}

/** What savings of different bytes come to; undefined where there is none. */
export function addTotals(a: Total | undefined, b: Total | undefined): Total | undefined {
	if (!a || !b) return a ?? b;
	const weakest: readonly Basis[] = ['measured', 'catalog', 'guess'];
	return { atLeast: a.atLeast + b.atLeast, atMost: a.atMost + b.atMost, basis: weakest.indexOf(b.basis) > weakest.indexOf(a.basis) ? b.basis : a.basis };
}

/** `19 MB to 85 MB`: decimal units, at most three digits; one number where both ends read the same. */
export function describeRange(atLeast: number, atMost: number): string {
	const low = describeBytes(atLeast);
	const high = describeBytes(atMost);
	return low === high ? low : atLeast === 0 ? `up to ${high}` : `${low} to ${high}`;
}

function describeBytes(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB'];
	let value = bytes;
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}
	return `${value >= 100 || Number.isInteger(value) ? Math.round(value) : Number(value.toPrecision(2))} ${units[unit]}`;
}
