import { type Builder, type Context, parseBuilder } from '../model/context/context';
import { isRecord } from '../text/record';
import { configurableIds, unknownRule } from './configurable';
import { builderPattern, filesPattern, imagePattern, keysOf } from './configWords';
import { type Level, levels, type PresetName, presetNames } from './presets';

/** What one place says: a configuration, one of its overrides, the settings of an editor. What it does not say is absent. */
export interface Said {
	readonly rules: Readonly<Record<string, Level>>;
	/** `extends`. */
	readonly preset?: PresetName;
	readonly builder?: Builder;
	/** The stage that is built. */
	readonly target?: string;
	/** `new`: podman's `--squash`, all that the instructions of a stage add is one layer. `all`: `--squash-all`, the base image's layers go into it too. Absent where nobody said. */
	readonly squash?: false | 'new' | 'all';
	/** `false`: `--layers=false`, no layer for each instruction. Absent where nobody said. */
	readonly layers?: boolean;
	/** The format of the image. Absent where nobody said. */
	readonly format?: 'oci' | 'docker';
	/** The image that rewrites ship on; `scratch` says in so many words what holds where it is absent. */
	readonly finalBase?: string;
}

/** What holds for some files only. */
export interface Override extends Said {
	/** Globs, relative to the folder of the configuration. */
	readonly files: readonly string[];
}

/** `.whittlerc.json`, or the key `whittle` of a `package.json`. */
export interface ConfigFile extends Said {
	/** Later ones go over earlier ones. */
	readonly overrides?: readonly Override[];
}

/** What holds for one file. */
export interface Config extends Said {
	readonly builder: Builder;
}

/** The configuration of somebody who said nothing. */
export const defaultConfig: Config = { rules: {}, builder: { kind: 'any' } };

/** What several places say together: later ones go over earlier ones, rules one by one. */
export function layered(...said: readonly Said[]): Config {
	return Object.assign({}, defaultConfig, ...said, { rules: Object.assign({}, ...said.map(({ rules }) => rules)) });
}

/** What a configuration says about how a file is built; what is on disk comes on top. */
export function plainContext({ builder, target, squash, layers, format, finalBase }: Config): Context {
	const oneLayer = squash === 'all' ? 'image' : squash === 'new' || layers === false ? 'stage' : undefined;
	return {
		builder,
		...(target === undefined ? {} : { target }),
		...(oneLayer === undefined ? {} : { oneLayer }),
		...(format === undefined ? {} : { format }),
		...(finalBase === undefined || finalBase === 'scratch' ? {} : { finalBase }),
	};
}

/**
 * Reads the object `{ extends, rules, builder, build: { target, squash, layers, format }, rewrite: { finalBase }, overrides }`, all optional.
 * What is wrong is left out and named in `problems`, each a sentence for people.
 */
export function readConfig(value: unknown): { readonly config: ConfigFile; readonly problems: readonly string[] } {
	const problems: string[] = [];
	if (!isRecord(value)) return { config: { rules: {} }, problems: ['the configuration has to be a JSON object'] };
	noOthers(value, 'file', problems);
	if (value['$schema'] !== undefined && typeof value['$schema'] !== 'string') problems.push('"$schema" has to be the place of a schema');
	const overrides = readOverrides(value['overrides'], problems);
	return { config: { ...readSaid(value, problems), ...(overrides.length === 0 ? {} : { overrides }) }, problems };
}

function readOverrides(value: unknown, problems: string[]): readonly Override[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) {
		problems.push('"overrides" has to be a list');
		return [];
	}
	return value.flatMap((each: unknown, index) => {
		const found: string[] = [];
		const override = readOverride(each, found);
		problems.push(...found.map((problem) => `override ${index + 1}: ${problem}`));
		return override ? [override] : [];
	});
}

/** One whose files are not known is left out as a whole. */
function readOverride(value: unknown, problems: string[]): Override | undefined {
	if (!isRecord(value)) {
		problems.push('it has to be an object');
		return undefined;
	}
	noOthers(value, 'override', problems);
	const said = readSaid(value, problems);
	const files: unknown = value['files'];
	if (Array.isArray(files) && files.length > 0 && files.every((glob): glob is string => typeof glob === 'string' && filesPattern.test(glob))) return { files, ...said };
	problems.push('"files" has to be a list of globs below the folder of the configuration, such as legacy/**');
	return undefined;
}

