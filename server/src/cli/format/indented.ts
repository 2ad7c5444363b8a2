/** A value as lines of JSON that stand `depth` levels deep in another: what is written piece by piece looks as if it had been written at once. */
export function indented(value: unknown, depth: number): string {
	const margin = '  '.repeat(depth);
	return margin + JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${margin}`);
}
