import { isRefusal } from '../disk/refusal';
import { writeAtomically } from '../disk/write';
import { rewritten, unknownRewrite } from '../lint/propose';
import { rewrites } from '../rewrites';
import type { Proposal } from '../rewrites/rewrite';
import { lineStarts } from '../text/lines';
import { type Options, optionValue } from './arguments';
import { unifiedDiff } from './diff';
import { savingLine } from './format/text';
import { wrap } from './help';
import { type Input, listInputs, readInput } from './inputs';
import { missingTarget, placeOf, rewriteContextOf } from './look';
import { slashed } from './paths';
import { complain, ownFault } from './report';
import { rewriteList } from './rewriteList';
import { passedOver, readSettings, type Settings } from './settings';
import { printable, type Style, styleOf } from './style';

const ways = ['stdout', 'diff', 'write'];

/** Rewrites one file, or lists what could be rewritten; returns the exit status. */
export async function rewriteCommand(words: readonly string[], options: Options): Promise<number> {
	const wanted = ways.filter((way) => options.has(way));
	const settings = readSettings(options);
	if (isRefusal(settings)) return refuse(settings.because);
	if (wanted.length > 1) return refuse(`--${wanted[0]} and --${wanted[1]} exclude each other`);
	if (options.has('list')) return wanted.length > 0 ? refuse(`--list changes nothing, so that --${wanted[0]} cannot be given with it`) : rewriteList(words, options, settings);
	if (options.has('format')) return refuse('--format is for --list');
	const [id, ...paths] = words;
	if (id === undefined) return refuse('rewrite takes a rewrite and a file; `whittle rewrite --list` lists the rewrites, `whittle rewrite --list FILE` says which are offered');
	if (!rewrites.some((rewrite) => rewrite.id === id)) return refuse(`refused because ${unknownRewrite(id)}. \`whittle rewrite --list\` lists them`);
	if (paths.length === 0) return refuse(`rewrite takes a file too, for example \`whittle rewrite ${id} Containerfile\``);
	const { inputs, refusals } = listInputs(paths, optionValue(options, 'stdin-filename'));
	const [input] = inputs;
	refusals.map(({ because }) => because).forEach(complain);
	if (refusals.length > 0 || !input) return 2;
	if (inputs.length > 1) return refuse(`one file can be rewritten at a time, and these are ${inputs.length}. Name one of them, or use --list`);
	const refusal = await rewriteInput(input, id, settings, wanted[0] ?? 'stdout');
	settings.problems.forEach(complain);
	return refusal === undefined ? 0 : refuse(refusal);
}

/** A sentence where it could not be rewritten. */
async function rewriteInput(input: Input, id: string, settings: Settings, way: string): Promise<string | undefined> {
	try {
		const config = settings.configOfFile(input.shown);
		if (isRefusal(config)) return passedOver(config);
		const before = await readInput(input);
		if (isRefusal(before)) return before.because;
		missingTarget(input.shown, before, config).forEach(complain);
		const result = rewritten(before, id, rewriteContextOf(input, before, config));
		if (isRefusal(result)) {
			const { line, column } = placeOf({ text: before, starts: lineStarts(before) }, result.span);
			return `${input.shown}:${line}:${column}: refused because ${result.because}`;
		}
		if (way === 'stdout') process.stdout.write(result.text);
		if (way === 'diff') process.stdout.write(unifiedDiff({ path: slashed(input.shown), before, after: result.text }, styleOf(process.stdout, process.env)));
		if (way === 'write') {
			const refusal = input.path === undefined ? { because: 'standard input cannot be written to' } : writeAtomically(input.path, result.text, input.shown);
			if (refusal) return refusal.because;
		}
		process.stderr.write(describe(result.proposal, way === 'write' ? input.shown : undefined, styleOf(process.stderr, process.env)));
		return undefined;
	} catch (error) {
		return ownFault(input.shown, error);
	}
}

/** What was proposed, what it saves, what it rests on, and which file was written. */
function describe({ title, saves, assumes }: Proposal, written: string | undefined, style: Style): string {
	const bullets = assumes.flatMap((sentence) => wrap(printable(sentence), Math.min(100, style.width) - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`));
	return [
		style.bold(printable(title)),
		...(saves ? [savingLine(saves, style)] : []),
		...(bullets.length > 0 ? ['It rests on this, which you have to check:', ...bullets] : []),
		...(written === undefined ? [] : [`${printable(written)} is written.`]),
		'',
	].join('\n');
}

function refuse(because: string): number {
	complain(because);
	return 2;
}
