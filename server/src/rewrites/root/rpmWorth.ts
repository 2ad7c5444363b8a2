import type { Saving } from '../../advice/advice';
import { leastWeight, rpmImages } from '../../model/catalog/roots/rpmWeights';
import type { StageModel } from '../../model/stages/model';
import type { RootRequest } from './recipe';

/** Why a root is not worth it even in the best case, as far as images and packages were weighed; undefined where it may be. `saves`: what of the base it leaves out. */
export function hardlyAny(target: StageModel, request: RootRequest, saves: Pick<Saving, 'atMost'> | undefined): string | undefined {
	if (!saves || goneFrom(request).length > 0) return undefined;
	const before = rpmImages[target.image?.kind === 'minimal' ? 'minimal' : 'full'] + leastWeight(request.packages);
	if (saves.atMost / before >= 0.15) return undefined;
	const inMegabytes = (bytes: number) => Math.round(bytes / 1_000_000);
	return `it would hardly be smaller: with these packages, at most ${inMegabytes(saves.atMost)} MB of at least ${inMegabytes(before)} MB`;
}

/** What is saved when the packages that stay in the builder are counted too. */
export function savedWith(request: RootRequest, saves: Saving | undefined): Saving | undefined {
	const gone = leastWeight(goneFrom(request));
	return saves && { ...saves, atLeast: saves.atLeast + gone, atMost: saves.atMost + 2 * gone };
}

function goneFrom({ packages, builderPackages }: RootRequest): readonly string[] {
	return builderPackages.filter((name) => !packages.includes(name));
}
