import { EventEmitter, ProgressLocation, type Pseudoterminal, window, workspace } from 'vscode';
import type { BuildEvent, BuildOutcome } from '../../../server/src/podman/events';
import { execute } from '../../../server/src/podman/execute';
import type { Plan, PlanRefusal } from '../../../server/src/podman/plan';
import { createProgressText, sentence } from './texts';

/** Something that a terminal is to run. */
export interface Work {
	/** Over the progress: `Building localhost/app`. */
	readonly title: string;
	/** What to run, or why it cannot be run. */
	plan(signal: AbortSignal): Promise<Plan | PlanRefusal>;
	/** Called when it is done or has failed, not where somebody cancelled; the plan is absent where there was none. */
	after(outcome: Exclude<BuildOutcome, { kind: 'cancelled' }>, plan: Plan | undefined): Promise<void>;
}

/** The terminals in which plans run. */
export interface Terminals {
	/** A terminal that runs it when it is shown and ends with podman's exit status; closing it cancels. `stays`: it is there until somebody presses a key. */
	open(work: Work, stays?: boolean): Pseudoterminal;
	/** Cancels everything that runs, and waits for what cleans up after it. */
	stop(): Promise<void>;
}

/** No terminal yet. */
export function createTerminals(): Terminals {
	const running = new Map<AbortController, Promise<number>>();
	return {
		open(work, stays = false) {
			const written = new EventEmitter<string>();
			const closed = new EventEmitter<number>();
			const abort = new AbortController();
			let ended = false;
			return {
				onDidWrite: written.event,
				onDidClose: closed.event,
				async open() {
					const run = runWork(work, (text) => written.fire(`${text.replace(/\r?\n/g, '\r\n')}\r\n`), abort);
					running.set(abort, run);
					const status = await run;
					running.delete(abort);
					ended = true;
					if (stays) written.fire(dim('Press any key to close this terminal.'));
					else closed.fire(status);
				},
				close: () => abort.abort(),
				handleInput(keys) {
					if (ended) closed.fire(0);
					else if (keys === '\x03') abort.abort();
				},
			};
		},
		async stop() {
			for (const abort of running.keys()) abort.abort();
			await Promise.all(running.values());
		},
	};
}

/** The exit status of what was run; 2 where nothing was, 130 where somebody cancelled. */
async function runWork(work: Work, write: (text: string) => void, abort: AbortController): Promise<number> {
	abort.signal.addEventListener('abort', () => write(dim('Removing what was half made...')), { once: true });
	const { outcome, plan } = await outcomeOf(work, write, abort);
	if (outcome.kind === 'cancelled') {
		write(dim('Cancelled.'));
		return 130;
	}
	if (outcome.kind === 'failed') write(red(sentence(outcome.because)));
	// What a person does about it must not keep the terminal from ending.
	work.after(outcome, plan).catch((error: unknown) => window.showErrorMessage(sentence(messageOf(error))));
	return outcome.kind === 'failed' ? outcome.status : 0;
}

async function outcomeOf(work: Work, write: (text: string) => void, abort: AbortController): Promise<{ readonly outcome: BuildOutcome; readonly plan?: Plan }> {
	const refused = (because: string) => ({ outcome: { kind: 'failed', because, status: 2, step: '', lane: '', lastLines: [] } as const });
	if (!workspace.isTrusted) return refused('Nothing is built in a workspace that is not trusted; trust it first');
	try {
		return await window.withProgress({ location: ProgressLocation.Notification, title: work.title, cancellable: true }, async (progress, cancelled) => {
			cancelled.onCancellationRequested(() => abort.abort());
			const plan = await work.plan(abort.signal);
			// What was being asked then says no more than that it was ended.
			if (abort.signal.aborted) return { outcome: { kind: 'cancelled' } };
			if ('because' in plan) return refused(plan.because);
			for (const remark of plan.remarks) write(yellow(sentence(remark)));
			const textOf = createProgressText();
			const print = printerOf(plan, write);
			const onEvent = (event: BuildEvent) => {
				print(event);
				if (event.kind !== 'line') progress.report({ message: textOf(event) });
			};
			return { outcome: await execute(plan, { onEvent, signal: abort.signal }), plan };
		});
	} catch (error) {
		return abort.signal.aborted ? { outcome: { kind: 'cancelled' } } : refused(messageOf(error));
	}
}

/** Prints what happens: podman's lines as they are, those of lanes beside each other with the lane's name. What is only asked to be checked is not printed. */
function printerOf(plan: Plan, write: (text: string) => void): (event: BuildEvent) => void {
	const beside = new Set(plan.rows.filter((row) => row.length > 1).flatMap((row) => row.map(({ label }) => label)));
	const who = (lane: string) => (beside.has(lane) ? `[${lane}] ` : '');
	const checking = new Set<string>();
	return (event) => {
		if (event.kind === 'started') {
			write(dim(`${who(event.lane)}${event.step.title}`));
			if (event.step.must) checking.add(event.lane);
			else checking.delete(event.lane);
		}
		if (event.kind === 'line' && !checking.has(event.lane)) write(`${who(event.lane)}${event.text}`);
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function dim(text: string): string {
	return `\x1b[2m${text}\x1b[0m`;
}

function yellow(text: string): string {
	return `\x1b[33m${text}\x1b[0m`;
}

function red(text: string): string {
	return `\x1b[31m${text}\x1b[0m`;
}
