import { describe, expect, it } from 'vitest';
import { defaultConfig, layered, plainContext, readConfig } from '../../server/src/lint/config';
import { configurable } from '../../server/src/lint/configurable';

describe('what is known of how a file is built', () => {
	it('is what the configuration says, scratch being what is shipped on anyway', () => {
		expect(plainContext(defaultConfig)).toEqual({ builder: { kind: 'any' } });
		expect(plainContext({ ...defaultConfig, target: 'final', finalBase: 'static' })).toEqual({ builder: { kind: 'any' }, target: 'final', finalBase: 'static' });
		expect(plainContext({ ...defaultConfig, finalBase: 'scratch' })).toEqual({ builder: { kind: 'any' } });
	});

	it('is the format of the image', () => {
		expect(plainContext({ ...defaultConfig, format: 'docker' }).format).toBe('docker');
	});

	it.each([
		[{}, undefined],
		[{ squash: false, layers: true }, undefined],
		[{ layers: false }, 'stage'],
		[{ squash: 'new' }, 'stage'],
		[{ squash: 'all', layers: false }, 'image'],
		[{ squash: false, layers: false }, 'stage'],
	] as const)('is what ends as one layer: %j', (build, oneLayer) => {
		expect(plainContext({ ...defaultConfig, ...build }).oneLayer).toBe(oneLayer);
	});
});

describe('the configuration', () => {
	it('is empty where nothing is said', () => {
		expect(readConfig({})).toEqual({ config: { rules: {} }, problems: [] });
		expect(layered()).toEqual(defaultConfig);
	});

	it('takes levels, a builder, a target and an image to ship on', () => {
		const value = {
			$schema: 'x',
			extends: 'strict',
			rules: { 'package-cache-kept': 'error', 'heavy-base': 'off' },
			builder: 'podman@4.3',
			build: { target: 'final', squash: 'new', layers: false, format: 'docker' },
			rewrite: { finalBase: 'registry.example:5000/base/static-debian12:nonroot@sha256:0a' },
		};
		expect(readConfig(value)).toEqual({
			config: {
				rules: { 'package-cache-kept': 'error', 'heavy-base': 'off' },
				preset: 'strict',
				builder: { kind: 'podman', version: [4, 3] },
				target: 'final',
				squash: 'new',
				layers: false,
				format: 'docker',
				finalBase: 'registry.example:5000/base/static-debian12:nonroot@sha256:0a',
			},
			problems: [],
		});
	});

	it('takes a level for everything that can be found, unused comments too', () => {
		expect(configurable.map(({ id }) => id)).toContain('unused-ignore');
		for (const { id } of configurable) expect(readConfig({ rules: { [id]: 'info' } })).toEqual({ config: { rules: { [id]: 'info' } }, problems: [] });
	});

	it.each([
		['no object', [], 'the configuration has to be a JSON object'],
		['nothing', null, 'the configuration has to be a JSON object'],
		['an unknown setting', { buidler: 'podman' }, '"buidler" is not a setting of Whittle (extends, rules, builder, build, rewrite, overrides)'],
		['an unknown setting of builds', { build: { platform: 'x' } }, '"build.platform" is not a setting of Whittle (target, squash, layers, format)'],
		['an unknown setting of rewrites', { rewrite: { base: 'x' } }, '"rewrite.base" is not a setting of Whittle (finalBase)'],
		['a schema that has no place', { $schema: 1 }, '"$schema" has to be the place of a schema'],
		['an unknown preset', { extends: 'all' }, '"extends" has to be recommended, strict or images-only'],
		['overrides that are no list', { overrides: {} }, '"overrides" has to be a list'],
		['an override that is no object', { overrides: ['legacy'] }, 'override 1: it has to be an object'],
		[
			'an override for no files',
			{ overrides: [{ files: [], rules: {} }] },
			'override 1: "files" has to be a list of globs below the folder of the configuration, such as legacy/**',
		],
		[
			'an override for files elsewhere',
			{ overrides: [{ files: ['a/../../b'] }] },
			'override 1: "files" has to be a list of globs below the folder of the configuration, such as legacy/**',
		],
		['a misspelt rule', { rules: { 'package-cache-keep': 'off' } }, 'there is no rule "package-cache-keep" (did you mean package-cache-kept?)'],
		['a misspelt rule of comments', { rules: { 'unused-ignores': 'off' } }, 'there is no rule "unused-ignores" (did you mean unused-ignore?)'],
		['an unknown rule', { rules: { DL3008: 'off' } }, 'there is no rule "DL3008"'],
		['an inherited name', { rules: { constructor: 'off' } }, 'there is no rule "constructor"'],
		['an unknown level', { rules: { 'heavy-base': 'loud' } }, '"heavy-base" has to be error, warning, info, hint or off'],
		['rules that are a list', { rules: ['heavy-base'] }, '"rules" has to be an object of rule ids and severities'],
		['an unknown builder', { builder: 'docker' }, '"builder" has to be any, podman, podman@4.3 (or another version) or buildkit'],
		['a build that is no object', { build: 'final' }, '"build" has to be an object'],
		['a target that is no name', { build: { target: 1 } }, '"build.target" has to be the name of a stage'],
		['a squash that is neither', { build: { squash: true } }, '"build.squash" has to be false, "new" (what the Containerfile adds) or "all" (the base image too)'],
		['layers that are counted', { build: { layers: 1 } }, '"build.layers" has to be true or false'],
		['a format that nobody knows', { build: { format: 'tar' } }, '"build.format" has to be oci or docker'],
		['a rewrite that is no object', { rewrite: 'scratch' }, '"rewrite" has to be an object'],
		[
			'an image that is two instructions',
			{ rewrite: { finalBase: 'a\nRUN b' } },
			'"rewrite.finalBase" has to be an image, such as registry.example/distroless/base:latest, or scratch',
		],
		['an image that is no name', { rewrite: { finalBase: 1 } }, '"rewrite.finalBase" has to be an image, such as registry.example/distroless/base:latest, or scratch'],
	])('leaves out %s and says so', (_what, value, problem) => {
		expect(readConfig(value)).toEqual({ config: { rules: {} }, problems: [problem] });
	});

	it('keeps what is right beside what is wrong', () => {
		const { config, problems } = readConfig({ rules: { 'heavy-base': 'off', nonsense: 'off' }, builder: 'x', build: { target: 'a' } });
		expect(config).toEqual({ rules: { 'heavy-base': 'off' }, target: 'a' });
		expect(problems).toHaveLength(2);
	});

	it('names the override that is wrong, and keeps the others', () => {
		const { config, problems } = readConfig({
			overrides: [
				{ files: ['a/**'], rules: { nonsense: 'off' } },
				{ files: ['b'], overrides: [] },
			],
		});
		expect(config.overrides).toEqual([
			{ files: ['a/**'], rules: {} },
			{ files: ['b'], rules: {} },
		]);
		expect(problems).toEqual(['override 1: there is no rule "nonsense"', 'override 2: "overrides" is not a setting of Whittle (files, extends, rules, builder, build, rewrite)']);
	});
});
