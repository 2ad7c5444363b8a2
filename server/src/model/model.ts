import type { Containerfile } from '../syntax/containerfile';

/** What the syntax means; computed once per file. */
export interface Model {
	readonly file: Containerfile;
}
