import { absolutePath, holds } from '../basics/paths';
import { assignmentsOf } from '../basics/references';
import { remember } from '../basics/remember';
import { managersNamed } from '../catalog/packageManagers';
import { isSystemProgram, ownPrograms } from '../purpose/ownPrograms';
import type { Model, StageModel } from '../stages/model';
import { type Clone, keptFolder } from './clones';
import { type PlacedCommand, placedCommands } from './placedCommands';
import { knownValue } from './writtenFiles';

/**
 * What is done with a clone after it was fetched: nothing that could ask for its history (`none`), only commands of the program itself in the same RUN
 * (`history`), or something that is not known (`unknown`): build systems ask git for their version.
 */
export type CloneUse = 'none' | 'history' | 'unknown';

/** What the stages that ship do with it; in doubt it is `unknown`. */
export function useOf(model: Model, clone: Clone): CloneUse {
	const { stage, run, folder } = clone;
	// Another stage that copies it may build there.
	if (!stage.ships || stage.copiedOut.length > 0 || folder === undefined || folder === '/') return 'unknown';
	const { start } = clone.invocation.command.span;
	if (isInEnvironment(model, stage, folder)) return 'unknown';
	let use: CloneUse = 'none';
	for (const one of model.stages) {
		if (!one.chain.includes(stage.index)) continue;
		for (const other of one.runs) {
			if (one.index === stage.index && other.position < run.position) continue;
			if (!other.instruction.script || other.instruction.script.broken || other.instruction.exec) return 'unknown';
			for (const placed of placedCommands(other)) {
				if (other === run && placed.invocation.command.span.start <= start) continue;
				const found = useBy(model, clone, folder, placed);
				if (found === 'unknown' || (found === 'history' && other !== run)) return 'unknown';
				if (found === 'history') use = 'history';
			}
		}
	}
	return use;
}

/** Whether a variable of the image leads to it: programs of it may be called by their names, now or when the image runs. */
function isInEnvironment({ stages }: Model, { index: from }: StageModel, folder: string): boolean {
	return stages.some((stage) => environmentText(stage).includes(folder) && stage.chain.includes(from));
}

/** The ENVs of a stage as they are written, and all that its RUNs see in variables. */
const environmentText = remember(({ runs, stage }: StageModel): string => {
	const texts: (string | undefined)[] = stage.instructions.flatMap(({ keyword, words }) => (keyword === 'ENV' ? words.map(({ text }) => text) : []));
	let from = 0;
	for (const { variables, position } of runs) {
		const names = from === 0 ? variables.keys() : stage.instructions.slice(from, position).flatMap((one) => assignmentsOf(one).map(([name]) => name));
		for (const name of names) texts.push(variables.get(name));
		from = position + 1;
	}
	return texts.join('\n');
});

/** They look at files or change some, and never ask what is kept beside them. */
const plain = new Set(['cd', 'ls', 'chmod', 'chown', 'chgrp', 'cat', 'echo', 'printf', 'mkdir', 'touch', 'sed', 'grep', 'test', '[', 'true', ':', 'set', 'export', 'rm', 'pwd']);

/** Usual programs beside those of the system, none of which looks for sources that it is not told of. */
const elsewhere = new Set(
	'cd set : true wget pip pip3 gem useradd a2enmod a2dismod a2ensite a2dissite phpenmod docker-php-ext-install docker-php-ext-configure docker-php-ext-enable pecl update-alternatives yum-config-manager service chpasswd setfacl unzip bzip2 shopt'.split(
		' ',
	),
);

/** They run what somebody else wrote. */
const opaque = /^(?:(?:ba|da|a|z|k)?sh|source|\.|eval|make|gmake|cmake|ninja|ansible-playbook|bash|su|gosu|setpriv|runuser|parallel|docker-compose)$/;

