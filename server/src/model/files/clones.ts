import type { Word } from '../../text/span';
import { absolutePath, holds, normalizePath } from '../basics/paths';
import { remember } from '../basics/remember';
import type { Context } from '../context/context';
import { isWorkplace } from '../purpose/toolbox';
import { type Model, type Run, runsInLayer, type StageModel } from '../stages/model';
import { isMounted } from './mounted';
import { type PlacedCommand, placedCommands } from './placedCommands';
import { knownValue } from './writtenFiles';

/** The programs that fetch sources with their history. */
export type VersionControl = 'git' | 'hg' | 'svn';

/** A command that brings the sources of others with their history. */
export interface Clone extends PlacedCommand {
	readonly tool: VersionControl;
	readonly stage: StageModel;
	/** The word `clone` or `checkout`. */
	readonly verb: Word;
	/** Where from, as written. */
	readonly url: string;
	/** Where to, as absolutePath gives it; undefined where it is not known. */
	readonly folder: string | undefined;
	/** Only the last commits come (`--depth`). */
	readonly shallow: boolean;
}

/** The folder that holds what the program keeps. */
export const keptFolder: Readonly<Record<VersionControl, string>> = { git: '.git', hg: '.hg', svn: '.svn' };

const verbs: Readonly<Record<VersionControl, readonly string[]>> = { git: ['clone'], hg: ['clone'], svn: ['checkout', 'co'] };

/** Options of the verbs and of the programs themselves that take the next word: for git those of `git clone -h` of 2.39, for the others the usual ones. */
const valued: Readonly<Record<VersionControl, RegExp>> = {
	git: /^(?:-[bcjouC]|--(?:branch|config|depth|shallow-since|shallow-exclude|jobs|origin|server-option|template|upload-pack|bundle-uri|git-dir|work-tree))$/,
	hg: /^(?:-[urbeR]|--(?:updaterev|rev|branch|ssh|remotecmd|config|cwd))$/,
	svn: /^(?:-r|--(?:revision|depth|username|password|config-dir|config-option))$/,
};

/** Options with which little history comes. */
const shallow = /^--(?:depth|shallow-(?:since|exclude))(?:=|$)/;

/** Options with which no history comes, or with which it is what is wanted. */
const otherwise = /^--(?:filter|bare|mirror|no-checkout|sparse|reference\S*|shared|separate-git-dir|dissociate|stream|help)(?:=|$)|^-[ns]$/;

/** Of more nobody reads. */
const atMost = 40;

/** The clones of which the history gets into the image and stays there, where nobody works in it and nothing it starts asks for them. `oneLayer`: see Context. */
export function keptClones(model: Model, oneLayer: Context['oneLayer']): readonly Clone[] {
	const clones = clonesIn(model);
	if (clones.length === 0 || isWorkplace(model) || usedAtRunTime(model)) return [];
	return clones.slice(0, atMost).filter((clone) => !isRemoved(model, clone, oneLayer));
}

const clonesIn = remember((model: Model): readonly Clone[] =>
	model.stages.flatMap((stage) =>
		!stage.ships && stage.copiedOut.length === 0
			? []
			: stage.runs.flatMap((run) =>
					/\b(?:clone|checkout|co)\b/.test(run.text) ? placedCommands(run).flatMap((placed) => read(stage, placed, startsAtRoot(model, stage)) ?? []) : [],
				),
	),
);

/** Whether what no WORKDIR places lies in the root folder: an image that nobody knows may have set another one. */
function startsAtRoot({ stages }: Model, { image, chain }: StageModel): boolean {
	return image !== undefined || chain.some((index) => stages[index]?.stage.instructions.some(({ keyword, onbuild }) => keyword === 'WORKDIR' && !onbuild));
}

