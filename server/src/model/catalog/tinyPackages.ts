import type { Weights } from './weights';

/** Packages of which a package manager keeps next to nothing: bytes that it downloads for each, with all that it depends on, the largest of usual versions. By manager. */
export const tinyPackages: Readonly<Partial<Record<string, Weights>>> = {
	npm: {
		what: 'what npm downloads for a package',
		unit: 1,
		weights: { yarn: 1_300_000, npm: 3_100_000, n: 21_000, json: 37_000, corepack: 230_000, semver: 28_000, 'uglify-js': 240_000 },
		basis: 'catalog',
		source: 'size of the archives that npm pack gives (2026); npm itself is packed with what it depends on, the others depend on nothing',
	},
	pip: {
		what: 'what pip downloads for a package',
		unit: 1,
		weights: {
			...{ pip: 1_900_000, setuptools: 1_200_000, wheel: 170_000, six: 12_000, pyyaml: 810_000, simplejson: 190_000, gunicorn: 230_000, requests: 690_000, jinja2: 160_000 },
			...{ click: 130_000, tqdm: 81_000, flake8: 170_000, pytest: 1_800_000, redis: 570_000, markdown: 120_000 },
		},
		basis: 'catalog',
		source: 'size of the files that pip download gives for CPython on x86-64, with what each depends on (2026)',
	},
	gem: {
		what: 'what gem downloads for a package',
		unit: 1,
		weights: { bundler: 500_000, rake: 110_000 },
		basis: 'catalog',
		source: 'size of the gems as rubygems.org has them; neither depends on another one',
	},
};
