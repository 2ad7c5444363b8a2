import { absolutePath, normalizePath, related } from '../../model/basics/paths';
import { isCutOff } from '../../model/commands/brokenLines';
import type { Invocation } from '../../model/commands/invocation';
import type { Context } from '../../model/context/context';
import { type Model, type Run, type StageModel, stageOf } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import type { Span } from '../../text/span';
import type { Refusal } from '../rewrite';
import { callsCompiler, refusesRoot } from './compiles';
import { copiedFile, ownFolders } from './copied';
import { otherPath } from './foreign';
import { type LanguageAct, languageAct } from './languages';
import { output, type PackageAct, type RootRecipe } from './recipe';
import { type Cut, restOf } from './rest';

/** One decision's worth of a stage: an instruction, or a part of a RUN. */
export type Act =
	/** ENV, ARG, WORKDIR, USER, SHELL: in force for what follows, and part of the image. */
	| { readonly kind: 'state'; readonly instruction: Instruction }
	/** What only describes the image: LABEL, EXPOSE, CMD … */
	| { readonly kind: 'description'; readonly instruction: Instruction }
	| { readonly kind: 'copy'; readonly instruction: Instruction; readonly destination: string | undefined }
	/** A command of the package manager; `text` is that command. */
	| { readonly kind: 'package'; readonly instruction: Instruction; readonly run: Run; readonly act: PackageAct; readonly text: string; readonly span: Span }
	| { readonly kind: 'language'; readonly instruction: Instruction; readonly run: Run; readonly act: LanguageAct; readonly span: Span }
	/** The rest of a RUN, for the new root; `text` where it is not all of it. */
	| {
			readonly kind: 'run';
			readonly instruction: Instruction;
			readonly run: Run;
			readonly text: string | undefined;
			readonly invocations: readonly Invocation[];
			/** Why it cannot be run in the root although the builder can: it compiles. */
			readonly compiles?: Refusal;
	  }
	/** The same for the builder: it compiles, or something that does depends on it. */
	| { readonly kind: 'build'; readonly instruction: Instruction; readonly run: Run; readonly text: string | undefined; readonly invocations: readonly Invocation[] };

const states = new Set(['ENV', 'ARG', 'WORKDIR', 'USER', 'SHELL']);
const descriptions = new Set(['LABEL', 'MAINTAINER', 'EXPOSE', 'VOLUME', 'CMD', 'ENTRYPOINT', 'STOPSIGNAL', 'HEALTHCHECK']);

/** Reads a stage into acts, in the file's order; a refusal at the first instruction that cannot be read. */
export function readActs(recipe: RootRecipe, model: Model, target: StageModel, context: Context, folders: readonly (string | undefined)[]): readonly Act[] | Refusal {
	const acts: Act[] = [];
	const runs = new Map(target.runs.map((run) => [run.instruction, run]));
	for (const [position, instruction] of target.stage.instructions.entries()) {
		const { keyword, span, onbuild } = instruction;
		const run = runs.get(instruction);
		if (onbuild) return { because: 'other images are built on this one (ONBUILD), and they find no package manager in it', span };
		if (states.has(keyword)) acts.push({ kind: 'state', instruction });
		else if (descriptions.has(keyword)) acts.push({ kind: 'description', instruction });
		else if (keyword === 'COPY' || keyword === 'ADD') {
			const [last] = instruction.words.slice(-1);
			acts.push({ kind: 'copy', instruction, destination: last?.value === undefined ? undefined : absolutePath(last.value, folders[position]) });
		} else if (run) {
			const read = readRun(recipe, model, run, context, acts);
			if ('because' in read) return read;
			acts.push(...read);
		} else return { because: `it is not known what ${keyword} does`, span };
	}
	return acts;
}

