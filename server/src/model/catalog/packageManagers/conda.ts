import type { PackageManager } from '../packageManager';

/**
 * conda, mamba and micromamba. Packages are linked from `pkgs` into the environments, so that what its cleaning frees are the archives, the index and what
 * no environment links (docs.conda.io, “conda clean”): `--all` looks for hard links; symbolic ones are made only where it is told to.
 */
export const conda: PackageManager = {
	id: 'conda',
	title: 'conda',
	programs: ['conda', 'mamba', 'micromamba'],
	verbs: {
		install: ['install', 'create', 'env create', 'env update'],
		upgrade: ['update', 'upgrade', 'self-update'],
		remove: ['remove', 'uninstall', 'env remove'],
		clean: ['clean'],
	},
	valueOptions: [
		'-n',
		'--name',
		'-p',
		'--prefix',
		'-c',
		'--channel',
		'-f',
		'--file',
		'--solver',
		'--repodata-fn',
		'--subdir',
		'--platform',
		'--experimental',
		'-r',
		'--root-prefix',
	],
	caches: [
		{
			what: 'package archives and index',
			paths: [
				'$CONDA_PREFIX/pkgs',
				'/opt/conda/pkgs',
				'/opt/miniconda/pkgs',
				'/opt/miniconda3/pkgs',
				'/opt/miniforge3/pkgs',
				'/opt/anaconda3/pkgs',
				'~/miniconda3/pkgs',
				'~/miniconda/pkgs',
				'~/.conda/pkgs',
			],
			elsewhere: /(?:conda|mamba|forge)[^/]*(?:\/[^/]+)?\/pkgs$/i,
			filledBy: ['install', 'upgrade'],
			cleanedBy: ['clean'],
		},
	],
	keepsNothing: { options: ['--download-only'], environment: ['CONDA_PKGS_DIRS'], configuredBy: /\bpkgs_dirs\b|softlink/ },
	repair: { append: (_caches, program) => `${program} clean -ay` },
	rootOptions: ['-p', '--prefix', '-r', '--root-prefix'],
};
