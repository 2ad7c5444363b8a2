import { describeRange } from '../lint/total';
import type { BuildEvent, BuildOutcome, Progress } from '../podman/events';
import { locate } from '../podman/locate';
import { parseProgress } from '../podman/progress';
import type { BuildRequest } from '../podman/request';
import { lineStarts } from '../text/lines';
import { block } from './format/text';
import { table } from './report';
import { printable, type Style } from './style';

/** What to print while something is built; undefined for nothing. What podman says stays as it is, but for the instructions that it is at. */
export function eventLine(event: BuildEvent, style: Style): string | undefined {
	const lane = event.lane === '' ? '' : style.dim(`${printable(event.lane)}: `);
	switch (event.kind) {
		case 'started':
			return `${lane}${style.bold(printable(event.step.title))}\n`;
		case 'line':
			return parseProgress(event.text) ? undefined : `${lane}${event.text}\n`;
		case 'progress':
			return `${lane}${style.cyan(progressText(event.progress))}\n`;
		default:
			return undefined;
	}
}

/** `[linux/arm64] 2/3 STEP 4/7 RUN dnf -y install nginx`. */
export function progressText({ platform, stage, instruction, of, text }: Progress): string {
	return [...(platform === undefined ? [] : [`[${platform}]`]), ...(stage ? [`${stage.number}/${stage.of}`] : []), `STEP ${instruction}/${of}`, printable(text)].join(' ');
}

/** What was built, for people. */
export function builtReport({ name, images, pushed }: Extract<BuildOutcome, { kind: 'built' }>, { push }: BuildRequest, style: Style): string {
	const rows = images.map(({ platform, size, digest }) => [platform, size === undefined ? '' : describeRange(size, size), digest ?? '']);
	const to = typeof push === 'string' ? push : name;
	return `${style.green(`Built ${name}`)}${pushed ? ` and pushed it to ${printable(to)}` : ''}\n${rows.length === 0 ? '' : table([['platform', 'size', 'digest'], ...rows], style)}`;
}

/** Where it failed in the Containerfile, and the last that podman said; the reason is not in it. */
export function failureReport({ at, step, lane, lastLines }: Extract<BuildOutcome, { kind: 'failed' }>, file: string, text: string, style: Style): string {
	const span = at && locate(text, at);
	const what = [step, 'failed', ...(at?.platform === undefined ? [] : [`(${at.platform})`]), ...(lane === '' ? [] : [`on ${lane}`])].join(' ');
	const place = span ? block({ file, text, starts: lineStarts(text) }, 'error', what, '', span, [], style) : `${printable(what)}\n`;
	return place + lastLines.map((line) => `${style.dim('|')} ${line}\n`).join('');
}
