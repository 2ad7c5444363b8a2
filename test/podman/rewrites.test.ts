import { cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewriteOf } from '../support/rewriteLaws';
import { contextOf } from '../support/rewriteCases';
import { proofs } from './rewrites/proofs';
import type { Proof } from './rewrites/proof';
import { bases } from './support/bases';
import { changed, comparable } from './support/configuration';
import { installedIn } from './support/database';
import { type Image, inspect } from './support/image';
import { whyNoRealBuilds } from './support/missing';
import { build, removeStore, type Store } from './support/podman';
import { start } from './support/started';

const missing = whyNoRealBuilds();
if (missing !== undefined && !process.env['CI']) console.log(`skipped: real builds of rewritten Containerfiles, because ${missing}`);

describe('podman builds before and after', { timeout: 600_000 }, () => {
	let folder: string | undefined;
	let store: Store | undefined;

	beforeAll(async () => {
		if (missing !== undefined) return;
		folder = mkdtempSync(join(tmpdir(), 'whittle-'));
		store = { root: join(folder, 'store'), runRoot: join(folder, 'run'), ...(await bases()) };
		mkdirSync(store.runRoot);
	}, 1_200_000);

	afterAll(async () => {
		if (folder !== undefined) await removeStore(folder);
	}, 120_000);

	for (const [index, proof] of proofs.entries()) {
		it(`${proof.rewrite}: ${proof.name}`, async ({ skip }) => {
			if (missing !== undefined && !process.env['CI']) skip(missing);
			if (!store || folder === undefined) throw new Error(`Nothing can be built here: ${missing}`);
			await prove({ store, folder, name: `localhost/proof-${index}` }, proof);
		});
	}
});

interface Workshop {
	readonly store: Store;
	readonly folder: string;
	readonly name: string;
}

/** Builds a case before and after its rewrite, and holds the images against each other. */
async function prove(workshop: Workshop, proof: Proof): Promise<void> {
	const source = join(__dirname, '../rewrites', proof.rewrite, proof.name);
	const text = readFileSync(join(source, 'Containerfile'), 'utf8');
	const { text: rewritten } = rewriteOf(proof.rewrite, text, contextOf(source, text));
	const both = [built(workshop, proof, source, 'before', text), built(workshop, proof, source, 'after', rewritten)] as const;
	await Promise.allSettled(both);
	const [before, after] = await Promise.all(both);
	console.log(`${proof.rewrite} ${proof.name}: ${megabytes(before.size)} MB, then ${megabytes(after.size)} MB (${Math.round((1 - after.size / before.size) * 100)} % smaller)`);
	expect(after.size, `bytes, of ${before.size} before`).toBeLessThanOrEqual(before.size * (1 - proof.smaller));
	expect(comparable(after.config), rewritten).toEqual(changed(comparable(before.config), proof.changed ?? {}));
	if (!proof.packages) return;
	const { manager, listed } = proof.packages;
	expect(await installedIn(after.files, manager, workshop.folder)).toEqual(expect.arrayContaining([...listed]));
	expect(readFileSync(join(after.files, 'usr/lib/os-release'), 'utf8')).toBe(readFileSync(join(before.files, 'usr/lib/os-release'), 'utf8'));
}

/** The image of a text, after a container of it has done what it has to. */
async function built({ store, folder, name }: Workshop, { start: how, says, platform, format }: Proof, source: string, when: string, text: string): Promise<Image> {
	const tag = `${name}-${when}`;
	const context = join(folder, tag.replace(/\W/g, '-'));
	cpSync(source, context, { recursive: true });
	const { code, output } = await build(store, { text, context, tag, ...(platform ? { platform } : {}), ...(format ? { format } : {}) });
	if (code !== 0) throw new Error(`${when} the rewrite this does not build:\n${text}\n${output.slice(-4000)}`);
	const started = await start(store, tag, how);
	expect(started.stdout, `what a container says ${when} the rewrite:\n${text}\n${started.output.slice(-2000)}`).toBe(says);
	expect(started.code, `how a container ends ${when} the rewrite`).toBe(0);
	return inspect(store, tag);
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}
