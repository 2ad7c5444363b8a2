import type { BaseImage, ReferenceChange, Sibling } from '../baseImage';
import { buildpackPackages, golangPackages } from '../buildpackDeps';
import { apt } from './managers';
import { buildpackCommands, slimPaths, suites } from './siblings';
import { officialRecords, suiteInTag } from './variants';

const library = 'docker-library/official-images and docker-library/repo-info';
const plainPython = ['python', 'python2', 'python3', 'node-gyp'];

function slim(changes: readonly ReferenceChange[], tags: RegExp, more: readonly string[], riskyFor: readonly string[], saves: Sibling['saves'] | undefined): Sibling {
	return {
		changes,
		tags,
		lacks: [...buildpackCommands, ...more],
		riskyFor,
		lacksPaths: [...slimPaths, '/usr/include', '/usr/lib/pkgconfig'],
		why: 'The slim image leaves out the compilers, headers and version control tools of buildpack-deps, and documentation.',
		source: `docker-library/buildpack-deps; ${library}`,
		...(saves ? { saves } : {}),
	};
}

/** `3.12` to `3.12-slim`, `3.12-bookworm` to `3.12-slim-bookworm`. */
const slimBeforeSuite: readonly ReferenceChange[] = [
	{ part: 'tag', from: /^latest$/, to: 'slim' },
	{ part: 'tag', from: new RegExp(`^(${suites})$`), to: 'slim-$1' },
	{ part: 'tag', from: new RegExp(`^(\\d[\\w.]*(?:-rc)?)-(${suites})$`), to: '$1-slim-$2' },
	{ part: 'tag', from: /^(\d[\w.]*(?:-rc)?)$/, to: '$1-slim' },
];

/** `22-bookworm` to `22-bookworm-slim`. */
const slimAtEnd: readonly ReferenceChange[] = [
	{ part: 'tag', from: /^latest$/, to: 'slim' },
	{ part: 'tag', from: /^([\w.-]+)$/, to: '$1-slim' },
];

