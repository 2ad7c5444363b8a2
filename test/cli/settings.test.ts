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
});
