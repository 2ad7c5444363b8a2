import type { BaseImage } from '../catalog/baseImage';

/** The images of distributions that have another name than their distribution. */
const namedOtherwise: Readonly<Record<string, RegExp>> = { sles: /-(?:bci-base|sle15)$/ };

/** Whether an image is a distribution itself (`fedora`, `redhat/ubi9`, `opensuse/leap`), not something built on one: it has its distribution's name. */
export function isDistribution({ names, distribution }: BaseImage): boolean {
	const called = namedOtherwise[distribution] ?? distribution;
	return names.some((name) => (typeof name === 'string' ? name.replaceAll('/', '-') : name.source).search(called) >= 0);
}
