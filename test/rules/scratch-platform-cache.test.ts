import { describe, expect, it } from 'vitest';
import type { Builder, Context } from '../../server/src/model/context/context';
import { scratchPlatformCache } from '../../server/src/rules/scratch-platform-cache';
import { finds, silent } from '../support/rules';

const podman: Context = { builder: { kind: 'podman' } };
const old: Context = { builder: { kind: 'podman', version: [4, 3] } };

describe('scratch-platform-cache finds', () => {
	it.each([
		['files of the build context', 'FROM scratch\nLABEL a=b\n«COPY» rules/ /\n'],
		['a file from elsewhere', 'FROM scratch\n«ADD» https://example.org/rules.tar.gz /\nCOPY a /\n'],
		['a label of the platform, which helps nothing', 'FROM scratch\nARG BUILDPLATFORM\nLABEL a=$BUILDPLATFORM\n«COPY» a /\n'],
		['what the building machine makes for all', 'FROM --platform=$BUILDPLATFORM node:22 AS b\nRUN npm run build\nFROM scratch\n«COPY» --from=b /dist /\n'],
		['what is made on one platform', 'FROM --platform=linux/amd64 node:22 AS b\nRUN npm run build\nFROM b AS c\nRUN a\nFROM scratch\n«COPY» --from=c /dist /\n'],
		['a stage on scratch below', 'FROM scratch AS a\n«COPY» a /\nFROM a\nCOPY b /\n'],
	])('%s', (_what, text) => {
		expect(finds(scratchPlatformCache, text, old)[0]?.severity).toBeUndefined();
		expect(finds(scratchPlatformCache, text, podman)[0]?.severity).toBe('hint');
	});
});

describe('scratch-platform-cache is silent on', () => {
	it.each([
		['files that differ between the platforms', 'FROM scratch\nARG TARGETARCH\nCOPY bin/$TARGETARCH/app /app\n'],
		['a stage that is built for the platform', 'FROM debian AS b\nFROM scratch\nCOPY etc /etc\nCOPY --from=b /output /\n'],
		[
			'a stage that compiles for the platform',
			'FROM --platform=$BUILDPLATFORM golang AS b\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app\nFROM scratch\nCOPY --from=b /app /\n',
		],
		['a stage for the target platform', 'FROM --platform=$TARGETPLATFORM debian AS b\nFROM scratch\nCOPY --from=b /etc /etc\n'],
		['a program of the build context', 'FROM scratch\nCOPY app /\nENTRYPOINT ["/app"]\n'],
		['the root of a distribution', 'FROM scratch\nADD rootfs.tar.xz /\nCMD ["/bin/sh"]\n'],
		['the root of a distribution for one platform', 'FROM scratch\nADD rootfs-x86_64.tar.xz /\n'],
		['another image', 'FROM scratch\nCOPY --from=alpine /etc /etc\n'],
		['a base', 'FROM alpine\nCOPY a /\n'],
		['no layer', 'FROM scratch\nLABEL a=b\n'],
		['a stage that does not ship', 'FROM scratch AS a\nCOPY a /\nFROM alpine\nCOPY --from=a /a /\n'],
	])('%s', (_what, text) => silent(scratchPlatformCache, text, old));

	it.each<Builder>([{ kind: 'any' }, { kind: 'buildkit' }, { kind: 'podman', version: [5, 6] }, { kind: 'podman', version: [6, 0] }])('%j', (builder) =>
		silent(scratchPlatformCache, 'FROM scratch\nCOPY a /\n', { builder }),
	);

	it('builds that keep no layers', () => {
		for (const oneLayer of ['stage', 'image'] as const) silent(scratchPlatformCache, 'FROM scratch\nCOPY a /\n', { ...old, oneLayer });
	});
});
