import { readContainerfile } from '../disk/read';
import { isRefusal } from '../disk/refusal';
import { askEngine } from '../podman/askEngine';
import type { Engine } from '../podman/engine';
import type { BuildOutcome } from '../podman/events';
import { execute } from '../podman/execute';
import type { Plan } from '../podman/plan';
import { prepareBuild } from '../podman/prepareBuild';
import type { BuildRequest } from '../podman/request';
import { shellOf } from '../podman/shell';
import { type Options, optionValue } from './arguments';
import { builtReport, eventLine, failureReport } from './buildReport';
import { buildRequestOf } from './buildRequest';
import { shownPath } from './paths';
import { complain } from './report';
import { readSettings } from './settings';
import { styleOf } from './style';

/** The exit status of something that Ctrl-C has ended. */
const cancelled = 130;

/** What is said where it ended while podman was asked about itself. */
const tooEarly = 'cancelled before anything was built';

/** Builds with podman, or prints how; returns the exit status. */
export async function buildCommand(paths: readonly string[], options: Options): Promise<number> {
	const [file, ...more] = paths;
	if (file === undefined) return refuse('build takes a Containerfile, for example `whittle build Containerfile --tag app`');
	if (more.length > 0) return refuse(`one file is built at a time, and these are ${paths.length}`);
	const settings = readSettings(options);
	if (isRefusal(settings)) return refuse(settings.because);
	const config = settings.configOfFile(file);
	settings.problems.forEach(complain);
	if (isRefusal(config)) return refuse(config.because);
	const text = readContainerfile(file, file);
	if (isRefusal(text)) return refuse(text.because);
	const request = buildRequestOf(file, options, config);
	if (isRefusal(request)) return refuse(request.because);
	return cancellable((signal) => build(request, text, options, signal));
}

async function build(request: BuildRequest, text: string, options: Options, signal: AbortSignal): Promise<number> {
	const engine = await askEngine(optionValue(options, 'podman') ?? 'podman', [], { signal });
	if (signal.aborted) return refuse(tooEarly, cancelled);
	if (isRefusal(engine)) return refuse(engine.because);
	const plan = await prepareBuild(request, engine, { signal });
	if (signal.aborted) return refuse(tooEarly, cancelled);
	if (isRefusal(plan)) return refuse(plan.because);
	if (!options.has('dry-run')) return run(plan, request, text, options, engine, signal);
	process.stdout.write(options.has('json') ? json(plan) : `${shellOf(plan).join('\n')}\n`);
	return 0;
}

async function run(plan: Plan, request: BuildRequest, text: string, options: Options, engine: Engine, signal: AbortSignal): Promise<number> {
	const progress = styleOf(process.stderr, process.env);
	plan.remarks.forEach(complain);
	const outcome = await execute(plan, {
		signal,
		onEvent: (event) => {
			process.stderr.write(eventLine(event, progress) ?? '');
		},
	});
	if (options.has('json')) process.stdout.write(json(outcome));
	switch (outcome.kind) {
		case 'built':
			if (!options.has('json')) process.stdout.write(builtReport(outcome, request, styleOf(process.stdout, process.env)));
			return 0;
		case 'failed':
			process.stderr.write(failureReport(outcome, shownPath(request.file), text, progress));
			complain(outcome.because);
			return outcome.status;
		case 'cancelled':
			complain(`cancelled; what was half made is removed${isElsewhere(request, engine) ? ', and a RUN that is under way on another machine ends by itself there' : ''}`);
			return cancelled;
	}
}

/** Whether another machine builds: podman does not end there what it has begun. Tried with podman 4.3.1. */
function isElsewhere({ connections = [], assigned = {}, farm }: BuildRequest, engine: Engine): boolean {
	return engine.remote || connections.length > 0 || Object.keys(assigned).length > 0 || farm !== undefined;
}

/** Runs something that Ctrl-C cancels; who presses it twice does not wait for what cleans up. */
async function cancellable(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
	const abort = new AbortController();
	const end = () => (abort.signal.aborted ? process.exit(cancelled) : abort.abort());
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) process.on(signal, end);
	const status = await work(abort.signal);
	for (const signal of signals) process.off(signal, end);
	return status;
}

function json(value: Plan | BuildOutcome): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}

function refuse(because: string, status = 2): number {
	complain(because);
	return status;
}
