import type { BuildEvent, BuildOutcome, Progress } from '../../../server/src/podman/events';

/** Follows a build and says where it is: `[linux/arm64] 2/3 STEP 4/7 · [linux/amd64] 1/3 STEP 2/5`, or what runs where no instruction is built. */
export function createProgressText(): (event: BuildEvent) => string {
	const lanes = new Map<string, { readonly title: string; readonly builds: Map<string, Progress> }>();
	return (event) => {
		if (event.kind === 'started') lanes.set(event.lane, { title: event.step.title, builds: new Map() });
		if (event.kind === 'ended') lanes.delete(event.lane);
		if (event.kind === 'progress') lanes.get(event.lane)?.builds.set(event.progress.platform ?? '', event.progress);
		return [...lanes].flatMap(([lane, { title, builds }]) => (builds.size === 0 ? [named(lane, title)] : [...builds.values()].map((one) => stepText(one, lane)))).join(' · ');
	};
}

/** `[linux/arm64] 2/3 STEP 4/7`. */
export function stepText({ platform, stage, instruction, of }: Progress, lane = ''): string {
	const stages = stage ? `${stage.number}/${stage.of} ` : '';
	return named(platform ?? lane, `${stages}STEP ${instruction}/${of}`);
}

function named(who: string, what: string): string {
	return who === '' ? what : `[${who}] ${what}`;
}

/** `Built localhost/app:1: linux/amd64 1.2 MB, linux/arm64 1.1 MB.` */
export function summaryText({ name, images, pushed }: Extract<BuildOutcome, { kind: 'built' }>): string {
	const sizes = images.map(({ platform, size }) => (size === undefined ? platform : `${platform} ${bytesText(size)}`)).join(', ');
	return `${pushed ? 'Built and pushed' : 'Built'} ${name}${sizes === '' ? '' : `: ${sizes}`}.`;
}

/** `820 B`, `64 kB`, `1.2 MB`, `224 MB`, `1.1 GB`: in powers of 1000, as podman counts. */
export function bytesText(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	let value = bytes;
	let unit = 0;
	for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1000;
	return `${unit === 0 || value >= 99.95 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}

/** The address of a connection without the password in it. */
export function withoutPassword(address: string): string {
	return address.replace(/^([a-z]+:\/\/[^/@:]*):[^/]*@/i, '$1@');
}

/** Ends a sentence that has no end yet. */
export function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
