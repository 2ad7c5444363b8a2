// Writes what follows from the rules, rewrites and the catalogue into the files that repeat it: settings, schemas, the tables of README.md, docs/.
// `--check` writes nothing and exits 1 where a file is out of date.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { savingsPage } from './savings.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');

/** @type {typeof import('../server/src/lint/configurable')} */
const { configurable: rules } = await load('server/src/lint/configurable.ts');
/** @type {typeof import('../server/src/rewrites')} */
const { rewrites } = await load('server/src/rewrites/index.ts');
/** @type {typeof import('../server/src/lint/configSchema')} */
const { configSchema, manifestSchema, presetChoice, ruleLevels } = await load('server/src/lint/configSchema.ts');
/** @type {typeof import('../server/src/lint/explanation')} */
const { explainRule } = await load('server/src/lint/explanation.ts');

const repairs = { safe: 'by `fix`', suggested: 'on a click, or by `fix --suggested`', review: 'on a click, after a look', no: '' };

/** What a file has to be, from what it is; of those that are generated as a whole the old text does not count. @type {Map<string, (text: string) => string>} */
const files = new Map([
	['package.json', settings],
	['README.md', readme],
	['schemas/whittlerc.schema.json', () => json(configSchema())],
	['schemas/package.schema.json', () => json(manifestSchema())],
	[
		'docs/rules/README.md',
		() => `# The rules\n\n${ruleTable('')}\n\n\`whittle explain RULE\` says the same on the command line, and so does \`Whittle: Explain a Rule or Rewrite\` in VS Code.\n`,
	],
	['docs/savings.md', () => savings],
	...rules.map((rule) => /** @type {[string, () => string]} */ ([`docs/rules/${rule.id}.md`, () => `${explainRule(rule)}\n`])),
]);
const savings = savingsPage(await catalogue());

for (const [file, change] of files) {
	const path = join(root, file);
	const text = await readFile(path, 'utf8').catch(() => '');
	const next = change(text);
	if (next === text) continue;
	if (check) complain(`${file} is not what the code says`);
	else {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, next);
		console.log(`${file} written`);
	}
}

// Pages of rules that are gone.
for (const name of await readdir(join(root, 'docs/rules'))) {
	if (files.has(`docs/rules/${name}`)) continue;
	if (check) complain(`docs/rules/${name} is about no rule`);
	else await rm(join(root, 'docs/rules', name));
}

function complain(/** @type {string} */ what) {
	console.error(`${what}: run npm run generate`);
	process.exitCode = 1;
}

function settings(/** @type {string} */ text) {
	const manifest = JSON.parse(text);
	const { properties } = manifest.contributes.configuration;
	properties['whittle.rules'].properties = ruleLevels();
	Object.assign(properties['whittle.extends'], { enum: [...presetChoice().enum, null], enumDescriptions: presetChoice().enumDescriptions });
	return json(manifest);
}

function readme(/** @type {string} */ text) {
	const shapes = rewrites.map(({ id, title, needs }) => `| \`${id}\` | ${needs} | ${title} |`);
	const withRules = between(text, 'rules', ruleTable('docs/rules/'));
	return between(withRules, 'rewrites', ['| Rewrite | From | What it does |', '| --- | --- | --- |', ...shapes].join('\n'));
}

/** Every rule with a link to its page, which is in that folder. */
function ruleTable(/** @type {string} */ folder) {
	const rows = rules.map(({ id, title, severity, fixable }) => `| [\`${id}\`](${folder}${id}.md) | ${title} | ${severity} | ${repairs[fixable]} |`);
	return ['| Rule | What it finds | Level | Repaired |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** What every file of the catalogue exports, by its path there without the ending. */
async function catalogue() {
	const folder = 'server/src/model/catalog';
	const names = (await readdir(join(root, folder), { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
	return new Map(await Promise.all(names.map(async (name) => /** @type {const} */ ([name.replaceAll('\\', '/').replace(/\.ts$/, ''), await load(join(folder, name))]))));
}

function json(/** @type {unknown} */ value) {
	return `${JSON.stringify(value, null, 2)}\n`;
}

/** What a source file exports. */
async function load(/** @type {string} */ file) {
	const bundle = await build({ entryPoints: [join(root, file)], bundle: true, write: false, platform: 'node', format: 'cjs', mainFields: ['module', 'main'] });
	const module = { exports: /** @type {any} */ ({}) };
	new Function('module', 'exports', 'require', bundle.outputFiles[0]?.text ?? '')(module, module.exports, createRequire(import.meta.url));
	return module.exports;
}

/** The text with another one between the marks of that name. */
function between(/** @type {string} */ text, /** @type {string} */ name, /** @type {string} */ inner) {
	return text.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), (_all, open, close) => `${open}${inner}\n${close}`);
}
