import { isBuildPackage } from '../../model/catalog/buildTools';
import { librariesOf } from '../../model/catalog/sharedLibraries';
import type { Operation } from '../../model/commands/operation';
import type { Containerfile } from '../../syntax/containerfile';
import type { Refusal } from '../rewrite';
import type { Act } from './ecosystem';

/** What the image that ships installs of what a RUN of the old one did. */
export interface Installs {
	/** Nothing of it is for building only: the RUN can stand as it is, if nothing else is in it. */
	readonly whole: boolean;
	/** A RUN for the rest; undefined where nothing is left. */
	readonly text: string | undefined;
	/** Names that are installed, releases and architectures off. */
	readonly names: readonly string[];
	/** Names that only building needs. */
	readonly dropped: readonly string[];
}

/** Whose packages: `debian` and `bookworm`. */
export interface Distribution {
	readonly name: string | undefined;
	readonly release: string | undefined;
}

const cleaned = 'rm -rf /var/lib/apt/lists/*';

/** Sorts the packages of a RUN of apt into those that only building needs and the others; what a -dev package builds against is installed instead of it. `has`: -dev packages whose libraries the image that ships has anyway. */
export function runtimeInstalls(file: Containerfile, acts: readonly Act[], distribution: Distribution, has: ReadonlySet<string>): Installs | Refusal {
	const operations = acts.flatMap(({ effect }) => (effect.kind === 'packages' ? [effect.operation] : []));
	// Package lists of another RUN may not be in the final stage.
	let whole = operations.some(({ action }) => action === 'refresh');
	const commands: string[] = [];
	const names: string[] = [];
	const dropped: string[] = [];
	const foreign = operations.find(
		({ managers, action, operands }) =>
			managers[0]?.family !== 'deb' &&
			action === 'install' &&
			!operands.every(({ value = '' }) => isBuildPackage(value, managers[0]?.family ?? 'deb') && !/-dev(?:el)?$/.test(value)),
	);
	if (foreign) return { because: `packages of ${foreign.program} are not sorted into those that build and those that run`, span: foreign.invocation.command.span };
	for (const operation of operations) {
		if (operation.action === 'clean' || operation.action === 'refresh') continue;
		if (operation.managers[0]?.family !== 'deb') {
			dropped.push(...operation.operands.flatMap(({ value }) => (operation.action === 'install' ? (value ?? []) : [])));
			continue;
		}
		if (operation.program === 'aptitude' || (operation.action !== 'install' && operation.action !== 'upgrade' && operation.action !== 'remove'))
			return { because: `it is not known what \`${operation.program}\` leaves here`, span: operation.invocation.command.span };
		if (operation.action === 'remove') {
			whole = false;
			continue;
		}
		if (operation.action === 'upgrade') {
			commands.push(commandOf(file, operation, []));
			continue;
		}
		const sorted = sortPackages(operation, operations, distribution, has);
		if ('because' in sorted) return sorted;
		// What the old image has already asks no question there.
		whole = whole && sorted.whole && isAgreed(operation.options);
		dropped.push(...sorted.dropped);
		names.push(...sorted.kept.map((text) => text.replace(/[=/:].*$/, '')));
		if (sorted.kept.length > 0) commands.push(commandOf(file, operation, sorted.kept));
	}
	if (commands.length === 0) return { whole: false, text: undefined, names, dropped };
	return { whole, text: `RUN ${['apt-get update', ...commands, cleaned].join(' && ')}`, names, dropped };
}

/** A RUN that installs packages of a list. */
export function installOf(packages: readonly string[]): string {
	return `RUN apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')} && ${cleaned}`;
}

function sortPackages(
	operation: Operation,
	all: readonly Operation[],
	distribution: Distribution,
	has: ReadonlySet<string>,
): { readonly whole: boolean; readonly kept: readonly string[]; readonly dropped: readonly string[] } | Refusal {
	const kept: string[] = [];
	const dropped: string[] = [];
	let whole = true;
	for (const word of operation.operands) {
		const { value, span } = word;
		if (value === undefined || /^[./]|\*/.test(value)) return { because: 'it is not known before the build which packages these are', span };
		if (isRemoved(operation, all, value)) {
			whole = false;
		} else if (/^(?:openjdk-|default-j)/.test(value)) {
			return { because: `${value} does not install on a slim image, which lacks the folders of its manual pages`, span };
		} else if (isBuildPackage(value, 'deb')) {
			whole = false;
			const name = value.replace(/[=/:].*$/, '');
			const libraries = has.has(name) ? [] : librariesOf(name, distribution.release, distribution.name);
			if (!libraries) return { because: `it is not known which library ${value} stands for at run time; install that one by its name, too`, span };
			dropped.push(value);
			kept.push(...libraries.filter((library) => !kept.includes(library)));
		} else if (!kept.includes(value)) kept.push(value);
	}
	return { whole, kept, dropped };
}

function isRemoved(operation: Operation, all: readonly Operation[], name: string): boolean {
	return all.some(
		(one) => one.action === 'remove' && one.invocation.command.span.start > operation.invocation.command.span.start && one.operands.some(({ value }) => value === name),
	);
}

/** The command as it was written, with its options, for other packages. */
function commandOf({ text }: Containerfile, { invocation, verb, options }: Operation, packages: readonly string[]): string {
	const assignments = invocation.command.assignments.map(({ span }) => text.slice(span.start, span.end));
	const words = options.flatMap((option) => option.words.map((word) => word.text));
	const agreed = isAgreed(options) ? [] : ['-y'];
	return [...assignments, invocation.name?.text ?? '', ...verb.map((word) => word.text), ...agreed, ...words, ...packages].join(' ');
}

/** Whether a command of apt goes on without an answer. */
function isAgreed(options: Operation['options']): boolean {
	return options.some(({ name }) => /^-[a-zA-Z]*y[a-zA-Z]*$|^--(?:yes|assume-yes)$|^-q*=?2$|^-[a-z]*qq/.test(name));
}
