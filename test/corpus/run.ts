import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { findContainerfiles } from '../../server/src/disk/find';
import { draw } from './draw';
import { emptySight, look, merge, type Sight } from './look';
import { describe } from './report';

const help = `npm run corpus -- DIR [options]

Repairs and rewrites every Containerfile below DIR in memory and checks that the laws hold: nothing throws, repairs settle, what parsed still parses
(for Whittle and for another parser), what was repaired is gone, nothing else changes, line endings stay, the shell still reads every RUN.
The names that count are those that "whittle lint DIR" takes. Exit status: 0 all laws hold, 1 some do not, 2 there is nothing to check.

  --parser PROGRAM  one more parser to agree: it reads paths from its input, a line each, and answers with a line each, "ok" for a file it takes
  --jobs N          how many threads (default: one for each processor)
  --every N         look at every Nth file only
  --draw N          prints N findings drawn at random as a table to be judged, and checks nothing
  --seed N          of the drawing (default: 1)
  --show N          how many broken laws of a kind are printed with their change (default: 5)
`;

/** Files that a worker looks at before it asks other programs about them. */
const batch = 500;

interface Share {
	readonly files: readonly string[];
	readonly parser: string | undefined;
}

if (isMainThread) void main();
else work(workerData as Share);

async function main(): Promise<void> {
	const answer = await corpus(process.argv.slice(2));
	process[answer.status === 2 ? 'stderr' : 'stdout'].write(`${answer.text}\n`);
	process.exitCode = answer.status;
}

async function corpus(args: readonly string[]): Promise<{ readonly status: 0 | 1 | 2; readonly text: string }> {
	let read: ReturnType<typeof readArguments>;
	try {
		read = readArguments(args);
	} catch (error) {
		return { status: 2, text: `${error instanceof Error ? error.message : String(error)}\n\n${help}` };
	}
	const { values, positionals } = read;
	if (values.help) return { status: 0, text: help };
	const [folder] = positionals;
	const jobs = Number(values.jobs ?? availableParallelism());
	const show = Number(values.show ?? 5);
	const every = Number(values.every ?? 1);
	const wanted = Number(values.draw ?? 1);
	const seed = Number(values.seed ?? 1);
	if (folder === undefined || positionals.length > 1) return { status: 2, text: `Name one folder of Containerfiles.\n\n${help}` };
	if (![jobs, show, every, wanted, seed].every((value) => Number.isInteger(value) && value > 0))
		return { status: 2, text: '--jobs, --every, --draw, --seed and --show take a number from 1.' };
	if (!existsSync(folder) || !statSync(folder).isDirectory()) return { status: 2, text: `${folder} is no folder.` };
	const files = [...findContainerfiles(resolve(folder))].filter((found) => typeof found === 'string').filter((_file, number) => number % every === 0);
	if (files.length === 0) return { status: 2, text: `There is no Containerfile in ${folder} or below.` };
	if (values.draw !== undefined) return { status: 0, text: draw(resolve(folder), files, wanted, seed) };
	const total = emptySight();
	const threads = Math.min(jobs, Math.ceil(files.length / batch));
	await Promise.all(Array.from({ length: threads }, (_, index) => hire({ files: files.filter((_file, number) => number % threads === index), parser: values.parser }, total)));
	return { status: total.cases.length > 0 ? 1 : 0, text: describe(total, show) };
}

function readArguments(args: readonly string[]) {
	return parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			help: { type: 'boolean', short: 'h' },
			parser: { type: 'string' },
			jobs: { type: 'string' },
			show: { type: 'string' },
			every: { type: 'string' },
			draw: { type: 'string' },
			seed: { type: 'string' },
		},
	});
}

function hire(share: Share, total: Sight): Promise<void> {
	return new Promise((done, failed) => {
		const worker = new Worker(__filename, { workerData: share });
		worker.on('message', (sight: Sight) => merge(total, sight));
		worker.on('error', failed);
		worker.on('exit', () => done());
	});
}

function work({ files, parser }: Share): void {
	for (let at = 0; at < files.length; at += batch) parentPort?.postMessage(look(files.slice(at, at + batch), parser));
}
