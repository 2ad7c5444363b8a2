import { cleanRpmRoot, type PackageManager } from '../packageManager';

/** zypper of SUSE Linux Enterprise and openSUSE. */
export const zypper: PackageManager = {
	id: 'zypper',
	title: 'zypper',
	programs: ['zypper'],
	family: 'rpm',
	verbs: {
		install: ['install', 'in', 'source-install', 'si', 'install-new-recommends'],
		refresh: ['refresh', 'ref'],
		upgrade: ['update', 'up', 'dist-upgrade', 'dup', 'patch'],
		download: ['download'],
		remove: ['remove', 'rm'],
		clean: ['clean', 'cc'],
	},
	/** `zypper help` and `zypper help install` of 1.14.42, zypper(8). */
	valueOptions: [
		'--root',
		'--installroot',
		'--cache-dir',
		'--raw-cache-dir',
		'--solv-cache-dir',
		'--pkg-cache-dir',
		'-r',
		'--repo',
		'--from',
		'-t',
		'--type',
		'--config',
		'--userdata',
		'--reposd-dir',
		'--download',
		'--releasever',
		'--plus-repo',
		'--plus-content',
		'--solver-focus',
	],
	// Behind the verb -R is --no-force-resolution, -D --dry-run, -C --capability.
	globalOptions: ['-R', '-C', '-D', '-c', '-p'],
	caches: [
		{
			what: 'repository metadata and package cache',
			paths: ['/var/cache/zypp'],
			filledBy: ['install', 'refresh', 'upgrade', 'download'],
			cleanedBy: ['clean', 'cc'],
			figure: { atLeast: 5_000_000, atMost: 150_000_000, basis: 'guess', source: 'an estimate: metadata of the repositories that are switched on' },
		},
	],
	keepsNothing: { options: ['--cache-dir', '-C'], environment: [] },
	repair: {
		append: () => 'zypper clean --all',
		appendInRoot: cleanRpmRoot('zypper', 'clean --all'),
	},
	weakDependencies: {
		option: '--no-recommends',
		doneBy: /^(?:--no-recommends|--recommends)$/,
		configuredBy: /solver\.onlyRequires/i,
		files: ['/etc/zypp'],
		source: 'zypper(8), install --no-recommends; zypp.conf, solver.onlyRequires',
	},
	rootOptions: ['--root', '-R', '--installroot'],
};
