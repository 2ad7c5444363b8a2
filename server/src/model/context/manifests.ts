import { remember } from '../basics/remember';
import type { BuildContext } from './context';

/** The text of the only file of a name that the build context has, as far as it was looked at; undefined where there is none or several. */
export function onlyManifest(buildContext: BuildContext | undefined, name: string): string | undefined {
	const found = [...(buildContext?.manifests ?? [])].filter(([path]) => path === name || path.endsWith(`/${name}`));
	return found.length === 1 ? found[0]?.[1] : undefined;
}

/** What a package.json says, as far as rules ask. */
export interface PackageJson {
	readonly scripts: Readonly<Record<string, string>>;
	/** Names of the packages that only developers need. */
	readonly devDependencies: readonly string[];
	/** Something of it lies elsewhere in the project: workspaces, packages named by a path, patches. */
	readonly needsMoreFiles: boolean;
}

/** The only package.json of the build context; undefined where there is none, several, or one that does not parse. */
export function packageJsonOf(buildContext: BuildContext | undefined): PackageJson | undefined {
	return buildContext && readPackageJson(buildContext);
}

const readPackageJson = remember((buildContext: BuildContext): PackageJson | undefined => {
	const text = onlyManifest(buildContext, 'package.json');
	if (text === undefined) return undefined;
	try {
		const read: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
		const { scripts, devDependencies } = read as { readonly scripts?: unknown; readonly devDependencies?: unknown };
		const entries = scripts !== null && typeof scripts === 'object' ? Object.entries(scripts) : [];
		return {
			scripts: Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
			devDependencies: devDependencies !== null && typeof devDependencies === 'object' ? Object.keys(devDependencies) : [],
			needsMoreFiles: /"workspaces"|"patchedDependencies"|"patch:|:\s*"(?:file|link|portal|workspace):|:\s*"\.{1,2}\//.test(text),
		};
	} catch {
		return undefined;
	}
});
