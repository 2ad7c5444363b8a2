import type { Finding } from '../advice/advice';
import { copyDependenciesFirst } from '../advice/dependenciesFirst';
import { remember } from '../model/basics/remember';
import type { Context } from '../model/context/context';
import { type DependencyInstall, type DependencyTool, leavesManifests, readDependencyInstall } from '../model/packages/dependencyInstalls';
import type { Model, Run, StageModel } from '../model/stages/model';
import { isWindows } from '../model/stages/windows';
import type { Instruction } from '../syntax/containerfile';
import type { Rule } from './rule';

/** The whole folder is copied before the dependencies are installed, so that every edit installs them again. */
export const sourcesBeforeDependencies: Rule = {
	id: 'sources-before-dependencies',
	title: 'Sources are copied before dependencies are installed',
	severity: 'hint',
	concerns: 'build',
	fixable: 'review',
	docs: {
		why: 'A builder takes a step from its cache as long as nothing above it has changed. Where the whole folder is copied first, every edit of a source file downloads and installs all dependencies again. Copy what names the dependencies, install them, then copy the rest. A script of package.json that runs on installation may need the sources: then this order does not do.',
		before: 'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nCOPY . .\nRUN npm ci --omit=dev && npm cache clean --force\nCMD ["node", "server.js"]\n',
		after: 'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY . .\nCMD ["node", "server.js"]\n',
		links: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
	},
	*check(model, context) {
		for (const stage of model.stages) if ((stage.ships || stage.copiedOut.length > 0) && !isWindows(stage)) yield* look(model, context, stage);
	},
};

const manifests: Readonly<Record<DependencyTool, string>> = {
	npm: 'package.json and its lock file',
	yarn: 'package.json and yarn.lock',
	pnpm: 'package.json and pnpm-lock.yaml',
	pip: 'the requirements file',
	go: 'go.mod and go.sum',
	bundle: 'Gemfile and Gemfile.lock',
	composer: 'composer.json and composer.lock',
	cargo: 'Cargo.toml and Cargo.lock',
	mvn: 'pom.xml',
	poetry: 'pyproject.toml and poetry.lock',
	uv: 'pyproject.toml and uv.lock',
	pipenv: 'Pipfile and Pipfile.lock',
};

function* look(model: Model, context: Context, stage: StageModel): Iterable<Finding> {
	const runs = new Map(stage.runs.map((run) => [run.instruction, run]));
	const installed = new Set<DependencyTool>();
	let copy: Instruction | undefined;
	for (const instruction of stage.stage.instructions) {
		if (instruction.onbuild) continue;
		if (takesWholeFolder(instruction)) copy ??= instruction;
		const run = runs.get(instruction);
		if (!run) continue;
		const { installs, usesSources } = read(run);
		const [first] = installs.filter(({ tool }) => !installed.has(tool));
		// With a cache mount little is fetched again.
		if (copy && first && !run.mounts.some(({ type }) => type === 'cache') && !readsMore(model, first)) {
			const { invocation, tool, verb } = first;
			const head = {
				start: invocation.name?.span.start ?? instruction.span.start,
				end: (verb === undefined ? invocation.name : invocation.args[verb])?.span.end ?? instruction.span.end,
			};
			const fix = copyDependenciesFirst(model, context, stage, copy, first);
			yield {
				span: copy.span,
				message: `${copy.keyword} takes all sources before ${model.file.text.slice(head.start, head.end)} runs, so every edit installs the dependencies again; copy ${manifests[tool]} first, and the rest behind it`,
				related: [{ span: head, message: 'installs the dependencies' }],
				...(fix ? { fixes: [fix] } : {}),
			};
		}
		for (const { tool } of installs) installed.add(tool);
		if (installs.length > 0 && copy) copy = undefined;
		// Behind a step that works on the sources an installation may need what that made.
		if (usesSources && copy) return;
	}
}

/** Whether the packages of Node.js are a workspace: then each of them has a package.json that has to be there, and the order is another matter. */
const hasWorkspaces = remember(({ file }: Model) =>
	/(?<![\w-])(?:turbo|lerna|nx)\b|pnpm-workspace|--workspaces?\b|\byarn\s+workspaces?\b|\bpnpm\b[^&|;\n]*\s(?:-r|--recursive|--filter|-F|deploy)(?![\w-])/.test(file.text),
);

/** Whether an installation may read more than its manifests: a workspace does, and the Gemfile of a gem, which names the gem's own specification. */
function readsMore(model: Model, { tool }: DependencyInstall): boolean {
	if (tool === 'bundle') return !isRubyApplication.test(model.file.text);
	return /^(?:npm|yarn|pnpm)$/.test(tool) && hasWorkspaces(model);
}

/** Signs of an application, not of a gem that is tried or tested. */
const isRubyApplication = /\b(?:Gemfile\.lock|rails|rackup|puma|unicorn|passenger|thin|sidekiq|resque|RAILS_ENV|RACK_ENV|config\.ru)\b/;

/** What a RUN installs before anything in it needs the sources, and whether something does. */
function read(run: Run): { readonly installs: readonly DependencyInstall[]; readonly usesSources: boolean } {
	const installs: DependencyInstall[] = [];
	for (const invocation of run.invocations) {
		const install = readDependencyInstall(run, invocation);
		if (install && !install.installsProject) installs.push(install);
		else if (install) return { installs, usesSources: true };
		else if (!leavesManifests(run, invocation)) return { installs, usesSources: true };
	}
	return { installs, usesSources: run.instruction.script === undefined || run.instruction.script.broken };
}

function takesWholeFolder({ keyword, flags, words, onbuild }: Instruction): boolean {
	if ((keyword !== 'COPY' && keyword !== 'ADD') || onbuild || flags.some(({ name }) => name === 'from' || name === 'exclude')) return false;
	return words.slice(0, -1).some(({ value }) => /^(?:\.\/?|\/)$/.test(value ?? ''));
}
