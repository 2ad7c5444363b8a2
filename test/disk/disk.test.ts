import { mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findConfig } from '../../server/src/disk/config';
import { readBuildContext } from '../../server/src/disk/context';
import { isContainerfileName } from '../../server/src/disk/find';
import { readContainerfile } from '../../server/src/disk/read';
import { writeAtomically } from '../../server/src/disk/write';
import { wantedPaths } from '../../server/src/model/context/buildContext';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { folderWith } from '../support/commandLine';

describe('readBuildContext', () => {
	it('says what is there of what is wanted, and reads ignore files', () => {
		const folder = folderWith({ '.dockerignore': '.git\n', 'Containerfile.containerignore': '', 'src/a/x.c': '', '.git/HEAD': '', other: '' });
		const { present, ignoreFiles, fileName } = readBuildContext(folder, 'Containerfile', [
			'.dockerignore',
			'Containerfile.containerignore',
			'.containerignore',
			'./src/',
			'src/a/../a/x.c',
			'.git',
			'no',
			'.',
		]);
		expect([...present].sort()).toEqual(['.', '.dockerignore', '.git', 'Containerfile.containerignore', 'src', 'src/a/x.c']);
		expect([...ignoreFiles]).toEqual([
			['.dockerignore', '.git\n'],
			['Containerfile.containerignore', ''],
		]);
		expect(fileName).toBe('Containerfile');
	});

	it('never leaves the folder, not through links either', () => {
		const outside = folderWith({ secret: 'x', '.dockerignore': 'secret' });
		const folder = folderWith({ 'sub/a': '' });
		symlinkSync(outside, join(folder, 'link'));
		symlinkSync(join(outside, '.dockerignore'), join(folder, '.dockerignore'));
		const wanted = ['../', '..', `../${outside.split('/').at(-1)}/secret`, join(outside, 'secret'), '/etc', 'sub/../../x', 'link/secret', 'link', '.dockerignore', 'a\0b', ''];
		const { present, ignoreFiles } = readBuildContext(folder, 'Containerfile', wanted);
		expect([...present].sort()).toEqual(['.dockerignore', 'link']);
		expect(ignoreFiles.size).toBe(0);
	});

	it('reads what a list of packages takes in, and nothing outside', () => {
		const folder = folderWith({ 'app/prod.txt': '-r base.txt\n--constraint=../all.txt\n-r ../../out.txt\n', 'app/base.txt': '-r prod.txt\n', 'all.txt': 'x<2\n' });
		expect([...(readBuildContext(folder, 'Containerfile', [], ['app/prod.txt']).texts?.keys() ?? [])]).toEqual(['app/prod.txt', 'app/base.txt', 'all.txt']);
	});

	it('reads the manifests of what is wanted, and none that leads out of the folder', () => {
		const outside = folderWith({ 'Cargo.toml': '[package]' });
		const folder = folderWith({ 'package.json': '{}', 'web/package.json': '{"a": 1}', 'yarn.lock': 'x' });
		symlinkSync(join(outside, 'Cargo.toml'), join(folder, 'Cargo.toml'));
		const wanted = wantedPaths(parseContainerfile('FROM a\nCOPY . .\nCOPY web /web\n'), 'Containerfile');
		const { present, manifests } = readBuildContext(folder, 'Containerfile', wanted);
		expect([...(manifests ?? [])].sort()).toEqual([
			['package.json', '{}'],
			['web/package.json', '{"a": 1}'],
		]);
		expect(present.has('yarn.lock')).toBe(true);
	});

	it('of a folder that is not there is empty', () => {
		expect(readBuildContext('/nowhere/at/all', 'Containerfile', ['.git', '.']).present.size).toBe(0);
	});
});

describe('readContainerfile', () => {
	it('gives the text as it is, byte order mark and line endings included', () => {
		const folder = folderWith({ Containerfile: '\uFEFFFROM a\r\n' });
		expect(readContainerfile(join(folder, 'Containerfile'))).toBe('\uFEFFFROM a\r\n');
	});

	it('refuses a folder', () => {
		const folder = folderWith({});
		expect(readContainerfile(folder, 'x')).toEqual({ because: 'x is a folder' });
	});

	it.skipIf(process.platform === 'win32')('does not begin to read what may have no end', () => {
		expect(readContainerfile('/dev/zero')).toEqual({ because: '/dev/zero is not a file but a pipe or a device' });
	});
});

describe('writeAtomically', () => {
	it('makes a new file, and replaces an old one by another', () => {
		const folder = folderWith({ old: 'a' });
		const before = statSync(join(folder, 'old')).ino;
		expect([writeAtomically(join(folder, 'new'), 'x'), writeAtomically(join(folder, 'old'), 'y')]).toEqual([undefined, undefined]);
		expect([readFileSync(join(folder, 'new'), 'utf8'), readFileSync(join(folder, 'old'), 'utf8')]).toEqual(['x', 'y']);
		expect(statSync(join(folder, 'old')).ino).not.toBe(before);
	});

	it('says why it cannot', () => {
		const folder = folderWith({ file: '' });
		expect(writeAtomically(join(folder, 'none/x'), '', 'none/x')).toEqual({ because: 'none/x cannot be written: its folder does not exist' });
		mkdirSync(join(folder, 'sub'));
		expect(writeAtomically(join(folder, 'sub'), '', 'sub')?.because).toMatch(/^sub cannot be written/);
		expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('');
	});
});

describe('findConfig', () => {
	it('looks upward, past folders of that name', () => {
		const folder = folderWith({ '.whittlerc.json': '{}', 'a/.whittlerc.json/x': '' });
		expect(findConfig(join(folder, 'a/b/not/there'))).toBe(join(folder, '.whittlerc.json'));
		expect(findConfig(join(folder, '.whittlerc.json'))).toBe(join(folder, '.whittlerc.json'));
	});
});

it('isContainerfileName takes names in any case', () => {
	expect(['CONTAINERFILE', 'dockerfile.Prod', 'a.b.DockerFile'].map(isContainerfileName)).toEqual([true, true, true]);
	expect(['Dockerfile.MD', 'Dockerfiles', 'dockerfile-old', 'a.containerfile.txt', 'Dockerfile.prod.bak'].map(isContainerfileName)).toEqual([false, false, false, false, false]);
});
