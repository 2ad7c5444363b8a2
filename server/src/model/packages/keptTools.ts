import type { Word } from '../../text/span';
import type { Family } from '../catalog/baseImage';
import { isBuildPackage, isHeaders, isHelper, neededBy } from '../catalog/buildTools';
import { plainName } from '../catalog/packageName';
import type { Operation } from '../commands/operation';
import type { Context } from '../context/context';
import { type Model, type Run, runsInLayer } from '../stages/model';
import { isRemovedBy } from './removedPackages';
import { compilesSomething } from './toolsInUse';

/** What one command installs that only building needs. */
export interface Tools {
	/** The words that name them; may be none. */
	readonly kept: readonly Word[];
	/** Whether it installs others of this kind that its layer does not keep. */
	readonly removesOthers: boolean;
	readonly family: Family;
}

/** The packages that only building needs and that the image keeps, by the command that installs them; none where they are too slight to be told of. */
export function keptTools(model: Model, oneLayer: Context['oneLayer']): readonly Tools[] {
	const stages = model.stages.filter(({ ships }) => ships);
	const told = new Set<string>(stages[0]?.image?.brings);
	const found = stages.flatMap(({ runs }) => runs.flatMap((run) => run.operations.flatMap((operation) => toolsOf(operation, runsInLayer(model, run, oneLayer), told) ?? [])));
	return isSlight(model, found) ? [] : found;
}

/** `alike`: the RUNs that end in the same layer. `told`: names of packages that nothing is to be said of any more, and those told of are added. */
function toolsOf(operation: Operation, alike: readonly Run[], told: Set<string>): Tools | undefined {
	const family = operation.managers[0]?.family;
	if (operation.action !== 'install' || operation.root !== undefined || !family) return undefined;
	let removesOthers = false;
	// Who marks some packages to be removed again, and not these, means these to stay.
	const isMeant = family === 'apk' && alike.some((run) => run.operations.some((one) => isVirtual(one) && isRemovedBy(run, one, '')));
	if (isMeant && !isVirtual(operation)) return undefined;
	const kept = operation.operands.filter(({ value }) => {
		if (value === undefined || told.has(plainName(value, family)) || !isBuildPackage(value, family)) return false;
		const names = [value, ...neededBy(plainName(value, family), family)];
		if (names.some((name) => alike.some((one) => isRemovedBy(one, operation, name)))) {
			removesOthers = true;
			return false;
		}
		told.add(plainName(value, family));
		return true;
	});
	// Who removes some again, and not these headers, means them to stay: they bring a library, or its link without a version.
	return { kept: removesOthers ? kept.filter(({ value = '' }) => !isHeaders(plainName(value, family))) : kept, removesOthers, family };
}

/** Whether a command of apk gives what it installs a name by which it can be removed. */
function isVirtual({ action, options }: Operation): boolean {
	return action === 'install' && options.some(({ name }) => name === '--virtual' || name === '-t');
}

/**
 * Whether what is kept is no tool chain that was forgotten: small helpers that other programs call, too, or headers alone where nothing is compiled, which
 * come along with a library; or where the tools they were needed with are gone again, so that somebody looked at what may stay.
 */
function isSlight(model: Model, found: readonly Tools[]): boolean {
	const names = found.flatMap(({ kept, family }) => kept.flatMap(({ value }) => (value === undefined ? [] : plainName(value, family))));
	if (names.every((name) => isHelper(name))) return true;
	if (!names.every((name) => isHelper(name) || isHeaders(name))) return false;
	// What compiles with apk would have asked for the compiler by name; apt and dnf may have brought one that is recommended.
	return !compilesSomething(model) || found.some(({ removesOthers }) => removesOthers) || found.every(({ kept, family }) => kept.length === 0 || family === 'apk');
}
