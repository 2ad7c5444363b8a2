import { isOlder } from '../model/context/context';
import { namesPlatform, sameForAll } from '../model/stages/platformBound';
import type { Rule } from './rule';

/** An image on scratch whose layers are the same for all platforms, which podman takes from the cache of another platform. */
export const scratchPlatformCache: Rule = {
	id: 'scratch-platform-cache',
	title: 'Podman takes one platform’s image for another’s',
	severity: 'info',
	concerns: 'build',
	fixable: 'no',
	docs: {
		why: 'On scratch nothing tells the platforms apart but the files. Where these are the same for all of them, podman before 5.6 takes the layers that it built for the first platform for the others too: the manifest list ends with one entry, and which platform that says is a matter of luck. Neither a build for each platform nor a LABEL helps; `--no-cache`, `--layers=false` and podman 5.6 do, and so does a file that differs between the platforms. Images that start a program are left alone, as are builders that are not said to be podman.',
		before: 'FROM scratch\nCOPY rules/ /rules/\n',
		links: ['https://github.com/containers/podman/issues/18723'],
	},
	*check(model, { builder, oneLayer }) {
		const { target } = model;
		// Fixed by “check platform of cache candidates”, buildah 1.41; where stages end as one layer nothing is cached.
		if (!isOlder(builder, [5, 6]) || oneLayer !== undefined || !target || model.stages[target.bottom]?.base.kind !== 'scratch' || !sameForAll(model)[target.index]) return;
		const instructions = target.chain.flatMap((index) => model.stages[index]?.stage.instructions ?? []);
		// Programs are for one platform: nobody builds them into an image for several.
		if (instructions.some(({ keyword, words }) => startsPrograms.has(keyword) || words.some(({ text }) => namesPlatform(text)))) return;
		const first = instructions.find(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
		if (!first) return;
		yield {
			span: first.keywordSpan,
			...(builder.version ? {} : { severity: 'hint' as const }),
			message: `built for several platforms, this image is the same for all, and podman before 5.6 takes one platform’s for the others: build with --no-cache`,
		};
	},
};

const startsPrograms: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
