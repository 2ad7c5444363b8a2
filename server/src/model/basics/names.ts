import { firstFrom } from '../../text/span';

/** A text of a file with where it, or what it belongs to, starts. */
export interface NamingText {
	readonly text: string;
	readonly start: number;
}

/** Texts in which paths are looked for, prepared so that looking for one does not read them all. */
export interface Names {
	readonly texts: readonly NamingText[];
	/** What follows each slash in them, in order, each once. */
	readonly tails: readonly string[];
	/** Where the first text starts that has it. */
	readonly starts: readonly number[];
}

/** Longer paths are looked for in the texts themselves. */
const longest = 100;

/** Prepares texts. */
export function namesOf(texts: readonly NamingText[]): Names {
	const first = new Map<string, number>();
	for (const { text, start } of texts) {
		for (const [token] of text.matchAll(/\S*\/\S*/g)) {
			for (let at = token.indexOf('/'); at >= 0; at = token.indexOf('/', at + 1)) {
				const tail = token.slice(at, at + longest);
				first.set(tail, Math.min(first.get(tail) ?? start, start));
			}
		}
	}
	const tails = [...first.keys()].sort();
	return { texts, tails, starts: tails.map((tail) => first.get(tail) ?? 0) };
}

/** Whether a text that starts before an offset has a path, or what starts like it. */
export function isNamedBefore({ texts, tails, starts }: Names, path: string, offset: number): boolean {
	if (!/^\/\S*$/.test(path) || path.length > longest) return texts.some(({ text, start }) => start < offset && text.includes(path));
	for (let at = firstNotBefore(tails, path); tails[at]?.startsWith(path); at++) if ((starts[at] ?? offset) < offset) return true;
	return false;
}

/** The index of the first of some texts, in order, that does not come before one. */
function firstNotBefore(sorted: readonly string[], text: string): number {
	return firstFrom(sorted, 0, (one) => (one < text ? -1 : 0));
}
