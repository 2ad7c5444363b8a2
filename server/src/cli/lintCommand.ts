import { isRefusal } from '../disk/refusal';
import { type Options, optionValue } from './arguments';
import { reports } from './format/format';
import { findInputs, type Input, readInput } from './inputs';
import { contextOf, type Look, lookAt } from './look';
import { complain, ownFault } from './report';
import { passedOver, readSettings, type Settings } from './settings';
import { styleOf } from './style';

const order = ['error', 'warning', 'info', 'hint'];

/** Looks at files and prints what it found; returns the exit status. */
export async function lintCommand(paths: readonly string[], options: Options): Promise<number> {
	const settings = readSettings(options);
	if (isRefusal(settings)) {
		complain(settings.because);
		return 2;
	}
	const { inputs, refusals } = findInputs(paths, optionValue(options, 'stdin-filename'));
	const sentences = new Set(refusals.map(({ because }) => because));
	const looks: Look[] = [];
	for (const input of inputs) {
		const look = await lookAtInput(input, settings);
		if (typeof look === 'string') sentences.add(look);
		else looks.push(look);
	}
	const report = reports[optionValue(options, 'format') ?? 'text'];
	if (report) process.stdout.write(report(looks, [...sentences], styleOf(process.stdout, process.env)));
	[...settings.problems, ...looks.flatMap(({ notes }) => notes)].forEach(complain);
	sentences.forEach(complain);
	return sentences.size > 0 ? 2 : looks.some((look) => fails(look, optionValue(options, 'fail-on') ?? 'warning')) ? 1 : 0;
}

/** A sentence where it could not be looked at. */
async function lookAtInput(input: Input, settings: Settings): Promise<Look | string> {
	try {
		const config = settings.configOf(input.shown);
		if (isRefusal(config)) return passedOver(config);
		const text = await readInput(input);
		return isRefusal(text) ? text.because : lookAt(input.shown, text, contextOf(input, text, config), config);
	} catch (error) {
		return ownFault(input.shown, error);
	}
}

function fails({ result }: Look, level: string): boolean {
	return result.problems.length > 0 || result.findings.some(({ severity }) => order.indexOf(severity) <= order.indexOf(level));
}
