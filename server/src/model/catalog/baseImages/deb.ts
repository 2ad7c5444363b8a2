import type { BaseImage } from '../baseImage';
import { apt } from './managers';

const minimizing = 'debuerreotype, scripts/debuerreotype-minimizing-config';

/** Distributions of deb packages. */
export const debImages: readonly BaseImage[] = [
	{
		names: ['debian'],
		family: 'deb',
		distribution: 'debian',
		release: /^([a-z]+|\d+)/,
		...apt,
		kind: 'full',
		sets: { dockerClean: true },
		passesOn: {},
		source: minimizing,
	},
	{
		names: ['ubuntu'],
		family: 'deb',
		distribution: 'ubuntu',
		release: /^([a-z]+|\d+\.\d+)/,
		...apt,
		kind: 'full',
		sets: { dockerClean: true },
		passesOn: {},
		source: 'BuildKit, docs/reference: cache mounts for apt start with removing docker-clean on FROM ubuntu',
	},
];
