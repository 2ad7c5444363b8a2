import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clean, folderWith, sentences, wasteful, whittle } from '../support/commandLine';

const kept = '[package-cache-kept]';
const more = `${wasteful}RUN dnf -y install httpd\n`;

function written(folder: string, paths: readonly string[] = []): string {
	const { status, stdout, stderr } = whittle(['lint', '--write-baseline', 'known.json', ...paths], { cwd: folder });
	expect([status, stdout]).toEqual([0, '']);
	expect(sentences(stderr)).toEqual([expect.stringMatching(/^known\.json holds \d+ findings? in \d+ files?; `whittle lint --baseline known\.json` tells only what is new\.$/)]);
	return readFileSync(join(folder, 'known.json'), 'utf8');
}

function told(folder: string, words: readonly string[] = []): readonly string[] {
	return whittle(['lint', '--baseline', 'known.json', '--fail-on', 'hint', ...words], { cwd: folder })
		.stdout.split('\n')
		.filter((line) => line.startsWith('Containerfile:') || /^\w+.Containerfile:/.test(line));
}

describe('a baseline', () => {
	it('leaves out what is in it, and lets new findings through', () => {
		const cwd = folderWith({ Containerfile: wasteful, 'a/Containerfile': clean });
		written(cwd);
		const nothing = whittle(['lint', '--baseline', 'known.json', '--fail-on', 'hint'], { cwd });
		expect([nothing.status, nothing.stdout, nothing.stderr]).toEqual([0, 'No findings in 2 files.\n', '']);
		writeFileSync(join(cwd, 'Containerfile'), more);
		const { status, stdout } = whittle(['lint', '--baseline', 'known.json'], { cwd });
		expect(status).toBe(1);
		expect(stdout.split('\n').filter((line) => line.includes(kept))).toEqual([expect.stringMatching(/^Containerfile:3:/)]);
	});

	it('never takes the place of a file that is something else', () => {
		const files = { Containerfile: wasteful, 'package.json': '{ "version": "1.0.0", "files": ["a"] }\n', 'list.json': '[]\n' };
		const cwd = folderWith({ ...files, 'folder/Containerfile': clean });
		for (const [name, text] of Object.entries(files)) {
			const { status, stdout, stderr } = whittle(['lint', '--write-baseline', name], { cwd });
			expect([status, stdout]).toEqual([2, '']);
			expect(sentences(stderr)).toEqual([`${name} is there and is no baseline, so that it stays as it is; give --write-baseline another name, or remove that file first.`]);
			expect(readFileSync(join(cwd, name), 'utf8')).toBe(text);
		}
		expect(sentences(whittle(['lint', '--write-baseline', 'folder'], { cwd }).stderr)).toEqual(['folder is a folder.']);
	});

	it('is made anew over one that is old, empty or broken by a merge, and is read with a byte order mark', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		const text = written(cwd);
		for (const before of ['', '{"version": 9, "files": {}}', text.replace('"files": {', '"files": {\n<<<<<<< HEAD'), `\uFEFF${text}`]) {
			writeFileSync(join(cwd, 'known.json'), before);
			expect(written(cwd)).toBe(text);
		}
		writeFileSync(join(cwd, 'known.json'), `\uFEFF${text}`);
		expect(told(cwd)).toEqual([]);
	});

	it('goes by what an instruction says: not by its line, its layout, its comments or its line ends', () => {
		const cwd = folderWith({ Containerfile: 'FROM fedora:33\nRUN dnf -y install nginx && true\n' });
		written(cwd);
		writeFileSync(join(cwd, 'Containerfile'), '# one\r\n\r\nFROM fedora:33\r\nLABEL a=b\r\nRUN dnf -y   install nginx \\\r\n# two\r\n    && true\r\n');
		expect(told(cwd)).toEqual([]);
		writeFileSync(join(cwd, 'Containerfile'), 'FROM fedora:33\nRUN dnf -y install nginx curl && true\n');
		expect(told(cwd).filter((line) => line.includes(kept))).toHaveLength(1);
	});

	it('counts: the same instruction once more is new', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		written(cwd);
		writeFileSync(join(cwd, 'Containerfile'), `${wasteful}USER root\nRUN dnf -y install nginx\n`);
		expect(told(cwd).filter((line) => line.includes(kept))).toHaveLength(1);
	});

	it('holds for places that do not parse too, and for what a finding explains', () => {
		const broken = 'FROM fedora:41\nRUN dnf -y install \\\n  glibc\n  nginx\nBANANA split\n';
		const cwd = folderWith({ Containerfile: broken });
		expect(written(cwd)).toContain('"does-not-parse"');
		const { status, stdout } = whittle(['lint', '--baseline', 'known.json', '--format', 'json'], { cwd });
		expect([status, JSON.parse(stdout)]).toEqual([0, [{ file: 'Containerfile', problems: [], findings: [] }]]);
		writeFileSync(join(cwd, 'Containerfile'), `${broken}CHERRY pie\n`);
		const found = whittle(['lint', '--baseline', 'known.json', '--format', 'json'], { cwd });
		expect(found.status).toBe(1);
		expect(JSON.parse(found.stdout)[0].problems.map(({ message }: { message: string }) => message)).toEqual(['CHERRY is not an instruction']);
	});

	it('holds in every format', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		written(cwd);
		expect(whittle(['lint', '--baseline', 'known.json', '--format', 'github'], { cwd }).stdout).toBe('');
		expect(JSON.parse(whittle(['lint', '--baseline', 'known.json', '--format', 'sarif'], { cwd }).stdout).runs[0].results).toEqual([]);
	});

	it('names what is no longer there, without failing, of files that were asked for or are gone', () => {
		const cwd = folderWith({ 'a/Containerfile': wasteful, 'b/Containerfile': wasteful, 'c/Containerfile': wasteful });
		written(cwd);
		rmSync(join(cwd, 'a'), { recursive: true });
		for (const name of ['b', 'c']) writeFileSync(join(cwd, name, 'Containerfile'), clean);
		const { status, stderr } = whittle(['lint', '--baseline', 'known.json', 'b'], { cwd });
		expect(status).toBe(0);
		expect(sentences(stderr)).toEqual([
			expect.stringMatching(/^the baseline known\.json holds \d+ findings that are no longer there \([\w-]+ in b\/Containerfile, .+ and \d more\)\.$/),
		]);
		expect(stderr).not.toContain('c/Containerfile');
	});

	it('names files from its own folder, so that it holds from wherever it is used', () => {
		const cwd = folderWith({ 'a/Containerfile': wasteful });
		expect(Object.keys(JSON.parse(written(cwd)).files)).toEqual(['a/Containerfile']);
		expect(whittle(['lint', '--baseline', '../known.json'], { cwd: join(cwd, 'a') }).stdout).toBe('No findings in 1 file.\n');
	});

	it('is sorted, and the same whatever the order of the paths', () => {
		const cwd = folderWith({ 'a/Containerfile': more, 'b/Containerfile': wasteful });
		const text = written(cwd, ['b', 'a']);
		expect(written(cwd, ['a', 'b'])).toBe(text);
		const { version, files } = JSON.parse(text);
		expect(version).toBe(1);
		expect(Object.keys(files)).toEqual(['a/Containerfile', 'b/Containerfile']);
		const rules = Object.keys(files['a/Containerfile']);
		expect(rules).toEqual([...rules].sort());
		expect(Object.keys(files['a/Containerfile']['package-cache-kept'])).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), expect.stringMatching(/^[0-9a-f]{16}$/)]);
	});

	it('takes a file whose name every object has', () => {
		const cwd = folderWith({ '__proto__/Containerfile': wasteful, 'constructor.containerfile': wasteful });
		written(cwd);
		expect(whittle(['lint', '--baseline', 'known.json'], { cwd }).stdout).toBe('No findings in 2 files.\n');
	});

	it('holds where there are so many files that threads look at them', () => {
		const cwd = folderWith(Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${index}.containerfile`, wasteful])));
		expect(Object.keys(JSON.parse(written(cwd)).files)).toHaveLength(250);
		writeFileSync(join(cwd, '7.containerfile'), more);
		const { stdout } = whittle(['lint', '--baseline', 'known.json', '--format', 'json'], { cwd });
		const loud = (JSON.parse(stdout) as readonly { readonly file: string; readonly findings: readonly object[] }[]).filter(({ findings }) => findings.length > 0);
		expect(loud.map(({ file }) => file)).toEqual(['7.containerfile']);
	});

	it('for standard input is that of the name it has', () => {
		const cwd = folderWith({ 'a/Containerfile': wasteful });
		written(cwd);
		expect(whittle(['lint', '--baseline', 'known.json', '--stdin-filename', 'a/Containerfile', '-'], { cwd, input: wasteful }).stdout).toBe('No findings in 1 file.\n');
	});
});

describe('a baseline that cannot be used', () => {
	it.each([
		['nothing', undefined, 'the baseline known.json does not exist; `whittle lint --write-baseline known.json` makes it.'],
		['no JSON', '{ "version": ', 'the baseline known.json is not valid JSON: '],
		['a list', '[]', 'known.json is no baseline: it has to be an object with "version" and "files".'],
		['another version', '{ "version": 2, "files": {} }', 'the baseline known.json is of version 2, and this Whittle reads version 1.'],
		['no version', '{ "files": {} }', 'the baseline known.json is of version undefined, and this Whittle reads version 1.'],
		[
			'no counts',
			'{ "version": 1, "files": { "a": { "b": { "c": "d" } } } }',
			'the baseline known.json is broken at "a": rules, fingerprints and how often each is found have to be there.',
		],
		['no rules', '{ "version": 1, "files": { "a": 1 } }', 'the baseline known.json is broken at "a": '],
	])('as it is %s is said in a sentence', (_what, content, sentence) => {
		const cwd = folderWith({ Containerfile: wasteful, ...(content === undefined ? {} : { 'known.json': content }) });
		const { status, stdout, stderr } = whittle(['lint', '--baseline', 'known.json'], { cwd });
		expect([status, stdout]).toEqual([2, '']);
		expect(sentences(stderr)).toEqual([expect.stringContaining(sentence)]);
	});

	it('is a folder', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		mkdirSync(join(cwd, 'known.json'));
		expect(sentences(whittle(['lint', '--baseline', 'known.json'], { cwd }).stderr)).toEqual(['known.json is a folder.']);
		expect(whittle(['lint', '--write-baseline', 'known.json'], { cwd }).status).toBe(2);
	});

	it('is written all the same where something could not be looked at, which is said', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		const { status, stderr } = whittle(['lint', '--write-baseline', 'known.json', 'Containerfile', 'missing'], { cwd });
		expect([status, sentences(stderr)]).toEqual([2, ['missing does not exist.', expect.stringMatching(/^known\.json holds \d findings in 1 file;/)]]);
	});

	it('is not written into a folder that is not there', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		const nowhere = whittle(['lint', '--write-baseline', 'no/known.json'], { cwd });
		expect([nowhere.status, sentences(nowhere.stderr)]).toEqual([2, ['no/known.json cannot be written: its folder does not exist.']]);
	});

	it.each([
		[['--baseline', 'a', '--write-baseline', 'b'], '--baseline and --write-baseline exclude each other.'],
		[['--format', 'json', '--write-baseline', 'b'], '--write-baseline writes a file and prints no findings, so that --format has no meaning beside it.'],
	])('%j is a mistake', (words, sentence) => {
		const { status, stderr } = whittle(['lint', ...words], { cwd: folderWith({ Containerfile: clean }) });
		expect([status, sentences(stderr)]).toEqual([2, [sentence]]);
	});
});
