import { describe, expect, it } from 'vitest';
import { layerCount as rule } from '../../server/src/rules/layer-count';
import { finds, silent } from '../support/rules';

const steps = (count: number, step = 'COPY a /') => `${step}\n`.repeat(count);

describe('layer-count', () => {
	it('counts what makes a layer of the image that ships', () => {
		expect(finds(rule, `«FROM» a\n${steps(20)}${steps(20, 'RUN b')}${steps(1, 'ADD c /')}`)[0]?.message).toMatch(/^41 RUN, COPY and ADD make a layer each.*--squash$/);
		finds(rule, `FROM a AS b\n${steps(30)}«FROM» b\n${steps(11)}`);
		expect(finds(rule, `«FROM» a\n${steps(41)}`, { builder: { kind: 'buildkit' } })[0]?.message).not.toContain('squash');
	});

	it.each([
		['as many as the limit', `FROM a\n${steps(40)}`],
		['what makes none', `FROM a\n${steps(30)}${steps(20, 'ENV a=b')}${steps(20, 'WORKDIR /a')}${steps(20, 'LABEL a=b')}`],
		['triggers', `FROM a\n${steps(41, 'ONBUILD RUN a')}`],
		['a stage that is thrown away', `FROM a AS b\n${steps(60)}FROM c\nCOPY --from=b /a /a\n`],
		['many commands in one', `FROM a\nRUN ${'a && \\\n'.repeat(60)}b\n`],
		['stages that share nothing', `FROM a AS b\n${steps(30)}FROM c\n${steps(30)}COPY --from=b /a /a\n`],
	])('is silent on %s', (_what, text) => silent(rule, text));

	it('is silent where one layer is made', () => {
		for (const oneLayer of ['stage', 'image'] as const) silent(rule, `FROM a\n${steps(60)}`, { builder: { kind: 'podman' }, oneLayer });
	});
});
