import { podman, type Store } from './podman';

/** A built image. */
export interface Image {
	/** Bytes of all its layers, unpacked. */
	readonly size: number;
	/** What it is started with: variables, user, folder, command, labels. */
	readonly config: unknown;
	/** The folder where its files can be read. */
	readonly files: string;
}

/** The layers of an image, the lowest first, and the bytes of the last one, unpacked. */
export async function layersOf(store: Store, name: string): Promise<{ readonly digests: readonly string[]; readonly last: number }> {
	const [found] = JSON.parse(await podman(store, ['image', 'inspect', name])) as readonly { RootFS: { Layers: readonly string[] } }[];
	const steps = JSON.parse(await podman(store, ['history', '--format', 'json', name])) as readonly { size: number }[];
	return { digests: found?.RootFS.Layers ?? [], last: steps.find(({ size }) => size > 0)?.size ?? 0 };
}

/** Looks at an image by its name, and mounts it until its store is removed. */
export async function inspect(store: Store, name: string): Promise<Image> {
	const [found] = JSON.parse(await podman(store, ['image', 'inspect', name])) as readonly { Size: number; Config: unknown }[];
	if (!found) throw new Error(`podman knows no image ${name}`);
	const files = (await podman(store, ['image', 'mount', name])).trim();
	return { size: found.Size, config: found.Config, files };
}
