import { describe, expect, it } from 'vitest';
import type { Builder, Context } from '../../server/src/model/context/context';
import { buildPlatformLeaks } from '../../server/src/rules/build-platform-leaks';
import { finds, silent, unmark } from '../support/rules';

const old: Context = { builder: { kind: 'podman', version: [5, 4] } };
const cross = 'FROM --platform=$BUILDPLATFORM golang AS b\nRUN go build -o /app\nFROM «debian:12-slim»\nCOPY --from=b /app /\n';

describe('build-platform-leaks finds', () => {
	it.each([
		['the last stage', cross],
		['a platform that is written out', cross.replace('$BUILDPLATFORM', 'linux/amd64')],
		['the stage at the bottom of the last one', 'FROM --platform=${BUILDPLATFORM} golang AS b\nFROM «debian» AS c\nFROM c\nCOPY --from=b /app /\n'],
		['a stage that a mount takes from', 'FROM --platform=$BUILDPLATFORM golang AS b\nFROM «debian»\nRUN --mount=type=bind,from=b,target=/m cp /m/app /\n'],
	])('%s', (_what, text) => {
		const [finding] = finds(buildPlatformLeaks, text, old);
		expect(finding?.severity).toBeUndefined();
		expect(unmark(text).text.slice(finding?.related?.[0]?.span.start, finding?.related?.[0]?.span.end)).toMatch(/^--platform=/);
		expect(finds(buildPlatformLeaks, text, { builder: { kind: 'podman' } })[0]?.severity).toBe('info');
	});

	it('with podman 4.3 what is written out only', () => {
		const context: Context = { builder: { kind: 'podman', version: [4, 3] } };
		finds(buildPlatformLeaks, cross.replace('$BUILDPLATFORM', 'linux/amd64'), context);
		silent(buildPlatformLeaks, unmark(cross).text, context);
	});
});

describe('build-platform-leaks is silent on', () => {
	it.each([
		['scratch', 'FROM --platform=$BUILDPLATFORM golang AS b\nFROM scratch\nCOPY --from=b /app /\n'],
		['a platform of its own', 'FROM --platform=$BUILDPLATFORM golang AS b\nFROM --platform=$TARGETPLATFORM debian\nCOPY --from=b /app /\n'],
		['a stage for the platform that is built for', 'FROM --platform=$TARGETPLATFORM golang AS b\nFROM debian\nCOPY --from=b /app /\n'],
		['a stage that comes later', 'FROM debian AS a\nFROM --platform=$BUILDPLATFORM golang AS b\nFROM a\nCOPY --from=b /app /\n'],
		['a stage that is not built', 'FROM --platform=$BUILDPLATFORM golang AS b\nFROM debian\nCOPY app /\n'],
		['a platform for another stage, which FROM ignores', 'FROM golang AS a\nFROM --platform=$BUILDPLATFORM a AS b\nFROM debian\nCOPY --from=b /app /\n'],
		['an image for one platform', 'FROM --platform=$BUILDPLATFORM golang AS b\nFROM debian:12-arm64v8\nCOPY --from=b /app /\n'],
		['what may be a stage', 'ARG TARGETOS\nFROM --platform=$BUILDPLATFORM golang AS b\nFROM scratch AS app-linux\nCOPY --from=b /app /\nFROM app-$TARGETOS\n'],
		['one stage', 'FROM --platform=$BUILDPLATFORM golang\nRUN true\n'],
	])('%s', (_what, text) => silent(buildPlatformLeaks, text, old));

	it.each<Builder>([{ kind: 'any' }, { kind: 'buildkit' }, { kind: 'podman', version: [5, 5] }])('%j', (builder) => silent(buildPlatformLeaks, unmark(cross).text, { builder }));
});
