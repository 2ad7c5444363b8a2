import type { BaseCount, BasesReport } from './bases';
import { describeRange } from './total';

/** How many rows of a list are shown to people; JSON has all. */
const shownRows = 40;

/** A report in parts that each front puts into its own shape: sentences, tables with a heading row, lists. */
export type Part = { readonly heading: string } | { readonly sentence: string } | { readonly rows: readonly (readonly string[])[] };

/** What people read about the bases of many files. */
export function describeBases(report: BasesReport): readonly Part[] {
	const { files, scratch, shipped, builders, unknown, variants } = report;
	if (files === 0) return [{ sentence: 'No file has an image to ship.' }];
	const named = shipped.reduce((sum, { ships }) => sum + ships, 0);
	const hidden = unknown.reduce((sum, { ships }) => sum + ships, 0);
	const rest = [...(scratch > 0 ? [`${scratch} on nothing (scratch)`] : []), ...(hidden > 0 ? [`${hidden} on a base that only the build knows`] : [])];
	return [
		{
			sentence: `${shipped.length === 1 ? '1 base' : `${shipped.length} different bases`} for ${count(named, 'Containerfile')} of ${files}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`,
		},
		...(shipped.length > 0
			? table('Bases that ship', ['FILES', 'BASE', 'SIZE', 'ALSO WRITTEN'], shipped, (base) => [`${base.ships}`, base.reference, sizeOf(base), others(base)])
			: []),
		...(variants.length > 0
			? table('Variants of the same image', ['FILES', 'IMAGE', 'VARIANTS'], variants, ({ ships, repository, references }) => [
					`${ships}`,
					repository,
					`${references.length}: ${few(
						references.map((one) =>
							one
								.slice(repository.length)
								.replace(/^:/, '')
								.replace(/^(@\w+:.{12}).*$/, '$1…'),
						),
					)}`,
				])
			: []),
		...(unknown.length > 0 ? table('Bases that only the build knows', ['FILES', 'WRITTEN', 'IN'], unknown, (one) => [`${one.ships}`, one.written, few(one.files, one.ships)]) : []),
		...(builders.length > 0 ? table('Only built with', ['FILES', 'BASE', 'ALSO WRITTEN'], builders, (base) => [`${base.builds}`, base.reference, others(base)]) : []),
		...standard(report),
	];
}

function standard({ shipped, sharing }: BasesReport): readonly Part[] {
	if (shipped.length < 2) return [];
	const images = shipped.reduce((sum, { ships }) => sum + ships, 0);
	const counts = `A machine that runs all of these images stores ${shipped.length} bases, each once, and each has to be updated. On one standard base the ${images} images would share it.`;
	if (!sharing) return [{ heading: 'One standard base' }, { sentence: `${counts} Too few of their sizes are known to say what that comes to.` }];
	const { known, together, one } = sharing;
	const sources = [...new Set(shipped.flatMap(({ size }) => size?.source ?? []))].join('; ');
	return [
		{ heading: 'One standard base' },
		{ sentence: counts },
		{
			sentence: `The ${known} whose size is known take ${describeRange(together.atLeast, together.atMost)} together, one of them ${describeRange(one.atLeast, one.atMost)} (known figures: ${sources}). They may share layers already, which nobody has weighed.`,
		},
	];
}

function table<Row>(heading: string, head: readonly string[], rows: readonly Row[], cells: (row: Row) => readonly string[]): readonly Part[] {
	const more = rows.length - shownRows;
	const shown = (more > 1 ? rows.slice(0, shownRows) : rows).map(cells);
	// A column in which nothing is known says nothing.
	const filled = head.map((_name, column) => shown.some((row) => row[column] !== ''));
	const told = [head, ...shown].map((row) => row.filter((_cell, column) => filled[column]));
	return [{ heading }, { rows: told }, ...(more > 1 ? [{ sentence: `and ${more} more` }] : [])];
}

function sizeOf({ size }: BaseCount): string {
	return size ? describeRange(size.bytes, size.bytes) : '';
}

function others({ reference, spellings }: BaseCount): string {
	return few(spellings.filter((spelling) => spelling !== reference));
}

function few(words: readonly string[], all: number = words.length): string {
	const shown = all > 4 ? words.slice(0, 3) : words;
	return `${shown.join(', ')}${all > shown.length ? ` and ${all - shown.length} more` : ''}`;
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
