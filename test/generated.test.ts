import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../server/src/lint/analyze';
import { loneFile } from '../server/src/model/context/context';
import { rewrites } from '../server/src/rewrites';
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

describe('the page of savings', () => {
	const page = readFileSync(join(root, 'docs/savings.md'), 'utf8');

	it('shows no patterns', () => {
		expect(page.match(/\(\?[:=!<].*|undefined/g)).toBeNull();
	});

	it('has the source of every saving that an example names', () => {
		const cell = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\|<>*_`[\]]/g, '\\$&');
		const findings = rules.flatMap(({ docs, check }) => [...check(analyze(docs.before, loneFile), loneFile)]);
		const offers = rewrites.flatMap(({ docs, propose }) => propose(analyze(docs.before, loneFile), loneFile) ?? []);
		const sources = [...findings, ...offers].flatMap((one) => ('saves' in one && one.saves ? one.saves.source : []));
		expect(sources.length).toBeGreaterThan(10);
		// That of bytecode lists the packages of which it is a sum.
		expect(sources.flatMap((source) => source.split(/[:,;] /).filter((part) => !page.includes(cell(part))))).toEqual([]);
	});

	it('has every figure, as all of them stand in the catalogue', () => {
		const folder = join(root, 'server/src');
		const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !/^(?:model.catalog|podman|cli|lsp)\b/.test(name));
		const figures = files.filter((name) => /\b(?:atLeast|atMost|bytes): [\d_]{6,}/.test(readFileSync(join(folder, name), 'utf8')));
		expect(figures).toEqual([]);
	});
});
