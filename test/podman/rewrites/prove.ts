import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextOf } from '../../support/rewriteCases';
import { rewriteOf } from '../../support/rewriteLaws';
import { bases } from '../support/bases';
import { changed, comparable } from '../support/configuration';
import { installedIn } from '../support/database';
import { type Emulation, emulateArm64 } from '../support/emulation';
import { type Image, inspect, layersOf } from '../support/image';
import { whyNoRealBuilds } from '../support/missing';
import { build, removeStore, type Store } from '../support/podman';
import type { Outcome } from '../support/programs';
import { start } from '../support/started';
import type { Proof } from './proof';

const missing = whyNoRealBuilds();

/** Bytes that a layer with a few files of an application's own has at most. */
const largestApplication = 100_000;

/**
 * Makes a test of each proof, which builds in a store of this file's own. Files run at the same time; the bases are made by the first that needs them.
 * `addBases` puts more of them into the store.
 */
export function prove(what: string, proofs: readonly Proof[], addBases: (store: Store) => Promise<void> = async () => {}): void {
	if (missing !== undefined && !process.env['CI']) console.log(`skipped: real builds of rewritten Containerfiles (${what}), because ${missing}`);

	describe(`podman builds before and after: ${what}`, { timeout: 600_000 }, () => {
		let folder: string | undefined;
		let store: Store | undefined;
		let armStore: Store | undefined;
		let emulation: Emulation | undefined;

		beforeAll(async () => {
			if (missing !== undefined) return;
			folder = mkdtempSync(join(tmpdir(), 'whittle-'));
			const { below, belowArm64, seen } = await bases();
			store = { root: join(folder, 'store'), runRoot: join(folder, 'run'), below, seen };
			armStore = { root: join(folder, 'store-arm64'), runRoot: join(folder, 'run-arm64'), below: belowArm64 };
			for (const { runRoot } of [store, armStore]) mkdirSync(runRoot);
			await addBases(store);
			if (proofs.some(({ platform }) => platform === 'linux/arm64')) emulation = await emulateArm64();
		}, 1_200_000);

		afterAll(async () => {
			await emulation?.end();
			if (folder !== undefined) await removeStore(folder);
		}, 120_000);

		for (const [index, proof] of proofs.entries()) {
			it(`${proof.rewrite}: ${proof.name}${proof.platform ? ` for ${proof.platform}` : ''}`, async ({ skip }) => {
				const lacking = missing ?? (proof.platform === 'linux/arm64' ? emulation?.missing : undefined);
				if (lacking !== undefined && !process.env['CI']) skip(lacking);
				const own = proof.platform === 'linux/arm64' ? armStore : store;
				if (!own || folder === undefined || lacking !== undefined) throw new Error(`Nothing can be built here: ${lacking}`);
				await hold({ store: own, folder, name: `localhost/proof-${index}` }, proof);
			});
		}
	});
}

interface Workshop {
	readonly store: Store;
	readonly folder: string;
	readonly name: string;
}

/** Builds a case before and after its rewrite, and holds the images against each other. */
async function hold(workshop: Workshop, proof: Proof): Promise<void> {
	const source = join(__dirname, '../../rewrites', proof.rewrite, proof.name);
	const text = readFileSync(join(source, 'Containerfile'), 'utf8');
	const { text: rewritten } = rewriteOf(proof.rewrite, text, contextOf(source, text));
	if (proof.before === 'does not build') {
		const { code } = await order(workshop, proof, source, 'before', text);
		expect(code, 'how a build ends that has to fail').not.toBe(0);
		await built(workshop, proof, source, 'after', rewritten);
		return;
	}
	const both = [built(workshop, proof, source, 'before', text), built(workshop, proof, source, 'after', rewritten)] as const;
	await Promise.allSettled(both);
	const [before, after] = await Promise.all(both);
	// Not by console.log, of which Vitest makes three lines.
	process.stdout.write(
		`${proof.rewrite}, ${proof.name}: ${megabytes(before.size)} MB, then ${megabytes(after.size)} MB (${Math.round((1 - after.size / before.size) * 100)} % smaller)\n`,
	);
	expect(after.size, `bytes, of ${before.size} before`).toBeLessThanOrEqual(before.size * (1 - proof.smaller));
	expect(comparable(after.config), rewritten).toEqual(changed(comparable(before.config), proof.changed ?? {}));
	expect(
		(proof.without ?? []).filter((path) => existsSync(join(after.files, path))),
		'what is in the image, and should not be',
	).toEqual([]);
	if (proof.application !== undefined) await changeOneByte(workshop, proof, rewritten, proof.application);
	if (!proof.packages) return;
	const { manager, listed } = proof.packages;
	expect(await installedIn(after.files, manager, workshop.folder)).toEqual(expect.arrayContaining([...listed]));
	expect(readFileSync(join(after.files, 'usr/lib/os-release'), 'utf8')).toBe(readFileSync(join(before.files, 'usr/lib/os-release'), 'utf8'));
}

/** Builds the rewritten text twice more, as anybody does, with another byte of a file the second time. */
async function changeOneByte({ store, folder, name }: Workshop, proof: Proof, text: string, file: string): Promise<void> {
	const tag = `${name}-after`;
	const context = contextFolder(folder, tag);
	const layers = async () => {
		const { code, output } = await build(store, { text, context, tag, cached: true, ...(proof.format ? { format: proof.format } : {}) });
		if (code !== 0) throw new Error(`after the rewrite this does not build again:\n${text}\n${output.slice(-4000)}`);
		return layersOf(store, tag);
	};
	const before = await layers();
	expect(before.digests.length, text).toBeGreaterThan(1);
	const bytes = readFileSync(join(context, file));
	bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
	writeFileSync(join(context, file), bytes);
	const after = await layers();
	expect(after.digests.slice(0, -1), text).toEqual(before.digests.slice(0, -1));
	expect(after.digests, text).not.toEqual(before.digests);
	expect(after.last, `bytes of the layer with ${file}`).toBeLessThan(largestApplication);
}

/** The image of a text, after a container of it has done what it has to. */
async function built(workshop: Workshop, proof: Proof, source: string, when: string, text: string): Promise<Image> {
	const { code, output, tag } = await order(workshop, proof, source, when, text);
	if (code !== 0) throw new Error(`${when} the rewrite this does not build:\n${text}\n${output.slice(-4000)}`);
	const started = await start(workshop.store, tag, proof.start);
	expect(started.stdout, `what a container says ${when} the rewrite:\n${text}\n${started.output.slice(-2000)}`).toBe(proof.says);
	expect(started.code, `how a container ends ${when} the rewrite`).toBe(0);
	return inspect(workshop.store, tag);
}

async function order({ store, folder, name }: Workshop, { platform, format }: Proof, source: string, when: string, text: string): Promise<Outcome & { readonly tag: string }> {
	const tag = `${name}-${when}`;
	const context = contextFolder(folder, tag);
	cpSync(source, context, { recursive: true });
	return { ...(await build(store, { text, context, tag, ...(platform ? { platform } : {}), ...(format ? { format } : {}) })), tag };
}

function contextFolder(folder: string, tag: string): string {
	return join(folder, tag.replace(/\W/g, '-'));
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}
