import type { Span, Word } from '../text/span';

/** Splits masked instruction text at blanks outside of quotes. A word's value has its quotes and escapes removed and is undefined where it holds a variable. */
export function splitWords(masked: string, offset: number, file: string): readonly Word[] {
	const words: Word[] = [];
	const text = masked.replace(/\\\n/g, '  ');
	const pattern = /(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s"'\\]|["'\\])+/g;
	for (const match of text.matchAll(pattern)) {
		const span: Span = { start: offset + match.index, end: offset + match.index + match[0].length };
		words.push({ span, text: file.slice(span.start, span.end), value: match[0].includes('$') ? undefined : unquote(match[0]) });
	}
	return words;
}

/** Removes quotes and escapes as the builders do. */
export function unquote(text: string): string {
	return text.replace(/"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([\s\S])/g, (_all, double: string | undefined, single: string | undefined, escaped: string | undefined) =>
		double !== undefined ? double.replace(/\\(["\\$])/g, '$1') : (single ?? escaped ?? ''),
	);
}

/** The elements of a JSON array of strings with the places between their quotes; undefined where the text is none. */
export function jsonWords(masked: string, offset: number): readonly Word[] | undefined {
	const text = masked.replace(/\\\n/g, '  ');
	if (!text.trimStart().startsWith('[')) return undefined;
	let values: unknown;
	try {
		values = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!Array.isArray(values) || !values.every((value): value is string => typeof value === 'string')) return undefined;
	const places = [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)];
	return values.map((value, index) => {
		const place = places[index];
		const start = offset + (place?.index ?? 0) + 1;
		const inner = (place?.[0] ?? '""').slice(1, -1);
		return { span: { start, end: start + inner.length }, text: inner, value };
	});
}
