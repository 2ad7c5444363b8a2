import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clean, folderWith, program, sentences, wasteful, whittle } from '../support/commandLine';

const isRoot = process.getuid?.() === 0;

/** The names that the JSON output has, in its order. */
function filesIn(stdout: string): readonly string[] {
	return (JSON.parse(stdout) as { readonly file: string }[]).map(({ file }) => file);
}

describe('what is looked at', () => {
	it('finds Containerfiles below a folder by their names, in a stable order', () => {
		const taken = ['Containerfile', 'DOCKERFILE', 'Dockerfile.prod', 'a/web.dockerfile', 'a/web.Containerfile', 'b/containerfile.debug', '.devcontainer/Dockerfile'];
		const left = [
			'Dockerfile.md',
			'Dockerfile.j2',
			'Dockerfile.in',
			'Containerfile.tmpl',
			'Dockerfile.bak',
			'Dockerfile.orig',
			'Containerfile.expected',
			'Dockerfile.dockerignore',
		];
		const elsewhere = ['Containerfile.containerignore', 'notes.txt', 'MyDockerfile', '.dockerfile', '.git/Dockerfile', 'a/node_modules/x/Dockerfile', 'Dockerfile.d/readme'];
		const cwd = folderWith(Object.fromEntries([...taken, ...left, ...elsewhere].map((path) => [path, clean])));
		const { status, stdout, stderr } = whittle(['lint', '--format', 'json'], { cwd });
		expect(filesIn(stdout)).toEqual([...taken].sort());
		expect([status, stderr]).toEqual([0, '']);
		expect(filesIn(whittle(['lint', '--format', 'json', 'a', 'b'], { cwd }).stdout)).toEqual([
			join('a', 'web.Containerfile'),
			join('a', 'web.dockerfile'),
			join('b', 'containerfile.debug'),
		]);
	});

	it('takes a file that is named whatever its name is, and each file once', () => {
		const cwd = folderWith({ 'build.txt': wasteful, 'sub/Containerfile': clean });
		const { stdout } = whittle(['lint', '--format', 'json', 'build.txt', './build.txt', 'sub', 'sub/Containerfile'], { cwd });
		expect(filesIn(stdout)).toEqual(['build.txt', join('sub', 'Containerfile')]);
	});

	it('follows no link to a folder and takes a file with two names once', () => {
		const cwd = folderWith({ Containerfile: clean });
		symlinkSync('Containerfile', join(cwd, 'Dockerfile'));
		mkdirSync(join(cwd, 'sub'));
		symlinkSync('..', join(cwd, 'sub/up'));
		expect(filesIn(whittle(['lint', '--format', 'json'], { cwd }).stdout)).toEqual(['Containerfile']);
	});

	it('reads standard input under the name it is given', () => {
		const cwd = folderWith({});
		const { status, stdout } = whittle(['lint', '-', '--stdin-filename', 'web/Containerfile'], { cwd, input: wasteful });
		expect(stdout).toContain('web/Containerfile:2:');
		expect(status).toBe(1);
		expect(whittle(['lint', '-'], { cwd, input: clean }).status).toBe(0);
	});

	it.skipIf(process.platform === 'win32')('reads a pipe that is named, and no more than the limit of what has no end', () => {
		const cwd = folderWith({});
		const piped = spawnSync('bash', ['-c', `"$0" "$1" lint --format json <(printf 'FROM scratch\\nCOPY app /app\\n')`, process.execPath, program], { cwd, encoding: 'utf8' });
		expect([piped.status, JSON.parse(piped.stdout)]).toEqual([0, [expect.objectContaining({ problems: [], findings: [] })]]);
		expect(sentences(whittle(['lint', '/dev/zero'], { cwd }).stderr)).toEqual(['/dev/zero is larger than 1 MiB and is not looked at.']);
	});

	it.skipIf(process.platform === 'win32')('can be interrupted while it waits for a pipe', () => {
		const cwd = folderWith({});
		const { stdout } = spawnSync('bash', ['-c', 'mkfifo pipe; timeout --preserve-status --kill-after=20 -s INT 3 "$0" "$1" lint pipe; echo $?', process.execPath, program], {
			cwd,
			encoding: 'utf8',
		});
		expect(stdout).toBe('130\n');
	});

	it('knows the folder of a file but not that of standard input', () => {
		const text = 'FROM scratch\nCOPY . /app\n';
		const cwd = folderWith({ Containerfile: text, '.git/HEAD': 'x', 'app.js': '' });
		expect(whittle(['lint', 'Containerfile'], { cwd }).stdout).toContain('[context-not-ignored]');
		expect(whittle(['lint', '-', '--stdin-filename', 'Containerfile'], { cwd, input: text }).stdout).not.toContain('[context-not-ignored]');
	});
});

