import { readBuild } from './builds';
import { developmentSwitches, requirementsForDevelopers } from './catalog/developmentSwitches';
import type { Context } from './context';
import { type DependencyInstall, type DependencyTool, leavesManifests, readDependencyInstall } from './dependencyInstalls';
import { isForDevelopers } from './developers';
import { folderOf, settingFor } from './environment';
import { packageJsonOf } from './manifests';
import type { Model, StageModel } from './model';
import { isSystemProgram } from './ownPrograms';
import { holds } from './paths';
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
	for (const stage of model.stages) {
		if (!stage.ships && stage.copiedOut.length === 0) continue;
		for (const run of stage.runs) {
			for (const invocation of run.invocations) {
				const install = readDependencyInstall(run, invocation);
				const what = install && whatFor(model, context, install);
				if (!install || what === undefined || !getsIntoImage(stage, install)) continue;
				const { tool } = install;
				if (!started.has(tool)) started.set(tool, startsInProduction(model, context, tool));
				const start = started.get(tool);
				const later = start === undefined ? 'unknown' : useAfter(model, stage, install);
				if (start !== undefined && later !== 'unknown' && !(later === 'builds' && stage.ships)) yield { ...install, stage, what, started: start, builtWith: later === 'builds' };
			}
		}
	}
}

/** What a command installs for developers alone; undefined where it does not, or where that is decided or not known. */
function whatFor({ file }: Model, { buildContext }: Context, { run, invocation, tool }: DependencyInstall): string | undefined {
	const { args } = invocation;
	const values = args.map(({ value }) => value);
	if (tool === 'pip')
		return values.some((value, index) => value !== undefined && /^(?:-r|--requirement)$/.test(values[index - 1] ?? '') && requirementsForDevelopers.test(value))
			? 'what is only for development and tests'
			: undefined;
	if (tool === 'pipenv') return values.some((value) => value === '--dev' || value === '-d') ? 'the dev-packages' : undefined;
	const known = developmentSwitches[tool];
	if (!known || args.some(({ text, value }) => known.decidedBy.test(value ?? text))) return undefined;
	if (known.variables.some((name) => settingFor(run, invocation, name) !== '') || known.configuredBy.test(file.text)) return undefined;
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

/** Whether something behind an installation builds with what it brought, or may need or remove it. */
function useAfter(model: Model, stage: StageModel, install: DependencyInstall): 'nothing' | 'builds' | 'unknown' {
	const { start } = install.invocation.command.span;
	let use: 'nothing' | 'builds' = 'nothing';
	const stages = model.stages.filter((one) => one === stage || one.chain.includes(stage.index) || one.ships);
	for (const run of stages.flatMap(({ runs }) => runs)) {
		if (run.instruction.script === undefined || run.instruction.script.broken) {
			if (run.instruction.span.start > start) return 'unknown';
			continue;
		}
		for (const invocation of run.invocations) {
			const { program, args, command, name } = invocation;
			if (command.span.start <= start || program === undefined) continue;
			const text = args.map((word) => word.text).join(' ');
			if (/\bprune\b|node_modules|\bvendor\b|--omit|--prod|--no-dev|--without/.test(text)) return 'unknown';
			if (readDependencyInstall(run, invocation) || leavesManifests(run, invocation)) continue;
			if (isSystemProgram(program) && !(name?.value?.includes('/') && !/^(?:\/usr)?\/s?bin\//.test(name.value))) continue;
			if (/^(?:dump-autoload|dumpautoload|clear-cache|clearcache)$/.test(args[0]?.value ?? '') && program === 'composer') continue;
			if (/^(?:rails|rake|bin\/rails)$/.test(program) && /^assets:precompile$/.test(args[0]?.value ?? '')) continue;
			if (readBuild(run, invocation)?.tool === 'Node.js') use = 'builds';
			else return 'unknown';
		}
	}
	return use;
}
