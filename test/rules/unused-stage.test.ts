import { describe, expect, it } from 'vitest';
import { unusedStage as rule } from '../../server/src/rules/unused-stage';
import { finds, silent } from '../support/rules';

describe('unused-stage finds', () => {
	it.each([
		['a stage without a name', '«FROM» debian\nRUN a\nFROM alpine\nCMD ["b"]\n'],
		['two bases that somebody wanted to add up', '«FROM» ubuntu\n«FROM» python\nFROM node\nRUN npm ci\n'],
		['a builder that is not copied from', '«FROM» node AS build\nRUN npm run build\nFROM nginx\nCOPY dist /x\n'],
		['one of several builders', '«FROM» a AS lib-builder\nRUN a\nFROM b AS app-build\nRUN b\nFROM c\nCOPY --from=app-build /b /b\n'],
		['by what it is used: a stage that is not used either', 'FROM a AS deps\nRUN a\n«FROM» deps AS build\nRUN b\nFROM c\nCOPY d /d\n'],
		['what only a later stage’s number means', '«FROM» a\nFROM b\nFROM c\nCOPY --from=1 /x /x\n'],
		['a stage whose name stands for an image', '«FROM» a AS build\nRUN a\nFROM c\nCOPY --from=acme/build /x /x\n'],
	])('%s', (_what, text) => {
		finds(rule, text);
	});

	it('and says who pays', () => {
		const text = '«FROM» debian\nRUN a\nFROM alpine\n';
		const said = (builder: Parameters<typeof finds>[2]) => finds(rule, text, builder)[0]?.message.replace(/^.*: /, '');
		expect(said({ builder: { kind: 'any' } })).toBe('BuildKit and podman since 4.3 pass over it, what other builders build there is thrown away');
		expect(said({ builder: { kind: 'podman', version: [4, 3] } })).toBe('the build passes over it');
		expect(said({ builder: { kind: 'podman', version: [4, 2] } })).toContain('thrown away');
		expect(said({ builder: { kind: 'buildkit' } })).toBe('the build passes over it');
		const tests = 'FROM a\n«FROM» b\nCOPY --from=0 /a /a\nRUN cd /a && gradle test\nFROM c\nCOPY --from=0 /a /a\n';
		expect(finds(rule, tests)[0]?.message).toMatch(/: BuildKit and podman since 4\.3 pass over it, and its checks do not run$/);
		expect(finds(rule, tests, { builder: { kind: 'buildkit' } })[0]?.message).toMatch(/: the build passes over it, and its checks do not run$/);
		const [finding] = finds(rule, 'FROM a AS deps\nRUN a\n«FROM» deps AS build\nRUN b\nFROM c\nCOPY d /d\n');
		expect(finding?.related?.length).toBe(1);
		expect(finding?.message).toContain('unless --target asks for it');
	});
});

describe('unused-stage is silent on', () => {
	it.each([
		['one stage', 'FROM a AS build\nRUN a\n'],
		['a base', 'FROM a AS base\nRUN a\nFROM base\n'],
		['COPY', 'FROM a AS build\nRUN a\nFROM b\nCOPY --from=BUILD /a /a\n'],
		['COPY by number', 'FROM a\nRUN a\nFROM b\nCOPY --from=0 /a /a\n'],
		['a base by number', 'FROM a\nRUN a\nFROM 0\n'],
		['a mount', 'FROM a AS build\nRUN a\nFROM b\nRUN --mount=type=bind,from=build,target=/x cp /x/a /a\n'],
		['a mount in quotes', 'FROM a AS build\nRUN a\nFROM b\nRUN --mount="type=bind,from=build,target=/x" cp /x/a /a\n'],
		['a trigger', 'FROM a AS build\nRUN a\nFROM b\nONBUILD COPY --from=build /a /a\n'],
		['a name by a variable', 'FROM a AS build-amd64\nRUN a\nFROM b AS build-arm64\nRUN b\nFROM build-${TARGETARCH} AS picked\nFROM c\nCOPY --from=picked /a /a\n'],
		['a stage by a variable', 'ARG FROM_STAGE=build\nFROM a AS build\nRUN a\nFROM a AS deps\nRUN b\nFROM ${FROM_STAGE}\nCMD ["c"]\n'],
		['a number by a variable', 'FROM a\nRUN a\nFROM b\nARG N\nCOPY --from=$N /a /a\n'],
		['tests', 'FROM a AS build\nRUN a\nFROM build AS test\nRUN b\nFROM c\nCOPY --from=build /a /a\n'],
		['what tests need', 'FROM a AS build\nRUN a\nFROM build AS test\nRUN b\nFROM c\nCOPY d /d\n'],
		['development', 'FROM a AS dev\nRUN a\nFROM b AS prod\n'],
		['two programs', 'FROM a AS server\nRUN a\nFROM a AS client\nRUN a\n'],
		['a builder that is started', 'FROM a AS builder\nRUN a\nCMD ["make"]\nFROM b\n'],
		['a builder with labels', 'FROM a AS builder\nRUN a\nLABEL b=c\nFROM b\n'],
		['a builder that holds nothing', 'FROM a AS build\nWORKDIR /src\nFROM b\n'],
		['a stage without a name that is started', 'FROM scratch\nCOPY a /a\nCMD ["/a"]\nFROM scratch\nCOPY b /b\nCMD ["/b"]\n'],
		['a builder whose name is a tag', 'FROM a AS builder\nRUN a\nFROM acme/app:builder\n'],
		['a name that was not understood', 'FROM a AS build\nRUN a\nFROM b\nCOPY --from build /a /a\n'],
		['a name behind a dash', 'FROM a AS build\nRUN a\nFROM b\nCOPY — from=build /a /a\n'],
		['a COPY that is switched off', 'FROM a AS build\nRUN a\nFROM b\n# COPY --from=build /a /a\n'],
		['a base that brings instructions', 'FROM a:onbuild AS builder\nRUN a\nFROM b:onbuild\n'],
		['two stages of one name', 'FROM a AS build\nRUN a\nFROM b AS build\nRUN a\nFROM c\n'],
		['a file for a preprocessor', '#if defined(A)\nFROM a\n#else\nFROM b\n#endif\nRUN c\n'],
		['a template', '{{ if a }}\nFROM a\n{{ else }}\nFROM b\n{{ end }}\nRUN c\n'],
		['a template in comments', '# {{ if a }}\nFROM a\n# {{ end }}\nFROM b\nRUN c\n'],
		['the last stage', 'FROM a AS base\nRUN a\nFROM base\nFROM base AS build\nRUN b\n'.replace('FROM base\nFROM', 'FROM')],
	])('%s', (_what, text) => silent(rule, text));

	it('the stage that is built', () => {
		silent(rule, 'FROM a AS build\nRUN a\nFROM b\nCOPY c /c\n', { builder: { kind: 'any' }, target: 'build' });
	});
});
