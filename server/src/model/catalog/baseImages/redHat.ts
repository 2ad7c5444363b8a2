import type { BaseImage, Sibling } from '../baseImage';
import { dnf4, microdnf, none, yum3 } from './managers';
import { fullRpmCommands, fullRpmPaths } from './siblings';

const toolbox = 'containers/toolbox images/rhel (they undo nodocs, coreutils-single and the minimal langpack of the UBI below)';
const guide = 'Red Hat: Building, running, and managing containers, chapter Types of container images';
const blog = 'NGINX blog, Building Smaller Container Images (2021): ubi8/ubi 234 MB, ubi8/ubi-minimal 105 MB';

/** All spellings of one UBI flavour: `ubi9`, `ubi9/ubi` for the full one, `ubi9/ubi-minimal`, `ubi9-minimal` for others. */
function ubi(release: number, flavour?: 'minimal' | 'micro' | 'init'): readonly RegExp[] {
	const name = flavour ? `ubi${release}(?:/ubi)?-${flavour}` : `ubi${release}(?:/ubi)?`;
	return [new RegExp(`^(?:(?:registry\\.access\\.redhat\\.com|registry\\.redhat\\.io)/)?${name}$`), new RegExp(`^redhat/ubi${release}${flavour ? `-${flavour}` : ''}$`)];
}

const toMinimal = (release: number): Sibling => ({
	changes: [
		{ part: 'name', from: /(ubi\d+\/ubi)$/, to: '$1-minimal' },
		{ part: 'name', from: /(redhat\/ubi\d+)$/, to: '$1-minimal' },
		{ part: 'name', from: /(ubi\d+)$/, to: '$1/ubi-minimal' },
	],
	// The builds of the flavours have numbers of their own: only the tags of a release are shared.
	tags: /^(?:latest|\d+\.\d+)$/,
	lacks: [...fullRpmCommands, 'dnf', 'yum', 'dnf-3'],
	lacksPackageManagers: [release === 7 ? 'yum3' : 'dnf4'],
	lacksPaths: fullRpmPaths,
	why: 'ubi-minimal leaves out Python, dnf and systemd, and installs with microdnf.',
	source: guide,
	...(release === 8 ? { saves: { atLeast: 129_000_000, atMost: 129_000_000, basis: 'catalog' as const, source: blog } } : {}),
});

const toMicro: Sibling = {
	changes: [
		{ part: 'name', from: /ubi-minimal$/, to: 'ubi-micro' },
		{ part: 'name', from: /(ubi\d+)-minimal$/, to: '$1-micro' },
	],
	tags: /^(?:latest|\d+\.\d+)$/,
	lacks: [...fullRpmCommands, 'microdnf', 'rpm', 'sed', 'grep', 'egrep', 'fgrep'],
	lacksPackageManagers: ['microdnf'],
	lacksPaths: [...fullRpmPaths, '/etc/pki', '/etc/ssl', '/etc/yum.repos.d'],
	why: 'ubi-micro has no package manager and little more than glibc, bash and coreutils.',
	source: guide,
};

const full = [8, 9, 10].map(
	(release): BaseImage => ({
		names: ubi(release),
		family: 'rpm',
		distribution: 'ubi',
		fixedRelease: String(release),
		...dnf4,
		kind: 'full',
		sets:
			release === 10 ? { weakDependenciesOff: false } : { nodocs: true, weakDependenciesOff: false, coreutilsSingle: true, ...(release === 9 ? { minimalLangpack: true } : {}) },
		passesOn: { env: { container: 'oci' }, entrypoint: null },
		...(release === 8 ? { size: { bytes: 234_000_000, source: blog } } : {}),
		siblings: [toMinimal(release)],
		source: `${toolbox}; ${guide}`,
	}),
);

const init = [8, 9, 10].map(
	(release): BaseImage => ({
		names: ubi(release, 'init'),
		family: 'rpm',
		distribution: 'ubi',
		fixedRelease: String(release),
		...dnf4,
		kind: 'full',
		sets: { weakDependenciesOff: false },
		passesOn: { env: { container: 'oci' }, cmd: ['/sbin/init'], stopSignal: 'SIGRTMIN+3' },
		source: guide,
	}),
);

const minimal = [7, 8, 9, 10].map(
	(release): BaseImage => ({
		names: ubi(release, 'minimal'),
		family: 'rpm',
		distribution: 'ubi',
		fixedRelease: String(release),
		...microdnf,
		kind: 'minimal',
		sets: {},
		passesOn: { env: { container: 'oci' } },
		...(release === 8 ? { size: { bytes: 105_000_000, source: blog } } : {}),
		...(release === 7 ? {} : { siblings: [toMicro] }),
		source: guide,
	}),
);

const micro = [8, 9, 10].map(
	(release): BaseImage => ({
		names: ubi(release, 'micro'),
		family: 'rpm',
		distribution: 'ubi',
		fixedRelease: String(release),
		...none,
		kind: 'micro',
		sets: {},
		passesOn: { env: { container: 'oci' } },
		source: guide,
	}),
);

/** Red Hat's universal base images and RHEL itself. */
export const redHatImages: readonly BaseImage[] = [
	...full,
	...init,
	...minimal,
	...micro,
	{
		names: [...ubi(7), ...ubi(7, 'init')],
		family: 'rpm',
		distribution: 'ubi',
		fixedRelease: '7',
		...yum3,
		kind: 'full',
		sets: {},
		passesOn: {},
		source: guide,
	},
	{
		names: [/^(?:(?:registry\.access\.redhat\.com|registry\.redhat\.io)\/)?rhel7(?:\/rhel)?$/, 'registry.access.redhat.com/rhel7.9', 'registry.access.redhat.com/rhel'],
		family: 'rpm',
		distribution: 'rhel',
		fixedRelease: '7',
		...yum3,
		kind: 'full',
		sets: {},
		passesOn: {},
		source: guide,
	},
	{
		names: [/^(?:registry\.access\.redhat\.com|registry\.redhat\.io)\/rhel7(?:\/rhel)?-(?:minimal|atomic)$/],
		family: 'rpm',
		distribution: 'rhel',
		fixedRelease: '7',
		...microdnf,
		kind: 'minimal',
		sets: {},
		passesOn: {},
		source: guide,
	},
	{
		names: [/^registry\.redhat\.io\/rhel(?:8|9|10)(?:-\d+-els)?\/rhel$/],
		family: 'rpm',
		distribution: 'rhel',
		release: /^(\d+)/,
		...dnf4,
		kind: 'full',
		sets: {},
		passesOn: {},
		source: guide,
	},
];
