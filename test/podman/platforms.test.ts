import { describe, expect, it } from 'vitest';
import { defaultPlatforms, isSamePlatform, readPlatform, readPlatforms } from '../../server/src/podman/platforms';

describe('a platform', () => {
	it('has the form that podman writes into lists', () => {
		const written = [
			'linux/amd64',
			'Linux/ARM64',
			'linux/aarch64',
			'linux/arm64/v8',
			'linux/x86_64',
			'linux/arm',
			'linux/armhf',
			'linux/arm/6',
			'linux/amd64/v3',
			'linux/i386',
			'wasi/wasm',
			'freebsd/amd64',
		];
		const normal = [
			'linux/amd64',
			'linux/arm64',
			'linux/arm64',
			'linux/arm64',
			'linux/amd64',
			'linux/arm/v7',
			'linux/arm/v7',
			'linux/arm/v6',
			'linux/amd64/v3',
			'linux/386',
			'wasi/wasm',
			'freebsd/amd64',
		];
		expect(written.map(readPlatform)).toEqual(normal);
		expect(defaultPlatforms.map(readPlatform)).toEqual(defaultPlatforms);
	});

	it.for([
		['arm64', /write linux\/arm64/],
		['aarch64', /write linux\/arm64/],
		['windows/amd64', /no images of Windows/],
		['linux/foo', /the architectures are 386, amd64/],
		['linux', /is no platform/],
		['', /is no platform/],
		['linux/arm64/v8/x', /is no platform/],
		['linux/arm64 --squash', /is no platform/],
		['linux/arm64,linux/amd64', /is no platform/],
		['$(id)/amd64', /is no platform/],
		['linux/amd64\n', undefined],
		['linux/\namd64', /is no platform/],
	] as const)('%j', ([text, sentence]) => {
		if (sentence === undefined) expect(readPlatform(text)).toBe('linux/amd64');
		else expect(readPlatform(text)).toEqual({ because: expect.stringMatching(sentence) });
	});

	it('is meant once, however often it is written', () => {
		expect(readPlatforms(['linux/arm64', 'linux/aarch64', 'linux/amd64', 'linux/arm64/v8'])).toEqual(['linux/arm64', 'linux/amd64']);
		expect(readPlatforms(['linux/arm64', 'arm'])).toHaveProperty('because');
		expect([isSamePlatform('linux/arm', 'linux/arm/v7'), isSamePlatform('linux/arm/v6', 'linux/arm/v7'), isSamePlatform('what', 'what')]).toEqual([true, false, true]);
	});
});
