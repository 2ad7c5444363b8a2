import { resolve } from 'node:path';
import type { Severity } from '../advice/advice';
import { configName, findConfig, loadConfig } from '../disk/config';
import { isRefusal, type Refusal } from '../disk/refusal';
import { type Config, defaultConfig } from '../lint/config';
import { configurableIds, unknownRule } from '../lint/configurable';
import { type Builder, parseBuilder } from '../model/context';
import { listed, type Options, optionValue } from './arguments';
import { shownPath } from './paths';

/** Gives each file its configuration. */
export interface Settings {
	/** The configuration of files of a folder, the command line's options on top; a refusal is the same object for all files of one broken configuration. */
	configOf(folder: string): Config | Refusal;
	/** What is wrong in the configurations that were read, and was left out. */
	readonly problems: readonly string[];
}

interface Overrides {
	readonly rules: Config['rules'];
	readonly builder?: Builder;
	readonly target?: string;
}

const levels = ['error', 'warning', 'info', 'hint', 'off'] as const;

/** Reads the options that are settings; a refusal where one of them makes no sense, or where the file that --config names cannot be read. */
export function readSettings(options: Options): Settings | Refusal {
	const overrides = readOverrides(options);
	if (isRefusal(overrides)) return overrides;
	const known = new Map<string, Config | Refusal>();
	const problems: string[] = [];
	const read = (path: string): Config | Refusal => {
		const before = known.get(path);
		if (before) return before;
		const loaded = loadConfig(path, shownPath(path));
		if (!isRefusal(loaded)) problems.push(...loaded.problems);
		const config = isRefusal(loaded) ? loaded : withOverrides(loaded.config, overrides);
		known.set(path, config);
		return config;
	};
	const named = optionValue(options, 'config');
	if (named !== undefined) {
		const config = read(resolve(named));
		return isRefusal(config) ? config : { configOf: () => config, problems };
	}
	const lone = withOverrides(defaultConfig, overrides);
	const byFolder = new Map<string, Config | Refusal>();
	const configOf = (folder: string): Config | Refusal => {
		const path = byFolder.has(folder) ? undefined : findConfig(folder);
		const config = byFolder.get(folder) ?? (path === undefined ? lone : read(path));
		byFolder.set(folder, config);
		return config;
	};
	return { configOf, problems };
}

function readOverrides(options: Options): Overrides | Refusal {
	const levelsById: Record<string, Severity | 'off'> = {};
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

function withOverrides(config: Config, { rules: levelsById, builder, target }: Overrides): Config {
	return { ...config, rules: { ...config.rules, ...levelsById }, ...(builder ? { builder } : {}), ...(target === undefined ? {} : { target }) };
}

/** What to say after a refused configuration: why its files were passed over. */
export function passedOver(refusal: Refusal): string {
	return `${refusal.because}. Files that ${configName} is for were not looked at`;
}
