import { holds } from '../basics/paths';
import { remember } from '../basics/remember';
import { developmentSwitches, requirementsForDevelopers } from '../catalog/developmentSwitches';
import type { Invocation } from '../commands/invocation';
import type { Context } from '../context/context';
import { packageJsonOf } from '../context/manifests';
import { folderOf } from '../files/placedCommands';
import { isForDevelopers } from '../purpose/developers';
import { isSystemProgram } from '../purpose/ownPrograms';
import { settingFor } from '../stages/environment';
import type { Model, Run, StageModel } from '../stages/model';
import { isWindows } from '../stages/windows';
import { readBuild } from './builds';
import { type DependencyInstall, type DependencyTool, leavesManifests, readDependencyInstall } from './dependencyInstalls';
import { startsInProduction } from './production';

/** An installation that brings into the image what only developers need. */
export interface DevelopmentInstall extends DependencyInstall {
	readonly stage: StageModel;
	/** What that is, for messages. */
	readonly what: string;
	/** What the image starts, which does not need it. */
	readonly started: string;
	/** A later command of its stage builds with it, so that it can only go afterwards. */
	readonly builtWith: boolean;
}

/** The installations of what only developers need that get into an image of which it is known that it starts without. */
export function* developmentInstalls(model: Model, context: Context): Iterable<DevelopmentInstall> {
	if (!model.target || isForDevelopers(model)) return;
	const started = new Map<DependencyTool, string | undefined>();
	const told = new Set<number>();
	for (const stage of model.stages) {
		if ((!stage.ships && stage.copiedOut.length === 0) || isWindows(stage)) continue;
		for (const run of stage.runs) {
			for (const invocation of run.invocations) {
				const install = readDependencyInstall(run, invocation);
				const what = install && !mayBeDecidedByBase(stage, install) ? whatFor(model, context, install) : undefined;
				if (!install || what === undefined || !getsIntoImage(stage, install)) continue;
				const { tool } = install;
				// One line before the first installation of gems is for all that follow.
				if (tool === 'bundle' && stage.chain.some((index) => told.has(index))) continue;
				if (!started.has(tool)) started.set(tool, startsInProduction(model, context, tool));
				const start = started.get(tool);
				const later = start === undefined ? 'unknown' : useAfter(model, stage, install);
				if (start === undefined || later === 'unknown' || (later === 'builds' && stage.ships)) continue;
				if (tool === 'bundle') told.add(stage.index);
				yield { ...install, stage, what, started: start, builtWith: later === 'builds' };
			}
		}
	}
}

/** Whether a base that nobody knows may set the variable that leaves out what only developers need, as images for one tool do. */
function mayBeDecidedByBase({ base, image }: StageModel, { tool }: DependencyInstall): boolean {
	return base.kind === 'image' && !image && (tool === 'npm' || tool === 'yarn' || tool === 'pnpm' || tool === 'bundle');
}

/** What a command installs for developers alone; undefined where it does not, or where that is decided or not known. */
function whatFor(model: Model, { buildContext }: Context, { run, invocation, tool }: DependencyInstall): string | undefined {
	const { args } = invocation;
	const values = args.map(({ value }) => value);
	if (tool === 'pip')
		return values.some((value, index) => value !== undefined && /^(?:-r|--requirement)$/.test(values[index - 1] ?? '') && requirementsForDevelopers.test(value))
			? 'what is only for development and tests'
			: undefined;
	if (tool === 'pipenv') return values.some((value) => value === '--dev' || value === '-d') ? 'the dev-packages' : undefined;
	const known = developmentSwitches[tool];
	if (!known || args.some(({ text, value }) => known.decidedBy.test(value ?? text))) return undefined;
	if (known.variables.some((name) => settingFor(run, invocation, name) !== '') || isConfigured(model, tool)) return undefined;
	if (known.folders.includes('node_modules')) {
		const manifest = packageJsonOf(buildContext);
		if (buildContext?.present.has('.npmrc') || manifest?.devDependencies.length === 0) return undefined;
	}
	return known.what;
}

function getsIntoImage({ ships, copiedOut }: StageModel, { run, invocation, tool }: DependencyInstall): boolean {
	if (ships) return true;
	const folder = folderOf(run, invocation);
	const places = (developmentSwitches[tool]?.folders ?? []).map((name) => `${folder}/${name}`);
	if (folder === undefined || invocation.args.some(({ text }) => /^(?:--prefix|--cwd|-C|--dir|-d|--working-dir|--modules-folder)(?:=|$)/.test(text))) return false;
	return copiedOut.some((copied) => copied !== '/' && (holds(copied, folder) || places.includes(copied) || (tool === 'bundle' && copied === '/usr/local/bundle')));
}

/** Whether the text of the file configures a tool for what only developers need. */
function isConfigured(model: Model, tool: DependencyTool): boolean {
	const known = configuredIn(model);
	const before = known.get(tool) ?? developmentSwitches[tool]?.configuredBy.test(model.file.text) ?? false;
	known.set(tool, before);
	return before;
}

const configuredIn = remember((_model: Model) => new Map<DependencyTool, boolean>());

/** Whether something behind an installation builds with what it brought, or may need or remove it. */
function useAfter(model: Model, stage: StageModel, { invocation }: DependencyInstall): 'nothing' | 'builds' | 'unknown' {
	const { start } = invocation.command.span;
	const known = usesIn(model);
	const uses = known.get(stage) ?? lastUses(model, stage);
	known.set(stage, uses);
	if (uses.unknown > start) return 'unknown';
	return uses.builds > start ? 'builds' : 'nothing';
}

/** Where the last command starts that builds, and the last that may need or remove what was installed; -1 where there is none. */
interface LastUses {
	readonly builds: number;
	readonly unknown: number;
}

const usesIn = remember((_model: Model) => new Map<StageModel, LastUses>());

/** Of a stage, those built on it, and those that ship. */
function lastUses(model: Model, stage: StageModel): LastUses {
	let [builds, unknown] = [-1, -1];
	for (const { runs } of model.stages.filter((one) => one === stage || one.chain.includes(stage.index) || one.ships)) {
		for (const run of runs) {
			const { script, span } = run.instruction;
			if (script === undefined || script.broken) unknown = Math.max(unknown, span.start);
			for (const invocation of run.invocations) {
				const use = useOf(run, invocation);
				if (use === 'builds') builds = Math.max(builds, invocation.command.span.start);
				if (use === 'unknown') unknown = Math.max(unknown, invocation.command.span.start);
			}
		}
	}
	return { builds, unknown };
}

function useOf(run: Run, invocation: Invocation): 'nothing' | 'builds' | 'unknown' {
	const { program, args, name } = invocation;
	if (program === undefined) return 'nothing';
	if (args.some(({ text }) => /\bprune\b|node_modules|\bvendor\b|--omit|--prod|--no-dev|--without/.test(text))) return 'unknown';
	if (readDependencyInstall(run, invocation) || leavesManifests(run, invocation)) return 'nothing';
	if (isSystemProgram(program) && !(name?.value?.includes('/') && !/^(?:\/usr)?\/s?bin\//.test(name.value))) return 'nothing';
	const verb = args[0]?.value ?? '';
	if (program === 'composer' && /^(?:dump-?autoload|clear-?cache)$/.test(verb)) return 'nothing';
	if (/^(?:rails|rake)$/.test(program) && verb === 'assets:precompile') return 'nothing';
	return readBuild(run, invocation)?.tool === 'Node.js' ? 'builds' : 'unknown';
}
