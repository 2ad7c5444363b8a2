import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, sentences, wasteful, whittle } from '../support/commandLine';

const off = JSON.stringify({ rules: { 'package-cache-kept': 'off' } });
const kept = '[package-cache-kept]';

describe('configuration', () => {
	it('is the nearest one upward from each file', () => {
		const cwd = folderWith({ '.whittlerc.json': off, 'a/Containerfile': wasteful, 'b/.whittlerc.json': '{}', 'b/deep/Containerfile': wasteful });
		const { stdout } = whittle(['lint'], { cwd });
		expect(stdout.split('\n').filter((line) => line.includes(kept))).toEqual([expect.stringMatching(/^b.deep.Containerfile:2:/)]);
	});

	it('for standard input is that of the name it has, else of the current folder', () => {
		const cwd = folderWith({ 'a/.whittlerc.json': off });
		expect(whittle(['lint', '-'], { cwd, input: wasteful }).stdout).toContain(kept);
		expect(whittle(['lint', '-', '--stdin-filename', 'a/b/Containerfile'], { cwd, input: wasteful }).stdout).not.toContain(kept);
		expect(whittle(['lint', '-'], { cwd: `${cwd}/a`, input: wasteful }).stdout).not.toContain(kept);
	});

	it('of --config counts instead, and --rule above all', () => {
		const cwd = folderWith({ '.whittlerc.json': '{}', 'strict.json': off, Containerfile: wasteful });
		expect(whittle(['lint', '--config', 'strict.json'], { cwd }).stdout).not.toContain(kept);
		expect(whittle(['lint', '--config', 'strict.json', '--rule', 'package-cache-kept=hint'], { cwd }).stdout).toMatch(/ hint .*\[package-cache-kept\]/);
	});

	it('with mistakes in it is named once and otherwise respected', () => {
		const cwd = folderWith({
			'.whittlerc.json': JSON.stringify({ rules: { 'package-cache-kept': 'off', nonsense: 'off' }, buidler: 'podman' }),
			'a/Containerfile': wasteful,
			'b/Containerfile': wasteful,
		});
		const { status, stdout, stderr } = whittle(['lint'], { cwd });
		expect(sentences(stderr)).toEqual([expect.stringMatching(/^\.whittlerc\.json: .*buidler/), expect.stringMatching(/^\.whittlerc\.json: .*nonsense/)]);
		expect([status, stdout.includes(kept)]).toEqual([0, false]);
	});

	it.each(['lint', 'fix'])('with a target that the file has not is said by %s, as a build would fail', (command) => {
		const cwd = folderWith({ Containerfile: `${wasteful}FROM scratch AS final\n`, 'other.containerfile': 'FROM scratch AS prod\n' });
		expect(sentences(whittle([command, '--target', 'PROD'], { cwd }).stderr)).toEqual([
			'Containerfile has no stage PROD, which is to be built; its last stage, final, is taken for what ships.',
		]);
		expect(whittle([command, '--target', '0'], { cwd }).stderr).toBe('');
	});

	it('that is no JSON is said once, and its files are passed over', () => {
		const cwd = folderWith({ 'a/.whittlerc.json': '{ "rules": ', 'a/b/Containerfile': wasteful, 'a/c/Containerfile': wasteful, 'd/Containerfile': wasteful });
		const { status, stdout, stderr } = whittle(['lint'], { cwd });
		expect(sentences(stderr)).toEqual([expect.stringMatching(/^a.\.whittlerc\.json is not valid JSON/)]);
		expect(status).toBe(2);
		expect(stdout).toMatch(/^d.Containerfile:/);
		expect(stdout).not.toMatch(/^a.[bc]/m);
		expect(whittle(['fix'], { cwd }).status).toBe(2);
	});

	const inManifest = JSON.stringify({ name: 'x', whittle: { rules: { 'package-cache-kept': 'off' } } });

	it('is the key of a package.json too; one without it is passed over, and .whittlerc.json beside it wins', () => {
		const cwd = folderWith({
			'package.json': inManifest,
			'a/package.json': '{ "name": "whittle" }',
			'a/Containerfile': wasteful,
			'b/package.json': '{ "whittle": {} }',
			'b/Containerfile': wasteful,
			'c/package.json': inManifest,
			'c/.whittlerc.json': '{}',
			'c/Containerfile': wasteful,
			'd/package.json/x': 'a folder',
			'd/Containerfile': wasteful,
		});
		const { stdout, stderr } = whittle(['lint'], { cwd });
		expect(stdout.split('\n').flatMap((line) => (line.includes(kept) ? [line.slice(0, 1)] : []))).toEqual(['b', 'c']);
		expect(stderr).toBe('');
		expect(whittle(['lint', '--config', 'package.json'], { cwd }).stdout).not.toContain(kept);
		expect(sentences(whittle(['lint', '--config', 'a/package.json'], { cwd }).stderr)).toEqual([expect.stringMatching(/^a.package\.json has no key "whittle"\.$/)]);
	});

	it('of a package.json with mistakes is named with its key', () => {
		const cwd = folderWith({ 'package.json': '{ "whittle": { "extend": "strict" } }', Containerfile: wasteful });
		expect(sentences(whittle(['lint'], { cwd }).stderr)).toEqual([
			'package.json ("whittle"): "extend" is not a setting of Whittle (extends, rules, builder, build, rewrite, overrides).',
		]);
	});

	it.each([
		['that says nothing of Whittle', '{ "name": ', false],
		['that says something of Whittle', '{ "whittle": { "rules": ', true],
	])('of a broken package.json %s is ours to complain about or not', (_what, text, ours) => {
		const { status, stderr } = whittle(['lint'], { cwd: folderWith({ 'package.json': text, Containerfile: wasteful }) });
		expect([status, sentences(stderr)]).toEqual(ours ? [2, [expect.stringContaining('package.json is not valid JSON')]] : [1, []]);
	});

	it('has overrides, relative to its folder, for repairs too', () => {
		const off = { files: ['legacy/**'], rules: { 'package-cache-kept': 'off' } };
		const cwd = folderWith({ '.whittlerc.json': JSON.stringify({ overrides: [off] }), 'legacy/a/Containerfile': wasteful, 'other/legacy/Containerfile': wasteful });
		for (const [folder, paths] of [
			[cwd, []],
			[`${cwd}/legacy`, ['.', '../other']],
			[`${cwd}/other`, ['../legacy', '.']],
		] as const)
			expect(
				whittle(['lint', ...paths], { cwd: folder })
					.stdout.split('\n')
					.filter((line) => line.includes(kept)),
			).toEqual([expect.not.stringContaining('legacy/a')]);
		whittle(['fix'], { cwd });
		const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
		expect([read('legacy/a/Containerfile'), read('other/legacy/Containerfile')]).toEqual([wasteful, expect.stringContaining('dnf clean all')]);
		const stdin = ['lint', '-', '--stdin-filename', 'legacy/Containerfile'];
		expect(whittle(stdin, { cwd, input: wasteful }).stdout).not.toContain(kept);
		expect(whittle([...stdin, '--rule', 'package-cache-kept=hint'], { cwd, input: wasteful }).stdout).toContain(kept);
	});

	it('extends a preset', () => {
		const levels = (preset: string) => {
			const cwd = folderWith({ '.whittlerc.json': JSON.stringify({ extends: preset }), Containerfile: `${wasteful}CMD ["nginx"]\n` });
			return new Set(JSON.parse(whittle(['lint', '--format', 'json'], { cwd }).stdout)[0].findings.map(({ severity }: { severity: string }) => severity));
		};
		expect(levels('recommended')).toEqual(new Set(['hint', 'info', 'warning']));
		expect(levels('strict')).toEqual(new Set(['info', 'warning']));
	});
});
