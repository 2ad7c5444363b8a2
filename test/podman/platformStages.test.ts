import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loneFile } from '../../server/src/model/context/context';
import { rewriteOf } from '../support/rewriteLaws';
import { inspect } from './support/image';
import { whyNoRealBuilds } from './support/missing';
import { build, podman, removeStore, type Store } from './support/podman';

const missing = whyNoRealBuilds();
const platforms = ['amd64', 'arm64'];

/** Cases whose stages hold nothing but files, so that they need neither a base image nor an emulator. */
const cases = ['files-per-platform', 'files-in-named-stages'];

describe('stages for platforms', { timeout: 120_000 }, () => {
	let folder: string | undefined;
	let store: Store | undefined;

	beforeAll(() => {
		if (missing !== undefined) return;
		folder = mkdtempSync(join(tmpdir(), 'whittle-'));
		store = { root: join(folder, 'store'), runRoot: join(folder, 'run') };
		mkdirSync(store.runRoot);
	});

	afterAll(async () => {
		if (folder !== undefined) await removeStore(folder);
	});

	it.for(cases)('%s builds for none before, and for each one after, from the cache too', async (name, { skip }) => {
		if (missing !== undefined && !process.env['CI']) skip(missing);
		if (!store) throw new Error(`Nothing can be built here: ${missing}`);
		const context = join(__dirname, '../rewrites/portable-platform-stages', name);
		const before = readFileSync(join(context, 'Containerfile'), 'utf8');
		const { text: after } = rewriteOf('portable-platform-stages', before, loneFile);
		for (const platform of platforms) {
			const tag = `localhost/${name}-${platform}`;
			const order = { context, tag, platform: `linux/${platform}` };
			expect((await build(store, { ...order, text: before })).output).toMatch(/invalid reference format|no stage or image found with that name/);
			expect((await build(store, { ...order, text: after })).code).toBe(0);
			const file = join(store.runRoot, 'again.Containerfile');
			writeFileSync(file, after);
			const again = await podman(store, ['build', '--pull=never', '--layers', '--platform', order.platform, '--file', file, '--tag', tag, context]);
			expect(again).toContain('Using cache');
			const { files } = await inspect(store, tag);
			expect(readFileSync(join(files, 'platform'), 'utf8')).toBe(`${platform}\n`);
		}
	});
});
