import type { PackageManager } from '../packageManager';

/** cargo (The Cargo Book, “Cargo Home”): what it fetches is in `registry` and `git` of CARGO_HOME, which is /usr/local/cargo in the official image; `target` is no cache of it, and `cargo clean` removes only that. */
export const cargo: PackageManager = {
	id: 'cargo',
	title: 'cargo',
	programs: ['cargo'],
	verbs: {
		build: ['build', 'b', 'install', 'test', 't', 'run', 'r', 'check', 'c', 'bench', 'doc', 'd', 'rustc', 'clippy', 'chef cook', 'binstall', 'fix'],
		download: ['fetch', 'vendor', 'update', 'generate-lockfile'],
		remove: ['uninstall'],
	},
	valueOptions: [
		'--bin',
		'--example',
		'-p',
		'--package',
		'--features',
		'-F',
		'--target',
		'--target-dir',
		'--manifest-path',
		'--profile',
		'-j',
		'--jobs',
		'--version',
		'--vers',
		'--git',
		'--branch',
		'--tag',
		'--rev',
		'--path',
		'--root',
		'--index',
		'--registry',
		'--config',
		'-Z',
		'-C',
		'--recipe-path',
	],
	caches: [
		{
			what: 'crates and their index',
			paths: ['/usr/local/cargo/registry', '~/.cargo/registry'],
			elsewhere: /\/\.?cargo\/(?:registry|git)(?:\/.*)?$/,
			filledBy: ['build', 'download'],
			cleanedBy: [],
			serves: 'building',
			movedBy: { variable: 'CARGO_HOME', below: '/registry' },
		},
	],
	keepsNothing: { options: ['--path'], environment: [], configuredBy: /\bcargo\s+vendor|replace-with|\bCARGO_NET_OFFLINE/ },
	readBy: ['rustc', 'rustup', 'rust-analyzer', 'wasm-pack', 'trunk', 'cross', 'maturin', 'bacon', 'cargo-watch', 'tauri', 'rustdoc', 'diesel', 'dx'],
	repair: {
		append: (_caches, _program, variables) => {
			const known = variables.get('CARGO_HOME');
			const home = variables.has('CARGO_HOME') ? (known !== undefined && /^\/[\w./-]+$/.test(known) ? known : undefined) : '~/.cargo';
			return home && `rm -rf ${home}/registry ${home}/git`;
		},
	},
	rootOptions: ['--root'],
};
