import { describe, expect, it } from 'vitest';
import { librariesOf } from '../../server/src/model/catalog/sharedLibraries';
import { debianLibraries } from '../../server/src/model/catalog/sharedLibraries/debian';
import { debianLibrariesByRelease } from '../../server/src/model/catalog/sharedLibraries/debianByRelease';

describe('what a -dev package stands for at run time', () => {
	it.each([
		['libssl-dev', 'bullseye', 'debian', ['libssl1.1']],
		['libssl-dev', '12.5', 'debian', ['libssl3']],
		['libssl-dev', '13', 'debian', ['libssl3t64']],
		['libssl-dev', '24.04', 'ubuntu', ['libssl3t64']],
		['libssl-dev', 'jammy', 'ubuntu', ['libssl3']],
		['libssl-dev', '23.04', 'ubuntu', undefined],
		['libssl-dev', undefined, 'debian', undefined],
		['libpq-dev', undefined, 'ubuntu', ['libpq5']],
		['libjpeg-dev', undefined, 'debian', ['libjpeg62-turbo']],
		['libjpeg-dev', '22.04', 'ubuntu', undefined],
		['default-libmysqlclient-dev', '22.04', 'ubuntu', undefined],
		['libpcre3-dev', 'trixie', 'debian', undefined],
		['libeigen3-dev', 'bookworm', 'debian', []],
		['libc6-dev', undefined, 'ubuntu', []],
		['libfrobnicate-dev', 'bookworm', 'debian', undefined],
	] as const)('%s on %s of %s', (name, release, distribution, expected) => {
		expect(librariesOf(name, release, distribution)).toEqual(expected);
	});

	it('is named as packages are, in each of three releases', () => {
		const isName = (text: string) => text.split(' ').every((name) => /^[a-z0-9][a-z0-9.+-]+$/.test(name) && !name.endsWith('-dev'));
		expect(Object.entries(debianLibraries).filter(([name, libraries]) => !name.endsWith('-dev') || !isName(libraries))).toEqual([]);
		const odd = Object.entries(debianLibrariesByRelease).filter(([, columns]) => {
			const names = columns.split(' | ');
			return names.length !== 3 || names.some((libraries) => libraries !== '-' && !isName(libraries));
		});
		expect(odd).toEqual([]);
		expect(Object.keys(debianLibraries).filter((name) => name in debianLibrariesByRelease)).toEqual([]);
	});
});
