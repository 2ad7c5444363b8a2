import { describe, expect, test } from 'vitest';
import { isBuildPackage } from '../../server/src/model/catalog/buildTools';
import { recommendations } from '../../server/src/model/catalog/recommends/companions';

describe('packages that only a build needs', () => {
	test.each([
		['deb', 'build-essential'],
		['deb', 'libssl-dev'],
		['deb', 'python3-dev=3.11.2-1'],
		['deb', 'libc6-dev:amd64'],
		['deb', 'gcc-12'],
		['deb', 'openjdk-17-jdk-headless'],
		['deb', 'linux-headers-amd64'],
		['rpm', 'gcc-c++'],
		['rpm', 'openssl-devel'],
		['rpm', 'openssl-devel-1.0.2k'],
		['rpm', 'python3-devel.x86_64'],
		['rpm', 'java-1.8.0-openjdk-devel'],
		['rpm', 'glibc-static'],
		['rpm', '@development-tools'],
		['rpm', 'gcc-toolset-12'],
		['rpm', 'pkgconfig(openssl)'],
		['apk', 'build-base'],
		['apk', 'libffi-dev'],
		['apk', 'musl-dev~1.2'],
		['arch', 'base-devel'],
	] as const)('%s: %s', (family, name) => {
		expect(isBuildPackage(name, family)).toBe(true);
	});

	test.each([
		['deb', 'apt-utils'],
		['deb', 'makedev'],
		['deb', 'udev'],
		['deb', 'libudev1'],
		['deb', 'manpages-dev'],
		['deb', 'openjdk-17-jre-headless'],
		['deb', 'git'],
		['deb', 'curl'],
		['deb', 'libgcc-s1'],
		['rpm', 'libgcc'],
		['rpm', 'libstdc++'],
		['rpm', 'java-17-openjdk-headless'],
		['rpm', 'glibc-langpack-en'],
		['rpm', 'development-manual'],
		['apk', 'eudev'],
		['apk', 'openjdk17-jre'],
		['apk', 'libgcc'],
		['scratch', 'gcc'],
	] as const)('%s: %s is none', (family, name) => {
		expect(isBuildPackage(name, family)).toBe(false);
	});
});

describe('packages that are usually meant', () => {
	test('every entry says why and where from', () => {
		for (const entry of recommendations) {
			expect(entry.usually.length + entry.sometimes.length, entry.package).toBeGreaterThan(0);
			expect(entry.because).toMatch(/\.$/);
			expect(entry.source).not.toBe('');
		}
	});
});
