/** Bytes of what an image on scratch may be given of its old base after all. */
export const comesAlong = {
	what: 'certificate authorities and time zones, at most',
	bytes: 5_000_000,
	basis: 'guess',
	source: 'an estimate: ca-certificates and tzdata of Debian 12 have an Installed-Size of 2,959 KiB together (2026-11)',
} as const;
