import type { Progress } from './events';

const step = /^(?:\[(?<platform>[a-z][^\]/\s]*\/[^\]\s]+)\] )?(?:\[(?<stage>\d+)\/(?<stages>\d+)\] )?STEP (?<instruction>\d+)\/(?<of>\d+): (?<text>.*)$/;

/** Reads a line in which podman says that it begins an instruction, as podman 4 and 5 write it; undefined for any other. A farm names the machine behind the platform. */
export function parseProgress(line: string): Progress | undefined {
	const groups = step.exec(line)?.groups;
	if (!groups) return undefined;
	const { platform, stage, stages, instruction, of, text = '' } = groups;
	return {
		...(platform === undefined ? {} : { platform: platform.replace(/@.*$/, '') }),
		...(stage === undefined ? {} : { stage: { number: Number(stage), of: Number(stages) } }),
		instruction: Number(instruction),
		of: Number(of),
		text,
	};
}

/** Where each stage of each platform is, the last that was heard of first: what came before it in the same stage is done. */
export function withProgress(begun: readonly Progress[], progress: Progress): readonly Progress[] {
	return [progress, ...begun.filter(({ platform, stage }) => platform !== progress.platform || stage?.number !== progress.stage?.number)];
}

/** The instruction that a build failed at, of those that it is at; undefined where podman names none of them. Podman 4 does not say for which platform it failed. */
export function failedAt(begun: readonly Progress[], stderr: string): Progress | undefined {
	const tagged = /\* (?:\[|building for ")([^\]"\s]+)(?:\]|" on "[^"\n]*"): /.exec(stderr)?.[1];
	const named = begun.filter(({ text }) => [text, JSON.stringify(text).slice(1, -1)].some((one) => stderr.includes(`building at STEP "${one.trimEnd()}`)));
	const found = named.length > 0 ? named : begun.filter(({ text }) => /^FROM\b/i.test(text) && stderr.includes('creating build container'));
	return found.find(({ platform }) => platform === tagged) ?? found[0];
}
