import type { Word } from '../../text/span';
import { remember } from '../basics/remember';
import { buildpackPackages } from '../catalog/buildpackDeps';
import { isNamed, recommendedBy } from '../catalog/recommends/companions';
import { neededBy, type Part, recommendedWith } from '../catalog/recommends/deb';
import { recommendedInEnterprise, recommendsNothing } from '../catalog/recommends/rpm';
import { isDistribution } from '../stages/distribution';
import type { Model, StageModel } from '../stages/model';
import { firstBrought, type Install, isInstalledBy, isReached, isTakenBack, packageName } from './installs';

/** What an install takes only because it is recommended. */
export interface WeakDependencies {
	/** Packages of the command of which it is known that they recommend something of weight; none where nobody knows which do. */
	readonly by: readonly string[];
	/** What of it comes in every release and weighs something, heaviest first; none where that is not sure. */
	readonly parts: readonly string[];
	/** What all of it weighs in bytes; undefined where that is not known. */
	readonly weight?: { readonly atLeast: number; readonly atMost: number };
}

/** A recommended package that a repair adds behind the package that recommends it. */
export interface Companion {
	readonly behind: Word;
	readonly name: string;
}

/** Less is not worth a word, in bytes; on what is built upon a distribution, where some of it may be there, more has to be sure. */
const worthTelling = 1_000_000;
const worthTellingUpon = 5_000_000;

/** What everything has that is built upon a distribution: it was fetched over https. */
const builtUpon = withNeeds(['ca-certificates', 'curl']);

/** What images have that are built upon buildpack-deps, beside what building needs: its tools for version control, and what it fetches with. */
const buildpack = withNeeds([
	...buildpackPackages,
	'bzr',
	'git',
	'mercurial',
	'openssh-client',
	'procps',
	'subversion',
	'file',
	'gnupg',
	'imagemagick',
	'unzip',
	'wget',
	'xz-utils',
]);

/** Distributions in which few packages recommend anything. */
const enterprise = new Set(['alma', 'amazonlinux', 'centos', 'oracle', 'rhel', 'rocky', 'ubi']);

/**
 * What an install takes only because it is recommended, without what is there already, is named beside it or is nearly always meant. Undefined where nothing is
 * known to come: packages of Debian, Ubuntu and Enterprise Linux are looked up, elsewhere most recommend something. What is told of installs before it, `counted`,
 * weighs nothing more.
 */
export function weakDependenciesOf(model: Model, install: Install, counted: ReadonlySet<string>): WeakDependencies | undefined {
	const { operation, manager, stage } = install;
	const names = [...new Set(operation.operands.flatMap(({ value }) => (value === undefined ? [] : [packageName(value)])))];
	if (manager.family === 'deb') return isTooOld(stage) ? undefined : ofDebian(model, install, names, counted);
	if (enterprise.has(stage.image?.distribution ?? '') && !listsGroups(install)) {
		const by = names.filter((name) => recommendedInEnterprise(name).some((part) => !isInstalledBy(model, install, part)));
		const parts = by.flatMap(recommendedInEnterprise).filter((part) => !isInstalledBy(model, install, part));
		return by.length > 0 ? { by, parts } : undefined;
	}
	const isKnown = operation.operands.every(({ value }) => value !== undefined) && !operation.invocation.moreArguments;
	return isKnown && names.every(recommendsNothing) ? undefined : { by: [], parts: [] };
}

/** Whether the release is older than those whose packages were looked up. */
function isTooOld({ image, release = '' }: StageModel): boolean {
	return (image?.distribution === 'ubuntu' ? oldUbuntu : oldDebian).test(release);
}

const oldDebian = /^(?:squeeze|wheezy|jessie|stretch|buster|(?:[6-9]|10)(?:\.|$))/;
const oldUbuntu = /^(?:lucid|precise|quantal|raring|saucy|trusty|utopic|vivid|wily|1[0-5]\.)/;

