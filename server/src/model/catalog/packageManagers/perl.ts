import type { PackageManager } from '../packageManager';

/** cpanm (App::cpanminus::script): it fetches and builds in PERL_CPANM_HOME and removes that only a week later (--auto-cleanup; tried with 1.7046). */
export const cpanm: PackageManager = {
	id: 'cpanm',
	title: 'cpanm',
	programs: ['cpanm'],
	verbs: {},
	otherwise: 'install',
	valueOptions: [
		'-l',
		'--local-lib',
		'-L',
		'--local-lib-contained',
		'--mirror',
		'-M',
		'--from',
		'--auto-cleanup',
		'--with-feature',
		'--cpanfile',
		'--save-dists',
		'--configure-timeout',
		'--build-timeout',
		'--test-timeout',
		'--format',
	],
	caches: [{ what: 'downloads and builds', paths: ['~/.cpanm'], filledBy: ['install'], cleanedBy: [], minor: true }],
	keepsNothing: { options: ['--info', '--look', '-V', '-h', '--auto-cleanup'], environment: ['PERL_CPANM_HOME', 'PERL_CPANM_OPT'] },
	repair: { append: () => 'rm -rf ~/.cpanm' },
	rootOptions: ['-l', '--local-lib', '-L', '--local-lib-contained'],
};

/** cpan (CPAN, “Config Variables”, build_dir and keep_source_where); its configuration is in the same folder and stays. */
export const cpan: PackageManager = {
	id: 'cpan',
	title: 'cpan',
	programs: ['cpan'],
	verbs: {},
	otherwise: 'install',
	valueOptions: ['-j', '-M'],
	caches: [
		{
			what: 'downloads and builds',
			paths: ['~/.cpan/build', '~/.cpan/sources', '~/.local/share/.cpan/build', '~/.local/share/.cpan/sources'],
			filledBy: ['install'],
			cleanedBy: [],
			minor: true,
		},
	],
	keepsNothing: { options: ['-v', '-h', '-l', '-D', '-L', '-C', '-j'], environment: [], configuredBy: /build_dir|keep_source_where|cpan_home/ },
	repair: { append: () => 'rm -rf ~/.cpan/build ~/.cpan/sources' },
	rootOptions: [],
};
