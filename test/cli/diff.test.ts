import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../server/src/cli/diff';
import { styleOf } from '../../server/src/cli/style';
import { folderWith } from '../support/commandLine';
import fc from '../support/properties';

const plain = styleOf({}, {});
const diff = (before: string | undefined, after: string) => unifiedDiff({ path: 'Containerfile', before, after }, plain);

it('says nothing about texts that are the same', () => {
	expect(diff('a\n', 'a\n')).toBe('');
});

it('shows three lines around a change and joins changes that are near', () => {
	const lines = Array.from({ length: 20 }, (_, i) => `${i + 1}\n`);
	const after = lines.map((line, i) => (i === 4 || i === 9 || i === 19 ? `x${line}` : line)).join('');
	const hunks = diff(lines.join(''), after).match(/^@@.*$/gm);
	expect(hunks).toEqual(['@@ -2,12 +2,12 @@', '@@ -17,4 +17,4 @@']);
});

it('names the end of a file without a newline', () => {
	expect(diff('a\nb', 'a\nb\n')).toBe('--- a/Containerfile\n+++ b/Containerfile\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n');
});

it('of a new file comes from /dev/null', () => {
	expect(diff(undefined, 'a\n')).toBe('--- /dev/null\n+++ b/Containerfile\n@@ -0,0 +1,1 @@\n+a\n');
});

it('keeps as many lines as possible', () => {
	expect(diff('a\nb\nc\na\nb\nb\na\n', 'c\nb\na\nb\na\nc\n').match(/^[-+][^-+]/gm)).toHaveLength(5);
});

it('is still right where nearly everything differs', () => {
	const before = Array.from({ length: 3000 }, (_, i) => `a${i}\n`).join('');
	const after = Array.from({ length: 3000 }, (_, i) => `b${i}\n`).join('');
	expect(patched(before, diff(before, after))).toBe(after);
});

it('applied by patch gives the other text', () => {
	const line = fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'a\r\n');
	const text = fc.tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', 'end')).map(([lines, end]) => lines.join('') + end);
	fc.assert(
		fc.property(text, text, (before, after) => {
			fc.pre(before !== after && after !== '');
			expect(patched(before, diff(before, after))).toBe(after);
		}),
		{ numRuns: 60 },
	);
});

describe('both programs take it', () => {
	const cases: readonly (readonly [what: string, name: string, before: string | undefined, after: string])[] = [
		['a change in the middle', 'Containerfile', 'a\nb\nc\n', 'a\nx\nc\n'],
		['no line end after the last line, before', 'Containerfile', 'a\nb', 'a\nb\nc\n'],
		['no line end after the last line, after', 'Containerfile', 'a\nb\n', 'a\nb\nc'],
		['no line end after the last line, both', 'Containerfile', 'a\nb', 'x\nb'],
		['Windows line ends', 'Containerfile', 'a\r\nb\r\nc', 'a\r\nx\r\nc'],
		['a lone carriage return', 'Containerfile', 'a\rb\nc\n', 'a\rx\nc\n'],
		['a byte order mark', 'Containerfile', '\ufeffa\nb\n', '\ufeffa\nc\n'],
		['an empty file', 'Containerfile', '', 'a\n'],
		['a new file', '.containerignore', undefined, '.git\n'],
		['a new file without a line end', 'sub/.containerignore', undefined, '.git\nx'],
		['lines that look like headers', 'Containerfile', '-- a/x\n++ b/x\n@@ -1 +1 @@\n', '-- a/y\n++ b/y\n@@ -2 +2 @@\n'],
		['a name with a blank', 'my folder/Containerfile', 'a\n', 'b\n'],
		['a name that has to be quoted', 'Größe "x"/Containerfile', 'a\n', 'b\n'],
		['a name that is quoted and has a blank', 'ein großer/Containerfile', 'a\n', 'b\n'],
		['texts with nothing in common', 'Containerfile', numbered('a'), `${numbered('b')}end`],
	];
	it.each(cases)('%s', (_what, path, before, after) => {
		const change = unifiedDiff({ path, before, after }, plain);
		for (const program of [
			['patch', '-p1', '--binary'],
			['git', 'apply'],
		] as const) {
			const cwd = folderWith(before === undefined ? {} : { [path]: before });
			const { status, stdout, stderr } = spawnSync(program[0], program.slice(1), { cwd, input: change, encoding: 'utf8' });
			expect({ program, status, said: status === 0 ? '' : stdout + stderr }).toEqual({ program, status: 0, said: '' });
			expect(readFileSync(join(cwd, path), 'utf8')).toBe(after);
		}
	});
});

it('in a terminal shows what a text could hide, and nothing else is different', () => {
	const coloured = styleOf({ isTTY: true }, {});
	const change = unifiedDiff({ path: 'Containerfile', before: 'a\r\n\u001b[2J\n', after: 'a\r\n\tb\n' }, coloured);
	expect(change).toContain('\u001b[31m-\u241b[2J\u001b[39m');
	expect(change).toContain('\u001b[32m+    b\u001b[39m');
	expect(change).not.toContain('\r');
});

function numbered(letter: string): string {
	return Array.from({ length: 3000 }, (_, i) => `${letter}${i}\n`).join('');
}

function patched(before: string, change: string): string {
	const cwd = folderWith({ Containerfile: before });
	const { status, stdout } = spawnSync('patch', ['-p1', '--binary'], { cwd, input: change, encoding: 'utf8' });
	if (status !== 0) throw new Error(`patch refused: ${stdout}`);
	return readFileSync(join(cwd, 'Containerfile'), 'utf8');
}
