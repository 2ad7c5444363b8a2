import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import type { Circumstances } from './askEngine';
import type { BuildEvent, BuildOutcome, BuiltImage, Progress } from './events';
import { becauseOf } from './explain';
import { parseImageLine, parseList } from './parse';
import { type Argument, askForId, askForIds, type Lane, type Must, type Plan, type Step } from './plan';
import { isSamePlatform, withoutVariant } from './platforms';
import { failedAt, parseProgress, withProgress } from './progress';
import { type Ended, runProgram } from './run';

/** Where a plan runs, and who hears of it. */
export interface Execution extends Circumstances {
	readonly onEvent?: (event: BuildEvent) => void;
}

type Failure = Extract<BuildOutcome, { kind: 'failed' }>;

/** What is known of a step that has ended well. */
interface Done {
	readonly images: readonly BuiltImage[];
}

/** How many of podman's last lines a failure keeps. */
const lastLines = 12;

/** Runs a plan to its end and removes what was half made where it has none that is good. Podman's own words and status are in the outcome. Never rejects. */
export async function execute(plan: Plan, execution: Execution = {}): Promise<BuildOutcome> {
	const outcome = await runRows(plan, execution);
	if (outcome.kind !== 'built') for (const step of plan.cleanup) await runStep(step, '', { ...withoutSignal(execution), onEvent: () => {} });
	if (plan.folder !== undefined) removeFolder(plan.folder);
	return execution.signal?.aborted === true && outcome.kind === 'failed' ? { kind: 'cancelled' } : outcome;
}

async function runRows(plan: Plan, execution: Execution): Promise<BuildOutcome> {
	const refused = plan.folder === undefined ? undefined : makeFolder(plan.folder);
	if (refused !== undefined) return { kind: 'failed', because: refused, status: 2, step: 'Make a folder for what is passed on', lane: '', lastLines: [] };
	const images = new Map<string, BuiltImage>();
	let pushed = false;
	for (const row of plan.rows) {
		const end = await runRow(row, execution, (step, done) => {
			pushed ||= step.pushes === true;
			for (const image of done.images) images.set(image.platform, { ...image, ...images.get(image.platform) });
		});
		if (end === 'cancelled') return { kind: 'cancelled' };
		if (end) return end;
	}
	const inOrder = [...plan.platforms.flatMap((platform) => images.get(platform) ?? []), ...[...images.values()].filter(({ platform }) => !plan.platforms.includes(platform))];
	return { kind: 'built', name: plan.name, images: inOrder, pushed };
}

/** The first failure, which ends the other lanes; undefined where all steps have run. */
async function runRow(row: readonly Lane[], execution: Execution, onDone: (step: Step, done: Done) => void): Promise<Failure | 'cancelled' | undefined> {
	if (execution.signal?.aborted === true) return 'cancelled';
	const ending = new AbortController();
	const end = () => ending.abort();
	execution.signal?.addEventListener('abort', end, { once: true });
	let first: Failure | undefined;
	let isCut = false;
	await Promise.all(
		row.map(async ({ label, steps }) => {
			for (const step of steps) {
				if (ending.signal.aborted) {
					isCut = true;
					return;
				}
				const result = await runStep(step, label, { ...execution, signal: ending.signal });
				if ('kind' in result) {
					first ??= result;
					ending.abort();
					return;
				}
				onDone(step, result);
			}
		}),
	);
	execution.signal?.removeEventListener('abort', end);
	return first ?? (isCut ? 'cancelled' : undefined);
}

async function runStep(step: Step, lane: string, execution: Execution): Promise<Failure | Done> {
	const { onEvent = () => {}, ...circumstances } = execution;
	const failed = (because: string, { status, stderr }: Ended, at?: Progress): Failure => ({
		kind: 'failed',
		because,
		status: status === 0 ? 2 : status,
		step: step.title,
		lane,
		...(at ? { at } : {}),
		lastLines: stderr.split('\n').filter(Boolean).slice(-lastLines),
	});
	if (step.unless !== undefined && (await succeeds(step.unless, circumstances))) {
		onEvent({ kind: 'passed over', lane, step });
		return { images: [] };
	}
	onEvent({ kind: 'started', lane, step });
	let begun: readonly Progress[] = [];
	const args = await resolveArguments(step, circumstances);
	if ('status' in args) return failed(becauseOf(args, step.program), args);
	const isAnswer = step.must?.kind === 'list' || step.must?.kind === 'platform';
	const [only] = step.builds ?? [];
	const ended = await runProgram({
		program: step.program,
		args,
		...circumstances,
		builds: step.builds !== undefined,
		onLine: (stream, text) => {
			if (!isAnswer || stream === 'stderr') onEvent({ kind: 'line', lane, stream, text });
			const said = step.builds === undefined ? undefined : parseProgress(text);
			if (!said) return;
			const progress = said.platform === undefined && step.builds?.length === 1 && only !== undefined ? { ...said, platform: only } : said;
			begun = withProgress(begun, progress);
			onEvent({ kind: 'progress', lane, progress });
		},
	});
	const wrong = whyWrong(step, ended);
	if (wrong !== undefined) return failed(wrong, ended, failedAt(begun, ended.stderr));
	onEvent({ kind: 'ended', lane, step });
	return { images: imagesIn(step.must, ended.stdout) };
}