function readRun(recipe: RootRecipe, model: Model, run: Run, context: Context, before: readonly Act[]): readonly Act[] | Refusal {
	const { instruction } = run;
	const { script, span } = instruction;
	if (!script) return { because: 'this RUN is not for a shell that can be read', span };
	if (script.broken || isCutOff(model.file, instruction)) return { because: 'this RUN does not parse as shell text', span };
	const cuts: Cut[] = [];
	const acts: Act[] = [];
	const statements = script.statements.length > 0 ? script.statements : [{ span: script.span, joiner: undefined, joinerSpan: undefined, kind: 'simple' as const }];
	// The first pip of a PATH that names a virtual environment is the one of that.
	const makes = (one: Invocation, end: number) => /^(?:venv|virtualenv)$/.test(one.program ?? '') && one.command.span.start < end;
	const inEnvironment = ({ command: { span } }: Invocation) =>
		ownFolders(before).some((folder) => folder.endsWith('/bin')) && stageOf(model, run).runs.some(({ invocations }) => invocations.some((one) => makes(one, span.start)));
	for (let index = 0; index < statements.length; index++) {
		const statement = statements[index];
		if (!statement) break;
		const invocations = run.invocations.filter(({ command }) => command.statement === index || script.statements.length === 0);
		const read = readStatement(
			recipe,
			model,
			run,
			statement.span,
			statement.kind,
			invocations,
			(path) => copiedFile({ context, acts: before, file: model.file }, path, undefined)?.text,
			inEnvironment,
		);
		if (!read) continue;
		if ('because' in read) return { because: read.because, span: read.span ?? statement.span };
		const isGone = read.kind === 'package' && ['clean', 'drop', 'remove'].includes(read.act.kind);
		const alternative = statement.joiner === '||' ? statements[index + 1] : undefined;
		const other = alternative && model.file.text.slice(alternative.span.start, alternative.span.end);
		const excused = other !== undefined && (isGone ? /^(?:true|:|exit(?: \S+)?|false)$/ : /^(?:exit(?: [1-9]\d*| \$\?)?|false)$/).test(other);
		const joinedBy = statements[index - 1]?.joiner;
		if ((alternative && !excused) || statement.joiner === '&' || joinedBy === '||' || joinedBy === '&')
			return { because: 'this command runs only if another one fails, or beside it', span: statement.span };
		const moved = read.kind === 'language' || (read.kind === 'package' && read.act.kind === 'configure');
		const surrounding = moved ? run.invocations.find((one) => one.command.span.start < statement.span.start && changesFolder(one)) : undefined;
		if (surrounding) return { because: 'a later command of this RUN goes to another stage, and depends on this', span: surrounding.command.span };
		cuts.push({ index, last: excused ? index + 1 : index });
		if (excused) index++;
		if (read.kind === 'package' && read.act.kind === 'install' && read.act.configures !== undefined)
			acts.push({ ...read, act: { kind: 'configure', command: read.act.configures } });
		acts.push(read);
	}
	const left = run.invocations.filter(({ command }) => !cuts.some((cut) => cut.index <= command.statement && command.statement <= cut.last) && script.statements.length > 0);
	if (cuts.length > 0 && holdsDocuments(run)) {
		const whole = acts.every((act) => act.kind === 'package' && act.act.kind === 'configure' && act.act.command === undefined);
		const text = model.file.text.slice(instruction.keywordSpan.end, span.end).trimStart();
		if (whole && left.every(isNeutral)) return [{ kind: 'package', instruction, run, act: { kind: 'configure' }, text, span }];
		return { because: 'a here-document stands in a RUN that has to be taken apart', span };
	}
	const writes = script.statements.some(
		({ kind, span: { start, end } }, index) =>
			kind === 'compound' && !cuts.some((cut) => cut.index <= index && index <= cut.last) && redirected.test(model.file.text.slice(start, end)),
	);
	if (cuts.length > 0 && !writes && left.every(isNeutral)) return acts;
	const installed = acts.findLast((act) => act.kind === 'package' && act.act.kind === 'install');
	const removal = installed?.kind === 'package' ? removalBelow(left, before, installed.span.start) : undefined;
	if (removal) return [...acts, { kind: 'package', instruction, run, act: { kind: 'afterRoot', command: removal }, text: '', span }];
	const invocations = cuts.length > 0 ? left : run.invocations;
	let compiles: Refusal | undefined;
	for (const invocation of invocations) {
		const because = refusesRoot(invocation, run.invocations, model.file.text);
		if (because !== undefined) return { because, span: invocation.command.span };
		if (callsCompiler(invocation)) compiles ??= { because: 'it compiles in the stage that ships', span: invocation.command.span };
	}
	const text = cuts.length === 0 ? undefined : restOf(model.file, instruction, cuts);
	if (cuts.length > 0 && text === undefined) return { because: 'this RUN cannot be taken apart', span };
	return [...acts, { kind: 'run', instruction, run, text, invocations, ...(compiles ? { compiles } : {}) }];
}

interface NotRead {
	readonly because: string;
	readonly span?: Span;
}

