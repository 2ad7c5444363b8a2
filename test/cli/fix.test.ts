import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clean, folderWith, sentences, wasteful, whittle } from '../support/commandLine';

const isRoot = process.getuid?.() === 0;
const readText = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');

describe('repairs in place', () => {
	it('says what it changed where, and there is nothing left to do', () => {
		const cwd = folderWith({ Containerfile: wasteful, Dockerfile: clean });
		const { status, stdout, stderr } = whittle(['fix'], { cwd });
		expect([status, stderr]).toEqual([0, '']);
		expect(stdout).toMatch(/^Containerfile:2 .+ \[package-cache-kept\]\n/);
		expect(stdout).toMatch(/\n\n1 repair made in 1 file.*\./);
		expect(readText(cwd, 'Containerfile')).toMatch(/^FROM fedora:33\nRUN dnf -y install nginx.*clean all/);
		expect(readText(cwd, 'Dockerfile')).toBe(clean);
		const after = readText(cwd, 'Containerfile');
		expect(whittle(['fix'], { cwd }).stdout).toMatch(/^Nothing to repair in 2 files\./);
		expect(readText(cwd, 'Containerfile')).toBe(after);
	});

	it('makes suggested repairs only where asked to', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		whittle(['fix'], { cwd });
		expect(readText(cwd, 'Containerfile')).not.toContain('install_weak_deps');
		expect(whittle(['fix', '--suggested'], { cwd }).status).toBe(0);
		expect(readText(cwd, 'Containerfile')).toContain('install_weak_deps');
	});

	it('makes no repair of a rule that is off', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		whittle(['fix', '--rule', 'package-cache-kept=off'], { cwd });
		expect(readText(cwd, 'Containerfile')).toBe(wasteful);
	});

	it('keeps line endings, the byte order mark and a missing last newline', () => {
		const cwd = folderWith({ Containerfile: `\uFEFF${wasteful.replaceAll('\n', '\r\n')}`, Dockerfile: wasteful.trimEnd() });
		whittle(['fix'], { cwd });
		const text = readText(cwd, 'Containerfile');
		expect(text).toMatch(/^\uFEFFFROM fedora:33\r\nRUN dnf -y install nginx[\s\S]*clean all/);
		expect(text.replaceAll('\r\n', '')).not.toContain('\n');
		expect(readText(cwd, 'Dockerfile')).toMatch(/clean all[^\n]*$/);
	});

	it('keeps the mode, leaves nothing beside the file, and does not touch one without repairs', () => {
		const cwd = folderWith({ Containerfile: wasteful, Dockerfile: clean });
		chmodSync(join(cwd, 'Containerfile'), 0o640);
		const untouched = statSync(join(cwd, 'Dockerfile')).ino;
		whittle(['fix'], { cwd });
		expect(statSync(join(cwd, 'Containerfile')).mode & 0o7777).toBe(0o640);
		expect(statSync(join(cwd, 'Dockerfile')).ino).toBe(untouched);
		expect(readdirSync(cwd).sort()).toEqual(['Containerfile', 'Dockerfile']);
	});

	it('writes through a link and leaves it a link', () => {
		const cwd = folderWith({ 'real/web.txt': wasteful });
		mkdirSync(join(cwd, 'app'));
		symlinkSync('../real/web.txt', join(cwd, 'app/Containerfile'));
		expect(whittle(['fix', 'app'], { cwd }).status).toBe(0);
		expect(lstatSync(join(cwd, 'app/Containerfile')).isSymbolicLink()).toBe(true);
		expect(readText(cwd, 'real/web.txt')).toContain('clean all');
	});

	it('repairs the rest where one file cannot be read', () => {
		const cwd = folderWith({ 'a/Containerfile': Uint8Array.of(0), 'b/Containerfile': wasteful });
		const { status, stderr } = whittle(['fix'], { cwd });
		expect([status, sentences(stderr).length]).toEqual([2, 1]);
		expect(readText(cwd, 'b/Containerfile')).toContain('clean all');
	});

	it.runIf(isRoot)('replaces no file that may not be written', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		chmodSync(cwd, 0o777);
		const { status, stderr } = whittle(['fix'], { cwd, uid: 65534 });
		expect([status, sentences(stderr)]).toEqual([2, ['Containerfile cannot be written: permission denied.']]);
		expect(readText(cwd, 'Containerfile')).toBe(wasteful);
		expect(readdirSync(cwd)).toEqual(['Containerfile']);
	});

	it('changes the ignore file beside a Containerfile too, once for all that share it', () => {
		const text = 'FROM scratch\nCOPY . /app\n';
		const cwd = folderWith({ Containerfile: text, Dockerfile: text, '.git/HEAD': 'x', 'app.js': '' });
		const { status, stdout } = whittle(['fix', '--suggested'], { cwd });
		expect(status).toBe(0);
		expect(stdout.match(/^\.dockerignore created$/gm)).toHaveLength(1);
		expect(stdout).not.toMatch(/dockerignore changed/);
		expect(readText(cwd, '.dockerignore').match(/\.git$/gm)).toHaveLength(1);
		expect(whittle(['lint', '--fail-on', 'hint'], { cwd }).stdout).not.toContain('[context-not-ignored]');
	});

	it('leaves an ignore file alone that it cannot read, or that is not of this folder', () => {
		const outside = folderWith({ ignore: 'target\n' });
		const text = 'FROM scratch\nCOPY . /app\n';
		const cwd = folderWith({ 'a/Containerfile': text, 'a/.git/HEAD': '', 'a/.dockerignore': Uint8Array.of(0), 'b/Containerfile': text, 'b/.git/HEAD': '' });
		symlinkSync(join(outside, 'ignore'), join(cwd, 'b/.dockerignore'));
		whittle(['fix', '--suggested'], { cwd });
		expect(readFileSync(join(cwd, 'a/.dockerignore'))).toEqual(Buffer.of(0));
		expect(lstatSync(join(cwd, 'b/.dockerignore')).isSymbolicLink()).toBe(true);
		expect(readText(outside, 'ignore')).toBe('target\n');
	});
});

