import { holds } from '../basics/paths';
import { remember } from '../basics/remember';
import type { Operation } from '../commands/operation';
import { readsDocumentation } from '../stages/documentation';
import type { Model, StageModel } from '../stages/model';
import type { Install } from './installs';
import { decisionOn, readsHostConfiguration } from './switches';

/** What an install into another root has to be told and is not. */
export interface Missing {
	/** Nothing was put into the root before. */
	readonly empty: boolean;
	readonly release: boolean;
	readonly hostConfiguration: boolean;
	readonly weakDependencies: boolean;
	/** Documentation comes in. */
	readonly docs: boolean;
	/** Nothing on the command says so; the base's setting may. */
	readonly docsUnsaid: boolean;
	readonly langpack: boolean;
	/** Options without which microdnf refuses another root. */
	readonly companions: readonly string[];
}

/** What is missing on an install into another root; what cannot be known counts as said. */
export function missingInRoot(model: Model, install: Install): Missing {
	const { operation, manager, stage } = install;
	const { options } = operation;
	const has = (test: RegExp) => options.some((option) => test.test(option.text));
	const ownRepositories = has(/^(?:--setopt=reposdir|--repofrompath|--config|-c|--repo|--repoid)\b/) || (has(/^--disable-?repo\b/) && has(/^--enable-?repo\b/));
	const empty = !isSeeded(model, install);
	const weak = decisionOn(model, install, 'weakDependencies');
	const docs = decisionOn(model, install, 'docs');
	const usesRelease = ['fedora', 'centos', 'rocky', 'alma'].includes(stage.image?.distribution ?? '');
	return {
		empty,
		release: empty && usesRelease && !ownRepositories && (manager.id === 'dnf4' || manager.id === 'yum3') && stage.release !== undefined && !has(/releasever/),
		hostConfiguration: empty && !ownRepositories && !readsHostConfiguration(operation, manager),
		weakDependencies: weak === 'open',
		// A base's own setting that dnf 5 does not read is a matter of its own.
		docs: docs === 'open' && !readsDocumentation(model) && manager.docs?.option !== undefined && (readsHostConfiguration(operation, manager) || stage.image?.sets.nodocs !== true),
		docsUnsaid: docs !== 'option' && docs !== 'file' && !readsDocumentation(model),
		langpack: empty && lacksLangpack(install, namesOf(operation)),
		companions: manager.id === 'microdnf' ? companions.filter(([, test]) => !has(test)).map(([name]) => name) : [],
	};
}

const companions: readonly (readonly [name: string, test: RegExp])[] = [
	['--config=', /^--config=/],
	['--noplugins', /^--noplugins$/],
	['--setopt=cachedir=', /^--setopt=cachedir=/],
	['--setopt=reposdir=', /^--setopt=reposdir=/],
	['--setopt=varsdir=', /^--setopt=varsdir=/],
];

/** Where glibc asks for some language pack and a minimal one exists, with the first release of it; Amazon's glibc asks for the minimal one itself. */
const langpackSince: Readonly<Record<string, number>> = { fedora: 26, centos: 8, rocky: 8, alma: 8, oracle: 8, rhel: 8, ubi: 8 };

/** Packages that bring no glibc. */
const withoutGlibc = /^(?:busybox|setup|filesystem|tzdata|basesystem|.*-(?:release|repos|gpg-keys|fonts|common))$/;

/** Whether an install brings glibc and names none of its language packs. `names`: its packages, where they can be read. */
export function lacksLangpack({ operation, manager, stage }: Install, names: readonly string[] | undefined): boolean {
	const since = langpackSince[stage.image?.distribution ?? ''];
	if (since === undefined || manager.id === 'yum3' || Number(stage.release ?? since) < since) return false;
	if (!names || operation.invocation.moreArguments || /group|module/.test(operation.verb[0]?.value ?? '')) return false;
	return names.some((name) => !withoutGlibc.test(name)) && !names.some((name) => /^glibc-(?:all-|minimal-)?langpack/.test(name));
}

function namesOf({ operands }: Operation): readonly string[] | undefined {
	return operands.every(({ value }) => value !== undefined) ? operands.map(({ value = '' }) => value) : undefined;
}

/** Programs that put no package into a root they name; what the package managers install is looked at by itself (`module enable` installs nothing). */
const harmless = new Set(['mkdir', 'rm', 'ls', 'test', '[', 'echo', 'chmod', 'chown', 'dnf', 'dnf5', 'yum', 'microdnf', 'zypper']);

/** Whether something before the install put files into its root: another install, a COPY, a command that names it. */
function isSeeded(model: Model, { stage, operation }: Install): boolean {
	const { root } = operation;
	return root === undefined || firstSeed(model, stage, root) < operation.invocation.command.span.start;
}

/** By root. */
const seedsOf = remember((_stage: StageModel) => new Map<string, number>());

/** Where the chain of a stage first puts files into a root; infinite where it never does. */
function firstSeed(model: Model, stage: StageModel, root: string): number {
	const seeds = seedsOf(stage);
	const known = seeds.get(root);
	if (known !== undefined) return known;
	const starts: number[] = [];
	for (const index of stage.chain) {
		const one = model.stages[index];
		for (const { operations, invocations } of one?.runs ?? []) {
			for (const other of operations) if (other.root === root && (other.action === 'install' || other.action === 'upgrade')) starts.push(other.invocation.command.span.start);
			for (const { program, args, command } of invocations) if (!harmless.has(program ?? '') && args.some((word) => word.text.includes(root))) starts.push(command.span.start);
		}
		for (const { keyword, words, span } of one?.stage.instructions ?? [])
			if ((keyword === 'COPY' || keyword === 'ADD') && words.slice(-1).some(({ value }) => holds(root, value ?? ''))) starts.push(span.start);
	}
	const first = starts.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
	seeds.set(root, first);
	return first;
}
