// Bundles the extension, its server and the command line into dist/; `--dev` leaves names readable and adds source maps.
import { build } from 'esbuild';

const dev = process.argv.includes('--dev');

/** @type {import('esbuild').BuildOptions} */
const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', minify: !dev, sourcemap: dev, legalComments: 'none', logLevel: 'warning', mainFields: ['module', 'main'] };

await Promise.all([
	build({ ...common, entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } }),
	build({ ...common, entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/server.js' }),
	build({ ...common, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] }),
]);
