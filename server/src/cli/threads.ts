import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { isRefusal, type Refusal } from '../disk/refusal';
import { basesTask } from './basesTask';
import type { Input } from './inputs';
import { lintTask } from './lintTask';
import { firstLine, ownFault } from './report';
import type { Answer, Setup, Task } from './task';

const tasks = { lint: lintTask, bases: basesTask };

/** What threads can be asked to do. */
export type TaskName = keyof typeof tasks;

/** What a task makes of a file. */
export type ResultOf<Name extends TaskName> = (typeof tasks)[Name] extends Task<infer Result> ? Result : never;

/** How work is shared out. */
export interface Sharing {
	/** How many threads look at files beside the one that asks; with less than two it does so itself. */
	readonly threads: number;
	/** With fewer files than these nobody is hired: a thread has to load the whole program first. */
	readonly from: number;
	/** The program that threads run. */
	readonly program: string;
}

/** As many threads as there are processors, but no more than what still fits into 300 MB or so. */
const usual: Sharing = { threads: Math.min(availableParallelism(), 4), from: 200, program: __filename };

/** Results that are waited for or held at a time, for each thread: a file that takes long must not let the others run away with the memory, nor stand still. */
const held = 32;

/** Files that a thread has got ahead, so that it never waits for the next. */
const ahead = 4;

/** A thread that is let gather garbage up to what a machine has takes three times as much and is no faster. The old generation is for the worst file of 1 MiB. */
const limits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 1024 };

interface Hired {
	readonly task: TaskName;
	readonly setup: Setup;
}

interface Job {
	readonly input: Input;
	readonly done: (answer: Answer<unknown>) => void;
}

interface Member {
	readonly worker: Worker;
	/** The first is the one at hand. */
	readonly jobs: Job[];
	started: boolean;
	fault: string | undefined;
}

/** Does a task to all inputs and gives the answers in the order of the inputs, whoever made them. A refusal among the inputs is its own answer. */
export async function* answersOf<Name extends TaskName>(
	task: Name,
	setup: Setup,
	inputs: Iterable<Input | Refusal>,
	sharing: Sharing = usual,
): AsyncGenerator<Answer<ResultOf<Name>>> {
	type Wanted = Answer<ResultOf<Name>>;
	const ask = tasks[task](setup) as (input: Input) => Promise<Wanted>;
	const iterator = inputs[Symbol.iterator]();
	const first: (Input | Refusal)[] = [];
	let next = iterator.next();
	for (; !next.done && first.length < sharing.from; next = iterator.next()) first.push(next.value);
	const all = function* () {
		yield* first.splice(0);
		for (; !next.done; next = iterator.next()) yield next.value;
	};
	if (next.done || sharing.threads < 2) {
		const breathe = breather();
		for (const input of all()) {
			yield isRefusal(input) ? { result: input, notes: [] } : await ask(input);
			await breathe();
		}
		return;
	}
	const crew = hire({ task, setup }, sharing);
	const window: Promise<Wanted>[] = [];
	try {
		for (const input of all()) {
			if (isRefusal(input)) window.push(Promise.resolve({ result: input, notes: [] }));
			// Only the first thread has a standard input.
			else window.push(input.path === undefined ? ask(input) : (crew.ask(input) as Promise<Wanted>));
			if (window.length >= held * sharing.threads) yield (await window.shift()) as Wanted;
		}
		for (const one of window) yield await one;
	} finally {
		await crew.dismiss();
	}
}

/** A function that lets signals and what else waits have their turn, every now and then. */
export function breather(): () => Promise<void> {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < 50) return;
		await setImmediate();
		last = performance.now();
	};
}

/** Threads that share files among them. A thread that dies costs the file that it had in hand one sentence, and another takes its place. */
function hire(hired: Hired, { threads, program }: Sharing) {
	const members = new Set<Member>();
	const waiting: Job[] = [];
	let unable: string | undefined;
	let dismissed = false;

	const shareOut = (): void => {
		while (waiting.length > 0) {
			if (unable !== undefined && members.size === 0) {
				const result = { because: `Whittle could not start the threads that look at files (${unable}). They were not looked at` };
				for (const { done } of waiting.splice(0)) done({ result, notes: [] });
				return;
			}
			const [free] = [...members].sort((a, b) => a.jobs.length - b.jobs.length);
			if (!free || free.jobs.length >= ahead) return;
			const job = waiting.shift() as Job;
			free.jobs.push(job);
			free.worker.postMessage(job.input);
		}
	};

	const add = (): void => {
		const worker = new Worker(program, { workerData: hired, resourceLimits: limits });
		const member: Member = { worker, jobs: [], started: false, fault: undefined };
		members.add(member);
		worker.on('message', (answer: Answer<unknown> | 'started') => {
			if (answer === 'started') member.started = true;
			else member.jobs.shift()?.done(answer);
			shareOut();
		});
		worker.on('error', (error) => {
			member.fault = firstLine(error);
		});
		worker.on('exit', (status) => {
			members.delete(member);
			if (dismissed) return;
			const fault = member.fault ?? `a thread ended with status ${status}`;
			const [atHand, ...others] = member.jobs;
			if (member.started) {
				if (atHand) atHand.done({ result: { because: ownFault(atHand.input.shown, fault) }, notes: [] });
				waiting.unshift(...others);
				add();
			} else {
				unable = fault;
				waiting.unshift(...member.jobs);
			}
			shareOut();
		});
	};

	for (let count = 0; count < threads; count++) add();
	return {
		ask: (input: Input): Promise<Answer<unknown>> =>
			new Promise((done) => {
				waiting.push({ input, done });
				shareOut();
			}),
		dismiss: async (): Promise<void> => {
			dismissed = true;
			await Promise.all([...members].map(({ worker }) => worker.terminate()));
		},
	};
}

/** Whether this program runs as one of those threads; it then does what it was hired for, and nothing else has to be done. */
export function servesAsThread(): boolean {
	if (isMainThread || !parentPort) return false;
	const port = parentPort;
	const { task, setup } = workerData as Hired;
	const ask = tasks[task](setup) as (input: Input) => Promise<Answer<unknown>>;
	let before = Promise.resolve();
	port.on('message', (input: Input) => {
		before = before.then(async () => port.postMessage(await ask(input)));
	});
	port.postMessage('started');
	return true;
}