describe('what cannot be looked at', () => {
	const cases: readonly [name: string, path: string, content: string | Uint8Array | undefined, said: RegExp][] = [
		['a file that is not there', 'Containerfile', undefined, /Containerfile does not exist/],
		['a folder without Containerfiles', '.', undefined, /no Containerfile or Dockerfile in this folder/],
		['a binary', 'Containerfile', Uint8Array.of(70, 0, 82), /not a text file/],
		['text of another encoding', 'Containerfile', Uint8Array.of(70, 82, 0xe4, 79), /not a text file/],
		['a file over the limit', 'Containerfile', '#'.repeat(1024 * 1024 + 1), /larger than 1 MiB/],
		['an empty path', '', clean, /one of the paths is empty/],
		['a path through a file', 'Containerfile/x', clean, /does not exist/],
	];
	it.each(cases)('%s is one sentence and exit 2', (_, path, content, said) => {
		const cwd = folderWith(content === undefined ? {} : { Containerfile: content });
		const { status, stdout, stderr } = whittle(['lint', path], { cwd });
		expect(sentences(stderr)).toEqual([expect.stringMatching(said)]);
		expect([status, stdout]).toEqual([2, '']);
	});

	it('a file of just 1 MiB is looked at', () => {
		const cwd = folderWith({ Containerfile: `${clean}${'#'.repeat(1024 * 1024 - clean.length)}` });
		expect(whittle(['lint', 'Containerfile'], { cwd })).toMatchObject({ status: 0, stderr: '' });
	});

	it('standard input over the limit or without text is refused too', () => {
		const cwd = folderWith({});
		for (const input of ['#'.repeat(2 * 1024 * 1024), Uint8Array.of(0)]) expect(whittle(['lint', '-'], { cwd, input }).status).toBe(2);
	});

	it('the rest is looked at all the same, and exit 2 wins over findings', () => {
		const cwd = folderWith({ 'a/Containerfile': wasteful, 'b/Dockerfile': Uint8Array.of(0), 'c/Containerfile': clean });
		symlinkSync('Containerfile', join(cwd, 'Containerfile'));
		symlinkSync('nowhere', join(cwd, 'c/Dockerfile'));
		const { status, stdout, stderr } = whittle(['lint', '.', 'missing', '--format', 'json'], { cwd });
		expect(filesIn(stdout)).toEqual([join('a', 'Containerfile'), join('c', 'Containerfile')]);
		expect(sentences(stderr)).toEqual([
			'Containerfile cannot be read: its symbolic links go in a circle.',
			expect.stringMatching(/^b.Dockerfile is not a text file/),
			expect.stringMatching(/^c.Dockerfile is a symbolic link to nothing/),
			'missing does not exist.',
		]);
		expect(status).toBe(2);
	});

	it.runIf(isRoot)('a file and a folder without permission', () => {
		const cwd = folderWith({ 'a/Containerfile': wasteful, 'b/Containerfile': clean, 'c/Containerfile': clean });
		chmodSync(cwd, 0o755);
		chmodSync(join(cwd, 'a/Containerfile'), 0);
		chmodSync(join(cwd, 'c'), 0);
		const { status, stdout, stderr } = whittle(['lint', '--format', 'json'], { cwd, uid: 65534 });
		expect(filesIn(stdout)).toEqual([join('b', 'Containerfile')]);
		expect([...sentences(stderr)].sort()).toEqual([`${join('a', 'Containerfile')} cannot be read: permission denied.`, 'c cannot be read: permission denied.']);
		expect(status).toBe(2);
	});
});

describe('exit status', () => {
	it('is 0 for a clean file and 1 for findings at or above the level', () => {
		const cwd = folderWith({ Containerfile: clean, wasteful });
		const status = (...words: readonly string[]) => whittle(['lint', ...words], { cwd }).status;
		expect(status()).toBe(0);
		expect(status('wasteful')).toBe(1);
		const onlyInfo = ['--rule', 'package-cache-kept=info', 'wasteful'];
		expect(status(...onlyInfo)).toBe(0);
		expect(status(...onlyInfo, '--fail-on', 'warning')).toBe(0);
		expect(status(...onlyInfo, '--fail-on', 'info')).toBe(1);
		expect(status(...onlyInfo, '--fail-on=hint')).toBe(1);
		expect(status('--rule', 'package-cache-kept=error', 'wasteful', '--fail-on', 'warning')).toBe(1);
	});

	it('is 1 for a file that does not parse', () => {
		const cwd = folderWith({ Containerfile: 'FROM scratch\nBANANA split\n' });
		const { status, stdout } = whittle(['lint'], { cwd });
		expect(status).toBe(1);
		expect(stdout).toMatch(/^Containerfile:2:1 error .*\n 2 \| BANANA split\n/);
	});

	it('is that of the lint where the reader of the output has gone', () => {
		const cwd = folderWith({ Containerfile: `FROM fedora:33\n${'RUN dnf -y install nginx\n'.repeat(3000)}` });
		const { stdout, stderr } = spawnSync('bash', ['-c', '"$0" "$1" lint --format json | head -c 1; set -- $PIPESTATUS; echo " $1"', process.execPath, program], {
			cwd,
			encoding: 'utf8',
		});
		expect([stdout, stderr]).toEqual(['[ 1\n', '']);
	});
});