/** Languages whose full image has compilers, and the SDKs. */
export const languageImages: readonly BaseImage[] = [
	...officialRecords({
		name: 'python',
		kind: 'full',
		smallKind: 'runtime',
		on: 'debian',
		brings: buildpackPackages,
		hasSlim: true,
		sets: {},
		passesOn: {
			env: { PATH: '/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', PYTHON_VERSION: undefined },
			user: null,
			stopSignal: null,
			entrypoint: null,
			cmd: ['python3'],
			workdir: null,
		},
		siblings: [
			slim(
				slimBeforeSuite,
				/^(?!.*(?:onbuild|wheezy|jessie|a\d|b\d))(?!\d+\.\d+\.\d+-stretch)(?!2\.7\.[1-7]$|3\.3\.[1-5]$|3\.4\.[01]$)/,
				[],
				['pip', 'pip3', 'uv', 'poetry', 'pipenv'],
				{
					tags: /^(?:3(?=$|-)|3\.(?:9|1\d)(?=$|[.-])|latest$|bullseye$|bookworm$|trixie$)/,
					atLeast: 789_000_000,
					atMost: 996_000_000,
					basis: 'catalog',
					source: 'docker-library/repo-info: python 3.9 on Debian 11 914.18 MB, slim 124.66 MB (2022); 3.12 on Debian 13 1.11 GB, slim 119.2 MB (2026)',
				},
			),
		],
		source: 'docker-library/python',
	}),
	...officialRecords({
		name: 'node',
		kind: 'full',
		smallKind: 'runtime',
		on: 'debian',
		brings: buildpackPackages,
		hasSlim: true,
		passesOn: { env: { NODE_VERSION: undefined, YARN_VERSION: undefined }, user: null, stopSignal: null, entrypoint: ['docker-entrypoint.sh'], cmd: ['node'], workdir: null },
		siblings: [
			slim(slimAtEnd, /^(?!0|chakracore|lts-)(?!.*(?:onbuild|wheezy|jessie|stretch|rc))/, plainPython, ['npm', 'yarn', 'pnpm', 'npx'], {
				tags: /^(?:22(?=$|[.-])|jod)/,
				atLeast: 897_000_000,
				atMost: 908_000_000,
				basis: 'catalog',
				source: 'docker-library/repo-info: node:22 1.13 GB, 22-slim 227.34 MB (2026)',
			}),
		],
		source: 'nodejs/docker-node',
	}),
	...officialRecords({
		name: 'ruby',
		kind: 'full',
		smallKind: 'runtime',
		on: 'debian',
		brings: buildpackPackages,
		hasSlim: true,
		passesOn: { env: { LANG: 'C.UTF-8', GEM_HOME: '/usr/local/bundle', RUBY_VERSION: undefined }, user: null, stopSignal: null, entrypoint: null, cmd: ['irb'], workdir: null },
		siblings: [
			slim(slimBeforeSuite, /^(?!.*(?:onbuild|wheezy))(?!2\.1\.[0-4]$)/, plainPython, ['gem', 'bundle', 'bundler'], {
				tags: /^3\.3(?=$|[.-])/,
				atLeast: 936_000_000,
				atMost: 947_000_000,
				basis: 'catalog',
				source: 'docker-library/repo-info: ruby:3.3 1.09 GB, 3.3-slim 148.83 MB (2026)',
			}),
		],
		source: 'docker-library/ruby',
	}),
	...officialRecords({
		name: 'perl',
		kind: 'full',
		smallKind: 'runtime',
		on: 'debian',
		brings: buildpackPackages,
		hasSlim: true,
		passesOn: {},
		source: 'docker-library/official-images, library/perl',
	}),
	...officialRecords({
		name: 'php',
		kind: 'runtime',
		smallKind: 'runtime',
		on: 'debian-slim',
		passesOn: { env: { PHP_INI_DIR: '/usr/local/etc/php', PHP_VERSION: undefined, PHPIZE_DEPS: undefined }, user: null, entrypoint: ['docker-php-entrypoint'] },
		source: 'docker-library/php',
	}),
	...officialRecords({
		name: 'golang',
		kind: 'sdk',
		smallKind: 'sdk',
		on: 'debian',
		brings: golangPackages,
		passesOn: {
			env: { GOLANG_VERSION: undefined, GOPATH: '/go', PATH: '/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
			user: null,
			stopSignal: null,
			entrypoint: null,
			workdir: '/go',
		},
		source: 'docker-library/golang',
	}),
	...officialRecords({
		name: 'rust',
		kind: 'sdk',
		smallKind: 'sdk',
		on: 'debian',
		brings: buildpackPackages,
		hasSlim: true,
		passesOn: {
			env: {
				RUSTUP_HOME: '/usr/local/rustup',
				CARGO_HOME: '/usr/local/cargo',
				RUST_VERSION: undefined,
				PATH: '/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
			},
			user: null,
			entrypoint: null,
			workdir: null,
		},
		source: 'rust-lang/docker-rust',
	}),
	{
		names: ['gcc'],
		family: 'deb',
		distribution: 'debian',
		release: suiteInTag,
		...apt,
		kind: 'sdk',
		brings: buildpackPackages,
		sets: { nodocs: false, weakDependenciesOff: false, dockerClean: true },
		passesOn: { user: null, entrypoint: null, workdir: null },
		source: 'docker-library/gcc and docker-library/official-images, library/gcc',
	},
	...(['sdk', 'full'] as const).flatMap((kind): BaseImage[] => {
		const layer = kind === 'sdk' ? '(?!.*(?:curl|scm)$)' : '(?=.*(?:curl|scm)$)';
		const common = {
			names: ['buildpack-deps'],
			family: 'deb' as const,
			release: suiteInTag,
			...apt,
			kind,
			passesOn: { user: null },
			source: 'docker-library/buildpack-deps',
			...(kind === 'sdk' ? { brings: buildpackPackages } : {}),
		};
		return [
			{
				...common,
				tags: new RegExp(`^${layer}(?:resolute|noble|jammy|focal|bionic|xenial|trusty|\\d\\d\\.\\d\\d)`),
				distribution: 'ubuntu',
				sets: { weakDependenciesOff: false, dockerClean: true },
			},
			{ ...common, tags: new RegExp(`^${layer}`), distribution: 'debian', sets: { nodocs: false, weakDependenciesOff: false, dockerClean: true } },
		];
	}),
];
