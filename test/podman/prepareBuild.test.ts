import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../server/src/podman/engine';
import { isPlanRefusal } from '../../server/src/podman/plan';
import { prepareBuild } from '../../server/src/podman/prepareBuild';
import type { BuildOptions } from '../../server/src/podman/request';
import { secretFile, secretIn } from '../../server/src/podman/secrets';
import { folderWith } from '../support/commandLine';

const version = [5, 8, 0] as const;
const engine: Engine = { program: 'podman', options: [], version, remote: false, machine: { version, platform: 'linux/amd64', emulated: [] }, connections: [], farms: [] };

async function prepare(context: string, options: BuildOptions = {}, file = join(context, 'Containerfile')): Promise<string | readonly unknown[]> {
	const plan = await prepareBuild({ file, context, name: 'app', platforms: [], options }, engine);
	return isPlanRefusal(plan) ? plan.because : (plan.rows[0]?.[0]?.steps[0]?.args ?? []);
}

describe('before a build', () => {
	it('is read what is built', async () => {
		const folder = folderWith({ Containerfile: 'FROM a\n' });
		expect(await prepare(folder)).toContain('build');
		expect(await prepare(folder, {}, join(folder, 'nothing'))).toMatch(/nothing cannot be read \(ENOENT\)/);
		expect(await prepare(join(folder, 'nothing'), {}, join(folder, 'Containerfile'))).toMatch(/build context .*nothing is no folder/);
	});

	it.each(['x'.repeat(300), 'a\0b', 'Containerfile/x'])('is no folder and no file %j', async (name) => {
		const folder = folderWith({ Containerfile: 'FROM a\n' });
		const path = `${folder}/${name}`;
		expect(await prepare(path, {}, join(folder, 'Containerfile'))).toContain('is no folder');
		expect(await prepare(folder, { authfile: path })).toContain('There is no file with credentials');
		expect(await prepare(folder, {}, path)).toContain('cannot be read');
	});

	it('are missed the files that options name', async () => {
		const folder = folderWith({ Containerfile: 'FROM a\n', there: '' });
		const there = join(folder, 'there');
		const gone = join(folder, 'gone');
		expect(await prepare(folder, { authfile: there, ignorefile: there, secrets: [`id=x,src=${there}`, 'id=y', `id=z,type=env,src=${gone}`] })).toContain('build');
		expect(await prepare(folder, { authfile: gone })).toBe(`There is no file with credentials ${gone}; \`podman login --authfile\` makes one, or leave the option out`);
		expect(await prepare(folder, { ignorefile: gone })).toBe(`There is no ignore file ${gone}; write it, or leave the option out`);
		expect(await prepare(folder, { secrets: [`id=x,src=${gone}`] })).toBe(`There is no file ${gone}, where the secret id=x,src=${gone} should be`);
		expect(await prepare(folder, { ignorefile: folder })).toContain('There is no ignore file');
	});

	it('is named the ignore file of the Containerfile itself, which is no folder', async () => {
		const folder = folderWith({ Containerfile: 'FROM a\n', 'Containerfile.containerignore': '' });
		mkdirSync(join(folder, 'Containerfile.dockerignore'));
		const args = await prepare(folder);
		expect(args[args.indexOf('--ignorefile') + 1]).toBe(join(folder, 'Containerfile.containerignore'));
	});
});

it.each([
	['id=x,src=a/b', '/w', 'id=x,src=/w/a/b', '/w/a/b'],
	['source=../a b,id=x', '/w', 'source=/a b,id=x', '/a b'],
	['id=x,src=/a', '/w', 'id=x,src=/a', '/a'],
	['id=x', '/w', 'id=x', undefined],
	['id=x,src=', '/w', 'id=x,src=', undefined],
	['id=x,type=env,src=TOKEN', '/w', 'id=x,type=env,src=TOKEN', undefined],
	['id=PATH,src=TOKEN', '/w', 'id=PATH,src=TOKEN', undefined],
	['id=x,type=file,src=a=b', '/w', 'id=x,type=file,src=/w/a=b', '/w/a=b'],
])('the secret %s in %s is %s', (secret, folder, found, file) => {
	expect([secretIn(secret, folder), secretFile(secretIn(secret, folder))]).toEqual([found, file]);
});
