import type { Variables } from '../../basics/expand';
import type { Cache, PackageManager } from '../packageManager';

/** The archives of installed gems: only `gem pristine` and offline installations read them again. */
const archives: Cache = {
	what: 'archives of the gems',
	paths: ['$GEM_HOME/cache', '/usr/local/bundle/cache'],
	elsewhere: /\/(?:bundle|gems\/[^/]+|ruby\/[^/]+|\.gem\/[^/]+)\/cache(?:\/\*(?:\.gem)?)?$/,
	filledBy: ['install', 'upgrade'],
	cleanedBy: [],
};

/** gem of Ruby: it puts the archive of every gem that it installs into `cache` of the folder that `gem env gemdir` names (tried with RubyGems 3.3). */
export const gem: PackageManager = {
	id: 'gem',
	title: 'gem',
	programs: [/^gem(?:[23][\d.]*)?$/],
	verbs: { install: ['install', 'i'], upgrade: ['update'], remove: ['uninstall', 'cleanup'] },
	valueOptions: [
		'-v',
		'--version',
		'-s',
		'--source',
		'-P',
		'--trust-policy',
		'-p',
		'--http-proxy',
		'-n',
		'--bindir',
		'-i',
		'--install-dir',
		'--platform',
		'--build-root',
		'-g',
		'--file',
		'--without',
		'-B',
		'-b',
	],
	caches: [{ ...archives, minor: true }],
	// Other folders than the one that the repair asks for; --local takes what is there already.
	keepsNothing: {
		options: ['-i', '--install-dir', '--user-install', '-l', '--local', '--build-root', '--explain', '-g', '--file'],
		environment: [],
		configuredBy: /\bgem:.*--user-install/,
	},
	repair: { append: (_caches, program) => `rm -rf "$(${program} env gemdir)"/cache/*.gem` },
	rootOptions: ['-i', '--install-dir', '--build-root'],
};

/** Bundler: gems go to the folder of `gem`, or below BUNDLE_PATH to `ruby/VERSION`, with their archives in `cache`; its index is in ~/.bundle/cache (tried with Bundler 2.3). */
export const bundler: PackageManager = {
	id: 'bundler',
	title: 'Bundler',
	programs: ['bundle', 'bundler'],
	verbs: { install: ['', 'install'], upgrade: ['update'], remove: ['remove', 'clean'] },
	valueOptions: ['--jobs', '-j', '--path', '--without', '--with', '--retry', '--gemfile', '--binstubs', '--shebang', '--trust-policy', '--target-rbconfig', '--standalone'],
	caches: [
		{
			...archives,
			figure: {
				atLeast: 1_000_000,
				atMost: 209_715_200,
				basis: 'guess',
				source: 'tally’s documentation of ruby/leftover-bundler-cache: 50 to 200 MiB in Rails applications; small applications have less',
			},
		},
	],
	keepsNothing: {
		options: ['--path', '--deployment', '--local', '--standalone', '--system'],
		environment: ['BUNDLE_DEPLOYMENT', 'BUNDLE_CACHE_PATH'],
		configuredBy:
			/bundler?\s+config\s+(?:--\w+\s+)*(?:set\s+)?(?:--\w+\s+)*(?:path|deployment|cache)|\.bundle\/config|bundle\s+(?:install|package|cache)\b.*--(?:path|deployment)|\bbundle\s+(?:package|cache)\b/,
	},
	repair: {
		append: (_caches, _program, variables: Variables) =>
			variables.has('BUNDLE_PATH') ? 'rm -rf ~/.bundle/cache "$BUNDLE_PATH"/ruby/*/cache' : 'rm -rf ~/.bundle/cache "$(gem env gemdir)"/cache/*.gem',
	},
	rootOptions: [],
};
