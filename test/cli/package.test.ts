import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rules } from '../../server/src/rules';

it('what npm packs holds the program, its server, its pages and schemas and the licences of what is in them, and no sources', () => {
	const { status, stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: join(__dirname, '../..'),
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	expect(status).toBe(0);
	const [{ files }] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
	const paths = files.map(({ path }) => path);
	expect(paths).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/server.js', 'dist/ThirdPartyNotices.txt', 'LICENSE', 'package.json']));
	expect(paths).toEqual(
		expect.arrayContaining(['schemas/whittlerc.schema.json', 'schemas/package.schema.json', 'docs/savings.md', ...rules.map(({ id }) => `docs/rules/${id}.md`)]),
	);
	expect(paths.filter((path) => /^(?:client|server|test|scripts|examples|out)\//.test(path))).toEqual([]);
});
