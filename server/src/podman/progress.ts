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
	const found = named.length > 0 ? named : begun.filter(({ text }) => isMeant(text, stderr));
	return found.find(({ platform }) => platform === tagged) ?? found[0];
}

/** Whether an error is about an instruction that it names in podman's words: keyword in upper case, the elements of a list and what stood between several blanks with one between them; nothing behind a keyword that podman does not know. */
function isMeant(text: string, stderr: string): boolean {
	if (/^FROM\b/i.test(text)) return stderr.includes('creating build container');
	const from = /^(?:COPY|ADD)\s.*?(--from=\S+)/i.exec(text)?.[1];
	if (from !== undefined && stderr.includes(`${from}: no stage or image found`)) return true;
	const keyword = (/^\S+/.exec(text)?.[0] ?? '').toUpperCase();
	const own = oneBlank(`${keyword} ${withoutList(text.slice(keyword.length))}`);
	return [...stderr.matchAll(/building at STEP "([^\n]*?)": /g)].some(([, said = '']) => oneBlank(said) === own || said === `${keyword} `);
}

/** The elements of a list in JSON, behind the flags, as words; any other text as it is. */
function withoutList(args: string): string {
	const [, flags = '', list = ''] = /^((?:\s+--\S+)*)\s*(\[.*\])\s*$/s.exec(args) ?? [];
	try {
		return `${flags} ${(JSON.parse(list) as readonly unknown[]).join(' ')}`;
	} catch {
		return args;
	}
}

function oneBlank(text: string): string {
	return text.trim().replace(/\s+/g, ' ');
}
