/** Each of them once, in their order. */
export function unique(words: readonly string[]): readonly string[] {
	return [...new Set(words)];
}
