import type { PackageManager } from '../packageManager';
import { dnf4 } from './dnf';

/** tdnf of Photon and Azure Linux. It follows Recommends and has no switch for it: an unknown --setopt is ignored (client/api.c and rpmtrans.c at 3.5). */
export const tdnf: PackageManager = {
	id: 'tdnf',
	title: 'tdnf',
	programs: ['tdnf'],
	family: 'rpm',
	verbs: dnf4.verbs,
	valueOptions: dnf4.valueOptions,
	caches: [
		{
			what: 'repository metadata and package cache',
			paths: ['/var/cache/tdnf'],
			filledBy: ['install', 'refresh', 'upgrade', 'download'],
			cleanedBy: ['clean all', 'clean metadata'],
			figure: { atLeast: 5_000_000, atMost: 100_000_000, basis: 'guess', source: 'an estimate: metadata of the repositories that are switched on' },
		},
	],
	keepsNothing: dnf4.keepsNothing,
	repair: { append: (_caches, program) => `${program} clean all` },
	docs: {
		option: '--setopt=tsflags=nodocs',
		doneBy: /^(?:--nodocs|(?:--setopt=)?tsflags=.*)$/,
		configuredBy: /tsflags|nodocs|excludedocs/i,
		files: ['/etc/tdnf', '/etc/rpm', '/usr/lib/rpm'],
		source: 'tdnf’s client/rpmtrans.c reads tsflags from --setopt',
	},
	rootOptions: ['--installroot'],
};
