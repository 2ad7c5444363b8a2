// npm run corpus -- DIR: checks the laws of a fix on every Containerfile of a folder. Bundles test/corpus/run.ts, which says more with --help.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const outfile = join(root, 'out', 'corpus', 'run.cjs');

await build({
	entryPoints: [join(root, 'test', 'corpus', 'run.ts')],
	outfile,
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	sourcemap: true,
	logLevel: 'warning',
	mainFields: ['module', 'main'],
});
await import(pathToFileURL(outfile).href);
