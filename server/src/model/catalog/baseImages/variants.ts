import type { BaseImage, BaseSettings, ImageKind, Inherited, Sibling } from '../baseImage';
import { apk, apt, none } from './managers';
import { suites } from './siblings';

/** A docker-library image whose tags say what it is built on: Windows, Alpine, Debian slim, else the full image. */
export interface OfficialImage {
	readonly name: string;
	/** Kind of the tags without a variant. */
	readonly kind: ImageKind;
	/** Kind of the slim and Alpine variants. */
	readonly smallKind: ImageKind;
	/** What the tags without a variant are built on; the documentation goes with the slim one. */
	readonly on: 'debian' | 'debian-slim' | 'ubuntu';
	/** There are tags with `-slim`. */
	readonly hasSlim?: boolean;
	/** What the variants on Linux have in common. */
	readonly passesOn: Inherited;
	readonly sets?: BaseSettings;
	/** Of the tags without a variant: see BaseImage. */
	readonly brings?: ReadonlySet<string>;
	readonly siblings?: readonly Sibling[];
	/** The tags without a variant that the last record covers; all where absent. */
	readonly plainTags?: RegExp;
	readonly source: string;
}

/** The release behind a version: `bookworm` of `3.12-slim-bookworm`. */
export const suiteInTag = new RegExp(`(?:^|-)(${suites}|resolute|noble|jammy|focal|bionic|xenial)(?:-|$)`);

/** The records of one such image, most particular tags first. */
export function officialRecords(image: OfficialImage): readonly BaseImage[] {
	const { name, passesOn, source } = image;
	const sets = image.sets ?? {};
	const deb = { family: 'deb' as const, release: suiteInTag, ...apt, passesOn, source };
	const records: BaseImage[] = [
		{ names: [name], tags: /windowsservercore|nanoserver/, family: 'windows', distribution: 'windows', ...none, kind: image.kind, sets: {}, passesOn: {}, source },
		{ names: [name], tags: /alpine/, family: 'apk', distribution: 'alpine', release: /alpine-?(\d+\.\d+)/, ...apk, kind: image.smallKind, sets, passesOn, source },
	];
	if (image.hasSlim) {
		records.push({
			names: [name],
			tags: /(?:^|-)slim(?:-|$)/,
			distribution: 'debian',
			kind: image.smallKind,
			sets: { ...sets, nodocs: true, weakDependenciesOff: false, dockerClean: true },
			...deb,
		});
	}
	const documentation = image.on === 'ubuntu' ? {} : { nodocs: image.on === 'debian-slim' };
	records.push({
		names: [name],
		...(image.plainTags ? { tags: image.plainTags } : {}),
		distribution: image.on === 'ubuntu' ? 'ubuntu' : 'debian',
		kind: image.kind,
		sets: { ...sets, ...documentation, weakDependenciesOff: false, dockerClean: true },
		...deb,
		...(image.brings ? { brings: image.brings } : {}),
		...(image.siblings ? { siblings: image.siblings } : {}),
	});
	return records;
}
