import { isRefusal } from '../disk/refusal';
import { writeAtomically } from '../disk/write';
import { fixAll } from '../lint/fix';
import { type Options, optionValue } from './arguments';
import { unifiedDiff } from './diff';
import { type Fixed, fixSummary, repairLines } from './fixReport';
import { findInputs, type Input, readInput } from './inputs';
import { contextOf, lookAt } from './look';
import { type OtherFiles, otherFiles } from './otherFiles';
import { slashed } from './paths';
import { complain, ownFault } from './report';
import { passedOver, readSettings, type Settings } from './settings';
import { styleOf } from './style';

/** Where the repaired texts go. */
type Destination = 'files' | 'diff' | 'stdout';

/** Repairs files and says what it changed; returns the exit status. */
export async function fixCommand(paths: readonly string[], options: Options): Promise<number> {
	const refuse = (because: string): number => {
		complain(because);
		return 2;
	};
	if (options.has('diff') && options.has('stdout')) return refuse('--diff and --stdout exclude each other');
	const settings = readSettings(options);
	if (isRefusal(settings)) return refuse(settings.because);
	const { inputs, refusals } = findInputs(paths, optionValue(options, 'stdin-filename'));
	const destination: Destination = options.has('diff') ? 'diff' : options.has('stdout') || inputs.some(({ path }) => path === undefined) ? 'stdout' : 'files';
	if (destination === 'stdout' && inputs.length > 1) return refuse(`only the text of one file can be printed, and these are ${inputs.length}. Name one of them, or use --diff`);

	const sentences = new Set(refusals.map(({ because }) => because));
	const others = otherFiles();
	const all: Fixed[] = [];
	for (const input of inputs) {
		const fixed = await fixInput(input, settings, options.has('suggested'), others, destination);
		if (typeof fixed === 'string') sentences.add(fixed);
		else all.push(fixed);
		if (typeof fixed !== 'string' && fixed.refusal !== undefined) sentences.add(fixed.refusal);
	}
	print(all, others, destination, sentences);
	[...settings.problems, ...all.flatMap(({ before }) => before.notes)].forEach(complain);
	sentences.forEach(complain);
	return sentences.size > 0 ? 2 : 0;
}

/** A sentence where it could not be repaired. */
async function fixInput(input: Input, settings: Settings, suggested: boolean, others: OtherFiles, destination: Destination): Promise<Fixed | string> {
	try {
		const config = settings.configOf(input.shown);
		if (isRefusal(config)) return passedOver(config);
		const text = await readInput(input);
		if (isRefusal(text)) return text.because;
		const context = contextOf(input, text, config, others.adjust);
		const result = fixAll(text, context, { ...config, upTo: suggested ? 'suggested' : 'safe' });
		if (destination === 'files' && input.path !== undefined && result.text !== text) {
			const refusal = writeAtomically(input.path, result.text, input.shown);
			if (refusal) return refusal.because;
		}
		const changed = input.path === undefined ? [] : others.change(input, result.files, destination === 'files');
		const after = lookAt(input.shown, result.text, contextOf(input, result.text, config, others.adjust), config);
		return { input, before: lookAt(input.shown, text, context, config), after, result, ...(isRefusal(changed) ? { others: [], refusal: changed.because } : { others: changed }) };
	} catch (error) {
		return ownFault(input.shown, error);
	}
}

function print(all: readonly Fixed[], others: OtherFiles, destination: Destination, sentences: ReadonlySet<string>): void {
	const style = styleOf(process.stdout, process.env);
	if (destination === 'stdout') process.stdout.write(all.map(({ after }) => after.text).join(''));
	if (destination === 'diff') {
		const changes = all.map(({ input, before, after }) => ({ path: slashed(input.shown), before: before.text, after: after.text }));
		process.stdout.write([...changes, ...others.changes()].map((change) => unifiedDiff(change, style)).join(''));
	}
	for (const { input, result, others: changed } of all) {
		if (!result.settled) complain(`the repairs of ${input.shown} did not come to an end; what is there is the last good state. Please report this together with that file`);
		if (destination !== 'stdout') continue;
		for (const path of input.path === undefined ? result.files.map((file) => file.path) : changed.map((one) => one.shown))
			complain(`a repair changes ${path} too, which is not printed here`);
	}
	if (destination === 'files') process.stdout.write(repairLines(all, style));
	if (destination === 'stdout' || (all.length === 0 && sentences.size > 0)) return;
	const [stream, summaryStyle] = destination === 'diff' ? [process.stderr, styleOf(process.stderr, process.env)] : [process.stdout, style];
	stream.write(fixSummary(all, destination === 'diff', summaryStyle));
}
