import { dirname, resolve } from 'node:path';
import { configIn, loadConfig, pathBelow } from '../disk/config';
import { isRefusal, type Refusal } from '../disk/refusal';
import { type Config, type ConfigFile, layered, type Said } from '../lint/config';
import { configurableIds, unknownRule } from '../lint/configurable';
import { configFor } from '../lint/overrides';
import { type Level, levels } from '../lint/presets';
import { parseBuilder } from '../model/context/context';
import { listed, type Options, optionValue } from './arguments';
import { shownPath } from './paths';

/** Gives each file its configuration. */
export interface Settings {
	/** The configuration of a file, by its path from the current folder, the command line's options on top; a refusal is the same object for all files of one broken configuration. */
	configOfFile(file: string): Config | Refusal;
	/** What is wrong in the configurations that were read, and was left out. */
	readonly problems: readonly string[];
}

/** Reads the options that are settings; a refusal where one of them makes no sense, or where the file that --config names cannot be read. */
export function readSettings(options: Options): Settings | Refusal {
	const above = readAbove(options);
	if (isRefusal(above)) return above;
	const known = new Map<string, ConfigFile | Refusal>();
	const problems: string[] = [];
	const read = (path: string): ConfigFile | Refusal => {
		const before = known.get(path);
		if (before) return before;
		const loaded = loadConfig(path, shownPath(path));
		if (!isRefusal(loaded)) problems.push(...loaded.problems);
		const config = isRefusal(loaded) ? loaded : loaded.config;
		known.set(path, config);
		return config;
	};
	const said = (path: string, file: string): Config | Refusal => {
		const config = read(path);
		return isRefusal(config) ? config : layered(configFor(config, pathBelow(path, resolve(file))), above);
	};
	const named = optionValue(options, 'config');
	if (named !== undefined) {
		const path = resolve(named);
		const config = read(path);
		return isRefusal(config) ? config : { configOfFile: (file) => said(path, file), problems };
	}
	const lone = layered(above);
	const nearest = nearestConfig();
	const configOfFile = (file: string): Config | Refusal => {
		const path = nearest(dirname(resolve(file)));
		return path === undefined ? lone : said(path, file);
	};
	return { configOfFile, problems };
}

/** Finds the nearest configuration of folders, each folder looked at once. */
function nearestConfig(): (folder: string) => string | undefined {
	const byFolder = new Map<string, string | undefined>();
	const nearest = (folder: string): string | undefined => {
		if (byFolder.has(folder)) return byFolder.get(folder);
		const path = configIn(folder) ?? (dirname(folder) === folder ? undefined : nearest(dirname(folder)));
		byFolder.set(folder, path);
		return path;
	};
	return nearest;
}

function readAbove(options: Options): Said | Refusal {
	const levelsById: Record<string, Level> = {};
	for (const given of options.get('rule') ?? []) {
		const [id = '', level, ...more] = given.split('=');
		if (level === undefined || more.length > 0) return { because: `--rule has to be written ID=LEVEL, for example package-cache-kept=off, not "${given}"` };
		if (!configurableIds.has(id)) return { because: `${unknownRule(id)}. \`whittle rules\` lists them` };
		const known = levels.find((one) => one === level);
		if (!known) return { because: `the level of ${id} has to be ${listed(levels)}, not "${level}"` };
		levelsById[id] = known;
	}
	const name = optionValue(options, 'builder');
	const builder = name === undefined ? undefined : parseBuilder(name);
	if (name !== undefined && !builder) return { because: `--builder has to be any, podman, podman@4.3 (or another version) or buildkit, not "${name}"` };
	const target = optionValue(options, 'target');
	return { rules: levelsById, ...(builder ? { builder } : {}), ...(target === undefined ? {} : { target }) };
}

/** What to say after a refused configuration: why its files were passed over. */
export function passedOver(refusal: Refusal): string {
	return `${refusal.because}. The files that it is for were not looked at`;
}
