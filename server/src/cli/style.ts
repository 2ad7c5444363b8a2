/** Wraps text in a terminal's colours, or leaves it as it is. */
export interface Style {
	readonly coloured: boolean;
	/** Columns that a line may take. */
	readonly width: number;
	readonly bold: Paint;
	readonly dim: Paint;
	readonly red: Paint;
	readonly green: Paint;
	readonly yellow: Paint;
	readonly blue: Paint;
	readonly cyan: Paint;
}

/** Puts a colour around a text. */
export type Paint = (text: string) => string;

/** What a style needs to know about where the text goes. */
export interface Terminal {
	readonly isTTY?: boolean;
	readonly columns?: number;
}

/** Colours for a terminal, none for anything else, nor where NO_COLOR is set or TERM is dumb. */
export function styleOf(stream: Terminal, environment: Readonly<Record<string, string | undefined>>): Style {
	const coloured = stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
	const paint =
		(on: number, off: number): Paint =>
		(text) =>
			coloured && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
	return {
		coloured,
		width: stream.isTTY === true && stream.columns ? Math.max(40, stream.columns) : 160,
		bold: paint(1, 22),
		dim: paint(2, 22),
		red: paint(31, 39),
		green: paint(32, 39),
		yellow: paint(33, 39),
		blue: paint(34, 39),
		cyan: paint(36, 39),
	};
}

/** The text with everything replaced that could steer a terminal: control characters, and those that turn the direction of writing around. */
export function printable(text: string): string {
	let result = '';
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		if (code === 0xfeff) continue;
		result += code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? '\u2421' : steers(code) ? '\ufffd' : character;
	}
	return result;
}

function steers(code: number): boolean {
	return (
		(code >= 0x80 && code < 0xa0) ||
		(code >= 0x202a && code <= 0x202e) ||
		(code >= 0x2066 && code <= 0x2069) ||
		code === 0x200e ||
		code === 0x200f ||
		code === 0x2028 ||
		code === 0x2029
	);
}
