// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a Containerfile's own
import { describe, expect, it } from 'vitest';
import { absolutePath, below, holds, normalizePath, related } from '../../server/src/model/basics/paths';

describe('a path for comparison', () => {
	it.each([
		['/var/lib/apt/lists/*', '/', '/var/lib/apt/lists'],
		['/var/cache/apt/', '/', '/var/cache/apt'],
		['/var/cache//apt/../dnf/.', '/', '/var/cache/dnf'],
		['/x/*/*', '/', '/x'],
		['/x/{*,.*}', '/', '/x'],
		['/x/.[!.]*', '/', '/x'],
		['/x/*.log', '/', '/x/*.log'],
		['/', '/', '/'],
		['/*', '/', '/'],
		['/..', '/', '/'],
		['~', '/', '~'],
		['~/.cache/*', '/', '~/.cache'],
		['/root/.cache', '/', '~/.cache'],
		['/root', '/', '~'],
		['/rootfs', '/', '/rootfs'],
		['/home/me/.npm', '/', '~/.npm'],
		['/home', '/', '/home'],
		['$HOME/.npm', '/', '~/.npm'],
		['${HOME}/.npm', '/', '~/.npm'],
		['x/y', '/work', '/work/x/y'],
		['./x', '/work', '/work/x'],
		['../x', '/work', '/x'],
		['.', '/work', '/work'],
		['*', '/work', '/work'],
		['.cache', '/root', '~/.cache'],
	])('%s in %s: %s', (path, cwd, expected) => {
		expect(normalizePath(path, cwd)).toBe(expected);
	});

	it('is not known where the folder is not', () => {
		expect(normalizePath('x', undefined)).toBeUndefined();
		expect(normalizePath('/x', undefined)).toBe('/x');
		expect(normalizePath('~/x', undefined)).toBe('~/x');
	});
});

describe('a path as it is', () => {
	it.each([
		['/root/x/', '/w', '/root/x'],
		['x/*', '/w', '/w/x/*'],
		['..', '/w/v', '/w'],
		['x', '/', '/x'],
	])('%s in %s: %s', (path, cwd, expected) => {
		expect(absolutePath(path, cwd)).toBe(expected);
	});

	it('is not known for a home, nor where the folder is not', () => {
		expect([absolutePath('~/x', '/'), absolutePath('x', undefined), absolutePath('/x', undefined)]).toEqual([undefined, undefined, '/x']);
	});
});

describe('a folder', () => {
	it.each([
		['/', '/x', true],
		['/x', '/x', true],
		['/x', '/x/y', true],
		['/x', '/xy', false],
		['/x/y', '/x', false],
	])('%s holds %s: %j', (outer, inner, expected) => {
		expect(holds(outer, inner)).toBe(expected);
	});

	it('and one in it have to do with each other, whichever comes first', () => {
		expect([related('/x', '/x/y'), related('/x/y', '/x'), related('/x/y', '/x/z')]).toEqual([true, true, false]);
	});

	it('lies below another root, but not below a root that is none', () => {
		expect([below('/output', '/var/cache'), below('/', '/var/cache'), below('/output', '~/.cache')]).toEqual(['/output/var/cache', '/var/cache', '~/.cache']);
	});
});
