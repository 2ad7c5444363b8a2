import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rewrites } from '../../server/src/rewrites';
import { portablePlatformStages } from '../../server/src/rewrites/portable-platform-stages';
import { clean, folderWith, sentences, whittle } from '../support/commandLine';

const { id, title, docs } = portablePlatformStages;
const before = 'FROM fedora:40 AS base-${TARGETARCH}\nRUN true\n\nFROM base-${TARGETARCH}\nCMD ["sh"]\n';
const after = 'FROM fedora:40 AS base\nRUN true\n\nFROM base\nCMD ["sh"]\n';
const assumption = 'No build asks for base-${TARGETARCH} with --target.';
const refused = 'ARG e=a\nFROM alpine AS s_a\n\nFROM alpine\nARG e\nCOPY --from=s_${e} /a /a\n';
const readText = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');

describe('a rewrite', () => {
	it('is the new file alone on standard output, and what it rests on beside it', () => {
		const cwd = folderWith({ Containerfile: before });
		for (const words of [[], ['--stdout']]) {
			const { status, stdout, stderr } = whittle(['rewrite', id, 'Containerfile', ...words], { cwd });
			expect([status, stdout]).toEqual([0, after]);
			expect(stderr).toBe(`${title}\nIt rests on this, which you have to check:\n  - ${assumption}\n`);
		}
		expect(readText(cwd, 'Containerfile')).toBe(before);
	});

	it('of standard input is made too, and cannot be written', () => {
		const cwd = folderWith({});
		expect(whittle(['rewrite', id, '-'], { cwd, input: before })).toMatchObject({ status: 0, stdout: after });
		const { status, stdout, stderr } = whittle(['rewrite', id, '-', '--write'], { cwd, input: before });
		expect([status, stdout, sentences(stderr)]).toEqual([2, '', ['standard input cannot be written to.']]);
	});

	it('--write replaces the file, keeps its mode, line endings and byte order mark, and leaves nothing beside it', () => {
		const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
		const cwd = folderWith({ Containerfile: windows(before) });
		chmodSync(join(cwd, 'Containerfile'), 0o640);
		const { status, stdout, stderr } = whittle(['rewrite', id, 'Containerfile', '--write'], { cwd });
		expect([status, stdout]).toEqual([0, '']);
		expect(stderr).toMatch(/\nContainerfile is written\.\n$/);
		expect(readText(cwd, 'Containerfile')).toBe(windows(after));
		expect(statSync(join(cwd, 'Containerfile')).mode & 0o7777).toBe(0o640);
		expect(readdirSync(cwd)).toEqual(['Containerfile']);
	});

	it('--diff gives what patch needs to make it', () => {
		const cwd = folderWith({ 'a dir/Containerfile': before });
		const { status, stdout } = whittle(['rewrite', id, 'a dir', '--diff'], { cwd });
		expect(status).toBe(0);
		expect(readText(cwd, 'a dir/Containerfile')).toBe(before);
		execFileSync('patch', ['-p1', '--binary', '--quiet'], { cwd, input: stdout });
		expect(readText(cwd, 'a dir/Containerfile')).toBe(after);
	});
});

describe('a refusal', () => {
	const said = (words: readonly string[], files: Readonly<Record<string, string>>) => {
		const cwd = folderWith(files);
		const { status, stdout, stderr } = whittle(['rewrite', ...words], { cwd });
		expect([status, stdout]).toEqual([2, '']);
		for (const [path, text] of Object.entries(files)) expect(readText(cwd, path)).toBe(text);
		return sentences(stderr);
	};

	it('names the place that stops it, and nothing is written', () => {
		expect(said([id, 'Containerfile', '--write'], { Containerfile: refused })).toEqual([expect.stringMatching(/^Containerfile:6:13: refused because /)]);
	});

	it('says what a file of another kind lacks', () => {
		expect(said([id, 'Containerfile'], { Containerfile: clean })).toEqual([`Containerfile:1:1: refused because it needs ${portablePlatformStages.needs}.`]);
	});

	it('names what does not parse', () => {
		expect(said([id, 'Containerfile'], { Containerfile: `${before}BANANA\n` })).toEqual([
			expect.stringMatching(/^Containerfile:6:1: refused because the file does not parse here: /),
		]);
	});

	it('names a file that is not there, and more than one', () => {
		expect(said([id, 'nowhere'], { Containerfile: before })).toEqual(['nowhere does not exist.']);
		expect(said([id, '.'], { Containerfile: before, Dockerfile: before })).toEqual([expect.stringMatching(/^one file can be rewritten at a time, and these are 2/)]);
	});

	it('says that the stage to be built is not there', () => {
		const { stderr } = whittle(['rewrite', id, 'Containerfile', '--target', 'prod'], { cwd: folderWith({ Containerfile: before }) });
		expect(stderr).toContain('Containerfile has no stage prod');
	});
});

