import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownPackage } from './version';

/** Gives the addresses of the pages about rules, which are files beside the program: there is nothing to fetch. Undefined for one that was not packed with it. */
export function rulePages(): (rule: string) => string | undefined {
	const folder = ownPackage()?.folder;
	const known = new Map<string, string | undefined>();
	return (rule) => {
		if (folder === undefined || known.has(rule)) return known.get(rule);
		const path = join(folder, 'docs/rules', `${rule}.md`);
		const address = existsSync(path) ? pathToFileURL(path).href : undefined;
		known.set(rule, address);
		return address;
	};
}