function ofDebian(model: Model, install: Install, names: readonly string[], counted: ReadonlySet<string>): WeakDependencies | undefined {
	const { image } = install.stage;
	const isPlain = image !== undefined && isDistribution(image);
	const meant = new Set(companionsOf(model, install).flatMap(({ name }) => [name, ...neededBy(name)]));
	const before = install.operation.invocation.command.span.start - 1;
	const isInBase = (name: string) => !isPlain && (builtUpon.has(name) || (image?.brings !== undefined && (image.brings.has(name) || buildpack.has(name))));
	// Ubuntu's images leave manuals out since 18.04 (docker-brew-ubuntu-core, issue 122).
	const hasNoManuals = image?.sets.nodocs === true || image?.distribution === 'ubuntu' || ['man-db', 'man'].some((name) => isReached(model, install, name, needed));
	const isThere = ({ name, by }: Part) =>
		meant.has(name) ||
		isInBase(name) ||
		isReached(model, install, name, needed) ||
		(hasNoManuals && /^manpages|-doc$/.test(name)) ||
		// What is installed already recommends nothing anew.
		by.every((one) => isInBase(one) || isReached(model, install, one, needed, before));
	const told = names.flatMap((name) => {
		// The nodejs of NodeSource recommends nothing, by its control file.
		const isOther = name === 'nodejs' && model.file.text.includes('nodesource');
		const found = isOther || isInBase(name) || isTakenBack(install.run, install.operation, name) ? undefined : recommendedWith(name);
		if (!found) return [];
		const atLeast = found.atLeast - sizeOf(found.parts.filter(isThere));
		return atLeast < (isPlain ? worthTelling : worthTellingUpon)
			? []
			: [{ name, atLeast, parts: found.parts.filter((part) => !isThere(part)), others: found.atMost - sizeOf(found.parts) }];
	});
	const isLater = isReached(model, install, '', anything, before);
	// Behind another install it may all be there, but for what is known to come.
	if (told.length === 0 || (isLater && told.every(({ parts }) => sizeOf(parts) < worthTelling))) return undefined;
	const heaviestLast = told.flatMap((one) => one.parts).sort((a, b) => a.size - b.size);
	const parts = [...new Map(heaviestLast.map((part) => [part.name, part])).values()].reverse();
	const weight = {
		atLeast: isLater ? 0 : Math.max(...told.map(({ atLeast }) => atLeast)),
		atMost: sizeOf(parts.filter(({ name }) => !counted.has(name))) + told.reduce((sum, { others }) => sum + others, 0),
	};
	return {
		by: told.sort((a, b) => b.atLeast - a.atLeast).map(({ name }) => name),
		parts: isListed(install) ? parts.filter(({ name, size }) => size >= worthTelling && !name.endsWith('-data')).map(({ name }) => name) : [],
		...(isPlain ? { weight } : {}),
	};
}

/** Whether all packages are named: a pattern or a variable may stand for one that needs what others recommend. */
function isListed({ operation }: Install): boolean {
	return operation.operands.every(({ value }) => value !== undefined && !/[*?[]/.test(value));
}

function withNeeds(names: readonly string[]): ReadonlySet<string> {
	return new Set(names.flatMap((name) => [name, ...neededBy(name)]));
}

function sizeOf(parts: readonly Part[]): number {
	return parts.reduce((sum, { size }) => sum + size, 0);
}

const needed = remember((stage: StageModel) => firstBrought(stage, (name) => [name, ...neededBy(name)]));
const anything = remember((stage: StageModel) => firstBrought(stage, () => ['']));

/** Recommended packages that are usually meant and that nothing before names, each with the package that recommends it; none where modules or groups are listed. */
export function companionsOf(model: Model, install: Install): readonly Companion[] {
	const { operation, manager } = install;
	const { family } = manager;
	if (!family || listsGroups(install)) return [];
	const added = new Set<string>();
	const isThere = (name: string) => isNamed(name, (other) => added.has(other) || isInstalledBy(model, install, other));
	const companions: Companion[] = [];
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

function listsGroups({ operation }: Install): boolean {
	return operation.verb.some(({ value }) => value === 'module' || value?.startsWith('group')) || operation.operands.some(({ value }) => value?.startsWith('@'));
}