describe('--list', () => {
	it('without a path lists the rewrites', () => {
		const cwd = folderWith({ Containerfile: before });
		const lines = whittle(['rewrite', '--list'], { cwd }).stdout.split('\n');
		for (const rewrite of rewrites)
			expect(lines.filter((line) => line.startsWith(`${rewrite.id} `) && line.includes(rewrite.needs) && line.endsWith(rewrite.title))).toHaveLength(1);
		expect(JSON.parse(whittle(['rewrite', '--list', '--format', 'json'], { cwd }).stdout)).toEqual(rewrites.map(({ id, title, needs }) => ({ id, title, needs })));
	});

	it('says of every rewrite whether a file is offered it, and why not', () => {
		const cwd = folderWith({ offered: before, refused, other: clean });
		const answer = (file: string) => {
			const { status, stdout, stderr } = whittle(['rewrite', '--list', file], { cwd });
			expect([status, stderr, stdout.trimEnd().split('\n').length]).toEqual([0, '', rewrites.length]);
			return stdout.split('\n').find((line) => line.startsWith(`${id} `));
		};
		expect(answer('offered')).toMatch(new RegExp(`^${id} +offered: ${title}$`));
		expect(answer('refused')).toMatch(/ refused because .+ \(refused:6:13\)$/);
		expect(answer('other')?.endsWith(` refused because it needs ${portablePlatformStages.needs}`)).toBe(true);
	});

	it('gives programs the same with places', () => {
		const cwd = folderWith({ offered: before, refused, other: clean });
		const files = JSON.parse(whittle(['rewrite', '--list', 'offered', 'refused', 'other', '--format', 'json'], { cwd }).stdout) as {
			readonly file: string;
			readonly rewrites: readonly { readonly id: string }[];
		}[];
		expect(files.map(({ file }) => file)).toEqual(['offered', 'refused', 'other']);
		for (const file of files) expect(file.rewrites.map((one) => one.id)).toEqual(rewrites.map((rewrite) => rewrite.id));
		const [offered, stopped, other] = files.map((file) => file.rewrites.find((one) => one.id === id));
		const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 36 } };
		expect(offered).toEqual({ id, offered: true, title, assumes: [assumption], span: { start: 0, end: 36 }, range });
		expect(stopped).toMatchObject({ id, offered: false, ofItsKind: true, because: expect.any(String), range: { start: { line: 5, character: 12 } } });
		expect(other).toEqual({ id, offered: false, ofItsKind: false, because: `it needs ${portablePlatformStages.needs}` });
	});

	it('counts over several files, reasons that differ only in what they quote being one', () => {
		const cwd = folderWith({
			'a/Containerfile': before,
			'b/Containerfile': refused,
			'c/Containerfile': refused.replaceAll('s_', 't_'),
			'd/Containerfile': clean,
			'e/Dockerfile': Uint8Array.of(0),
		});
		const { status, stdout, stderr } = whittle(['rewrite', '--list', '.'], { cwd });
		expect([status, sentences(stderr)]).toEqual([2, [expect.stringMatching(/^e.Dockerfile is not a text file/)]]);
		expect(stdout).toMatch(/^4 files\n\nREWRITE +OFFERED +REFUSED +NOT OF ITS KIND\n/);
		expect(stdout).toMatch(new RegExp(`^${id} +1 +2 +1$`, 'm'));
		const [, reasons = ''] = stdout.split(`\n${id} was refused most often because\n`);
		expect(reasons).toMatch(/^ {6}2 {2}\S/);
	});

	it('says what cannot be read, and counts nothing then', () => {
		const { status, stdout, stderr } = whittle(['rewrite', '--list', 'nowhere'], { cwd: folderWith({}) });
		expect([status, stdout, sentences(stderr)]).toEqual([2, '', ['nowhere does not exist.']]);
	});
});

it('explain tells of every rewrite', () => {
	for (const rewrite of rewrites) {
		const { status, stdout } = whittle(['explain', rewrite.id], { cwd: __dirname });
		expect(status).toBe(0);
		expect(stdout.startsWith(`${rewrite.id}: ${rewrite.title}. It needs ${rewrite.needs}.`)).toBe(true);
		expect(stdout).toMatch(/^Before\n {2}\S[\s\S]*^After\n {2}\S/m);
	}
	expect(whittle(['explain', id], { cwd: __dirname }).stdout).toContain(docs.before.split('\n')[0]);
});
