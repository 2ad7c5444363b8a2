import type { Severity } from '../advice/advice';
import { type Builder, type Context, parseBuilder } from '../model/context';
import { configurableIds, unknownRule } from './configurable';

/** `.whittlerc.json`, and what the editor's settings say in the same words. */
export interface Config {
	readonly rules: Readonly<Record<string, Severity | 'off'>>;
	readonly builder: Builder;
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

/** The configuration of somebody who said nothing. */
export const defaultConfig: Config = { rules: {}, builder: { kind: 'any' } };

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

const severities = new Set<unknown>(['error', 'warning', 'info', 'hint', 'off']);

/** Reads the object `{ rules, builder, build: { target, squash, layers, format }, rewrite: { finalBase } }`, all optional. What is wrong is left out and named in `problems`, each a sentence for people. */
export function readConfig(value: unknown): { readonly config: Config; readonly problems: readonly string[] } {
	const problems: string[] = [];
	if (!isRecord(value)) return { config: defaultConfig, problems: ['the configuration has to be a JSON object'] };
	for (const key of Object.keys(value))
		if (!['rules', 'builder', 'build', 'rewrite', '$schema'].includes(key)) problems.push(`"${key}" is not a setting of Whittle (rules, builder, build, rewrite)`);
	const rules: Record<string, Severity | 'off'> = {};
	if (value['rules'] !== undefined && !isRecord(value['rules'])) problems.push('"rules" has to be an object of rule ids and severities');
	for (const [id, level] of Object.entries(isRecord(value['rules']) ? value['rules'] : {})) {
		if (!configurableIds.has(id)) problems.push(unknownRule(id));
		else if (!severities.has(level)) problems.push(`"${id}" has to be error, warning, info, hint or off`);
		else rules[id] = level as Severity | 'off';
	}
	const named = value['builder'];
	const builder = typeof named === 'string' ? parseBuilder(named) : undefined;
	if (named !== undefined && !builder) problems.push('"builder" has to be any, podman, podman@4.3 (or another version) or buildkit');
	const finalBase = readFinalBase(value['rewrite'], problems);
	return {
		config: { rules, builder: builder ?? { kind: 'any' }, ...readBuild(value['build'], problems), ...(finalBase === undefined ? {} : { finalBase }) },
		problems,
	};
}

function readBuild(build: unknown, problems: string[]): Pick<Config, 'target' | 'squash' | 'layers' | 'format'> {
	if (build !== undefined && !isRecord(build)) problems.push('"build" has to be an object');
	if (!isRecord(build)) return {};
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
	const named = isRecord(rewrite) ? rewrite['finalBase'] : undefined;
	if (named === undefined || named === '') return undefined;
	if (typeof named === 'string' && /^[a-z0-9][\w.:/@-]*$/i.test(named)) return named;
	problems.push('"rewrite.finalBase" has to be an image, such as registry.example/distroless/base:latest, or scratch');
	return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
