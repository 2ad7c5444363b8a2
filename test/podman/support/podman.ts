import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, type Outcome, run } from './programs';

/** A store of images apart from the machine's own. */
export interface Store {
	readonly root: string;
	readonly runRoot: string;
	/** The root of a second store whose images are there to build on. */
	readonly below?: string;
	/** Folders of this machine that builds see, by their paths there. */
	readonly seen?: Readonly<Record<string, string>>;
}

/** For podman. Chroot isolation works where the kernel's cgroups are not those that a container wants. */
export const environment = { BUILDAH_ISOLATION: 'chroot', CONTAINERS_REGISTRIES_CONF: join(__dirname, 'registries.conf') };

/** The options that make podman use a store. */
export function optionsOf({ root, runRoot, below }: Store): readonly string[] {
	return ['--root', root, '--runroot', runRoot, '--storage-driver', 'overlay', ...(below === undefined ? [] : ['--storage-opt', `overlay.imagestore=${below}`])];
}

/** Runs podman in a store; it has to work. */
export function podman(store: Store, args: readonly string[]): Promise<string> {
	return run('podman', [...optionsOf(store), ...args], environment);
}

/** What is to be built: a Containerfile's text in a folder, under a name. */
export interface Order {
	readonly text: string;
	readonly context: string;
	readonly tag: string;
	/** Another platform than the machine's: `linux/arm64`. */
	readonly platform?: string;
	/** `docker` keeps HEALTHCHECK and SHELL in the image; podman's own default does not. */
	readonly format?: 'docker';
	/** Steps whose result is there from another build are not done again. */
	readonly cached?: boolean;
}

/** Builds an image, each time anew unless it is said otherwise. */
export function build(store: Store, { text, context, tag, platform, format, cached = false }: Order): Promise<Outcome> {
	const file = join(store.runRoot, `${tag.replace(/\W/g, '-')}.Containerfile`);
	writeFileSync(file, text);
	const volumes = Object.entries(store.seen ?? {}).map(([path, folder]) => `--volume=${folder}:${path}:ro`);
	const wishes = [...(platform === undefined ? [] : [`--platform=${platform}`]), ...(format === undefined ? [] : [`--format=${format}`])];
	const always = ['--pull=never', '--network=host', cached ? '--layers' : '--no-cache', '--force-rm'];
	return attempt('podman', [...optionsOf(store), 'build', ...always, ...volumes, ...wishes, '--file', file, '--tag', tag, context], environment);
}

/** Removes a store's folders, also where a mount of an ended build was left in them. */
export async function removeStore(...folders: readonly string[]): Promise<void> {
	for (const folder of folders) {
		if (!existsSync(folder)) continue;
		await attempt('sh', ['-c', 'grep -F " $1/" /proc/self/mounts | cut -d" " -f2 | sort -r | xargs -r umount', 'sh', folder]);
		rmSync(folder, { recursive: true, force: true });
	}
}
