import { findBaseImage } from '../catalog/baseImages';
import { abandonedImages, alwaysRebuilt, endedReleases, endedVersions, seldomRebuilt } from '../catalog/endOfSupport';
import { parseReference } from '../catalog/reference';
import { isDistribution } from '../stages/distribution';

/**
 * Whether an image, as FROM names it, is rebuilt, so that a newer one of its name has what was mended since: false where its support has ended, where
 * another version takes its place, or where that comes seldom; undefined where nobody knows.
 */
export function isRebuilt(reference: string): boolean | undefined {
	const parsed = parseReference(reference);
	if (!parsed) return undefined;
	const { shortName, tag } = parsed;
	if (abandonedImages.test(shortName) || seldomRebuilt.test(shortName)) return false;
	const found = findBaseImage(reference);
	if (!found) return undefined;
	const ended = endedReleases[found.image.distribution];
	if (found.release !== undefined && ended && (isBefore(found.release, ended.before) || ended.releases?.test(found.release))) return false;
	if (isDistribution(found.image)) return true;
	const language = endedVersions.find(({ names }) => names.test(shortName));
	return !/^v?\d+\.\d+\.\d+/.test(tag) && !isBefore(tag, language?.before);
}

/** Whether next to nothing is left to upgrade whenever the image is pulled: it gets every update at once, and its tag moves. */
export function isUpToDate(reference: string): boolean {
	const parsed = parseReference(reference);
	return parsed !== undefined && alwaysRebuilt.test(parsed.shortName) && /^(?:latest|\d+)$/.test(parsed.tag);
}

function isBefore(release: string, limit: readonly number[] | undefined): boolean {
	if (!limit || !/^\d/.test(release)) return false;
	const numbers =
		release
			.split(/[^\d.].*$/)[0]
			?.split('.')
			.map(Number) ?? [];
	for (const [index, wanted] of limit.entries()) {
		const has = numbers[index];
		if (has === undefined || Number.isNaN(has)) return false;
		if (has !== wanted) return has < wanted;
	}
	return false;
}
