import { type Builder, isOlder } from '../model/context/context';
import type { Run } from '../model/stages/model';
import { unusedStages } from '../model/stages/unusedStages';
import type { Rule } from './rule';

/** A stage that nothing is made of. */
export const unusedStage: Rule = {
	id: 'unused-stage',
	title: 'Nothing uses a stage',
	severity: 'hint',
	concerns: 'build',
	fixable: 'no',
	docs: {
		why: 'A stage counts only where a later one is built on it, copies from it or mounts it, or where somebody builds it with `--target`. Nothing of any other gets into the image: often a COPY was forgotten, or the stage is left over. BuildKit and podman since 4.3 pass over it; kaniko, older podman and the builder that Docker had before BuildKit build it for nothing. Stages with a name are only told where it is that of a helper (`builder`, `deps`) and nothing is started in them: others are what `--target` is for.',
		before: 'FROM node:22 AS build\nRUN npm ci && npm run build\nFROM nginx:1.29\nCOPY dist /usr/share/nginx/html\n',
		links: ['https://docs.docker.com/build/building/multi-stage/', 'https://docs.podman.io/en/latest/markdown/podman-build.1.html'],
	},
	*check(model, { builder, target }) {
		for (const { stage, alone } of unusedStages(model, target)) {
			const name = stage.from.words[2]?.text;
			const checks = model.stages[stage.index]?.runs.some(isCheck) === true;
			yield {
				span: stage.from.keywordSpan,
				message: `nothing is built on ${name === undefined ? 'this stage' : `the stage “${name}”`}, copied from it or mounted${name === undefined ? '' : ', unless --target asks for it'}: ${costFor(builder, checks)}`,
				related: alone.map(({ from }) => ({ span: from.keywordSpan, message: 'used by that stage alone' })),
			};
		}
	},
};

/** Source: buildah 1.28, which is in podman 4.3, “build: support --skip-unused-stages”, the default. */
function costFor(builder: Builder, checks: boolean): string {
	const ends = checks ? ', and its checks do not run' : '';
	if (builder.kind === 'buildkit' || (builder.version && !isOlder(builder, [4, 3]))) return `the build passes over it${ends}`;
	if (checks && !builder.version) return `BuildKit and podman since 4.3 pass over it${ends}`;
	return builder.version ? 'what podman before 4.3 builds there is thrown away' : 'BuildKit and podman since 4.3 pass over it, what other builders build there is thrown away';
}

/** Whether a RUN is there for its success, not for its files. */
function isCheck({ invocations }: Run): boolean {
	return invocations.some(({ program = '', args }) => checkers.has(program) || args.some(({ value = '' }) => checkers.has(value)));
}

const checkers: ReadonlySet<string> = new Set('check diff eslint flake8 lint py.test pytest test tests tox unittest vet verify'.split(' '));
