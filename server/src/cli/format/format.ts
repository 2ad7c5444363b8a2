import type { Look } from '../look';
import type { Style } from '../style';
import type { Tally } from '../tally';
import { githubFormat } from './github';
import { jsonFormat } from './json';
import { sarifFormat } from './sarif';
import { textFormat } from './text';

/** An output format of a lint. Whoever looks at a file renders it, in another thread too; the pieces are put together in the order of the files, and none is kept. */
export interface Format {
	/** What a file adds to the output. */
	readonly piece: (look: Look, style: Style) => string;
	/** Begins an output. */
	readonly report: (style: Style) => Report;
}

/** An output as it comes into being; each function gives what is to be written next. */
export interface Report {
	readonly start: () => string;
	/** The piece of a file. */
	readonly next: (piece: string, file: string) => string;
	/** What all files amount to, and sentences about what could not be looked at. */
	readonly end: (tally: Tally, refusals: readonly string[]) => Iterable<string>;
}

const formats: Readonly<Record<string, Format>> = { text: textFormat, json: jsonFormat, sarif: sarifFormat, github: githubFormat };

/** The output format of a name, text where none is given. */
export function formatOf(name: string | undefined): Format {
	return formats[name ?? 'text'] ?? textFormat;
}

/** Prints nothing. */
export const nothing: Format = { piece: () => '', report: () => ({ start: () => '', next: () => '', end: () => [] }) };
