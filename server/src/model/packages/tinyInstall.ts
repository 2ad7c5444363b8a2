import { tinyPackages } from '../catalog/tinyPackages';
import type { Operation } from '../commands/operation';

/** Options that name more than the operands do: files of requirements, a folder, another registry. */
const more = /^(?:-r|--requirement|-e|--editable|-c|--constraint|-i|--index-url|--extra-index-url|-f|--find-links|--registry|-g|--file|--system)$/;

/** At most how many bytes a manager downloads for some of its commands that install; undefined where any package is not known to be tiny. */
export function tinyDownload(manager: string, operations: readonly Operation[]): number | undefined {
	const weights = tinyPackages[manager]?.weights;
	if (!weights) return undefined;
	const names = new Set<string>();
	for (const { operands, options, invocation, action } of operations) {
		// `-g` of npm says where to, not what.
		if (action !== 'install' || operands.length === 0 || invocation.moreArguments || options.some(({ name }) => more.test(name) && !(manager === 'npm' && name === '-g')))
			return undefined;
		for (const { value } of operands) {
			const name = /^([a-z][\w.-]*?)(?:@v?[\w.^~*-]+|(?:[=<>~!]=?|==)[\d.,=<>~!*]+)?$/i.exec(value ?? '')?.[1]?.toLowerCase();
			if (name === undefined || weights[name] === undefined) return undefined;
			names.add(name);
		}
	}
	return [...names].reduce((sum, name) => sum + (weights[name] ?? 0), 0);
}
