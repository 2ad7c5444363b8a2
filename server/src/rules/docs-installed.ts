import type { Finding, Fix } from '../advice/advice';
import { insertAfter } from '../advice/statements';
import { siblingReference } from '../model/catalog/baseImages';
import { headOf } from '../model/commands/operation';
import { type Install, systemInstalls, triggeredInstalls } from '../model/packages/installs';
import { decisionOn, readsHostConfiguration } from '../model/packages/switches';
import { isWorkplace } from '../model/purpose/toolbox';
import { readsDocumentation } from '../model/stages/documentation';
import type { Model, StageModel } from '../model/stages/model';
import type { Rule } from './rule';

/** Documentation and man pages are installed that nobody reads in a container. */
export const docsInstalled: Rule = {
	id: 'docs-installed',
	title: 'Documentation is installed',
	severity: 'info',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'Packages bring documentation and man pages that nobody reads in a container. dnf, yum, microdnf and tdnf can leave them out (licences stay); many base images already tell them to, and then there is nothing to do. apt has no option for it: there dpkg does it, with `path-exclude` lines in `/etc/dpkg/dpkg.cfg.d` that are written before the first install, as the slim images of Debian have them; that is told only where many packages are installed on a base that has no slim form.',
		before: 'FROM almalinux:9\nRUN dnf -y install nginx && dnf clean all\n',
		after: 'FROM almalinux:9\nRUN dnf -y install --nodocs nginx && dnf clean all\n',
		links: ['https://docs.fedoraproject.org/en-US/minimization/'],
	},
	*check(model, { oneLayer }) {
		if (readsDocumentation(model)) return;
		const configurable = new Set<string>();
		for (const install of [...systemInstalls(model, oneLayer), ...triggeredInstalls(model)]) {
			const finding = look(model, install);
			if (!finding) continue;
			// Without an option one line at the first install cures all that follow: said once.
			const key = finding.fixes ? undefined : `${install.manager.id} ${install.stage.bottom}`;
			if (key !== undefined && configurable.has(key)) continue;
			if (key !== undefined) configurable.add(key);
			yield finding;
		}
	},
};

function look(model: Model, install: Install): Finding | undefined {
	const { operation, manager, stage, run } = install;
	if (manager.id === 'apt' && !isWorthIt(model, stage)) return undefined;
	if (!manager.docs || decisionOn(model, install, 'docs') !== 'open') return undefined;
	const inOtherRoot = operation.root !== undefined;
	// Another root's other needs are told together; here only that the base's own setting does not hold for it.
	if (inOtherRoot && (readsHostConfiguration(operation, manager) || stage.image?.sets.nodocs !== true)) return undefined;
	const { option } = manager.docs;
	const span = headOf(operation);
	if (option === undefined) {
		// Nothing that one click could do: only a hint.
		return {
			span,
			severity: 'hint',
			message: `${operation.program} installs documentation and man pages too, and has no option against it; path-exclude lines in /etc/dpkg/dpkg.cfg.d keep them out`,
		};
	}
	const verb = operation.verb.at(-1);
	const fixes: readonly Fix[] = verb && !run.instruction.exec ? [{ title: `Add ${option}`, applicability: 'suggested', edits: [insertAfter(verb, option)] }] : [];
	const message = inOtherRoot
		? `${manager.title} does not read the base image’s own settings for ${operation.root}, so documentation and man pages are installed there`
		: `${operation.program} installs documentation and man pages too`;
	return { span, message, fixes };
}

/** Installed by apt, that many packages named bring some megabytes of documentation with what they depend on: in Debian 12 that of a package takes 0.16 MB on average. */
const many = 10;

/**
 * Whether there is more to gain than next to nothing with apt, which has no option against documentation: not upon the documentation of all that building
 * needs, and not where a slim sibling of the base is the better cure, which leaves out that of the base as well.
 */
function isWorthIt(model: Model, stage: StageModel): boolean {
	const { image, chain } = stage;
	const base = model.stages[chain[0] ?? stage.index]?.base;
	if (!image || image.brings || image.kind === 'sdk' || base?.kind !== 'image' || isWorkplace(model)) return false;
	if (image.siblings?.some((sibling) => base.reference !== undefined && siblingReference(base.reference, sibling) !== undefined)) return false;
	const named = model.runs.flatMap(({ stage: at, operations }) =>
		chain.includes(at) || at === stage.index ? operations.filter(({ action, root, managers }) => action === 'install' && root === undefined && managers[0]?.family === 'deb') : [],
	);
	return new Set(named.flatMap(({ operands }) => operands.map(({ text }) => text))).size >= many;
}
