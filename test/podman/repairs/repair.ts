import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RepairCase } from '../cases/repairCase';
import { bases } from '../support/bases';
import { type Allowed, differences } from '../support/files';
import { type Image, inspect } from '../support/image';
import { packLanguagePackages } from '../support/languagePackages';
import { whyNoRealBuilds } from '../support/missing';
import { build, removeStore, type Store } from '../support/podman';
import { type Variant, variantsOf } from '../support/repaired';
import { serve } from '../support/server';

/** Package managers' caches, lists and logs: nothing reads them later, and no two builds leave the same. */
const caches = [/^\/(?:var\/(?:cache|log)|var\/lib\/apt\/lists|(?:root|home\/app)\/\.(?:npm|cache))(?:\/|$)/];

/** Bytes by which two builds of the same text may differ: what is in logs and databases. */
const jitter = 16_384;

const missing = whyNoRealBuilds();

/**
 * Makes a test of each case, which builds in a store of this file's own. Files run at the same time; the bases are made by the first that needs them.
 * `addBases` puts more of them into the store.
 */
export function repair(what: string, cases: readonly RepairCase[], addBases: (store: Store) => Promise<void> = async () => {}): void {
	if (missing !== undefined && !process.env['CI']) console.log(`skipped: real builds of repaired Containerfiles (${what}), because ${missing}`);

	describe(`podman builds before and after repairs: ${what}`, { timeout: 600_000 }, () => {
		let folder: string | undefined;
		let store: Store | undefined;
		let server: Awaited<ReturnType<typeof serve>> | undefined;

		beforeAll(async () => {
			if (missing !== undefined) return;
			folder = mkdtempSync(join(tmpdir(), 'whittle-'));
			server = await serve(await packLanguagePackages(join(folder, 'packages')));
			const { below, seen } = await bases();
			store = { root: join(folder, 'store'), runRoot: join(folder, 'run'), below, seen };
			mkdirSync(store.runRoot);
			await addBases(store);
		}, 1_200_000);

		afterAll(async () => {
			server?.close();
			if (folder !== undefined) await removeStore(folder);
		}, 120_000);

		for (const [index, one] of cases.entries()) {
			it(one.name, async ({ skip }) => {
				if (missing !== undefined && !process.env['CI']) skip(missing);
				if (!store || !server || folder === undefined) throw new Error(`Nothing can be built here: ${missing}`);
				const workshop = { store, context: contextOf(one, join(folder, `context-${index}`)), name: `localhost/case-${index}` };
				await judge(workshop, one, variantsOf(one, server.address));
			});
		}
	});
}

/** Builds what a case is before and after its repairs, and holds the images against each other. */
async function judge(workshop: Workshop, one: RepairCase, [before, safe, suggested]: ReturnType<typeof variantsOf>): Promise<void> {
	expect(safe.rules).toEqual(one.safe);
	expect(suggested.rules).toEqual(one.suggested);
	expect([safe.text !== before.text, suggested.text !== before.text]).toEqual([one.safe.length > 0, one.suggested.length > 0]);
	const variants = [before, safe, suggested].filter((variant, index, all) => all.findIndex(({ text }) => text === variant.text) === index);
	const images = await Promise.all(variants.map((variant) => builtAndChecked(workshop, one, variant)));
	const [old] = images;
	if (!old) return;
	for (const [index, image] of images.entries()) {
		const how = variants[index]?.how;
		if (!image || how === undefined || how === 'before') continue;
		expect(image.config, how).toEqual(old.config);
		expect(differences(old.files, image.files, allowedBy(one.allowed)), how).toEqual([]);
		expect(image.size, `bytes with the ${how} repairs, ${old.size} before`).toBeLessThanOrEqual(old.size - (one.shrinks?.[how] ?? one.shrinks?.safe ?? -jitter));
	}
}

interface Workshop {
	readonly store: Store;
	readonly context: string;
	readonly name: string;
}

/** The image of a variant, after a look at what it does; undefined where it was not to build, and did not. */
async function builtAndChecked({ store, context, name }: Workshop, one: RepairCase, { how, text }: Variant): Promise<Image | undefined> {
	const tag = `${name}-${how}`;
	const { code, output } = await build(store, { text, context, tag });
	if (one.builds === false && how === 'before') {
		expect(code, `exit code of a build that has to fail:\n${text}`).not.toBe(0);
		return undefined;
	}
	if (code !== 0) throw new Error(`${how === 'before' ? 'This' : `With the ${how} repairs this`} does not build:\n${text}\n${output.slice(-4000)}`);
	const look = await build(store, { text: `FROM ${tag}\nRUN echo '<<<' && ${one.check}; echo ">>>"\n`, context, tag: `${tag}-look` });
	expect(/^<<<\n([\s\S]*)^>>>$/m.exec(look.output)?.[1], `what the image says (${how}):\n${text}\n${look.output.slice(-2000)}`).toBe(one.says);
	return inspect(store, tag);
}

function contextOf({ context = {} }: RepairCase, folder: string): string {
	mkdirSync(folder);
	for (const [path, text] of Object.entries(context)) writeFileSync(join(folder, path), text);
	return folder;
}

function allowedBy({ withoutPackages = false, mayGo = [], mayCome = [], mayChange = [], mayBeAnything = [] }: Partial<Allowed> = {}): Allowed {
	return { withoutPackages, mayBeAnything, mayGo: [...caches, ...mayGo], mayCome: [...caches, ...mayCome], mayChange: [...caches, ...mayChange] };
}
