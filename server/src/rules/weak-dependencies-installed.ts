import type { Fix, Saving } from '../advice/advice';
import { insertAfter, insertInList } from '../advice/statements';
import { debRecommends } from '../model/catalog/recommends/deb';
import { headOf } from '../model/commands/operation';
import { type Install, systemInstalls, triggeredInstalls } from '../model/packages/installs';
import { decisionOn } from '../model/packages/switches';
import { companionsOf, type WeakDependencies, weakDependenciesOf } from '../model/packages/weakDependencies';
import type { Model } from '../model/stages/model';
import type { Edit } from '../text/edit';
import { contains, type Word } from '../text/span';
import type { Rule } from './rule';

/** An install takes what its packages only recommend. */
export const weakDependenciesInstalled: Rule = {
	id: 'weak-dependencies-installed',
	title: 'Recommended packages are installed too',
	severity: 'info',
	concerns: 'image',
	fixable: 'suggested',
	hadolint: ['DL3015'],
	docs: {
		why: 'Beside what a package needs, its maintainers name what most people want with it on a desktop or server: recommended packages, in RPM weak dependencies. By default they are all installed, and theirs as well. In an image that runs one program they are seldom used. Once they are off, name the ones that you do need, such as `ca-certificates` beside `curl`. On Debian, Ubuntu and Enterprise Linux this is told of packages that are known to bring something of weight; on Fedora, where most bring something, of all but those that are known not to.',
		before: 'FROM debian:12\nRUN apt-get update && apt-get install -y git nginx && rm -rf /var/lib/apt/lists/*\n',
		after: 'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y git ca-certificates nginx && rm -rf /var/lib/apt/lists/*\n',
		links: ['https://docs.fedoraproject.org/en-US/minimization/', 'https://docs.docker.com/build/building/best-practices/#apt-get'],
	},
	*check(model, { oneLayer }) {
		const counted = new Set<string>();
		for (const install of [...systemInstalls(model, oneLayer), ...triggeredInstalls(model)]) {
			const { operation, manager } = install;
			// tdnf takes recommended packages and cannot be told not to, yum 3 knows none, another root's needs are told together.
			if (!manager.weakDependencies || operation.root !== undefined || decisionOn(model, install, 'weakDependencies') !== 'open') continue;
			const weak = weakDependenciesOf(model, install, counted);
			if (!weak) continue;
			for (const part of weak.parts) counted.add(part);
			const fix = repair(model, install);
			// What children install is not in this image.
			const saves = install.run.instruction.onbuild ? undefined : savingOf(install, weak.weight);
			yield {
				span: headOf(operation),
				message: describe(install, weak),
				...(saves ? { saves } : {}),
				...(fix ? { fixes: [fix] } : {}),
			};
		}
	},
};

function repair(model: Model, install: Install): Fix | undefined {
	const { run, operation, manager } = install;
	const option = manager.weakDependencies?.optionOf?.[operation.program] ?? manager.weakDependencies?.option;
	const verb = operation.verb.at(-1);
	if (!option || !verb || run.instruction.exec || !isListKnown(install)) return undefined;
	const companions = companionsOf(model, install);
	// A package more would be installed at every turn of a loop.
	if (companions.some(({ behind }) => isLooped(install, behind))) return undefined;
	const edits: readonly Edit[] = [insertAfter(verb, option), ...companions.map(({ behind, name }) => insertInList(model.file, operation.operands, behind, name))];
	const names = companions.map(({ name }) => name);
	return { title: `Add ${[option, ...names].join(names.length > 1 ? ', ' : ' and ')}`, applicability: 'suggested', edits };
}

/** What is little more than a list of recommendations: desktops, tasks. */
const collections = /\^$|^task-|-desktop$|^(?:gnome|kde-\w+|lxde|lxqt|mate|xfce4)(?:-\w+)?$/;

/** Whether it is known what the packages recommend: not where a variable or another program names them, nor where they are meant to bring more than themselves. */
function isListKnown({ operation, manager }: Install): boolean {
	if (operation.invocation.moreArguments) return false;
	return operation.operands.every(({ value }) => value !== undefined && !(manager.family === 'deb' && collections.test(value)));
}

/** Whether a loop's variable names a package. */
function isLooped({ run, operation }: Install, word: Word): boolean {
	const { script } = operation.invocation.within?.shell ?? run.instruction;
	return word.held === true && script?.loops.some(({ body }) => contains(body, word.span)) === true;
}

/** Names the packages that bring more where they are known: the others of the command are not to blame. */
function describe({ operation }: Install, { by, parts }: WeakDependencies): string {
	if (by.length === 0) return `${operation.program} also installs what these packages recommend but do not need`;
	const such = parts.length > 0 ? `, such as ${parts.slice(0, 2).join(' and ')}` : '';
	return `${operation.program} also installs what is only recommended along with ${by.slice(0, 2).join(' and ')}${such}`;
}

function savingOf({ operation }: Install, weight: WeakDependencies['weight']): Saving | undefined {
	const { basis, source } = debRecommends;
	return weight && { of: `recommended packages of the command at ${operation.invocation.command.span.start}`, ...weight, basis, source };
}