function whyWrong({ must, program }: Step, ended: Ended): string | undefined {
	if (must?.kind === 'status')
		return ended.status === must.status && ended.notStarted === undefined ? undefined : ended.status === 0 || must.status === 0 ? must.otherwise : becauseOf(ended, program);
	if (ended.status !== 0 || ended.notStarted !== undefined) return becauseOf(ended, program);
	if (must?.kind === 'platform') return whyWrongPlatform(must.platform, ended.stdout);
	if (must?.kind === 'list') return whyWrongList(must.platforms, ended.stdout);
	return undefined;
}

function whyWrongPlatform(wanted: string, stdout: string): string | undefined {
	const found = parseImageLine(stdout)?.platform;
	if (found !== undefined && (wanted === '' || withoutVariant(found) === withoutVariant(wanted))) return undefined;
	return `The image that was built for ${wanted} is one for ${found ?? 'no platform'}; a FROM with --platform or a layer from the cache of another platform does that, the latter not with \`--no-cache\``;
}

function whyWrongList(wanted: readonly string[], stdout: string): string | undefined {
	const found = parseList(stdout)?.map(({ platform }) => platform) ?? [];
	const missing = wanted.filter((platform) => !found.some((other) => isSamePlatform(other, platform)));
	const twice = wanted.filter((platform) => found.filter((other) => isSamePlatform(other, platform)).length > 1);
	const strange = found.filter((other) => !wanted.some((platform) => isSamePlatform(other, platform)));
	const said = [
		...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
		...(twice.length > 0 ? [`has ${twice.join(', ')} more than once`] : []),
		...(strange.length > 0 ? [`has ${strange.join(', ')}, which nobody asked for`] : []),
	];
	if (said.length === 0) return undefined;
	return `The manifest list ${said.join(' and ')}${missing.length > 0 ? '; where an image is the same for two platforms, a FROM with --platform has chosen one of them, or podman has taken it from its cache, which it does not with `--no-cache`' : ''}`;
}

function imagesIn(must: Must | undefined, stdout: string): readonly BuiltImage[] {
	if (must?.kind === 'list')
		return (parseList(stdout) ?? []).map(({ platform, digest }) => ({ platform: must.platforms.find((one) => isSamePlatform(one, platform)) ?? platform, digest }));
	const image = must?.kind === 'platform' ? parseImageLine(stdout) : undefined;
	return image && must?.kind === 'platform' ? [{ ...image, platform: must.platform === '' ? image.platform : must.platform }] : [];
}

/** The arguments as the program gets them, or how the question after one of them ended. */
async function resolveArguments({ program, args }: Step, circumstances: Circumstances): Promise<readonly string[] | Ended> {
	const resolved: string[] = [];
	for (const argument of args) {
		const text = typeof argument === 'string' ? argument : await resolveArgument(argument, program, circumstances);
		if (typeof text !== 'string') return text;
		resolved.push(text);
	}
	return resolved;
}

async function resolveArgument(argument: Exclude<Argument, string>, program: string, circumstances: Circumstances): Promise<string | Ended> {
	if ('contentOf' in argument) {
		try {
			return argument.before + readFileSync(argument.contentOf, 'utf8').trim();
		} catch {
			return { status: 2, stdout: '', stderr: `Error: an earlier step has not written ${argument.contentOf}` };
		}
	}
	if ('idOf' in argument) {
		const inspected = await runProgram({ program, args: [...argument.options, ...askForId, argument.idOf], ...circumstances });
		return inspected.status === 0 ? argument.before + inspected.stdout.trim() : inspected;
	}
	const { before, memberOf, platform, options, byId } = argument;
	const ended = await runProgram({ program, args: [...options, 'manifest', 'inspect', memberOf], ...circumstances });
	if (ended.status !== 0) return ended;
	const found = parseList(ended.stdout)?.find((entry) => isSamePlatform(entry.platform, platform));
	if (!found) return { status: 2, stdout: '', stderr: `Error: the manifest list ${memberOf} has no image for ${platform}` };
	if (byId !== true) return before + found.digest;
	const listed = await runProgram({ program, args: [...options, ...askForIds], ...circumstances });
	const line = listed.stdout.split('\n').find((one) => one.startsWith(`${found.digest} `));
	if (line !== undefined) return before + line.slice(found.digest.length + 1).trim();
	return listed.status === 0 ? { status: 2, stdout: '', stderr: `Error: the image ${found.digest} of the manifest list ${memberOf} is not in the store` } : listed;
}

async function succeeds([program = '', ...args]: readonly string[], circumstances: Circumstances): Promise<boolean> {
	const { status, notStarted } = await runProgram({ program, args, ...circumstances });
	return status === 0 && notStarted === undefined;
}

function withoutSignal({ signal: _, ...rest }: Execution): Execution {
	return rest;
}

function makeFolder(folder: string): string | undefined {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		return undefined;
	} catch (error) {
		return `The folder ${folder} cannot be made (${error instanceof Error ? error.message : String(error)})`;
	}
}

function removeFolder(folder: string): void {
	try {
		rmSync(folder, { recursive: true, force: true });
	} catch {
		// It is in the folder for what passes.
	}
}
