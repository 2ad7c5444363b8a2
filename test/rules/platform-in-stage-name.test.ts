import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/lint/lint';
import type { Builder } from '../../server/src/model/context/context';
import { platformInStageName } from '../../server/src/rules/platform-in-stage-name';
import { finds, silent, unmark } from '../support/rules';

const podman = (major: number, minor: number): Builder => ({ kind: 'podman', version: [major, minor] });
const both = 'FROM debian AS «base-${TARGETARCH}»\nFROM scratch\nARG TARGETARCH\nCOPY --from=«base-${TARGETARCH}» /a /\n';
const name = 'FROM debian AS «base-${TARGETARCH}»\nFROM base-${TARGETARCH}\nRUN true\n';
const copy = 'FROM debian AS base-amd64\nFROM scratch\nARG TARGETARCH\nCOPY --from=«base-$TARGETARCH» /a /\n';
const mount = 'FROM debian AS base-amd64\nFROM debian\nARG TARGETARCH\nRUN --mount=type=bind,from=«base-$TARGETARCH»,target=/m cp /m/a /\n';

describe('platform-in-stage-name finds', () => {
	it('both kinds of names for any builder, with the rewrite that cures them', () => {
		const findings = finds(platformInStageName, both);
		expect(findings.map(({ severity, rewrites }) => [severity, rewrites])).toEqual([
			[undefined, ['portable-platform-stages']],
			[undefined, ['portable-platform-stages']],
		]);
		expect(lint(unmark(both).text).findings.find(({ rule }) => rule === 'platform-in-stage-name')?.severity).toBe('warning');
	});

	it.each([
		['an error where BuildKit builds', both, { kind: 'buildkit' }, ['error', 'error']],
		['the mount that BuildKit refuses', mount, { kind: 'buildkit' }, ['error']],
		['an error where podman finds no stage', copy, podman(4, 3), ['error']],
		['a warning where only the cached build fails', copy, podman(5, 4), [undefined]],
		['a warning where podman does not say its version', both, { kind: 'podman' }, [undefined, undefined]],
		['a name that podman before 5.2 leaves as it is', name, podman(5, 1), [undefined]],
		['an image that BuildKit is told by a variable', 'ARG V=1\nFROM debian\nARG V\nCOPY --from=«node:$V» /a /\n', { kind: 'buildkit' }, ['error']],
		['such an image where it is not known who builds', 'ARG V=1\nFROM debian\nARG V\nCOPY --from=«node:$V» /a /\n', { kind: 'any' }, [undefined]],
	] as const)('%s', (_what, text, builder, severities) => {
		expect(finds(platformInStageName, text, { builder }).map(({ severity }) => severity)).toEqual(severities);
	});

	it.each([
		['any variable', 'ARG V=1\nFROM debian AS «base$V»\n'],
		['quotes', 'ARG V=a\nFROM debian AS a\nFROM scratch\nARG V\nCOPY --from=«"${V}"» /a /\n'],
		['a default', 'FROM debian AS a\nFROM scratch\nCOPY --from=«${V:-a}» /a /\n'],
	])('%s', (_what, text) => void finds(platformInStageName, text));
});

describe('platform-in-stage-name is silent on', () => {
	it.each([
		['FROM, which takes variables', 'ARG TARGETARCH\nFROM debian AS base-amd64\nFROM base-${TARGETARCH} AS base\nFROM scratch\nCOPY --from=base /a /\n'],
		['fixed names', 'FROM debian AS base\nFROM scratch\nARG TARGETARCH\nCOPY --from=base /$TARGETARCH /\n'],
		['ONBUILD', 'FROM debian\nONBUILD COPY --from=$X /a /\n'],
		['an image with a platform', 'FROM --platform=$BUILDPLATFORM debian AS base\n'],
		['a mount where it is not known what the builder does', unmark(mount).text],
	])('%s', (_what, text) => silent(platformInStageName, text));

	it.each([podman(4, 3), podman(5, 4)])('an image that podman is told by a variable', (builder) =>
		silent(platformInStageName, 'ARG V=1\nFROM debian\nARG V\nCOPY --from=quay.io/acme/tool:${V} /a /\nCOPY --from=node:$V /a /b\n', { builder }),
	);

	it('a name that podman 5.2 expands', () => silent(platformInStageName, unmark(name).text, { builder: podman(5, 2) }));
});
