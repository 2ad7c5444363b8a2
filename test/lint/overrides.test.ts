import { describe, expect, it } from 'vitest';
import { defaultConfig, readConfig } from '../../server/src/lint/config';
import { configurable } from '../../server/src/lint/configurable';
import { lint } from '../../server/src/lint/lint';
import { configFor } from '../../server/src/lint/overrides';
import { levelOf, presetNames } from '../../server/src/lint/presets';

describe('overrides', () => {
	const config = (...globs: readonly string[]) => readConfig({ overrides: [{ files: globs, builder: 'podman' }] }).config;
	const fits = (glob: string, path: string) => configFor(config(glob), path).builder.kind === 'podman';

	it.each([
		['legacy/**', 'legacy/Containerfile'],
		['legacy/**', 'legacy/a/.b/Containerfile'],
		['./legacy/**', 'legacy/Containerfile'],
		['legacy/', 'legacy/a/Containerfile'],
		['**/a/**/*.*', 'b/a/c/d/e.dockerfile'],
		['**/*.dockerfile', 'a/b/c.dockerfile'],
		['*.dockerfile', 'a/b/c.dockerfile'],
		['Containerfile.{dev,test}', 'a/Containerfile.dev'],
		['a b/*', 'a b/Containerfile'],
		['**', '.devcontainer/Dockerfile'],
	])('with the files %s hold for %s', (glob, path) => expect(fits(glob, path)).toBe(true));

	it.each([
		['legacy/**', 'other/legacy/Containerfile'],
		['legacy/*', 'legacy/a/Containerfile'],
		['*.dockerfile', 'Dockerfile'],
		['Containerfile', 'Containerfile.dev'],
		['+(a)/Containerfile', 'a/Containerfile'],
	])('with the files %s do not hold for %s', (glob, path) => expect(fits(glob, path)).toBe(false));

	it('go over what holds for all, later ones over earlier ones, rules one by one', () => {
		const { config: file } = readConfig({
			rules: { 'heavy-base': 'off', 'docs-installed': 'error' },
			build: { target: 'prod' },
			overrides: [
				{ files: ['legacy/**'], rules: { 'heavy-base': 'hint' }, extends: 'strict' },
				{ files: ['legacy/old/**'], rules: { 'heavy-base': 'warning' }, build: { target: 'old' } },
			],
		});
		expect(configFor(file, 'Containerfile')).toEqual({ ...defaultConfig, rules: { 'heavy-base': 'off', 'docs-installed': 'error' }, target: 'prod' });
		expect(configFor(file, 'legacy/a')).toEqual({ ...defaultConfig, rules: { 'heavy-base': 'hint', 'docs-installed': 'error' }, target: 'prod', preset: 'strict' });
		expect(configFor(file, 'legacy/old/a')).toEqual({ ...defaultConfig, rules: { 'heavy-base': 'warning', 'docs-installed': 'error' }, target: 'old', preset: 'strict' });
		expect(configFor(file, undefined).rules).toEqual({ 'heavy-base': 'off', 'docs-installed': 'error' });
	});
});

describe('presets', () => {
	const text = 'FROM fedora:33\nRUN dnf -y install nginx\n  curl\nRUN dnf -y install httpd\n';
	const told = (value: object) => lint(text, undefined, configFor(readConfig(value).config, undefined)).findings.map(({ rule, severity }) => [rule, severity] as const);

	it('are what each rule says of itself', () => {
		for (const rule of configurable) {
			expect(levelOf(rule, rule.severity, {})).toBe(rule.severity);
			expect(levelOf(rule, rule.severity, { preset: 'images-only' })).toBe(rule.concerns === 'image' ? rule.severity : 'off');
			for (const preset of presetNames) expect(levelOf(rule, 'hint', { preset, rules: { [rule.id]: 'error' } })).toBe('error');
		}
	});

	it('recommended is what holds where nothing is said', () => {
		expect(told({ extends: 'recommended' })).toEqual(told({}));
	});

	it('strict says a hint as an info and an info as a warning, that of a finding too', () => {
		const louder = { error: 'error', warning: 'warning', info: 'warning', hint: 'info' };
		expect(told({ extends: 'strict' })).toEqual(told({}).map(([rule, severity]) => [rule, louder[severity]]));
		const cached = 'FROM alpine AS a\nRUN true\nFROM scratch\nARG TARGETARCH\nCOPY --from=a /a /a\n';
		for (const preset of ['recommended', 'strict'] as const) {
			for (const { severity } of lint(cached, { builder: { kind: 'podman' } }, { preset, rules: {} }).findings) expect(preset === 'strict' && severity === 'hint').toBe(false);
		}
	});

	it('images-only leaves out what concerns the build, unless a rule is named', () => {
		expect(told({}).map(([rule]) => rule)).toContain('broken-continuation');
		expect(told({ extends: 'images-only' }).map(([rule]) => rule)).not.toContain('broken-continuation');
		expect(told({ extends: 'images-only' }).length).toBeGreaterThan(0);
		expect(told({ extends: 'images-only', rules: { 'broken-continuation': 'info' } })).toContainEqual(['broken-continuation', 'info']);
	});
});
