import type { Rule } from './rule';

/** More layers than these are told. */
const limit = 40;

/** Very many layers in one image. */
export const layerCount: Rule = {
	id: 'layer-count',
	title: 'The image has very many layers',
	severity: 'hint',
	concerns: 'image',
	fixable: 'no',
	docs: {
		why: `Every RUN, COPY and ADD of the stages that ship makes a layer, also one that changes next to nothing. Each is a file of its own that is packed, pushed, fetched and unpacked, and Docker takes no more than 125, those of the base image included. From ${limit + 1} on it is said: merge steps that belong together, copy from a builder stage what several steps made, or build with \`--squash\` (podman), which makes one layer of all that the Containerfile adds.`,
		before: `FROM alpine:3.22\n${Array.from({ length: limit + 1 }, (_, index) => `COPY conf/${index}.conf /etc/app/\n`).join('')}`,
		// maxLayerDepth of moby, layer/layer_store.go.
		links: ['https://docs.docker.com/engine/storage/drivers/', 'https://docs.podman.io/en/latest/markdown/podman-build.1.html'],
	},
	*check({ stages, target }, { oneLayer, builder }) {
		if (oneLayer !== undefined || !target) return;
		// WORKDIR makes a layer only where it makes a folder, and not with every builder.
		const made = target.chain.flatMap((index) => stages[index]?.stage.instructions ?? []).filter(({ keyword, onbuild }) => !onbuild && /^(?:RUN|COPY|ADD)$/.test(keyword));
		if (made.length <= limit) return;
		yield {
			span: target.stage.from.keywordSpan,
			message: `${made.length} RUN, COPY and ADD make a layer each: merge those that belong together${builder.kind === 'buildkit' ? '' : ', or build with podman’s --squash'}`,
		};
	},
};
