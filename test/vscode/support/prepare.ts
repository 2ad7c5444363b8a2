import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { runNpm } from '../../../scripts/npm.mjs';
import { root, suiteProgram, vsix } from './places';

/** Vitest's global set-up: packages the extension unless WHITTLE_VSIX names a package, and compiles the suite for the extension host. */
export async function setup(): Promise<void> {
	if (process.env['WHITTLE_VSIX'] === undefined) {
		await runNpm(['run', 'package'], root);
	}
	if (!existsSync(vsix)) {
		throw new Error(`There is no packaged extension at ${vsix}: run npm run package, or correct WHITTLE_VSIX.`);
	}
	const sources = join(root, 'test/vscode/suite');
	rmSync(dirname(suiteProgram), { recursive: true, force: true });
	await build({
		entryPoints: readdirSync(sources).map((name) => join(sources, name)),
		outdir: dirname(suiteProgram),
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		sourcemap: 'inline',
		external: ['vscode', 'mocha'],
	});
}
