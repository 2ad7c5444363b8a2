import type { BaseImage, Sibling } from '../baseImage';
import { dnf4, dnf5, yum3 } from './managers';
import { fullRpmCommands, fullRpmPaths } from './siblings';

const names = ['fedora', 'registry.fedoraproject.org/fedora', 'quay.io/fedora/fedora'];
const minimalNames = ['registry.fedoraproject.org/fedora-minimal', 'quay.io/fedora/fedora-minimal'];
const kickstarts = 'fedora-kickstarts: fedora-container-common.ks, fedora-container-base.ks, fedora-container-base-minimal.ks';
const toolbox = 'containers/toolbox images/fedora, which undo these settings of the base one by one';
const passesOn = { user: null, stopSignal: null, entrypoint: null, cmd: ['/bin/bash'], workdir: null };

// Docker Hub has no fedora-minimal: the sibling of its fedora is in Fedora's own registry.
const minimal = (lacksPackageManagers: Sibling['lacksPackageManagers']): Sibling => ({
	changes: [
		{ part: 'name', from: /^((?:registry\.fedoraproject\.org|quay\.io\/fedora)\/)fedora$/, to: '$1fedora-minimal' },
		{ part: 'name', from: /^(?:docker\.io\/(?:library\/)?)?fedora$/, to: 'registry.fedoraproject.org/fedora-minimal' },
	],
	lacks: lacksPackageManagers ? [...fullRpmCommands, 'dnf', 'yum', 'dnf-3'] : fullRpmCommands,
	...(lacksPackageManagers ? { lacksPackageManagers } : {}),
	lacksPaths: fullRpmPaths,
	why: 'fedora-minimal leaves out tar, vim, sudo and other tools of people, and up to Fedora 40 Python and dnf.',
	source: kickstarts,
});

/** Fedora, by release: which dnf it has changed with 22, 39 (minimal) and 41. */
export const fedoraImages: readonly BaseImage[] = [
	{
		names,
		tags: /^(?:4[1-9]|[5-9]\d|rawhide$|latest$)/,
		family: 'rpm',
		distribution: 'fedora',
		release: /^(\d+)/,
		...dnf5,
		kind: 'full',
		sets: { nodocs: true, weakDependenciesOff: false, minimalLangpack: true },
		passesOn,
		siblings: [minimal(undefined)],
		source: `${kickstarts}; dnf5.spec: it obsoletes dnf, yum and microdnf from Fedora 41 on`,
	},
	{
		names,
		tags: /^(?:3[6-9]|40)(?!\d)/,
		family: 'rpm',
		distribution: 'fedora',
		release: /^(\d+)/,
		...dnf4,
		kind: 'full',
		sets: { nodocs: true, weakDependenciesOff: false, coreutilsSingle: true, minimalLangpack: true },
		passesOn,
		siblings: [minimal(['dnf4'])],
		source: `${toolbox}; ${kickstarts}`,
	},
	{
		names,
		tags: /^(?:2[89]|3[0-5])(?!\d)/,
		family: 'rpm',
		distribution: 'fedora',
		release: /^(\d+)/,
		...dnf4,
		kind: 'full',
		sets: { nodocs: true, weakDependenciesOff: false },
		passesOn,
		siblings: [minimal(['dnf4'])],
		source: `${toolbox}; ${kickstarts}`,
	},
	{
		names,
		tags: /^2[2-7](?!\d)/,
		family: 'rpm',
		distribution: 'fedora',
		release: /^(\d+)/,
		...dnf4,
		kind: 'full',
		sets: {},
		passesOn: {},
		source: 'Fedora 22 change "Replace Yum With DNF"',
	},
	{
		names,
		tags: /^(?:1\d|2[01])(?!\d)/,
		family: 'rpm',
		distribution: 'fedora',
		release: /^(\d+)/,
		...yum3,
		kind: 'full',
		sets: {},
		passesOn: {},
		source: 'Fedora 22 change "Replace Yum With DNF"',
	},
	{
		names: minimalNames,
		tags: /^(?:4[1-9]|[5-9]\d|rawhide$|latest$)/,
		family: 'rpm',
		distribution: 'fedora',
		release: /^(\d+)/,
		...dnf5,
		kind: 'minimal',
		sets: { weakDependenciesOff: false, minimalLangpack: true },
		passesOn,
		source: `${kickstarts}; dnf5.spec`,
	},
	{
		names: minimalNames,
		tags: /^(?:39|40)(?!\d)/,
		family: 'rpm',
		distribution: 'fedora',
		release: /^(\d+)/,
		packageManagers: ['dnf5'],
		programs: { dnf5: 'dnf5', microdnf: 'dnf5' },
		kind: 'minimal',
		sets: { weakDependenciesOff: false, minimalLangpack: true },
		passesOn,
		source: `${kickstarts}; dnf5.spec 5.1: it obsoletes microdnf from Fedora 38 on, dnf and yum later`,
	},
	{
		names: minimalNames,
		tags: /^(?:2[6-9]|3[0-7])(?!\d)/,
		family: 'rpm',
		distribution: 'fedora',
		release: /^(\d+)/,
		packageManagers: ['microdnf'],
		programs: { microdnf: 'microdnf' },
		kind: 'minimal',
		sets: { weakDependenciesOff: false },
		passesOn,
		source: kickstarts,
	},
];
