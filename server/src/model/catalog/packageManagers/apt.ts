import type { PackageManager } from '../packageManager';

/** apt-get and apt of Debian and Ubuntu. */
export const apt: PackageManager = {
	id: 'apt',
	title: 'apt',
	programs: ['apt-get', 'apt', 'aptitude'],
	family: 'deb',
	verbs: {
		install: ['install', 'reinstall', 'build-dep', 'satisfy'],
		refresh: ['update'],
		upgrade: ['upgrade', 'dist-upgrade', 'full-upgrade', 'safe-upgrade', 'dselect-upgrade'],
		download: ['download', 'source'],
		remove: ['remove', 'purge', 'autoremove', 'autopurge'],
		clean: ['clean', 'dist-clean', 'distclean', 'autoclean'],
	},
	valueOptions: ['-o', '--option', '-t', '--target-release', '--default-release', '-c', '--config-file', '-a', '--host-architecture'],
	caches: [
		{
			what: 'package lists',
			paths: ['/var/lib/apt/lists'],
			filledBy: ['refresh'],
			cleanedBy: ['dist-clean', 'distclean'],
			neededLater: true,
			figure: {
				atLeast: 8_273_000,
				atMost: 85_200_000,
				basis: 'catalog',
				source: 'measured: 19.4 MB in Debian 12 with the official image’s settings, 85.2 MB without; 8.3 MB in debuerreotype’s notes on its oldest release',
			},
		},
		{
			what: 'downloaded packages and their index',
			paths: ['/var/cache/apt', '/var/cache/apt/archives'],
			filledBy: ['install', 'upgrade', 'refresh'],
			cleanedBy: ['clean', 'dist-clean', 'distclean'],
			emptiedByDockerClean: true,
			figure: { atLeast: 1_000_000, atMost: 87_700_000, basis: 'catalog', source: 'measured: 87.7 MB after one small install in Debian 12 without docker-clean' },
		},
	],
	keepsNothing: { options: ['-o=dir::state::lists', '-o=dir::cache'], environment: [], configuredBy: /Dir::(?:State::lists|Cache)\b/i },
	readBy: [
		'apt-cache',
		'apt-fast',
		'apt-file',
		'apt-rdepends',
		'apt-show-versions',
		'aptdcon',
		'check-language-support',
		'deborphan',
		'debtree',
		'dselect',
		'gdebi',
		'grep-aptavail',
		'mk-build-deps',
		'nala',
		'pkcon',
		'rosdep',
		'tasksel',
		'ubuntu-drivers',
		'unattended-upgrade',
		'unattended-upgrades',
	],
	// `apt-get dist-clean` would be shorter, but Debian 12's apt does not know it.
	repair: {
		append: (caches) => {
			const lists = caches.some((cache) => cache.paths.includes('/var/lib/apt/lists'));
			const archives = caches.some((cache) => cache.paths.includes('/var/cache/apt'));
			return [...(archives ? ['apt-get clean'] : []), ...(lists ? ['rm -rf /var/lib/apt/lists/*'] : [])].join(' && ');
		},
	},
	weakDependencies: {
		option: '--no-install-recommends',
		optionOf: { aptitude: '--without-recommends' },
		// In lower case, aptitude's -R is its -r; both decide.
		doneBy: /^(?:--(?:no-)?install-recommends(?:=.*)?|--with(?:out)?-recommends|-r|--no-recommends|(?:-o|--option)=(?:apt::(?:get::)?install-recommends)\b.*)$/,
		// The option of the same name may stand in a variable: that one counts where the variable is used.
		configuredBy: /(?<!-)Install-Recommends|\bAPT_CONFIG\b/i,
		files: ['/etc/apt/apt.conf', '/etc/apt/apt.conf.d', '/usr/share/apt'],
		source: 'apt.conf(5), APT::Install-Recommends: on by default',
	},
	rootOptions: [],
};
