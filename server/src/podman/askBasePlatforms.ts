import type { Containerfile } from '../syntax/containerfile';
import { parseContainerfile } from '../syntax/parse';
import type { Circumstances } from './askEngine';
import type { Engine } from './engine';
import { parseList } from './parse';
import { readPlatform } from './platforms';
import { runProgram } from './run';

/**
 * The platforms that the base images of a Containerfile are there for, as far as the local store of podman says it: only a manifest list does, an image that was pulled
 * is one of a list that nobody kept. Undefined where no base is such a list. No registry is asked.
 */
export async function askBasePlatforms(text: string, { program, options }: Engine, circumstances: Circumstances = {}): Promise<readonly string[] | undefined> {
	const ask = (...args: readonly string[]) => runProgram({ program, args: [...options, ...args], ...circumstances });
	const lists = await Promise.all(
		basesOf(parseContainerfile(text)).map(async (name) => {
			// `manifest inspect` would ask a registry for a list that is not here.
			if ((await ask('manifest', 'exists', name)).status !== 0) return undefined;
			const entries = parseList((await ask('manifest', 'inspect', name)).stdout);
			return entries?.flatMap(({ platform }) => {
				const read = readPlatform(platform);
				return typeof read === 'string' ? [read] : [];
			});
		}),
	);
	const [first, ...others] = lists.filter((list) => list !== undefined);
	return first && [...new Set(first)].filter((platform) => others.every((other) => other.includes(platform)));
}

/** The images that stages begin with; not those with a variable in their name, nor what would be an option. */
function basesOf({ stages }: Containerfile): readonly string[] {
	const names = new Set(stages.flatMap(({ name }) => name ?? []));
	const images = new Set(stages.flatMap(({ image }) => image?.value ?? []));
	return [...images].filter((image) => image !== 'scratch' && !names.has(image.toLowerCase()) && !image.startsWith('-'));
}
