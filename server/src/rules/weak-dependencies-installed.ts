import type { Fix, Saving } from '../advice/advice';
import { insertAfter, insertInList } from '../advice/statements';
import { isNamed, recommendedBy } from '../model/catalog/recommended';
import { recommendsNothing } from '../model/catalog/recommendsNothing';
import { recommendsFigure } from '../model/catalog/recommendsSizes';
import { isDistribution } from '../model/distribution';
import { type Install, isInstalledBy, packageName, systemInstalls, triggeredInstalls } from '../model/installs';
import type { Model } from '../model/model';
import { headOf } from '../model/operation';
import { decisionOn } from '../model/switches';
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
		why: 'Beside what a package needs, its maintainers name what most people want with it on a desktop or server: recommended packages, in RPM weak dependencies. By default they are all installed, and theirs as well. In an image that runs one program they are seldom used. Once they are off, name the ones that you do need, such as `ca-certificates` beside `curl`.',
		before: 'FROM debian:12\nRUN apt-get update && apt-get install -y git nginx && rm -rf /var/lib/apt/lists/*\n',
		after: 'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y git ca-certificates nginx && rm -rf /var/lib/apt/lists/*\n',
		links: ['https://docs.fedoraproject.org/en-US/minimization/', 'https://docs.docker.com/build/building/best-practices/#apt-get'],
	},
	*check(model, { oneLayer }) {
		for (const install of [...systemInstalls(model, oneLayer), ...triggeredInstalls(model)]) {
			const { operation, manager } = install;
			// tdnf takes recommended packages and cannot be told not to, yum 3 knows none, another root's needs are told together.
			if (!manager.weakDependencies || operation.root !== undefined || decisionOn(model, install, 'weakDependencies') !== 'open') continue;
			if (bringsNothing(model, install)) continue;
			const fix = repair(model, install);
			// What children install is not in this image.
			const saves = install.run.instruction.onbuild ? undefined : savingOf(install);
			yield {
				span: headOf(operation),
				message: `${operation.program} also installs what these packages recommend but do not need`,
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

/** Whether every package is known to be one that brings nothing more; the nodejs of NodeSource recommends nothing, by its control file. */
function bringsNothing({ file }: Model, { operation, manager }: Install): boolean {
	const { operands, invocation } = operation;
	const isAlone = (name: string) => recommendsNothing(name, manager.family) || (name === 'nodejs' && file.text.includes('nodesource'));
	return operands.length > 0 && !invocation.moreArguments && operands.every(({ value }) => value !== undefined && isAlone(packageName(value)));
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

/** Recommended packages that are usually meant and that nothing before names, each with the package that recommends it; none where modules or groups are listed. */
function companionsOf(model: Model, install: Install): readonly { readonly behind: Word; readonly name: string }[] {
	const { operation, manager } = install;
	const { family } = manager;
	if (!family || operation.verb.some(({ value }) => value === 'module' || value?.startsWith('group'))) return [];
	const added = new Set<string>();
	const isThere = (name: string) => isNamed(name, (other) => added.has(other) || isInstalledBy(model, install, other));
	const companions: { behind: Word; name: string }[] = [];
	for (const behind of operation.operands) {
		// What is added may itself recommend something that is usually meant: cmake a compiler, that one the headers.
		const open = [packageName(behind.value ?? '')];
		for (let one = open.pop(); one !== undefined; one = open.pop()) {
			for (const name of recommendedBy([one], family).flatMap(({ usually }) => usually)) {
				if (isThere(name)) continue;
				added.add(name);
				open.push(name);
				companions.push({ behind, name });
			}
		}
	}
	return companions;
}

/** A number only on Debian itself, where it was measured: what is built on it has some of these already. */
function savingOf({ stage, operation }: Install): Saving | undefined {
	if (stage.image?.distribution !== 'debian' || !isDistribution(stage.image)) return undefined;
	const figure = recommendsFigure(operation.operands.map((word) => packageName(word.value ?? '')));
	return figure && { of: `recommended packages of the command at ${operation.invocation.command.span.start}`, ...figure };
}
