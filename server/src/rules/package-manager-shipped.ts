import { isBuildPackage } from '../model/catalog/buildTools';
import { programOf, startedBy } from '../model/purpose/started';
import { isWorkplace } from '../model/purpose/toolbox';
import { isDistribution } from '../model/stages/distribution';
import type { Model, Run, StageModel } from '../model/stages/model';
import type { Rule } from './rule';

/** Rewrites that turn such a stage into `scratch`, by the family of its packages. */
const rewritesFor: Readonly<Record<string, readonly string[]>> = { rpm: ['installroot-to-scratch'], deb: ['debian-root-to-scratch'], apk: ['apk-root-to-scratch'] };

/** What may stand beside package installations without needing the distribution to build. */
const bookkeeping = new Set(['rm', 'find', 'true', ':', 'set', 'echo', 'mkdir', 'ln', 'chmod', 'chown', 'useradd', 'groupadd', 'adduser', 'addgroup']);

/** The image is a full distribution on which only packages are installed. */
export const packageManagerShipped: Rule = {
	id: 'package-manager-shipped',
	title: 'A full distribution with its package manager is shipped',
	severity: 'hint',
	concerns: 'image',
	fixable: 'no',
	docs: {
		why: 'The package manager is the assembly line: it has to be there when the image is made, not when it runs. With --installroot it can install the packages into an empty folder of a builder stage, and the image is that folder on scratch: no dnf, no Python for it, no repositories. Fedora 33 with nginx weighs 224 MB as a distribution and 116 MB that way (slides 17 to 20 of “Building Smaller Container Images” by Samalik and McCarty).',
		before: 'FROM fedora:33\nRUN dnf -y install nginx && dnf clean all\nCMD ["nginx", "-g", "daemon off;"]\n',
		links: ['https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch'],
	},
	*check(model) {
		const target = model.target;
		if (target?.image?.kind !== 'full' || !isDistribution(target.image)) return;
		const stages = target.chain.flatMap((index) => model.stages[index] ?? []);
		const runs = stages.flatMap((stage) => stage.runs);
		const packages = runs.flatMap((run) => run.operations.flatMap(({ action, managers, operands }) => (action === 'install' && managers[0]?.family ? operands : [])));
		const { family } = target.image;
		if (packages.every(({ value }) => value !== undefined && isBuildPackage(value, family)) || !runs.every(onlyPackages)) return;
		if (hasOnbuild(model, stages) || startsScript(model) || isWorkplace(model)) return;
		const from = stages[0]?.stage.image;
		const rewrites = rewritesFor[target.image.family];
		if (!from) return;
		yield {
			span: from.span,
			message: `the image is ${from.text} with packages: a builder stage could install them into an empty folder and ship that on scratch, without the package manager`,
			...(rewrites ? { rewrites } : {}),
		};
	},
};

function onlyPackages(run: Run): boolean {
	const { script } = run.instruction;
	if (!script || script.broken) return false;
	return run.invocations.every(({ program, command, script: own }) =>
		own !== undefined || program === undefined
			? command.words.length === 0
			: bookkeeping.has(program) || run.operations.some(({ invocation, managers }) => invocation.command === command && managers[0]?.family !== undefined),
	);
}

function hasOnbuild(model: Model, stages: readonly StageModel[]): boolean {
	return model.file.instructions.some(({ onbuild, stage }) => onbuild && stages.some(({ index }) => index === stage));
}

/** Whether a shell or a script is what the image starts: somebody works in it, or it may call anything that the distribution has. */
function startsScript(model: Model): boolean {
	const started = startedBy(model);
	if (!started) return false;
	const words = started.words ?? started.text.split(/[\s[\]",']+/).filter((word) => word !== '');
	return (
		/^(?:(?:ba|z|fi|da)?sh|(?:[\w.-]+[-_])?(?:entry-?point|run|start|launch|init|boot|setup)(?:[-_.][\w.-]+)?)$/.test(programOf(words)) ||
		words.some((word) => /\.(?:ba|k|z)?sh$/.test(word))
	);
}
