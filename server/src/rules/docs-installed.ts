import type { Finding, Fix } from '../advice/advice';
import { insertAfter } from '../advice/statements';
import { headOf } from '../model/commands/operation';
import { type Install, systemInstalls, triggeredInstalls } from '../model/packages/installs';
import { decisionOn, readsHostConfiguration } from '../model/packages/switches';
import { readsDocumentation } from '../model/stages/documentation';
import type { Model } from '../model/stages/model';
import type { Rule } from './rule';

/** Documentation and man pages are installed that nobody reads in a container. */
export const docsInstalled: Rule = {
	id: 'docs-installed',
	title: 'Documentation is installed',
	severity: 'info',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'Packages bring documentation and man pages that nobody reads in a container. dnf, yum, microdnf and tdnf can leave them out (licences stay); many base images already tell them to, and then there is nothing to do. apt has no option for it: there dpkg does it, with `path-exclude` lines in `/etc/dpkg/dpkg.cfg.d` that are written before the first install, as the images of Ubuntu and the slim ones of Debian have them.',
		before: 'FROM almalinux:9\nRUN dnf -y install nginx && dnf clean all\n',
		after: 'FROM almalinux:9\nRUN dnf -y install --nodocs nginx && dnf clean all\n',
		links: ['https://docs.fedoraproject.org/en-US/minimization/'],
	},
	*check(model, { oneLayer }) {
		if (readsDocumentation(model)) return;
		for (const install of [...systemInstalls(model, oneLayer), ...triggeredInstalls(model)]) {
			const finding = look(model, install);
			if (finding) yield finding;
		}
	},
};

function look(model: Model, install: Install): Finding | undefined {
	const { operation, manager, stage, run } = install;
	if (!manager.docs || decisionOn(model, install, 'docs') !== 'open') return undefined;
	const inOtherRoot = operation.root !== undefined;
	// Another root's other needs are told together; here only that the base's own setting does not hold for it.
	if (inOtherRoot && (readsHostConfiguration(operation, manager) || stage.image?.sets.nodocs !== true)) return undefined;
	const { option } = manager.docs;
	const span = headOf(operation);
	const verb = operation.verb.at(-1);
	const fixes: readonly Fix[] = verb && !run.instruction.exec ? [{ title: `Add ${option}`, applicability: 'suggested', edits: [insertAfter(verb, option)] }] : [];
	const message = inOtherRoot
		? `${manager.title} does not read the base image’s own settings for ${operation.root}, so documentation and man pages are installed there`
		: `${operation.program} installs documentation and man pages too`;
	return { span, message, fixes };
}
