// Bundles the extension, its server and the command line into dist/; `--dev` leaves names readable and adds source maps.
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const dev = process.argv.includes('--dev');

/** @type {import('esbuild').BuildOptions} */
const common = {
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	minify: !dev,
	sourcemap: dev ? 'inline' : false,
	legalComments: 'none',
	logLevel: 'warning',
	mainFields: ['module', 'main'],
};

/** Bundles an entry; the file appears whole, so that whoever starts it meanwhile gets the old one or the new. */
async function bundle(/** @type {string} */ entry, /** @type {string} */ outfile, /** @type {import('esbuild').BuildOptions} */ more = {}) {
	const partial = `${outfile}.${process.pid}.tmp`;
	const { metafile } = await build({ ...common, ...more, entryPoints: [entry], outfile: partial, metafile: true });
	await rename(partial, outfile);
	return Object.keys(metafile.inputs);
}

const inputs = await Promise.all([
	bundle('server/src/cli/main.ts', 'dist/cli.js', { banner: { js: '#!/usr/bin/env node' } }),
	bundle('server/src/lsp/main.ts', 'dist/server.js'),
	bundle('client/src/extension.ts', 'dist/extension.js', { external: ['vscode'] }),
]);

// The licences of what is bundled ask for their texts to go with it.
const packages = [...new Set(inputs.flat().flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []))].sort();
const notices = await Promise.all(packages.map(noticeOf));
await writeFile('dist/ThirdPartyNotices.txt', `Whittle contains these packages.\n\n${notices.join('\n')}`);

async function noticeOf(/** @type {string} */ name) {
	const folder = join('node_modules', name);
	const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	if (!file) throw new Error(`${name} has no licence text to ship: look into ${folder}`);
	return `${'='.repeat(80)}\n${name} ${version} (${license})\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
}
