import { isRefusal } from '../disk/refusal';
import { writeAtomically } from '../disk/write';
import { fixAll } from '../lint/fix';
import { type Options, optionValue } from './arguments';
import { unifiedDiff } from './diff';
import { addFixed, emptyFixTally, type Fixed, fixSummary, repairLines } from './fixReport';
import { findInputs, type Input, listInputs, readInput } from './inputs';
import { contextOf, lookAt } from './look';
import { type OtherFiles, otherFiles } from './otherFiles';
import { outputTo } from './output';
import { slashed } from './paths';
import { progressOn } from './progress';
import { complain, ownFault } from './report';
import { passedOver, readSettings, type Settings } from './settings';
import { endBetweenFiles } from './signals';
import { type Style, styleOf } from './style';
import { breather } from './threads';

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
	const stdinName = optionValue(options, 'stdin-filename');
	const destination: Destination = options.has('diff') ? 'diff' : options.has('stdout') || paths.includes('-') ? 'stdout' : 'files';
	const listed = destination === 'stdout' ? listInputs(paths, stdinName) : undefined;
	if (listed && listed.inputs.length > 1) return refuse(`only the text of one file can be printed, and these are ${listed.inputs.length}. Name one of them, or use --diff`);

	const sentences = new Set<string>();
	const notes: string[] = [];
	const others = otherFiles();
	const style = styleOf(process.stdout, process.env);
	const progress = progressOn(process.stderr, process.env);
	const forget = endBetweenFiles(progress.hide);
	const breathe = breather();
	const output = outputTo(process.stdout, progress.hide);
	let tally = emptyFixTally;
	let isAnythingSaid = false;
	for (const input of listed ? [...listed.refusals, ...listed.inputs] : findInputs(paths, stdinName)) {
		const fixed = isRefusal(input) ? input.because : await fixInput(input, settings, options.has('suggested'), others, destination);
		if (typeof fixed === 'string') sentences.add(fixed);
		else {
			if (fixed.refusal !== undefined) sentences.add(fixed.refusal);
			tally = addFixed(tally, fixed);
			notes.push(...fixed.before.notes);
			warn(fixed, destination, progress.hide);
			const text = printed(fixed, destination, style);
			isAnythingSaid ||= text !== '';
			await output.write(text);
		}
		progress.step();
		await breathe();
		// What is to be repaired is repaired even if nobody reads about it.
		if (output.unread && destination !== 'files') break;
	}
	if (destination === 'diff') for (const change of others.changes()) await output.write(unifiedDiff(change, style));
	const isSummed = destination !== 'stdout' && (tally.after.files > 0 || sentences.size === 0);
	if (destination === 'files') await output.write(`${isAnythingSaid ? '\n' : ''}${isSummed ? fixSummary(tally, false, style) : ''}`);
	await output.end();
	progress.hide();
	forget();
	if (destination === 'diff' && isSummed) process.stderr.write(fixSummary(tally, true, styleOf(process.stderr, process.env)));
	[...settings.problems, ...notes, ...sentences].forEach(complain);
	return sentences.size > 0 ? 2 : 0;
}

/** A sentence where it could not be repaired. */
async function fixInput(input: Input, settings: Settings, suggested: boolean, others: OtherFiles, destination: Destination): Promise<Fixed | string> {
	try {
		const config = settings.configOfFile(input.shown);
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

/** What standard output says about a file. */
function printed(fixed: Fixed, destination: Destination, style: Style): string {
	const { input, before, after } = fixed;
	switch (destination) {
		case 'stdout':
			return after.text;
		case 'diff':
			return unifiedDiff({ path: slashed(input.shown), before: before.text, after: after.text }, style);
		case 'files':
			return repairLines(fixed, style);
	}
}

function warn({ input, result, others }: Fixed, destination: Destination, before: () => void): void {
	if (!result.settled || destination === 'stdout') before();
	if (!result.settled) complain(`the repairs of ${input.shown} did not come to an end; what is there is the last good state. Please report this together with that file`);
	if (destination !== 'stdout') return;
	for (const path of input.path === undefined ? result.files.map((file) => file.path) : others.map((one) => one.shown))
		complain(`a repair changes ${path} too, which is not printed here`);
}
