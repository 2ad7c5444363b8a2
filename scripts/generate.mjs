// Writes what follows from the rules into the files that repeat it: the settings in package.json and the table in README.md.
// `--check` writes nothing and exits 1 where a file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');

const bundle = await build({
	entryPoints: [join(root, 'server/src/lint/configurable.ts')],
	bundle: true,
	write: false,
	platform: 'node',
	format: 'cjs',
	mainFields: ['module', 'main'],
});
const module = { exports: /** @type {{ configurable?: readonly { id: string, title: string, severity: string, fixable: string }[] }} */ ({}) };
new Function('module', 'exports', 'require', bundle.outputFiles[0]?.text ?? '')(module, module.exports, createRequire(import.meta.url));
const rules = module.exports.configurable ?? [];

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
			const table = ['| Rule | What it finds | Level | Repaired |', '| --- | --- | --- | --- |', ...rows].join('\n');
			return text.replace(/(<!-- rules -->\n)[\s\S]*?(\n<!-- \/rules -->)/, (_all, open, close) => `${open}${table}${close}`);
		},
	],
];

for (const [file, change] of files) {
	const path = join(root, file);
	const text = await readFile(path, 'utf8');
	const next = change(text);
	if (next === text) continue;
	if (check) {
		console.error(`${file} is not what the rules say: run npm run generate`);
		process.exitCode = 1;
	} else {
		await writeFile(path, next);
		console.log(`${file} written`);
	}
}
