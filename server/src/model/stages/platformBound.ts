import type { Instruction } from '../../syntax/containerfile';
import { findStage } from '../basics/references';
import { remember } from '../basics/remember';
import { automaticVariables } from '../catalog/platforms';
import type { Model } from './model';

/** The names under which amd64 is published. */
export const amd64 = /(?<![a-z0-9])(?:amd64|x86[_-]64|x64)(?![a-z0-9])/i;

/** Those of other architectures. */
export const otherArchitectures =
	/(?<![a-z0-9])(?:aarch64|arm64(?:v8)?|armhf|armel|armv[5-8]\w*|arm32v\d|i[3-6]86|x86|ppc64(?:le|el)?|s390x?|riscv64|mips\w*)(?![a-z0-9]|_64|-64)/i;

/** Whether the name of an image, a stage or a file says that it is for one platform. */
export function namesPlatform(text: string): boolean {
	return amd64.test(text) || otherArchitectures.test(text);
}

/** Whether a platform that FROM names is the same whatever is built for: one that is written out, or that of the building machine. */
export function isFixedPlatform(platform: string): boolean {
	return !/\$\{?TARGET/.test(platform);
}

/**
 * For each stage whether what it holds is the same for every platform, as far as the file tells: it is made on one platform or taken from the build context,
 * and nothing that it is made from names the platform that is built for.
 */
export const sameForAll = remember((model: Model): readonly boolean[] => {
	const same: boolean[] = [];
	for (const { stage, base, index } of model.stages) {
		const platform = stage.from.flags.find(({ name }) => name === 'platform')?.value;
		const starts = base.kind === 'scratch' || (base.kind === 'stage' ? same[base.index] === true : platform !== undefined && isFixedPlatform(platform));
		same.push(starts && stage.instructions.every((instruction) => isIndependent(model, instruction, index, same)));
	}
	return same;
});

const targetNames = [...automaticVariables.keys()].filter((name) => name.startsWith('TARGET'));

function isIndependent({ file }: Model, { keyword, onbuild, flags, span }: Instruction, stage: number, same: readonly boolean[]): boolean {
	const text = file.text.slice(span.start, span.end);
	if (onbuild || targetNames.some((name) => text.includes(name))) return false;
	const from = keyword === 'COPY' ? flags.find(({ name }) => name === 'from')?.value : undefined;
	return from === undefined || same[findStage(file, from, stage) ?? -1] === true;
}
