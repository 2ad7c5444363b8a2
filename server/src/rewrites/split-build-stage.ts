import { siblingSaving } from '../model/catalog/baseImages';
import type { Model } from '../model/stages/model';
import { replaceStage } from './newStages';
import { isRefusal, type Rewrite } from './rewrite';
import { divide } from './split/division';
import { ecosystems } from './split/ecosystems';

/** One stage that builds and ships becomes a builder and a stage on a smaller image that runs what came out. */
export const splitBuildStage: Rewrite = {
	id: 'split-build-stage',
	title: 'Build in one stage, ship another',
	needs: 'a last stage that installs or builds with Node.js, Python, Maven, Gradle or .NET on an image made for building, or compiles C, C++, Go or Rust on Debian or Ubuntu',
	docs: {
		why: 'Compilers, headers, version control and a whole SDK are needed while dependencies are installed and the program is built, and by nothing afterwards. With a stage of its own for that, the image that ships stands on the slim image of the same version (or the JRE, the .NET runtime, or the distribution with the libraries that the program is linked to) and takes over what came out: same paths, same owners, same configuration.',
		before: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
		after:
			'FROM node:22 AS builder\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=builder /app /app\nCOPY . .\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
		links: ['https://docs.docker.com/build/building/multi-stage/'],
	},
	propose(model, context) {
		const { target } = model;
		if (target?.base.kind !== 'image' || target.base.reference === undefined || !target.image || !target.stage.image) return undefined;
		const { reference } = target.base;
		const { from, image } = target.stage;
		const ecosystem = ecosystems.find(({ names }) => target.image?.names.some((name) => typeof name === 'string' && names.test(name)) || names.test(reference));
		const runtime = ecosystem?.runtime(reference, target);
		if (!ecosystem || !runtime) return undefined;
		const builder = freeName(model);
		const small = 'because' in runtime ? reference : runtime.reference;
		const division = divide(model, target, reference, small, ecosystem, context, builder);
		if (!division) return undefined;
		if ('because' in runtime) return { because: runtime.because, span: image.span };
		if (isRefusal(division)) return division;
		const written = writtenReference(image.text, reference, small);
		if (written === undefined) return { because: 'variables stand where the slim variant has another name; write the image out', span: image.span };
		const flags = from.flags.map(({ span }) => ` ${model.file.text.slice(span.start, span.end)}`).join('');
		const named = target.stage.name === undefined ? '' : ` AS ${from.words[2]?.text}`;
		const [sibling] = target.image.siblings ?? [];
		const saves = sibling && siblingSaving(reference, sibling);
		return {
			title: `Build in a stage of its own and ship on ${small}`,
			span: from.span,
			assumes: division.assumes,
			...(saves ? { saves: { of: `base image ${reference}`, ...saves } } : {}),
			edits: () =>
				replaceStage(model.file, target.stage, [
					[{ instead: from, text: `FROM${flags} ${image.text} AS ${builder}` }, ...division.builder],
					[`FROM${flags} ${written}${named}`, ...division.final],
				]),
		};
	},
};

/** The reference as the file would write it: with its variables, where the new one only adds to the old one's end. */
function writtenReference(written: string, reference: string, small: string): string | undefined {
	if (written === reference) return small;
	return small.startsWith(reference) ? written + small.slice(reference.length) : undefined;
}

function freeName({ stages }: Model): string {
	const taken = new Set(stages.map(({ stage }) => stage.name));
	return ['builder', 'build', 'maker'].find((name) => !taken.has(name)) ?? `builder-${stages.length}`;
}
