import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unifiedDiff } from '../../server/src/cli/diff';
import { styleOf } from '../../server/src/cli/style';
import { folderWith } from '../support/commandLine';

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
	expect(diff(undefined, 'a\n')).toBe('--- /dev/null\n+++ b/Containerfile\n@@ -0,0 +1 @@\n+a\n');
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

function patched(before: string, change: string): string {
	const cwd = folderWith({ Containerfile: before });
	const { status, stdout } = spawnSync('patch', ['-p1', '--binary'], { cwd, input: change, encoding: 'utf8' });
	if (status !== 0) throw new Error(`patch refused: ${stdout}`);
	return readFileSync(join(cwd, 'Containerfile'), 'utf8');
}
