import { describe, expect, it } from 'vitest';
import { parseQuoted } from '../../server/src/shell/parse';
import { jsonText, quotedText } from '../../server/src/shell/quoted';

describe('the text of a quoted word', () => {
	it.each([
		["'a $b'", 'a $b', []],
		['"a b"', 'a b', []],
		['"a \\"b\\" \\$c \\\\ \\d"', 'a "b" $c \\ \\d', []],
		['"a $b `c`"', 'a $b `c`', [2, 5, 7]],
		['"a \\\n b"', 'a \\\n b', []],
		['plain', 'plain', []],
		["''", '', []],
	])('%j', (word, text, filled) => {
		const found = quotedText(word, 10);
		expect([found?.text, found?.filled]).toEqual([text, filled]);
		expect(found?.places.length).toBe(text.length + 1);
	});

	it.each(["'a''b'", '"a"b', "$'a'", '$a', 'a\\ b', '"a', '"a\\"', '\'a\'"b"'])('is not known of %s', (word) => {
		expect(quotedText(word, 0)).toBeUndefined();
	});

	it('of JSON has its escapes in place', () => {
		const raw = 'a \\"b\\" \\u0041\\n';
		const { text, places } = jsonText(raw, 5);
		expect(text).toBe('a "b" A\n');
		expect(places).toEqual([5, 6, 7, 9, 10, 12, 13, 19, 21]);
	});
});

describe('a script in quotes', () => {
	const file = 'sh -c "x \\"a b\\" \\$c $d \'$e\' && y z"';
	const quoted = quotedText(file.slice(6), 6);
	const script = quoted && parseQuoted(quoted, file);

	it('has the places of the file and the text of the inner shell', () => {
		expect(script?.commands.map(({ span }) => file.slice(span.start, span.end))).toEqual(['x \\"a b\\" \\$c $d \'$e\'', 'y z']);
		expect(script?.commands[0]?.words.map(({ text }) => text)).toEqual(['x', '"a b"', '$c', '$d', "'$e'"]);
		expect(script?.statements.map(({ joinerSpan }) => joinerSpan && file.slice(joinerSpan.start, joinerSpan.end))).toEqual(['&&', undefined]);
	});

	it('knows no value into which the outer shell puts something', () => {
		expect(script?.commands[0]?.words.map(({ value }) => value)).toEqual(['x', 'a b', undefined, undefined, undefined]);
		expect(script?.filled).toBe(true);
	});

	it('is broken where it does not parse, and never throws', () => {
		const open = quotedText('"x \'y"', 0);
		expect(open && parseQuoted(open, '"x \'y"').broken).toBe(true);
	});
});
