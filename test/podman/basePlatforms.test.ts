import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askBasePlatforms } from '../../server/src/podman/askBasePlatforms';
import type { Engine } from '../../server/src/podman/engine';
import { folderWith } from '../support/commandLine';

const platformsOf: Readonly<Record<string, readonly string[]>> = {
	'localhost/two': ['amd64', 'arm64'],
	'localhost/other:1': ['arm64', 's390x'],
	'localhost/$V': ['s390x'],
	app: ['riscv64'],
};

/** A podman whose store has those lists and nothing else. */
function engineWith(): Engine {
	const cases = Object.entries(platformsOf).map(([name, architectures]) => {
		const manifests = architectures.map((architecture) => ({ digest: 'sha256:0', platform: { os: 'linux', architecture } }));
		return `'manifest exists ${name}') ;;\n'manifest inspect ${name}') echo '${JSON.stringify({ manifests })}' ;;`;
	});
	const program = join(folderWith({ podman: `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\n*) exit 1 ;;\nesac\n` }), 'podman');
	chmodSync(program, 0o755);
	return { program, options: [], version: [4, 3, 1], remote: false, machine: { version: [4, 3, 1], platform: 'linux/amd64', emulated: [] }, connections: [], farms: [] };
}

describe.skipIf(process.platform === 'win32')('the platforms of the base images', () => {
	it.each([
		['are those of the list', 'FROM localhost/two\n', ['linux/amd64', 'linux/arm64']],
		['are what all lists have', 'FROM localhost/two AS a\nFROM localhost/other:1\n', ['linux/arm64']],
		['are not known of a base that is no list here', 'FROM localhost/two AS a\nFROM docker.io/library/fedora\n', ['linux/amd64', 'linux/arm64']],
		['are unknown where no base is a list', 'FROM docker.io/library/fedora\n', undefined],
		['are unknown where there is no base', 'FROM scratch\nCOPY a /\n', undefined],
		['are not those of an image that has the name of a stage', 'FROM scratch AS app\nCOPY a /\nFROM app\n', undefined],
		['are not asked for a name with a variable', 'ARG V\nFROM localhost/$V\n', undefined],
	])('%s', async (_what, text, platforms) => {
		expect(await askBasePlatforms(text, engineWith())).toEqual(platforms);
	});
});