function read(stage: StageModel, placed: PlacedCommand, atRoot: boolean): Clone | undefined {
	const { invocation, run } = placed;
	const { program, args, command, moreArguments } = invocation;
	if ((program !== 'git' && program !== 'hg' && program !== 'svn') || moreArguments || command.conditional || command.substituted) return undefined;
	const operands = args.filter(({ text }, index) => !text.startsWith('-') && !valued[program].test(args[index - 1]?.text ?? ''));
	const [verb, url, target, ...more] = operands;
	if (!verb || !url || more.length > 0 || !verbs[program].includes(verb.value ?? '') || args.some(({ text }) => otherwise.test(text))) return undefined;
	// A variable may stand for options.
	if (operands.some((word) => word.value === undefined && /^["']?\$\{?\w*(?:opt|flag|arg|depth|param)/i.test(word.text))) return undefined;
	const changes = args.some(({ text }, index) => index < args.indexOf(verb) && /^(?:-C|--cwd|-R)/.test(text));
	const cwd = changes || (placed.knownCwd === '/' && !atRoot) ? undefined : placed.knownCwd;
	const name = target ? knownValue(target, run) : nameOf(knownValue(url, run) ?? url.text);
	const folder = name === undefined ? undefined : absolutePath(name, cwd);
	if (folder === undefined ? !stage.ships : !stage.ships && !stage.copiedOut.some((copied) => holds(copied, normalizePath(folder, '/') ?? folder))) return undefined;
	if (folder !== undefined && isMounted(run, folder)) return undefined;
	return { ...placed, tool: program, stage, verb, url: url.text, folder, shallow: args.some(({ text }) => shallow.test(text)) };
}

/** The folder that a clone makes of an address; undefined where a variable decides it. */
function nameOf(url: string): string | undefined {
	const name = url
		.replace(/["']/g, '')
		.replace(/\/+$/, '')
		.replace(/^.*[/:]/, '')
		.replace(/\.git$/, '');
	return /^[\w.+-]+$/.test(name) && name !== '.' ? name : undefined;
}

const startsWith = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** Whether what the image starts calls one of the programs, to bring the sources up to date for example. */
function usedAtRunTime({ file, stages }: Model): boolean {
	return stages.some(
		({ ships, stage }) =>
			ships && stage.instructions.some(({ keyword, args }) => startsWith.has(keyword) && /(?<![\w./@-])(?:git|hg|svn)(?![\w.-])/.test(file.text.slice(args.start, args.end))),
	);
}

/** Whether something in its layer may remove the history; what another layer's RUN removes is a matter of its own. In doubt it does. */
function isRemoved(model: Model, clone: Clone, oneLayer: Context['oneLayer']): boolean {
	const { start } = clone.invocation.command.span;
	const runs = new Set([...clone.stage.runs, ...runsInLayer(model, clone.run, oneLayer)]);
	return [...runs].some((run) => removers(run).some((placed) => placed.invocation.command.span.start > start && mayRemove(clone, placed)));
}

const removers = remember((run: Run): readonly PlacedCommand[] =>
	placedCommands(run).filter(({ invocation: { program, moreArguments } }) => program === 'rm' || program === 'find' || program === 'xargs' || moreArguments),
);

function mayRemove({ tool, folder, url }: Clone, { invocation, knownCwd, run }: PlacedCommand): boolean {
	const { program, args } = invocation;
	const kept = keptFolder[tool];
	if (program === 'find' || program === 'xargs')
		return args.some(({ text }) => text.includes(kept)) || (program === 'find' && args.some(({ value }) => value === '-delete' || value === 'rm'));
	if (program !== 'rm') return args.some(({ text }) => text.endsWith(kept)) && invocation.moreArguments;
	if (invocation.moreArguments) return true;
	if (!args.some(({ text }) => /^-\w*[rR]|^--recursive/.test(text))) return false;
	return args.some((word) => {
		if (word.text.startsWith('-')) return false;
		if (word.text.includes(kept)) return true;
		const value = knownValue(word, run);
		const path = value === undefined ? undefined : absolutePath(value, knownCwd);
		if (path === undefined) return true;
		// Where it is not known where it lies, what is removed may be that.
		if (folder === undefined) return !/^\/(?:var\/(?:lib|cache|log)|root\/\.|usr\/share)\b/.test(path) || path.includes(nameOf(url) ?? '');
		const fixed = path.replace(/\/[^/]*[*?[{].*$/, '') || '/';
		return holds(path, folder) || (fixed !== path && (holds(fixed, folder) || holds(folder, fixed)));
	});
}
