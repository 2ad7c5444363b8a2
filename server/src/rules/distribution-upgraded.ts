import { headOf, type Operation } from '../model/commands/operation';
import { isRebuilt, isUpToDate } from '../model/packages/rebuilt';
import { isForBuilding } from '../model/purpose/purpose';
import type { Model, Run, StageModel } from '../model/stages/model';
import { hasOtherSources } from '../model/stages/otherSources';
import { remarksOn } from '../model/stages/remarks';
import type { Rule } from './rule';

/** All packages of the base are brought up to date in the image that ships. */
export const distributionUpgraded: Rule = {
	id: 'distribution-upgraded',
	title: 'The base’s packages are replaced by newer ones',
	severity: 'hint',
	concerns: 'image',
	fixable: 'no',
	hadolint: ['DL3005', 'DL3017', 'DL3031', 'DL3035', 'DL3039'],
	docs: {
		why: 'A package that is upgraded ships twice: the old files stay in the layers of the base, the new ones come on top. A newer base has the same updates without the old files; `podman build --pull=newer` (docker: `--pull`) fetches it, and a pinned digest can be moved by a bot. Security updates are a good reason to upgrade all the same, where the base is rebuilt too seldom or no longer at all; then this costs what the updates weigh, and a build cache can keep it from running again when new ones appear. To get the newest of what is installed anyway no upgrade is needed.\n\nBases that are out of support, or that nobody is known to rebuild, are left alone, and so are images to build with.',
		before: 'FROM almalinux:9\nRUN dnf -y upgrade && dnf -y install nginx && dnf clean all\n',
		links: ['https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often', 'https://docs.podman.io/en/latest/markdown/podman-build.1.html'],
	},
	*check(model, { oneLayer }) {
		// In an image of one layer the old files are gone.
		if (oneLayer === 'image' || isForBuilding(model)) return;
		for (const stage of model.stages) {
			if (!stage.ships || stage.family === 'scratch') continue;
			const base = model.stages[stage.bottom];
			const name = base?.stage.image?.text ?? 'the base';
			if (base?.base.kind !== 'image' || !base.base.reference || rolling.test(name)) continue;
			if (!isRebuilt(base.base.reference) || isUpToDate(base.base.reference)) continue;
			for (const run of stage.runs) {
				const operation = run.operations.find((one) => upgradesAll(one));
				if (!operation || isExplained(model, run) || hasOtherSources(model, stage, operation.invocation.command.span.start) || reinstalls(stage)) continue;
				yield {
					span: headOf(operation),
					message: `what this replaces ships twice, since the old files stay in the layers of ${name}; a base that is rebuilt often has the updates without them`,
				};
				// A second one replaces next to nothing.
				return;
			}
		}
	},
};

/** Whether packages of the base are installed once more, for which they have to be those of the repositories. */
function reinstalls({ runs }: StageModel): boolean {
	return runs.some(({ operations }) =>
		operations.some(({ verb, options }) => verb.some(({ value }) => value === 'reinstall') || options.some(({ name }) => name === '--reinstall')),
	);
}

/** Distributions that change every day: what is installed on top needs the packages of the day. */
const rolling = /:(?:edge|rawhide|sid|unstable|testing|tumbleweed|devel|rolling)\b|\b(?:archlinux|tumbleweed|kali-rolling)\b/;

/** Whether a comment says that it is for the sake of security: somebody weighed it. */
function isExplained({ file }: Model, { instruction }: Run): boolean {
	return /secur|\bcves?\b|vulnerab|\bpatch/i.test(remarksOn(file, instruction));
}

/** Options that name what to upgrade or from where, or with which nothing is installed. */
const narrow =
	/^(?:--security|--sec-severity|--secseverity|--bugfix|--bz|--bzs|--cve|--cves|--advisory|--advisories|--advisory-severities|--enhancement|--newpackage|--minimal|--from|--from-repo|--repo|--repoid|--enable-?repo|--disable-?repo|--repository|-X|-t|--target-release|--default-release|--releasever|-c|--config|--dry-run|--simulate|--just-print|--no-act|--recon|--print-uris|--download-only|--downloadonly|--assumeno|--category|--bugzilla|--issue|--date|--installroot|--root|-p|-R)$/;

/** Whether a command surely upgrades every package that can be: no package, repository or advisory is named. */
function upgradesAll({ action, verb, operands, options, root, invocation, managers }: Operation): boolean {
	const { command, moreArguments } = invocation;
	const verbText = verb.map(({ value }) => value).join(' ');
	if (managers[0]?.family === undefined || (action !== 'upgrade' && verbText !== 'distro-sync')) return false;
	if (/minimal|system-upgrade/.test(verbText) || operands.length > 0 || moreArguments || root !== undefined || command.conditional || command.substituted) return false;
	if (managers[0].family === 'deb' && options.some(({ name }) => name === '-s' || name === '-d')) return false;
	return !options.some(({ name, words }) => narrow.test(name) || words.some(({ value }) => value === undefined));
}
