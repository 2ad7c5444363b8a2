import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, type Outcome, run } from './programs';

/** A store of images apart from the machine's own. */
export interface Store {
	readonly root: string;
	readonly runRoot: string;
	/** The root of a second store whose images are there to build on. */
	readonly below?: string;
}

/** Chroot isolation works where the kernel's cgroups are not those that a container wants; the network is the machine's own. */
const environment = { BUILDAH_ISOLATION: 'chroot' };

function optionsOf({ root, runRoot, below }: Store): readonly string[] {
	return ['--root', root, '--runroot', runRoot, '--storage-driver', 'overlay', ...(below === undefined ? [] : ['--storage-opt', `overlay.imagestore=${below}`])];
}

/** Runs podman in a store; it has to work. */
export function podman(store: Store, args: readonly string[]): Promise<string> {
	return run('podman', [...optionsOf(store), ...args], environment);
}

/** Builds a Containerfile's text in a folder, each time anew. */
export function build(store: Store, { text, context, tag }: { readonly text: string; readonly context: string; readonly tag: string }): Promise<Outcome> {
	const file = join(store.runRoot, `${tag.replace(/\W/g, '-')}.Containerfile`);
	writeFileSync(file, text);
	return attempt('podman', [...optionsOf(store), 'build', '--pull=never', '--network=host', '--no-cache', '--force-rm', '--file', file, '--tag', tag, context], environment);
}

/** Removes a store's folders, also where a mount of an ended build was left in them. */
export async function removeStore(...folders: readonly string[]): Promise<void> {
	for (const folder of folders) {
		if (!existsSync(folder)) continue;
		await attempt('sh', ['-c', 'grep -F " $1/" /proc/self/mounts | cut -d" " -f2 | sort -r | xargs -r umount', 'sh', folder]);
		rmSync(folder, { recursive: true, force: true });
	}
}
