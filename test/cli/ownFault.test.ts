import { afterEach, expect, it, vi } from 'vitest';
import { lintCommand } from '../../server/src/cli/lintCommand';
import { clean, folderWith, sentences, wasteful } from '../support/commandLine';

vi.mock('../../server/src/lint/lint', () => ({
	lint: (text: string) => {
		if (text.includes('fedora')) throw new Error('out of luck\n    at somewhere (file.ts:1:1)');
		return { problems: [], findings: [] };
	},
}));

afterEach(() => {
	vi.restoreAllMocks();
});

it('a bug in Whittle costs one file one sentence', async () => {
	const cwd = folderWith({ 'a/Containerfile': wasteful, 'b/Containerfile': clean });
	const collect = (stream: NodeJS.WriteStream): readonly string[] => {
		const parts: string[] = [];
		vi.spyOn(stream, 'write').mockImplementation((text) => parts.push(String(text)) > 0);
		return parts;
	};
	const [out, err] = [collect(process.stdout), collect(process.stderr)];
	expect(await lintCommand([`${cwd}/a`, `${cwd}/b`], new Map())).toBe(2);
	expect(out.join('')).toContain('No findings in 1 file.');
	expect(sentences(err.join(''))).toEqual([expect.stringMatching(/a.Containerfile, which is a bug in Whittle \(out of luck\).*report/)]);
});
