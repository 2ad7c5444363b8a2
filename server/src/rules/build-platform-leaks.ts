import { findStage } from '../model/basics/references';
import { type Builder, isOlder } from '../model/context/context';
import type { StageModel } from '../model/stages/model';
import { isFixedPlatform, namesPlatform } from '../model/stages/platformBound';
import { stageReferences } from '../model/stages/stageReferences';
import type { Rule } from './rule';

/** A stage for another platform, and an image behind it that podman then takes for that platform too. */
export const buildPlatformLeaks: Rule = {
	id: 'build-platform-leaks',
	title: 'Podman builds the image for the platform of an earlier stage',
	severity: 'warning',
	concerns: 'image',
	fixable: 'no',
	docs: {
		why: 'A stage on `FROM --platform=$BUILDPLATFORM` compiles on the machine’s own platform what is to run on another. Podman before 5.5 does not forget that platform: the next FROM without one is taken for it too, and the image for arm64 holds programs for amd64, without a word. A last stage on scratch is not touched by it, and `--platform=$TARGETPLATFORM` there helps with some versions only. Only looked at where the builder is said to be podman.',
		before:
			'FROM --platform=$BUILDPLATFORM golang:1.23 AS build\nARG TARGETARCH\nCOPY . /src\nRUN GOARCH=$TARGETARCH go build -C /src -o /app\nFROM debian:12-slim\nCOPY --from=build /app /app\n',
		links: ['https://github.com/containers/buildah/issues/5968'],
	},
	*check({ file, stages, target }, { builder }) {
		const bottom = stages[target?.bottom ?? -1];
		// Fixed by “reset platform in systemcontext for stages”, buildah 1.40.
		if (!isOlder(builder, [5, 5]) || bottom?.base.kind !== 'image' || platformOf(bottom) !== undefined) return;
		// A name that is not known may be that of a stage.
		if (bottom.base.reference === undefined || namesPlatform(bottom.base.reference)) return;
		// A stage that nothing refers to is not built.
		const used = new Set(stageReferences(file).map(({ text, instruction }) => findStage(file, text, instruction.stage)));
		const earlier = stages.find((stage) => stage.index < bottom.index && stage.base.kind === 'image' && leaks(platformOf(stage), builder) && used.has(stage.index));
		const image = bottom.stage.image;
		if (!earlier || !image) return;
		yield {
			span: image.span,
			...(builder.version ? {} : { severity: 'info' as const }),
			message: `podman before 5.5 takes ${image.text} for the platform that an earlier FROM names, whatever platform is built for`,
			related: [{ span: earlier.stage.from.flags[0]?.span ?? earlier.stage.from.keywordSpan, message: `the platform is named here` }],
		};
	},
};

function platformOf({ stage }: StageModel): string | undefined {
	return stage.from.flags.find(({ name }) => name === 'platform')?.value;
}

/** Podman 4.3 builds such a stage for the platform that is wanted, and leaves nothing behind. */
function leaks(platform: string | undefined, { version }: Builder): boolean {
	if (platform === undefined || !isFixedPlatform(platform)) return false;
	return !(platform.includes('$') && version?.[0] === 4 && version[1] === 3);
}
