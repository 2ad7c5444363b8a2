import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/src/lint/config';
import { configurable } from '../../server/src/lint/configurable';
import fc from '../support/properties';

const { array, assert, constantFrom, dictionary, oneof, option, property, record, string } = fc;
const schemas = join(__dirname, '../../schemas');
const read = (name: string): object => JSON.parse(readFileSync(join(schemas, name), 'utf8'));
// Words that only editors know.
const ajv = new Ajv({ strict: true, keywords: ['enumDescriptions', 'patternErrorMessage', 'markdownDescription'] });
ajv.addSchema(read('whittlerc.schema.json'), 'whittlerc.schema.json');
const isConfig = ajv.getSchema('whittlerc.schema.json') ?? (() => false);
const isManifest = ajv.compile(read('package.schema.json'));

const good: readonly unknown[] = [
	{},
	{ $schema: './node_modules/whittle/schemas/whittlerc.schema.json' },
	{ extends: 'images-only', rules: Object.fromEntries(configurable.map(({ id }) => [id, 'off'])), builder: 'podman@4.3.1' },
	{ build: { target: '', squash: false, layers: false }, rewrite: { finalBase: '' } },
	{ rewrite: { finalBase: 'registry.example:5000/base/static-debian12:nonroot@sha256:0a' } },
	{ overrides: [] },
	{ overrides: [{ files: ['legacy/**', '*.dockerfile'], extends: 'strict', rules: {}, builder: 'any', build: {}, rewrite: {} }] },
	{ overrides: [{ files: ['a..b/..c/**'] }] },
];

const bad: readonly unknown[] = [
	[],
	null,
	'strict',
	{ buidler: 'podman' },
	{ $schema: null },
	{ extends: ['strict'] },
	{ rules: [] },
	{ rules: { nonsense: 'off' } },
	{ rules: { 'heavy-base': 0 } },
	{ rules: { constructor: 'off' } },
	{ builder: null },
	{ builder: 'podman@4' },
	{ builder: 'buildkit@1.2' },
	{ builder: 'any@1.2' },
	{ build: { targte: 'x' } },
	{ build: { squash: true } },
	{ build: { layers: 'no' } },
	{ rewrite: { finalBase: 'a\nRUN b' } },
	{ rewrite: { finalBase: '-a' } },
	{ overrides: {} },
	{ overrides: [{}] },
	{ overrides: [{ files: 'legacy/**' }] },
	{ overrides: [{ files: [] }] },
	{ overrides: [{ files: [''] }] },
	{ overrides: [{ files: ['/legacy/**'] }] },
	{ overrides: [{ files: ['../legacy/**'] }] },
	{ overrides: [{ files: ['a/../b'] }] },
	{ overrides: [{ files: ['!legacy/**'] }] },
	{ overrides: [{ files: ['legacy\\**'] }] },
	{ overrides: [{ files: ['*a*a*a*a*b'] }] },
	{ overrides: [{ files: ['a'.repeat(201)] }] },
	{ overrides: [{ files: ['a'], overrides: [] }] },
	{ overrides: [{ files: ['a'], $schema: 'x' }] },
];

describe('the schema of a configuration', () => {
	it.each(good.map((value) => [value]))('takes what is read without a word: %j', (value) => {
		expect([isConfig(value), readConfig(value).problems]).toEqual([true, []]);
		expect(isManifest({ name: 'x', whittle: value })).toBe(true);
	});

	it.each(bad.map((value) => [value]))('refuses what is read with a complaint: %j', (value) => {
		expect(isConfig(value)).toBe(false);
		expect(readConfig(value).problems.length).toBeGreaterThan(0);
		expect(isManifest({ whittle: value })).toBe(false);
	});

	it('says the same as the reader to whatever somebody writes', () => {
		const words = constantFrom('', 'any', 'podman', 'podman@4.3', 'strict', 'recommended', 'off', 'error', 'new', 'all', 'legacy/**', '../x', '!x', 'x:1', 'a b', 'a\n');
		const anything = oneof(words, string(), constantFrom(null, true, false, 0, 1.5, [], {}));
		const optional = { requiredKeys: [] };
		const rules = oneof({ arbitrary: dictionary(oneof(constantFrom(...configurable.map(({ id }) => id)), words), anything), weight: 4 }, { arbitrary: anything, weight: 1 });
		const build = oneof(anything, record({ target: anything, squash: anything, layers: anything, more: anything }, optional));
		const rewrite = oneof(anything, record({ finalBase: anything, more: anything }, optional));
		const said = { extends: anything, rules, builder: anything, build, rewrite };
		const override = oneof(anything, record({ files: oneof(array(anything), anything), ...said, overrides: anything }, optional));
		const config = record({ $schema: anything, ...said, overrides: oneof(array(override), anything), more: option(anything) }, optional);
		assert(
			property(oneof(config, anything), (value) => isConfig(value) === (readConfig(value).problems.length === 0)),
			{ numRuns: 3000 },
		);
	});

	it('leaves the rest of a package.json alone', () => {
		expect(isManifest({ name: 'x', whittles: 1 })).toBe(true);
	});
});
