import { describe, expect, it } from 'vitest';
import { parseConnections, parseFarms, parseInfo, parseVersion, parseVersions } from '../../server/src/podman/parse';
import { podman43 } from './recorded/answers';

describe('what podman says about itself', () => {
	it('is read as versions', () => {
		expect(parseVersions(podman43.version)).toEqual({ client: [4, 3, 1] });
		expect(parseVersions(podman43.versionRemote)).toEqual({ client: [4, 3, 1], server: [4, 3, 1] });
		expect(['5.0.0-rc1', 'v5.8.2', '4.9', 'four'].map(parseVersion)).toEqual([[5, 0, 0], [5, 8, 2], [4, 9, 0], undefined]);
	});

	it('is read as a machine', () => {
		expect(parseInfo(podman43.info)).toEqual({ machine: { version: [4, 3, 1], platform: 'linux/amd64', emulated: [] }, remote: false });
	});

	it('is read as connections', () => {
		expect(parseConnections(podman43.connections)).toEqual([{ name: 'a', uri: 'unix:///nowhere.sock', isDefault: true }]);
		expect(parseConnections('[]\n')).toEqual([]);
	});

	it('is nothing where it is something else', () => {
		for (const text of ['', 'null', '{}', '7', '<html>', '{"Client":{"Version":7}}']) {
			expect([parseVersions(text), parseInfo(text), parseConnections(text), parseFarms(text)], text).toEqual([undefined, undefined, undefined, undefined]);
		}
	});
});
