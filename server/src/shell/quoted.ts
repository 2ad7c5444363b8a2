/** The text of a quoted word as the program gets it, with the place of each character. */
export interface QuotedText {
	readonly text: string;
	/** Where each character starts in the file, an escape in front of it included; one more for the end. */
	readonly places: readonly number[];
	/** The characters at which the shell puts something in before the program gets the text: a `$` or backquote in double quotes. */
	readonly filled: readonly number[];
}

/**
 * The text of a word that is quoted as a whole, or not at all and plain. `masked` has the length of the word and starts at `offset`; continuations stay in it.
 * Undefined for any other word.
 */
export function quotedText(masked: string, offset: number): QuotedText | undefined {
	if (/^'[^']*'$/.test(masked)) return plainText(masked.slice(1, -1), offset + 1);
	if (/^[\w./:@%+=,-]+$/.test(masked)) return plainText(masked, offset);
	if (!/^"[^"\\]*(?:\\[\s\S][^"\\]*)*"$/.test(masked)) return undefined;
	return unescaped(masked.slice(1, -1), offset + 1, (text) => (/^\\["\\$`]/.test(text) ? { length: 2, value: text.charAt(1) } : undefined), /[$`]/);
}

/** The text of a string of a JSON array. `raw`: what stands between its quotes. */
export function jsonText(raw: string, offset: number): QuotedText {
	return unescaped(raw, offset, (text) => {
		const sequence = /^\\(?:u[\da-fA-F]{4}|.)/.exec(text)?.[0];
		return sequence === undefined ? undefined : { length: sequence.length, value: JSON.parse(`"${sequence}"`) as string };
	});
}

function plainText(text: string, offset: number): QuotedText {
	return { text, places: Array.from({ length: text.length + 1 }, (_, index) => offset + index), filled: [] };
}

type Escape = { readonly length: number; readonly value: string } | undefined;

function unescaped(raw: string, offset: number, escapeAt: (rest: string) => Escape, fills?: RegExp): QuotedText {
	const places: number[] = [];
	const filled: number[] = [];
	let text = '';
	let at = 0;
	while (at < raw.length) {
		const sequence = raw.charAt(at) === '\\' ? escapeAt(raw.slice(at, at + 6)) : undefined;
		if (!sequence && fills?.test(raw.charAt(at))) filled.push(text.length);
		places.push(offset + at);
		text += sequence?.value ?? raw.charAt(at);
		at += sequence?.length ?? 1;
	}
	places.push(offset + at);
	return { text, places, filled };
}
