import type { BaseImage } from '../baseImage';
import { apt } from './managers';
import { slimPaths, suites } from './siblings';

const debuerreotype = 'debuerreotype, scripts/debuerreotype-minimizing-config and debuerreotype-slimify';
const passesOn = { user: null, stopSignal: null, entrypoint: null, cmd: ['bash'], workdir: null };
const release = /^([a-z]+|\d+(?:\.\d+)?)/;

/** Debian, Ubuntu and what is made of them. */
export const debImages: readonly BaseImage[] = [
	{
		names: ['debian'],
		tags: /-slim$/,
		family: 'deb',
		distribution: 'debian',
		release,
		...apt,
		kind: 'minimal',
		sets: { nodocs: true, weakDependenciesOff: false, dockerClean: true },
		passesOn,
		size: { bytes: 78_640_000, source: 'docker-library/repo-info, debian:13-slim (2026-08)' },
		source: debuerreotype,
	},
	{
		names: ['debian'],
		family: 'deb',
		distribution: 'debian',
		// `latest` names no release.
		release: /^(?!latest$)([a-z]+|\d+(?:\.\d+)?)/,
		...apt,
		kind: 'full',
		sets: { nodocs: false, weakDependenciesOff: false, dockerClean: true },
		passesOn,
		size: { bytes: 119_920_000, source: 'docker-library/repo-info, debian:13 (2026-08)' },
		siblings: [
			{
				changes: [
					{ part: 'tag', from: /^latest$/, to: 'stable-slim' },
					{
						part: 'tag',
						from: new RegExp(`^((?:(?:${suites}|testing|unstable|stable|oldstable|oldoldstable)(?:-20(?:19|[2-9]\\d)\\d{4})?)|[89]|8\\.1\\d|9\\.(?:[3-9]|1\\d)|1\\d(?:\\.\\d+)?)$`),
						to: '$1-slim',
					},
				],
				lacks: [],
				riskyFor: ['man', 'localedef', 'locale-gen', 'dpkg-reconfigure'],
				lacksPaths: slimPaths,
				why: 'The slim image has no documentation and no translations, and dpkg installs none later.',
				source: debuerreotype,
				saves: {
					tags: /^(?:1[1-3](?=$|\.)|bullseye|bookworm|trixie|latest$|stable)/,
					atLeast: 41_000_000,
					atMost: 44_000_000,
					basis: 'catalog',
					source: 'docker-library/repo-info: debian:13 119.92 MB, 13-slim 78.64 MB (2026-08); Chainguard, Minimal container images: debian 11 118 MB, slim 74 MB (2022)',
				},
			},
		],
		source: debuerreotype,
	},
	{
		names: ['ubuntu', 'public.ecr.aws/ubuntu/ubuntu'],
		family: 'deb',
		distribution: 'ubuntu',
		release: /^(?!latest$|rolling$|devel$)([a-z]+|\d+\.\d+)/,
		...apt,
		kind: 'full',
		sets: { weakDependenciesOff: false, dockerClean: true },
		passesOn,
		source: 'BuildKit, Dockerfile reference: a cache mount for apt on FROM ubuntu starts with removing docker-clean',
	},
	{
		names: ['phusion/baseimage'],
		family: 'deb',
		distribution: 'ubuntu',
		release: /^(focal|jammy|noble|bionic)/,
		...apt,
		kind: 'full',
		sets: {},
		passesOn: {},
		source: 'phusion/baseimage-docker README: built on Ubuntu',
	},
];
