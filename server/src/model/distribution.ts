import type { BaseImage } from './catalog/baseImage';

/** Whether an image is a distribution itself (`fedora`, `redhat/ubi9`), not something built on one: it has its distribution's name. */
export function isDistribution({ names, distribution }: BaseImage): boolean {
	return names.some((name) => (typeof name === 'string' ? name : name.source).includes(distribution));
}
