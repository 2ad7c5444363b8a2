import { assignmentsOf, findStage } from '../../model/basics/references';
import type { Context } from '../../model/context/context';
import { foldersOf } from '../../model/files/writtenFiles';
import { isDistribution } from '../../model/stages/distribution';
import type { Model, StageModel } from '../../model/stages/model';
import { mountFields } from '../../syntax/mount';
import { replaceStage } from '../newStages';
import type { Proposal, Refusal } from '../rewrite';
import { type Act, readActs } from './acts';
import { installsNamed } from './copied';
import { environmentOf } from './environment';
import { copyCommands, moveBuilds } from './moveBuilds';
import { findNeeds } from './needs';
import { completePackages } from './packages';
import { isInstall, placeActs } from './places';
import { output, type RootBase, type RootRecipe } from './recipe';
import { writeStages } from './write';

/** Moves what the target stage installs into an empty root and ships that on scratch; undefined where the stage is of another family. */
export function proposeRoot(recipe: RootRecipe, model: Model, context: Context): Proposal | Refusal | undefined {
	const { target, file } = model;
	if (!target || target.family !== recipe.family || target.base.kind === 'scratch') return undefined;
	const span = target.stage.from.span;
	const base = startOf(recipe, model, target, context);
	if ('because' in base) return base;
	const folders = foldersOf(target);
	const read = readActs(recipe, model, target, context, folders);
	if ('because' in read) return read;
	const moved = moveBuilds(file, target, read, folders.at(-1));
	if ('because' in moved) return moved;
	const { acts, builds } = moved;
	const stop = stopsRewrite(model, target, acts);
	if (stop) return stop;
	const places = placeActs(recipe, file, acts, builds);
	if ('because' in places) return places;
	const needs = findNeeds(file, context, base, acts, folders.at(-1), builds?.results);
	const manager = [...needs.unexplained].find((program) => managers.test(program) && !installsNamed(acts, program));
	if (manager !== undefined) return { because: `a script of the image calls ${manager}, which the new root has not`, span };
	const packages = completePackages(recipe.family, base, acts, needs, builds);
	if ('because' in packages) return packages;
	const because = recipe.refuses?.(target, packages.request);
	if (because !== undefined) return { because, span };
	const environment = recipe.family === 'rpm' ? environmentOf(file, acts) : [];
	if (!environment) return { because: 'what is set here for the installation alone is not known before the build', span: acts.find(isInstall)?.instruction.span ?? span };
	const commands = recipe.install(target, packages.request);
	const install = environment.length > 0 ? [[`export ${environment.join(' ')}`], ...commands] : commands;
	const saves = recipe.saves ? recipe.saves(target, packages.request) : base.saves;
	const inherited = inheritedBy(target, acts, file.text);
	return {
		title: recipe.title,
		span,
		assumes: [...base.assumes, ...packages.assumes],
		...(saves ? { saves } : {}),
		edits: () =>
			replaceStage(
				file,
				target.stage,
				writeStages(file, target, acts, places, { builderImage: base.builder, install, inherited, copies: builds ? copyCommands(builds, output) : [] }),
			),
	};
}

const managers = /^(?:dnf|yum|microdnf|tdnf|zypper|apt|apt-get|dpkg|apk|yum-config-manager|amazon-linux-extras|subscription-manager)$/;

/** The script of a source-to-image builder. Source: github.com/openshift/source-to-image, docs/builder_image.md; sclorg images have it there. */
const isAssemble = /(?:\/s2i|\$\{?STI_SCRIPTS_PATH\}?)\/assemble$/;

function startOf(recipe: RootRecipe, { stages, file }: Model, target: StageModel, context: Context): RootBase | Refusal {
	const { image, base: start } = target;
	const { from, index } = target.stage;
	const span = target.stage.image?.span ?? from.span;
	if (start.kind === 'stage') return { because: 'the last stage is built on another stage; write both as one first', span };
	const assemble = target.runs.flatMap(({ invocations }) => invocations).find(({ command }) => isAssemble.test(command.words[0]?.text ?? ''));
	if (assemble) return { because: 'a script of the base makes the application here (S2I), and an empty root has no such script', span: assemble.command.span };
	if (!image || start.kind !== 'image' || start.reference === undefined) return { because: 'the base image is not known to the catalogue', span };
	if (!isDistribution(image) || (image.kind !== 'full' && image.kind !== 'minimal'))
		return { because: 'the base image brings more than its distribution, and an empty root would not have that', span };
	if (context.finalBase !== undefined && context.finalBase !== 'scratch')
		return { because: `a root with its own package database cannot be laid over ${context.finalBase}; only scratch is safe below it`, span };
	const user = stages.find((stage) => stage.index > index && (stage.chain.includes(index) || stage.stage.instructions.some((one) => copiesFrom(one, index))));
	if (user) return { because: 'another stage is built on this one or copies from it', span: user.stage.from.span };
	const base = recipe.base(target, { image, reference: start.reference, written: target.stage.image?.text ?? start.reference });
	return 'because' in base ? { because: base.because, span } : base;

	function copiesFrom({ flags, stage }: StageModel['stage']['from'], of: number): boolean {
		const reference = flags.find(({ name }) => name === 'from')?.value;
		if (reference === undefined) return false;
		return /^\d+$/.test(reference) ? Number(reference) >= of : findStage(file, reference, stage) === of;
	}
}

