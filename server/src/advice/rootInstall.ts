import { incompleteRoots } from '../model/catalog/roots/rpm';
import type { Missing } from '../model/packages/installroot';
import type { Install } from '../model/packages/installs';
import type { Saving } from './advice';

/** What an install into another root has to be told, in the order in which it is written. */
export interface Completion {
	readonly options: readonly string[];
	readonly packages: readonly string[];
}

/** The options and packages that make up for what is missing; microdnf's companions are not among them. */
export function completionOf({ manager, stage }: Install, missing: Missing): Completion {
	const weak = manager.weakDependencies?.option;
	const docs = manager.docs?.option;
	return {
		options: [
			...(missing.hostConfiguration ? ['--use-host-config'] : []),
			...(missing.release && stage.release !== undefined ? [`--releasever ${stage.release}`] : []),
			...(missing.weakDependencies && weak ? [weak] : []),
			// The base may say it already; said here, it no longer hangs on the base.
			...(missing.docsUnsaid && docs && (missing.docs || missing.weakDependencies || missing.langpack) ? [docs] : []),
		],
		packages: missing.langpack ? ['glibc-minimal-langpack'] : [],
	};
}

/** What the root loses; undefined where nobody has measured it. */
export function completionSaving({ stage, operation }: Install, missing: Missing): Saving | undefined {
	const figure = incompleteRoots[stage.image?.distribution ?? ''];
	if (!figure || !missing.weakDependencies || !missing.docsUnsaid || !missing.langpack) return undefined;
	return { of: `what the root of the command at ${operation.invocation.command.span.start} need not have`, ...figure };
}
