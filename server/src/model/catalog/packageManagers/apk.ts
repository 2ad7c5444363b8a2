import type { PackageManager } from '../packageManager';

/** apk of Alpine and Wolfi. Documentation is in packages of its own there, and there are no weak dependencies. */
export const apk: PackageManager = {
	id: 'apk',
	title: 'apk',
	programs: ['apk'],
	family: 'apk',
	verbs: { install: ['add', 'fix'], refresh: ['update'], upgrade: ['upgrade'], download: ['fetch'], remove: ['del'], clean: ['cache clean'] },
	valueOptions: [
		'-t',
		'--virtual',
		'-X',
		'--repository',
		'-p',
		'--root',
		'--arch',
		'--keys-dir',
		'--repositories-file',
		'--cache-dir',
		'--wait',
		'--progress-fd',
		'--cache-max-age',
		'-o',
		'--output',
	],
	caches: [
		{
			what: 'package index',
			paths: ['/var/cache/apk'],
			filledBy: ['install', 'refresh', 'upgrade'],
			cleanedBy: [],
			neededLater: true,
			figure: { atLeast: 1_300_000, atMost: 2_600_000, basis: 'catalog', source: 'at least: the APKINDEX files that docker-library/php issue 708 weighed; at most: twice that' },
		},
	],
	// Without the network no index is fetched: apk(8).
	keepsNothing: { options: ['--no-cache', '--cache-dir', '--no-network'], environment: [], configuredBy: /\/etc\/apk\/cache/ },
	fetchesWith: ['--no-cache', '-U', '--update-cache', '--update'],
	cacheOff: { options: ['--no-cache'] },
	repair: { option: '--no-cache', append: () => 'rm -rf /var/cache/apk/*' },
	rootOptions: ['--root', '-p'],
};
