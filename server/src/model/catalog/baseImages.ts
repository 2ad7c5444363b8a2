import type { BaseImage, Sibling } from './baseImage';
import { applicationImages } from './baseImages/applications';
import { cloudImages } from './baseImages/cloud';
import { debImages } from './baseImages/deb';
import { enterpriseImages } from './baseImages/enterprise';
import { fedoraImages } from './baseImages/fedora';
import { javaImages } from './baseImages/java';
import { languageImages } from './baseImages/languages';
import { platformImages } from './baseImages/platforms';
import { redHatImages } from './baseImages/redHat';
import { smallImages } from './baseImages/small';
import type { Figure } from './packageManager';
import { parseReference } from './reference';

/** All records; the first that fits a reference wins. */
export const baseImages: readonly BaseImage[] = [
	...fedoraImages,
	...redHatImages,
	...enterpriseImages,
	...cloudImages,
	...debImages,
	...smallImages,
	...languageImages,
	...javaImages,
	...applicationImages,
	...platformImages,
];

/** An image reference with what is known about it. */
export interface FoundImage {
	readonly image: BaseImage;
	/** The distribution's release, `33` of `fedora:33`; undefined where the reference does not say. */
	readonly release: string | undefined;
	/** `latest` where none is written. */
	readonly tag: string;
	readonly digest: string | undefined;
}

/** What is known about an image reference as FROM has it (variables resolved); undefined for an unknown base. */
export function findBaseImage(reference: string): FoundImage | undefined {
	const parsed = parseReference(reference);
	if (!parsed) return undefined;
	const { shortName, tag, digest } = parsed;
	const named = baseImages.filter((record) => isNamed(record, shortName));
	// A digest without a tag does not say which of several variants it is.
	if (digest !== undefined && !parsed.tagWritten && named.length > 1) return undefined;
	const image = named.find((record) => record.tags === undefined || record.tags.test(tag));
	if (!image) return undefined;
	return { image, release: image.fixedRelease ?? image.release?.exec(tag)?.[1], tag, digest };
}

/** The reference of a sibling of the image that `reference` names, spelt as it is; undefined where there is none or a digest pins the image. */
export function siblingReference(reference: string, sibling: Sibling): string | undefined {
	const parsed = parseReference(reference);
	if (!parsed || parsed.digest !== undefined) return undefined;
	if (sibling.tags && !sibling.tags.test(parsed.tag)) return undefined;
	const { name, tag } = parsed;
	const change = sibling.changes.find(({ part, from }) => from.test(part === 'tag' ? tag : name));
	if (!change) return undefined;
	if (change.part === 'tag') return `${name}:${tag.replace(change.from, change.to)}`;
	return name.replace(change.from, change.to) + (parsed.tagWritten ? `:${tag}` : '');
}

/** What an image of this reference and its sibling differ by; undefined where nobody weighed them. */
export function siblingSaving(reference: string, { saves }: Sibling): Figure | undefined {
	const tag = parseReference(reference)?.tag;
	if (!saves || tag === undefined || (saves.tags && !saves.tags.test(tag))) return undefined;
	const { atLeast, atMost, basis, source } = saves;
	return { atLeast, atMost, basis, source };
}

function isNamed(record: BaseImage, name: string): boolean {
	return record.names.some((known) => (typeof known === 'string' ? known === name : known.test(name)));
}