function useBy(model: Model, clone: Clone, folder: string, placed: PlacedCommand): CloneUse {
	const { program, args, moreArguments } = placed.invocation;
	const { words, calls } = readingOf(placed);
	if (program === undefined) return placed.invocation.name === undefined && placed.invocation.command.assignments.length > 0 ? 'none' : 'unknown';
	const own = ownPrograms(model);
	if (calls === 'opaque' || moreArguments || own.names.has(program) || (own.bringsFolder && !isSystemProgram(program))) return 'unknown';
	if (calls === 'packages') return 'none';
	const name = folder.slice(folder.lastIndexOf('/') + 1);
	const touches = placed.knownCwd === undefined || holds(folder, placed.knownCwd) || words.some((word) => mayName(word, folder, name));
	if (program === clone.tool) return touches ? 'history' : 'none';
	// A program that is not known may lie in the folder, or know where it is.
	if (!touches) return calls === 'usual' || plain.has(program) ? 'none' : 'unknown';
	if (program === 'rm' && args.some(({ text }) => text.includes(keptFolder[clone.tool]))) return 'unknown';
	return plain.has(program) ? 'none' : 'unknown';
}

/** What a command says, however many clones ask. */
interface Reading {
	/** Its arguments and where it writes: the text, and the place it names as far as that is known; null for what is no place. */
	readonly words: readonly { readonly text: string; readonly path: string | undefined | null }[];
	/** A package manager of the system, a usual program, one that may do anything, or one that is not known. */
	readonly calls: 'packages' | 'usual' | 'opaque' | 'unknown';
}

const readingOf = remember(({ invocation, run, knownCwd }: PlacedCommand): Reading => {
	const { program = '', name, args, command } = invocation;
	const words = [...args, ...command.redirects.flatMap(({ target }) => target ?? [])].map((word) => {
		const value = knownValue(word, run);
		const path = value === undefined ? undefined : value.startsWith('-') || /^\w+:\/\//.test(value) ? null : absolutePath(value.replace(/[*?[{].*$/, ''), knownCwd);
		return { text: word.text, path };
	});
	const path = name?.value ?? '';
	const runsFile = path.includes('/') && !/^(?:\/usr)?(?:\/local)?\/s?bin\//.test(path);
	if (opaque.test(program) || runsFile || run.instruction.script?.functions.includes(program)) return { words, calls: 'opaque' };
	const managers = managersNamed(program);
	if (managers.some(({ family }) => family !== undefined)) return { words, calls: 'packages' };
	return { words, calls: managers.length > 0 || isSystemProgram(program) || elsewhere.has(program) ? 'usual' : 'unknown' };
});

/** Whether a word may mean the folder, something in it or a folder above it. */
function mayName({ text, path }: Reading['words'][number], folder: string, name: string): boolean {
	if (text.includes(name) || path === undefined) return true;
	return path !== null && (holds(path, folder) || holds(folder, path));
}

/** Whether the program that cloned is surely taken out of the image again, so that nothing in it can ask for the history. */
export function isToolGone(model: Model, { tool, stage, invocation }: Clone): boolean {
	const { start } = invocation.command.span;
	const related = model.stages.filter(({ chain, index }) => chain.includes(stage.index) || stage.chain.includes(index));
	const operations = related.flatMap(({ runs }) => runs.flatMap((run) => run.operations));
	const installs = operations.filter(({ action, operands }) => action === 'install' && operands.some(({ value }) => value === undefined || value === tool));
	const virtual = new Set(installs.map(({ options }) => options.find(({ name }) => name === '--virtual' || name === '-t')?.value));
	const names = new Set(virtual.size === 1 ? [tool, ...virtual] : [tool]);
	const removal = operations.find(
		({ action, managers, operands, invocation: { command } }) =>
			action === 'remove' && managers[0]?.family !== undefined && command.span.start > start && !command.conditional && operands.some(({ value }) => value && names.has(value)),
	);
	return removal !== undefined && installs.every((one) => one.invocation.command.span.start < removal.invocation.command.span.start);
}
