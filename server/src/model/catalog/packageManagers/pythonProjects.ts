import type { PackageManager } from '../packageManager';

/** pipenv. It hands its own cache folder to the pip that it starts (pipenv/utils/pip.py sets PIP_CACHE_DIR); its virtual environments lie in ~/.local/share. */
export const pipenv: PackageManager = {
	id: 'pipenv',
	title: 'pipenv',
	programs: ['pipenv'],
	verbs: { install: ['install', 'sync'], upgrade: ['update', 'upgrade'], remove: ['uninstall', 'clean'] },
	valueOptions: ['-r', '--requirements', '-e', '--editable', '-i', '--index', '--python', '--pypi-mirror', '--extra-pip-args', '--categories', '-p'],
	caches: [{ what: 'download cache', paths: ['~/.cache/pipenv'], filledBy: ['install', 'upgrade'], cleanedBy: [] }],
	// environments.py: PIPENV_CACHE_DIR, by default platformdirs’ user cache folder.
	keepsNothing: { options: [], environment: ['PIPENV_CACHE_DIR', 'PIP_NO_CACHE_DIR', 'XDG_CACHE_HOME'] },
	repair: { append: () => 'rm -rf ~/.cache/pipenv' },
	rootOptions: [],
};

/** poetry (“Configuration”, cache-dir): its virtual environments lie beside the cache, in ~/.cache/pypoetry/virtualenvs, and have to stay. */
export const poetry: PackageManager = {
	id: 'poetry',
	title: 'Poetry',
	programs: ['poetry'],
	verbs: { install: ['install', 'add', 'sync', 'self add', 'self install'], upgrade: ['update', 'self update'], remove: ['remove'], clean: ['cache clear'] },
	valueOptions: ['--with', '--without', '--only', '-E', '--extras', '-C', '--directory', '-P', '--project', '-G', '--group', '--source', '--platform', '--python'],
	caches: [
		{
			what: 'download cache',
			paths: ['~/.cache/pypoetry/cache', '~/.cache/pypoetry/artifacts'],
			filledBy: ['install', 'upgrade'],
			cleanedBy: ['cache clear'],
		},
	],
	keepsNothing: {
		options: ['--no-cache'],
		environment: ['POETRY_CACHE_DIR', 'XDG_CACHE_HOME'],
		configuredBy: /poetry\s+config\s+(?:--\w+\s+)*cache-dir|cache-dir\s*=/,
	},
	cacheOff: { options: ['--no-cache'] },
	repair: { append: () => 'rm -rf ~/.cache/pypoetry/cache ~/.cache/pypoetry/artifacts' },
	rootOptions: ['-C', '--directory', '-P', '--project'],
};

/**
 * uv. By default it links what it installs from its cache (“Settings”, link-mode: clone or hardlink), and a layer holds hard links only once: removing the
 * cache frees next to nothing, so that nothing is said unless it is told to copy.
 */
export const uv: PackageManager = {
	id: 'uv',
	title: 'uv',
	programs: ['uv'],
	verbs: {
		install: ['sync', 'add', 'pip install', 'pip sync', 'tool install'],
		upgrade: ['tool upgrade'],
		remove: ['remove', 'pip uninstall', 'tool uninstall'],
		clean: ['cache clean', 'cache prune', 'clean'],
	},
	valueOptions: [
		'--cache-dir',
		'--link-mode',
		'-p',
		'--python',
		'--directory',
		'--project',
		'-r',
		'--requirement',
		'--index-url',
		'--extra-index-url',
		'--index',
		'--extra',
		'--group',
		'--no-group',
		'--only-group',
		'-c',
		'--constraint',
		'--target',
		'--prefix',
		'--no-install-package',
		'--package',
		'-e',
	],
	caches: [
		{
			what: 'download cache',
			paths: ['~/.cache/uv'],
			filledBy: ['install', 'upgrade'],
			cleanedBy: ['cache clean', 'clean'],
			onlyWith: /UV_LINK_MODE[= ]\s*["']?copy|--link-mode[= ]["']?copy/,
		},
	],
	keepsNothing: { options: ['--no-cache', '-n', '--cache-dir'], environment: ['UV_NO_CACHE', 'UV_CACHE_DIR', 'XDG_CACHE_HOME'], configuredBy: /\bno-cache\s*=|\bcache-dir\s*=/ },
	cacheOff: { options: ['--no-cache', '-n'], environment: { UV_NO_CACHE: /^(?:1|true|t|yes|y|on)$/i } },
	repair: { option: '--no-cache' },
	rootOptions: ['--directory', '--project', '--target', '--prefix'],
};