function readSaid(value: Readonly<Record<string, unknown>>, problems: string[]): Said {
	const preset = presetNames.find((name) => name === value['extends']);
	if (value['extends'] !== undefined && !preset) problems.push(`"extends" has to be ${presetNames.slice(0, -1).join(', ')} or ${presetNames.at(-1)}`);
	const rules = readRules(value['rules'], problems);
	const named = value['builder'];
	const builder = typeof named === 'string' && builderPattern.test(named) ? parseBuilder(named) : undefined;
	if (named !== undefined && !builder) problems.push('"builder" has to be any, podman, podman@4.3 (or another version) or buildkit');
	const build = readBuild(value['build'], problems);
	const finalBase = readFinalBase(value['rewrite'], problems);
	return { rules, ...(preset ? { preset } : {}), ...(builder ? { builder } : {}), ...build, ...(finalBase === undefined ? {} : { finalBase }) };
}

function readRules(value: unknown, problems: string[]): Said['rules'] {
	const rules: Record<string, Level> = {};
	if (value !== undefined && !isRecord(value)) problems.push('"rules" has to be an object of rule ids and severities');
	for (const [id, given] of Object.entries(isRecord(value) ? value : {})) {
		const level = levels.find((one) => one === given);
		if (!configurableIds.has(id)) problems.push(unknownRule(id));
		else if (!level) problems.push(`"${id}" has to be error, warning, info, hint or off`);
		else rules[id] = level;
	}
	return rules;
}

function readBuild(build: unknown, problems: string[]): Pick<Said, 'target' | 'squash' | 'layers' | 'format'> {
	if (build !== undefined && !isRecord(build)) problems.push('"build" has to be an object');
	if (!isRecord(build)) return {};
	noOthers(build, 'build', problems);
	const { target, squash, layers, format } = build;
	if (target !== undefined && typeof target !== 'string') problems.push('"build.target" has to be the name of a stage');
	const isSquash = squash === false || squash === 'new' || squash === 'all';
	if (squash !== undefined && !isSquash) problems.push('"build.squash" has to be false, "new" (what the Containerfile adds) or "all" (the base image too)');
	if (layers !== undefined && typeof layers !== 'boolean') problems.push('"build.layers" has to be true or false');
	const isFormat = format === 'oci' || format === 'docker';
	if (format !== undefined && !isFormat) problems.push('"build.format" has to be oci or docker');
	return {
		...(typeof target === 'string' && target !== '' ? { target } : {}),
		...(isSquash ? { squash } : {}),
		...(typeof layers === 'boolean' ? { layers } : {}),
		...(isFormat ? { format } : {}),
	};
}

/** It is written into files as it stands, so that nothing but the name of an image may be in it. */
function readFinalBase(rewrite: unknown, problems: string[]): string | undefined {
	if (rewrite !== undefined && !isRecord(rewrite)) problems.push('"rewrite" has to be an object');
	if (!isRecord(rewrite)) return undefined;
	noOthers(rewrite, 'rewrite', problems);
	const named = rewrite['finalBase'];
	if (named === undefined || named === '') return undefined;
	if (typeof named === 'string' && imagePattern.test(named)) return named;
	problems.push('"rewrite.finalBase" has to be an image, such as registry.example/distroless/base:latest, or scratch');
	return undefined;
}

/** Names the keys that mean nothing there. */
function noOthers(value: Readonly<Record<string, unknown>>, place: keyof typeof keysOf, problems: string[]): void {
	const known: readonly string[] = keysOf[place];
	const inside = place === 'build' || place === 'rewrite' ? `${place}.` : '';
	for (const key of Object.keys(value)) {
		if (!known.includes(key)) problems.push(`"${inside}${key}" is not a setting of Whittle (${known.filter((one) => one !== '$schema').join(', ')})`);
	}
}
