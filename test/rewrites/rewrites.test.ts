import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loneFile } from '../../server/src/model/context/context';
import { rewrites } from '../../server/src/rewrites';
import { contextOf } from '../support/rewriteCases';
import { refusalOf, rewriteOf } from '../support/rewriteLaws';

const folders = (path: string) => readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const known = rewrites.map(({ id }) => id);

/** With WHITTLE_ACCEPT set, what comes out is written down instead of compared: read the difference before you commit it. */
function same(path: string, actual: string): void {
	if (process.env['WHITTLE_ACCEPT'] !== undefined) writeFileSync(path, actual);
	expect(actual).toBe(existsSync(path) ? readFileSync(path, 'utf8') : undefined);
}

it('every folder of cases belongs to a rewrite, and every rewrite has cases', () => {
	expect(folders(__dirname).sort()).toEqual([...known].sort());
});

describe.each(known)('%s', (id) => {
	const cases = existsSync(join(__dirname, id)) ? folders(join(__dirname, id)) : [];
	it.each(cases)('%s', (name) => {
		const folder = join(__dirname, id, name);
		const before = readFileSync(join(folder, 'Containerfile'), 'utf8');
		const context = contextOf(folder, before);
		if (existsSync(join(folder, 'refused.txt'))) {
			const { because, at } = refusalOf(id, before, context);
			same(join(folder, 'refused.txt'), `refused because ${because}\nat ${at}\n`);
			return;
		}
		const { text, title, assumes } = rewriteOf(id, before, context);
		same(join(folder, 'Containerfile.expected'), text);
		same(join(folder, 'assumes.txt'), [title, ...assumes, ''].join('\n'));
		const windows = (one: string) => one.replaceAll('\n', '\r\n');
		if (!before.includes('\r')) expect(rewriteOf(id, windows(before), context).text, 'with CRLF').toBe(windows(text));
	});
});

describe.each(rewrites.map((rewrite) => [rewrite.id, rewrite] as const))('the docs of %s', (id, { docs }) => {
	it('come true', () => {
		expect(rewriteOf(id, docs.before, loneFile).text).toBe(docs.after);
	});
});
