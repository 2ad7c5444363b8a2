import type { Engine } from '../engine';
import type { ImageName } from '../imageName';
import type { BuildRequest } from '../request';

/** A request that was checked, in the form that every strategy takes. */
export interface Order {
	readonly request: BuildRequest;
	/** What builds where no connection is named. */
	readonly engine: Engine;
	readonly name: ImageName;
	/** Where it is pushed to, registry included; absent where it is not. */
	readonly destination?: ImageName;
	/** In their normal form, each once. */
	readonly platforms: readonly string[];
	/** A word that no other build has. */
	readonly fresh: string;
	/** Options of `podman build`, without file, platforms, names and context. */
	readonly buildOptions: readonly string[];
	/** Options of `podman push` and `podman manifest push`. */
	readonly pushOptions: readonly string[];
	readonly remarks: readonly string[];
}
