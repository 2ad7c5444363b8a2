import picomatch from 'picomatch';
import { type Config, type ConfigFile, layered, type Override, type Said } from './config';

/** Names that begin with a dot count as others; only what a schema can check is special: no negation, no patterns within patterns. */
const options = { dot: true, nonegate: true, noextglob: true };

/** What a configuration says to a file; `path` leads from the configuration's folder to it, with forward slashes. Whoever gives no path is told what holds for all. */
export function configFor({ overrides = [], ...always }: ConfigFile, path: string | undefined): Config {
	const fitting = path === undefined ? [] : overrides.filter((override) => isFor(override, path));
	return layered(always, ...fitting.map(({ files: _files, ...said }): Said => said));
}

/** Compiling a glob takes longer than trying it, and a configuration is asked for each of its files. */
const compiled = new WeakMap<Override, (path: string) => boolean>();

function isFor(override: Override, path: string): boolean {
	const known = compiled.get(override) ?? picomatch(override.files.map(placed), options);
	compiled.set(override, known);
	return known(path);
}

/** A glob without a slash is for a name, wherever it is; one that ends in a slash is for all that is in that folder. */
function placed(glob: string): string {
	if (glob.endsWith('/')) return `${glob}**`;
	return glob.includes('/') ? glob : `**/${glob}`;
}