describe('without writing', () => {
	it('--diff gives what patch needs to make the same repairs', () => {
		const texts = {
			'a dir/Containerfile': wasteful,
			'b/Dockerfile': `${wasteful.replaceAll('\n', '\r\n')}USER 1`,
			'c/Containerfile': 'FROM scratch\nCOPY . /app\n',
			'c/.git/HEAD': '',
		};
		const [written, patched] = [folderWith(texts), folderWith(texts)];
		const { status, stdout, stderr } = whittle(['fix', '--suggested', '--diff'], { cwd: patched });
		expect(status).toBe(0);
		expect(stderr).toMatch(/^\d repairs to make in 3 files/);
		for (const [path, text] of Object.entries(texts)) expect(readText(patched, path)).toBe(text);
		expect(stdout).toContain('--- /dev/null\n+++ b/c/.dockerignore\n');
		whittle(['fix', '--suggested'], { cwd: written });
		execFileSync('patch', ['-p1', '--binary', '--quiet'], { cwd: patched, input: stdout });
		for (const path of [...Object.keys(texts), 'c/.dockerignore']) expect(readText(patched, path)).toBe(readText(written, path));
	});

	it('--stdout prints the repaired text of one file, and of no more', () => {
		const cwd = folderWith({ Containerfile: wasteful, Dockerfile: clean });
		const { status, stdout, stderr } = whittle(['fix', '--stdout', 'Containerfile'], { cwd });
		expect([status, stderr]).toEqual([0, '']);
		expect(stdout).toMatch(/^FROM fedora:33\nRUN dnf -y install nginx.*clean all/);
		expect(readText(cwd, 'Containerfile')).toBe(wasteful);
		expect(whittle(['fix', '--stdout', 'Dockerfile'], { cwd }).stdout).toBe(clean);
		const both = whittle(['fix', '--stdout'], { cwd });
		expect([both.status, both.stdout, sentences(both.stderr)]).toEqual([2, '', [expect.stringContaining('one file')]]);
	});

	it('repairs standard input to standard output', () => {
		const cwd = folderWith({});
		const { status, stdout } = whittle(['fix', '-'], { cwd, input: wasteful });
		expect(status).toBe(0);
		expect(stdout).toMatch(/^FROM fedora:33\nRUN dnf -y install nginx.*clean all/);
		expect(whittle(['fix', '--diff', '-', '--stdin-filename', 'web/Containerfile'], { cwd, input: wasteful }).stdout).toMatch(
			/^--- a\/web\/Containerfile\n\+\+\+ b\/web\/Containerfile\n@@ /,
		);
	});
});
