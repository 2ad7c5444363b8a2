/** Each of them once, in their order. */
export function unique(words: readonly string[]): readonly string[] {
	return [...new Set(words)];
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
