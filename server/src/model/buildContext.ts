import type { Containerfile } from '../syntax/containerfile';

/** The paths of the build context whose presence the rules ask about, relative to it: ignore files and what would be copied. */
export function wantedPaths(_file: Containerfile, _fileName: string): readonly string[] {
	return [];
}
