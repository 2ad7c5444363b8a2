import { literal } from '../../text/literal';
import { managersNamed } from '../catalog/packageManagers';
import type { Invocation } from '../commands/invocation';
import type { Operation } from '../commands/operation';
import { type Model, operationOf, type Run, stageOf } from '../stages/model';

/**
 * Whether the program of an operation can be run once more at the end of its RUN, or of the script within it: it ran for sure or the base has it, and nothing behind it removes the program
 * or what the program needs to run.
 */
export function canRunAtEnd(model: Model, run: Run, operation: Operation): boolean {
	if (!ranForSure(run, operation) && (operation.invocation.prefix !== '' || !isInBase(model, run, operation.program))) return false;
	const { start } = operation.invocation.command.span;
	return !run.invocations.some((invocation) => invocation.command.span.start > start && takesAway(model, invocation, run, operation));
}

function ranForSure({ instruction }: Run, { invocation }: Operation): boolean {
	const { within } = invocation;
	const statements = (within ? within.shell.script : instruction.script)?.statements ?? [];
	const command = within?.command ?? invocation.command;
	const kind = statements[command.statement]?.kind;
	if (command.conditional || command.substituted || kind === 'compound' || kind === 'function') return false;
	for (const { joiner } of statements.slice(command.statement)) {
		if (joiner === '||') return false;
		if (joiner !== '&&') return true;
	}
	return true;
}

function isInBase(model: Model, run: Run, program: string): boolean {
	if (stageOf(model, run).image?.programs[program] !== undefined) return true;
	return (program === 'npm' || program === 'yarn') && run.variables.has('NODE_VERSION');
}

/** Not the caches and logs of a program, which have its name too. */
const elsewhere = /^(?:\/var\/|\/tmp\/|~|\/root\/|\$)/;

/** Packages of the system, by the beginning of a program's name, without which the program is gone or does not run. */
const interpreters: readonly { readonly programs: RegExp; readonly packages: RegExp }[] = [
	{ programs: /^(?:gem|bundler?)/, packages: /^ruby(?:[\d.]*|-full|gems.*)$/ },
	{ programs: /^go$/, packages: /^golang/ },
];

function takesAway({ file }: Model, invocation: Invocation, run: Run, { program, managers }: Operation): boolean {
	const { program: name, args } = invocation;
	const texts = args.map((word) => word.value ?? word.text);
	const isLanguage = managers.every(({ family }) => family === undefined);
	const isNamed = (text: string) =>
		text.split(/[^a-z0-9]+/).includes(program) ||
		(isLanguage && (/^\.|^node|\$/.test(text) || isVirtual(file.text, text))) ||
		interpreters.some(({ programs, packages }) => programs.test(program) && packages.test(text)) ||
		text === '$';
	if (name === 'rpm' || name === 'dpkg') return texts.some((text) => /^-[a-zA-Z]*[erP]|^--(?:erase|remove|purge)$/.test(text)) && texts.some(isNamed);
	if (name === 'rm' || name === 'unlink' || name === 'mv') return texts.some((text) => holdsProgram(text, program) || holdsRepositories(text, managers));
	if (name === 'zypper') return texts.some((text) => /^(?:removerepo|rr|modifyrepo|mr)$/.test(text));
	if (name === 'subscription-manager' || name === 'yum-config-manager')
		return managers.some(({ id }) => id === 'yum3') && texts.some((text) => /^(?:unregister|clean|remove|--disable.*)$/.test(text));
	const operation = operationOf(run, invocation);
	const removal = operation?.action === 'remove' ? operation : undefined;
	// What apt-mark called automatic goes without being named.
	if (isLanguage && removal?.operands.length === 0 && run.invocations.some((one) => one.program === 'apt-mark' && one.args[0]?.value === 'auto')) return true;
	return removal?.operands.some((word) => word.value === undefined || isNamed(word.value)) ?? false;
}

/** Whether a name is one that `apk add --virtual` gave to packages that are not known by it. */
function isVirtual(text: string, name: string): boolean {
	return /^[\w.-]+$/.test(name) && new RegExp(`(?:\\s-t|--virtual)[= ]\\s*["']?${literal(name)}(?![\\w.-])`).test(text);
}

function holdsProgram(path: string, program: string): boolean {
	if (
		/^\/(?:usr(?:\/local)?|(?:usr\/(?:local\/)?)?s?bin(?:\/\*.*)?|(?:usr\/(?:local\/)?)?lib(?:\/node_modules)?(?:\/\*)?|etc\/dnf|var\/lib\/rpm|usr\/lib\/sysimage\/rpm)\/?$/.test(
			path,
		)
	)
		return true;
	return !elsewhere.test(path) && path.startsWith('/') && path.split(/[/*]/).includes(program);
}

/** yum 3 and zypper fail where there is no repository left to clean. */
function holdsRepositories(path: string, managers: Operation['managers']): boolean {
	return managers.some(({ id }) => id === 'yum3' || id === 'zypper') && /^\/etc\/(?:yum\.repos\.d|zypp\/repos\.d)(?:\/?(?:\*.*)?)?$/.test(path);
}

/** Whether a command line starts a package manager. */
export function startsProgram(command: string): boolean {
	return command.includes('$(') || managersNamed((command.split(' ', 1)[0] ?? '').replace(/^.*\//, '')).length > 0;
}
