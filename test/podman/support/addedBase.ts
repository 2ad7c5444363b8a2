import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './bases';
import { build, type Store } from './podman';
import { run } from './programs';

/** A stand-in that is another stand-in with one more program, unpacked from Debian's packages. */
export interface AddedBase {
	/** `docker.io/opensuse/leap:15.6` */
	readonly tag: string;
	/** A Containerfile that adds `NAME.tar`. */
	readonly recipe: string;
	/** Of the program. */
	readonly name: string;
	/** All that the archive is made from, besides the packages. */
	readonly parts: readonly unknown[];
	/** Unpacks the packages into a folder, and names further arguments of the script. */
	readonly unpack: (root: string, workspace: string) => Promise<readonly string[]>;
	/** A shell script: `$1` is what was unpacked, `$2` a folder for the tree that is added, `$3` the archive to make of it. */
	readonly tree: string;
}

/** Makes a base in a store that has the stand-ins below it. What is unpacked is kept for the next time. */
export async function addBase(store: Store, base: AddedBase): Promise<void> {
	const context = mkdtempSync(join(tmpdir(), 'whittle-'));
	try {
		copyFileSync(await archiveOf(base), join(context, `${base.name}.tar`));
		const { code, output } = await build(store, { text: base.recipe, context, tag: base.tag });
		if (code !== 0) throw new Error(`The stand-in for ${base.tag} could not be made:\n${output.slice(-4000)}`);
	} finally {
		rmSync(context, { recursive: true });
	}
}

async function archiveOf({ name, parts, unpack, tree }: AddedBase): Promise<string> {
	const folder = join(cacheFolder(), name);
	const key = createHash('sha256')
		.update(JSON.stringify([tree, ...parts]))
		.digest('hex')
		.slice(0, 12);
	const archive = join(folder, `${key}.tar`);
	mkdirSync(folder, { recursive: true });
	utimesSync(folder, new Date(), new Date());
	if (existsSync(archive)) return archive;
	const workspace = mkdtempSync(join(tmpdir(), 'whittle-'));
	try {
		const root = join(workspace, 'root');
		const further = await unpack(root, workspace);
		const unfinished = `${archive}.${process.pid}`;
		await run('sh', ['-c', tree, 'sh', root, join(workspace, 'tree'), unfinished, ...further]);
		renameSync(unfinished, archive);
	} finally {
		rmSync(workspace, { recursive: true });
	}
	return archive;
}
