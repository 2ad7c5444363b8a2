// Writes what follows from the rules and rewrites into the files that repeat it: the settings in package.json and the tables in README.md.
// `--check` writes nothing and exits 1 where a file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');

/** @type {{ configurable: readonly { id: string, title: string, severity: string, fixable: string }[] }} */
const { configurable: rules } = await load('server/src/lint/configurable.ts');
/** @type {{ rewrites: readonly { id: string, title: string, needs: string }[] }} */
const { rewrites } = await load('server/src/rewrites/index.ts');

const repairs = { safe: 'by `fix`', suggested: 'on a click, or by `fix --suggested`', review: 'on a click, after a look', no: '' };

/** @type {readonly [file: string, change: (text: string) => string][]} */
const files = [
	[
		'package.json',
		(text) => {
			const manifest = JSON.parse(text);
			manifest.contributes.configuration.properties['whittle.rules'].properties = Object.fromEntries(
				rules.map(({ id, title, severity }) => [
					id,
					{ type: 'string', enum: ['error', 'warning', 'info', 'hint', 'off'], description: `${title} (${severity} where nothing is set).` },
				]),
			);
			return `${JSON.stringify(manifest, null, 2)}\n`;
		},
	],
	[
		'README.md',
		(text) => {
			const rows = rules.map(({ id, title, severity, fixable }) => `| \`${id}\` | ${title} | ${severity} | ${repairs[/** @type {keyof typeof repairs} */ (fixable)]} |`);
			const shapes = rewrites.map(({ id, title, needs }) => `| \`${id}\` | ${needs} | ${title} |`);
			const withRules = between(text, 'rules', ['| Rule | What it finds | Level | Repaired |', '| --- | --- | --- | --- |', ...rows]);
			return between(withRules, 'rewrites', ['| Rewrite | From | What it does |', '| --- | --- | --- |', ...shapes]);
		},
	],
];

for (const [file, change] of files) {
	const path = join(root, file);
	const text = await readFile(path, 'utf8');
	const next = change(text);
	if (next === text) continue;
	if (check) {
		console.error(`${file} is not what the rules and rewrites say: run npm run generate`);
		process.exitCode = 1;
	} else {
		await writeFile(path, next);
		console.log(`${file} written`);
	}
}

/** What a source file exports. */
async function load(/** @type {string} */ file) {
	const bundle = await build({ entryPoints: [join(root, file)], bundle: true, write: false, platform: 'node', format: 'cjs', mainFields: ['module', 'main'] });
	const module = { exports: /** @type {any} */ ({}) };
	new Function('module', 'exports', 'require', bundle.outputFiles[0]?.text ?? '')(module, module.exports, createRequire(import.meta.url));
	return module.exports;
}

/** The text with these lines between the marks of that name. */
function between(/** @type {string} */ text, /** @type {string} */ name, /** @type {readonly string[]} */ lines) {
	return text.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), (_all, open, close) => `${open}${lines.join('\n')}\n${close}`);
}
