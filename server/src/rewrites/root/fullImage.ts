import { findBaseImage } from '../../model/catalog/baseImages';
import { parseReference } from '../../model/catalog/reference';

const changes: readonly (readonly [part: 'name' | 'tag', from: RegExp, to: string])[] = [
	['name', /^(.*\/)?(ubi\d+)\/ubi-minimal$/, '$1$2/ubi'],
	['name', /^(.*\/)?(ubi\d+)-minimal$/, '$1$2'],
	['name', /fedora-minimal$/, 'fedora'],
	['name', /^((?:quay\.io\/almalinuxorg|almalinux)\/\d+)-minimal$/, '$1-base'],
	['tag', /^(\d+(?:\.\d+)*)-minimal(-\d{8})?$/, '$1$2'],
	['tag', /^minimal$/, 'latest'],
	['tag', /^(\d+)-slim$/, '$1'],
];

/** The full image of the release that a minimal image's reference names; undefined where the reference does not say which, as with a digest or the number of a build. */
export function fullImage(reference: string): string | undefined {
	const parsed = parseReference(reference);
	if (!parsed || parsed.digest !== undefined) return undefined;
	const { name, tag, tagWritten } = parsed;
	for (const [part, from, to] of changes) {
		const old = part === 'name' ? name : tag;
		if (!from.test(old)) continue;
		// The builds of the two images have numbers of their own: of UBI only the tags of a release are shared.
		const shared = part === 'tag' || !/ubi\d+/.test(name) ? tag : /^(?:latest|\d+(?:\.\d+)?)(?=$|-)/.exec(tag)?.[0];
		if (shared === undefined) return undefined;
		const full = part === 'name' ? `${name.replace(from, to)}${tagWritten ? `:${shared}` : ''}` : `${name}:${tag.replace(from, to)}`;
		return findBaseImage(full)?.image.kind === 'full' ? full : undefined;
	}
	return undefined;
}