function readStatement(
	recipe: RootRecipe,
	model: Model,
	run: Run,
	span: Span,
	kind: 'simple' | 'pipeline' | 'compound' | 'function',
	invocations: readonly Invocation[],
	textAt: (path: string) => string | undefined,
	isInEnvironment: (pip: Invocation) => boolean,
): Act | NotRead | undefined {
	const { instruction } = run;
	// The builder's commands run as root.
	const text = model.file.text.slice(span.start, span.end).replace(/^sudo\s+(?:-[EHn]\s+)?/, '');
	const read = invocations.flatMap((invocation) => {
		const operation = run.operations.find((one) => one.invocation === invocation && one.managers.some(({ family }) => family === recipe.family));
		const act = cleansCaches(recipe, invocation, run) ? ({ kind: 'clean' } as const) : recipe.read(invocation, operation, run);
		return act ? [{ act, invocation }] : [];
	});
	const refused = read.find(({ act }) => act.kind === 'refuse');
	if (refused?.act.kind === 'refuse') return { because: refused.act.because, span: refused.invocation.command.span };
	const installs = read.some(({ act }) => act.kind !== 'configure' && act.kind !== 'clean');
	const configures = recipe.configuration.test(text) || read.some(({ act }) => act.kind === 'configure');
	if (configures && !installs) {
		if (instruction.script?.assigns.some((name) => text.includes(`$${name}`) || text.includes(`\${${name}`)))
			return { because: 'this set-up of the package manager needs a variable that the rest of the RUN sets' };
		const foreign = invocations.flatMap((one) => otherPath(recipe, one, run) ?? [])[0];
		if (foreign !== undefined)
			return { because: `this changes ${foreign} together with files of the package manager, and they go to different stages; do it by a command of its own` };
		const [known] = read;
		const command = known?.act.kind === 'configure' ? known.act.command : undefined;
		const tools = invocations.flatMap(({ program }) => (program === undefined ? [] : (recipe.bringTool?.(program) ?? [])));
		const commands = [...new Set([...tools, command ?? text])].join(' && ');
		return { kind: 'package', instruction, run, act: commands === text ? { kind: 'configure' } : { kind: 'configure', command: commands }, text, span };
	}
	const [only, other] = read;
	if (only && !other && kind === 'simple' && invocations.length === 1 && !only.invocation.command.conditional)
		return { kind: 'package', instruction, run, act: only.act, text, span };
	if (only) return { because: 'packages are installed here by more than a plain command' };
	const [invocation] = invocations;
	const language = invocation && kind === 'simple' && invocations.length === 1 && !isInEnvironment(invocation) ? languageAct(invocation, run, text, textAt) : undefined;
	if (language && 'because' in language) return language;
	return language ? { kind: 'language', instruction, run, act: language, span } : undefined;
}

function cleansCaches(recipe: RootRecipe, { program, args, command }: Invocation, run: Run): boolean {
	if (program !== 'rm' || command.conditional || command.substituted) return false;
	const paths = args.filter(({ text }) => !text.startsWith('-')).map(({ value }) => (value === undefined ? undefined : absolutePath(value, run.cwd)));
	return paths.length > 0 && paths.every((path) => path !== undefined && recipe.isCache(path));
}

function holdsDocuments({ instruction, invocations }: Run): boolean {
	const own = instruction.bare ? [] : instruction.heredocs;
	return own.length > 0 || invocations.some(({ command }) => command.redirects.some(({ body }) => body !== undefined));
}

function changesFolder({ program }: Invocation): boolean {
	return program !== undefined && /^(?:cd|pushd|source|\.|export|umask|trap)$/.test(program);
}

/** Removals of fixed paths right behind an installation, for the root as the builder sees it; undefined where anything else is among them, and for what earlier steps brought. */
function removalBelow(left: readonly Invocation[], before: readonly Act[], from: number): string | undefined {
	const copied = before.flatMap((act) => (act.kind === 'copy' ? [act.destination ?? '/'] : []));
	if (before.some(({ kind }) => kind === 'run')) return undefined;
	const removals = left.filter((invocation) => !isNeutral(invocation));
	if (removals.some(({ command }) => command.span.start < from)) return undefined;
	const lines = removals.map(({ program, args, command }) => {
		const plain =
			program === 'rm' &&
			command.topLevel &&
			!command.conditional &&
			command.redirects.length === 0 &&
			args.every(({ text }) => /^(?:-[rfRv]+|\/(?!\.)[\w./*-]+)$/.test(text) && !text.includes('..'));
		const isBrought = args.some(({ text }) => text.startsWith('/') && copied.some((place) => related(normalizePath(text, '/') ?? '/', normalizePath(place, '/') ?? '/')));
		return plain && !isBrought ? `rm ${args.map(({ text }) => (text.startsWith('/') ? `${output}${text}` : text)).join(' ')}` : undefined;
	});
	return lines.length === 0 || lines.includes(undefined) ? undefined : lines.join(' && ');
}

/** A group, loop or condition whose output goes into a file. */
const redirected = /(?:[})]|\]\]|\b(?:done|fi|esac))\s*(?:\d?>>?|&>>?)\s*(?!&|\/dev\/null\b|\s)/;

const neutral = new Set(['set', 'true', ':', 'echo', 'printf', 'cd', 'export', 'ulimit', 'date', 'pwd', 'unset', 'sync', 'exit']);

/** Whether a command does nothing but talk or prepare the commands behind it. */
function isNeutral({ program, command }: Invocation): boolean {
	if (command.redirects.some(({ operator, target }) => /^&?>/.test(operator) && target?.value !== '/dev/null')) return false;
	return program === undefined ? command.words.length === 0 : neutral.has(program);
}
