import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rules } from '../server/src/rules';

const root = join(__dirname, '..');

it('settings, schemas, tables and pages are what the code says', () => {
	const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/generate.mjs'), '--check'], { encoding: 'utf8' });
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it('every rule is listed, in a file of its name, and tested in one', () => {
	const named = (folder: string, ending: string) =>
		readdirSync(join(root, folder))
			.filter((name) => name.endsWith(ending) && name.includes('-'))
			.map((name) => name.slice(0, -ending.length))
			.sort();
	const ids = rules.map(({ id }) => id).sort();
	expect(named('server/src/rules', '.ts')).toEqual(ids);
	expect(named('test/rules', '.test.ts')).toEqual(expect.arrayContaining(ids));
});
