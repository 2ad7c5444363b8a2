import type { PackageManager } from '../packageManager';

/** Composer of PHP (“Command-line interface”: COMPOSER_CACHE_DIR, --no-cache, clear-cache); where the cache lies, Factory::getCacheDir says (tried with 2.5.5). */
export const composer: PackageManager = {
	id: 'composer',
	title: 'Composer',
	programs: ['composer', 'composer.phar', 'composer2', 'composer1'],
	verbs: {
		install: ['install', 'i', 'require', 'req', 'r', 'create-project', 'global require', 'global install', 'global req'],
		upgrade: ['update', 'u', 'upgrade', 'global update'],
		remove: ['remove', 'global remove'],
		clean: ['clear-cache', 'clearcache', 'cc', 'global clear-cache'],
	},
	valueOptions: [
		'-d',
		'--working-dir',
		'--prefer-install',
		'--ignore-platform-req',
		'-s',
		'--stability',
		'--repository',
		'--repository-url',
		'--apcu-autoloader-prefix',
		'--format',
	],
	caches: [
		{
			what: 'download cache',
			paths: ['~/.composer/cache', '~/.cache/composer'],
			filledBy: ['install', 'upgrade'],
			cleanedBy: ['clear-cache', 'clearcache', 'cc', 'global clear-cache'],
		},
	],
	keepsNothing: {
		options: ['--no-cache'],
		environment: ['COMPOSER_CACHE_DIR', 'COMPOSER_HOME', 'XDG_CACHE_HOME'],
		configuredBy: /\bcache-dir\b|cache-files-maxsize/,
	},
	cacheOff: { options: ['--no-cache'] },
	repair: { append: () => 'rm -rf ~/.composer/cache ~/.cache/composer' },
	rootOptions: ['-d', '--working-dir'],
};
