import { expect, it } from 'vitest';
import { excerptOf } from '../../server/src/cli/excerpt';
import { lineStarts } from '../../server/src/text/lines';
import fc from '../support/properties';

/** The text without its marks, and the span that was between them. */
function marked(text: string): { readonly text: string; readonly span: { readonly start: number; readonly end: number } } {
	return { text: text.replace(/[«»]/g, ''), span: { start: text.indexOf('«'), end: text.indexOf('»') - 1 } };
}

function shown(source: string, width = 80): readonly string[] {
	const { text, span } = marked(source);
	const excerpt = excerptOf(text, lineStarts(text), span, width);
	return [
		`${excerpt.line} ${excerpt.source}`,
		`${' '.repeat(String(excerpt.line).length)} ${excerpt.marks}`,
		...(excerpt.lastLine > excerpt.line ? [`to ${excerpt.lastLine}`] : []),
	];
}

it('marks a place below its line', () => {
	expect(shown('FROM a\nRUN «dnf» install\n')).toEqual(['2 RUN dnf install', '      ^^^']);
});

it('marks the first line of a longer place and says where it ends', () => {
	expect(shown('RUN «a \\\r\n  b»\r\n')).toEqual(['1 RUN a \\', '      ^^^', 'to 2']);
});

it('marks one column of an empty place, also at the end', () => {
	expect(shown('RUN a«»')).toEqual(['1 RUN a', '       ^']);
	expect(shown('«»')).toEqual(['1 ', '  ^']);
});

it('counts columns as a terminal shows them', () => {
	expect(shown('\tRUN\t«日本»')).toEqual(['1     RUN 日本', '          ^^^^']);
	expect(shown('\uFEFF«FROM» e\u0301')).toEqual(['1 FROM e\u0301', '  ^^^^']);
});

it('cuts a long line around the place', () => {
	expect(shown(`RUN ${'x'.repeat(50)} «here» ${'y'.repeat(50)}`, 40)).toEqual([`1 …${'x'.repeat(16)} here ${'y'.repeat(16)}…`, `  ${' '.repeat(18)}^^^^`]);
});

it('never throws, keeps to the width, and marks something in sight', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.nat(), fc.nat(), fc.integer({ min: 30, max: 60 }), (text, a, b, width) => {
			const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
			const { source, marks } = excerptOf(text, lineStarts(text), { start, end }, width);
			expect([...source.normalize()].length).toBeLessThanOrEqual(width * 3);
			expect(marks).toMatch(/^ *\^+$/);
			expect(marks.length).toBeLessThanOrEqual(width + 1);
			expect(source).not.toContain('\n');
		}),
	);
});