const init = /^(?:\/usr)?(?:\/s?bin\/|\/lib\/systemd\/)?(?:init|systemd)$/;

function stopsRewrite(model: Model, target: StageModel, acts: readonly Act[]): Refusal | undefined {
	const starts = acts.filter((act) => act.kind === 'description' && /^(?:CMD|ENTRYPOINT)$/.test(act.instruction.keyword));
	for (const { instruction } of starts)
		if (init.test((instruction.exec ?? instruction.words)[0]?.text ?? ''))
			return { because: 'the image starts an init system, which needs a whole distribution', span: instruction.span };
	for (const run of target.runs) {
		const manages = run.invocations.find(({ program, args }) => program === 'systemctl' || (program === 'rm' && args.some(({ text }) => text.includes('/systemd/'))));
		if (manages) return { because: 'services of systemd are set up here, which needs a whole distribution', span: manages.command.span };
	}
	if (starts.length === 0) return { because: 'neither CMD nor ENTRYPOINT says what the image runs', span: target.stage.from.span };
	if (!acts.some((act) => act.kind === 'package' && act.act.kind === 'install'))
		return { because: 'no package is installed here that says what the image needs of its distribution', span: target.stage.from.span };
	return (
		documentationStops(acts) ??
		stateStops(acts) ??
		mixedFlags(acts) ??
		(model.file.problems.length > 0 ? { because: 'the file does not parse', span: target.stage.from.span } : undefined)
	);
}

/** Commands that read what the root is installed without. */
function documentationStops(acts: readonly Act[]): Refusal | undefined {
	const because = 'documentation is read here, and the root is installed without it';
	for (const act of acts) {
		if (act.kind === 'package' && act.act.kind === 'install' && act.act.packages.some((name) => /^(?:man|man-db|man-pages|manpages)$/.test(name)))
			return { because, span: act.span };
		if (act.kind === 'package' && act.act.kind === 'configure' && /\bsed\b.*nodocs/s.test(act.text))
			return { because: 'the package manager is told here to install documentation, and the root is installed without it', span: act.span };
		if (act.kind !== 'run') continue;
		const reader = act.invocations.find(({ program, args }) => program !== 'rm' && program !== 'find' && args.some(({ text }) => /\/usr\/share\/(?:doc|man|info)\b/.test(text)));
		if (reader) return { because, span: reader.command.span };
	}
	return undefined;
}

/** Installing as somebody else than root, or with a shell that is none of the usual. */
function stateStops(acts: readonly Act[]): Refusal | undefined {
	let user: Act | undefined;
	for (const act of acts) {
		if (act.kind === 'state' && act.instruction.keyword === 'USER') user = /^(?:root|0)(?::|$)/.test(act.instruction.words[0]?.value ?? '') ? undefined : act;
		if (act.kind === 'language' && user) return { because: 'packages of a language are installed here as a user that is not root', span: act.span };
		if (act.kind === 'package' && act.act.kind === 'install' && user && !/^\s*sudo\b/.test(act.text))
			return { because: 'packages are installed here as a user that is not root', span: act.span };
	}
	return undefined;
}

/** Secrets and other mounts of several RUNs would meet in one. */
function mixedFlags(acts: readonly Act[]): Refusal | undefined {
	const installing = acts.filter((act) => act.kind === 'package' && act.act.kind === 'install');
	const flagged = installing.find(({ instruction }) => instruction.flags.some((flag) => mountFields(flag)?.get('type') !== 'cache'));
	const runs = new Set(installing.map(({ instruction }) => instruction));
	return flagged && runs.size > 1 ? { because: 'several RUNs install, and this one has mounts or a network of its own', span: flagged.instruction.span } : undefined;
}

/** What the base set and the image or the file's own lines rely on, as instructions. */
function inheritedBy(target: StageModel, acts: readonly Act[], text: string): readonly string[] {
	const set = new Set(acts.flatMap((act) => (act.kind === 'state' && act.instruction.keyword === 'ENV' ? assignmentsOf(act.instruction).map(([name]) => name) : [])));
	const env = Object.entries(target.image?.passesOn.env ?? {}).filter(([name, value]) => value !== undefined && !set.has(name));
	const path = acts.some(
		(act) => act.kind === 'state' && act.instruction.keyword === 'ENV' && /\$\{?PATH\b/.test(text.slice(act.instruction.args.start, act.instruction.args.end)),
	);
	const usual = path && !env.some(([name]) => name === 'PATH') ? ['ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] : [];
	return [...env.map(([name, value]) => `ENV ${name}=${value}`), ...usual];
}
