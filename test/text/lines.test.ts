import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { lineStarts, positionAt, rangeOf } from '../../server/src/text/lines';
import fc from '../support/properties';

describe('lines', () => {
	it.each([
		['an empty text', '', [0]],
		['no line end', 'a', [0]],
		['a line end at the end', 'a\n', [0, 2]],
		['Windows', 'a\r\nb', [0, 3]],
		['a lone carriage return', 'a\rb\r', [0, 2, 4]],
		['a carriage return and a Windows end', '\r\r\n', [0, 1, 3]],
		['a line end and a carriage return', '\n\r', [0, 1, 2]],
		['surrogates', '\u{1f40b}\n\u{1f40b}', [0, 3]],
		['no ends: U+2028 and form feed', 'a\u2028b\fc', [0]],
	])('of %s', (_what, text, starts) => {
		expect(lineStarts(text)).toEqual(starts);
	});

	it('count UTF-16 units', () => {
		const starts = lineStarts('\u{1f40b}a\r\n\u{1f40b}b');
		expect(positionAt(starts, 2)).toEqual({ line: 0, character: 2 });
		expect(positionAt(starts, 7)).toEqual({ line: 1, character: 2 });
		expect(rangeOf(starts, { start: 2, end: 8 })).toEqual({ start: { line: 0, character: 2 }, end: { line: 1, character: 3 } });
	});

	it('are those of an editor', () => {
		const text = fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '\u{1f40b}'), { maxLength: 30 }).map((parts) => parts.join(''));
		fc.assert(
			fc.property(text, fc.nat(60), (whole, somewhere) => {
				const document = TextDocument.create('untitled:a', 'dockerfile', 0, whole);
				const offset = Math.min(somewhere, whole.length);
				// An editor knows no place between the halves of a line end.
				fc.pre(whole.slice(offset - 1, offset + 1) !== '\r\n');
				expect(positionAt(lineStarts(whole), offset)).toEqual(document.positionAt(offset));
			}),
		);
	});
});
