import type { PackageManager } from '../packageManager';

/** npm of Node.js. */
export const npm: PackageManager = {
	id: 'npm',
	title: 'npm',
	programs: ['npm'],
	verbs: {
		install: ['install', 'i', 'ci', 'add', 'clean-install', 'install-clean', 'install-ci-test', 'install-test'],
		upgrade: ['update', 'upgrade', 'up'],
		remove: ['uninstall', 'remove', 'rm', 'un', 'prune'],
		clean: ['cache clean', 'cache rm', 'cache clear'],
	},
	valueOptions: ['--prefix', '-C', '--cache', '--registry', '--loglevel', '--omit', '--include', '-w', '--workspace', '--userconfig', '--tag', '--only'],
	caches: [
		{
			what: 'download cache',
			paths: ['~/.npm', '~/.npm/_cacache'],
			filledBy: ['install', 'upgrade'],
			cleanedBy: ['cache clean', 'cache rm', 'cache clear'],
			figure: { atLeast: 5_000_000, atMost: 134_000_000, basis: 'catalog', source: 'measured: 6 MB for express, 15 MB for nestjs, 134 MB for next with react' },
		},
	],
	keepsNothing: { options: ['--cache'], environment: ['npm_config_cache', 'NPM_CONFIG_CACHE'], configuredBy: /npm\s+(?:-g\s+)?(?:config\s+(?:-g\s+|--global\s+)?)?set\s+cache\b/ },
	repair: { append: () => 'npm cache clean --force' },
	rootOptions: ['--prefix', '-C'],
};

/** yarn; the classic one keeps its cache in /usr/local/share/.cache when root runs it. */
export const yarn: PackageManager = {
	id: 'yarn',
	title: 'yarn',
	programs: ['yarn', 'yarnpkg'],
	verbs: { install: ['', 'install', 'add', 'global add', 'workspaces focus'], upgrade: ['upgrade', 'up'], remove: ['remove', 'global remove'], clean: ['cache clean'] },
	valueOptions: ['--cwd', '--cache-folder', '--modules-folder', '--registry', '--network-timeout', '--mutex', '--network-concurrency'],
	caches: [
		{
			what: 'download cache',
			paths: ['/usr/local/share/.cache', '/usr/local/share/.cache/yarn', '/usr/local/share/.cache/yarn/v6', '~/.cache/yarn', '~/.yarn', '~/.yarn/berry/cache'],
			ofUsers: '~/.cache/yarn',
			filledBy: ['install', 'upgrade'],
			cleanedBy: ['cache clean'],
			figure: { atLeast: 5_000_000, atMost: 200_000_000, basis: 'guess', source: 'an estimate from what npm keeps for the same projects, 6 to 134 MB' },
		},
	],
	keepsNothing: {
		options: ['--cache-folder', '--immutable', '--immutable-cache', '--inline-builds'],
		environment: ['YARN_CACHE_FOLDER', 'YARN_ENABLE_GLOBAL_CACHE'],
		// Of yarn 2 and later the cache may be what the program runs from (Plug’n’Play); corepack takes the version that package.json names, and what is cloned may name one.
		configuredBy:
			/yarn\s+config\s+set\s+(?:cache-folder|cacheFolder|enableGlobalCache)|\.yarnrc\.yml|\.pnp\b|\.yarn\b|yarn\s+set\s+version|yarn@(?:[2-9]|stable|berry)|corepack|\bgit\s+(?:clone|fetch)\b/,
	},
	// `yarn cache clean` would be shorter, but with yarn 2 and later it can remove what the program runs from, and the file does not say which yarn it is.
	repair: { append: () => 'rm -rf /usr/local/share/.cache/yarn ~/.cache/yarn' },
	rootOptions: ['--cwd'],
};

/** pnpm: its store is hard-linked into the project, so only the metadata cache can go. */
export const pnpm: PackageManager = {
	id: 'pnpm',
	title: 'pnpm',
	programs: ['pnpm'],
	verbs: { install: ['install', 'i', 'add', 'ci'], upgrade: ['update', 'up', 'upgrade'], remove: ['remove', 'rm', 'prune'], clean: ['cache delete'] },
	valueOptions: ['--dir', '-C', '--filter', '-F', '--store-dir', '--cache-dir', '--registry', '--reporter', '--loglevel'],
	caches: [
		{
			what: 'metadata cache',
			paths: ['~/.cache/pnpm'],
			filledBy: ['install', 'upgrade'],
			cleanedBy: [],
			figure: { atLeast: 1_000_000, atMost: 17_600_000, basis: 'catalog', source: 'at most: measured after one install; at least: an estimate' },
		},
	],
	keepsNothing: { options: ['--cache-dir'], environment: ['XDG_CACHE_HOME', 'npm_config_cache_dir', 'PNPM_CONFIG_CACHE_DIR'] },
	repair: { append: () => 'rm -rf ~/.cache/pnpm' },
	rootOptions: ['--dir', '-C'],
};
