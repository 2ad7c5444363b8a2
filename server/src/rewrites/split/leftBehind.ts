import { holds, related } from '../../model/basics/paths';
import type { Refusal } from '../rewrite';
import type { Goods, Shop } from './ecosystem';
import { destinationOf, workdirAt } from './sources';

/** Settings that only a build reads. */
const forBuilding = /^(?:MAVEN|M2|MVNW|GRADLE|NUGET|DOTNET_CLI|npm_config|CARGO|GO)/;

/** A refusal where settings or a start name a place below what is built that is not copied: it would be missing in the image that ships. */
export function refuseLeftBehind({ model, stage, roots, last }: Shop, { copies }: Goods): Refusal | undefined {
	const { instructions } = stage.stage;
	const brought = [
		...copies.map(({ to }) => to),
		...instructions.flatMap((instruction, at) => {
			if (instruction.keyword === 'VOLUME') return (instruction.exec ?? instruction.words).flatMap(({ value }) => value?.replace(/\/+$/, '') ?? []);
			return at > last && (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') ? (destinationOf(instruction, workdirAt(stage, at)) ?? []) : [];
		}),
	];
	const folders = instructions.flatMap(({ keyword }, at) => (keyword === 'WORKDIR' ? (workdirAt(stage, at + 1) ?? []) : []));
	for (const instruction of instructions) {
		if (!/^(?:ENV|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(instruction.keyword) || instruction.onbuild) continue;
		if (instruction.keyword === 'ENV' && instruction.words.every(({ text }, index) => forBuilding.test(text) || (index > 0 && !text.includes('=')))) continue;
		const text = model.file.text.slice(instruction.args.start, instruction.args.end);
		for (const [, path = ''] of text.matchAll(/(?<![\w.$}/-])((?:\/[\w.@-]+)+)/g)) {
			const isBuilt = roots.some((root) => path !== root && holds(root, path));
			if (isBuilt && !brought.some((one) => related(one, path)) && !folders.some((folder) => holds(path, folder)))
				return { because: `it names ${path}, which stays behind in the builder; copy it in a step behind the build`, span: instruction.span };
		}
	}
	return undefined;
}
