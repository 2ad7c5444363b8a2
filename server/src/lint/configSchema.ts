import { configurable } from './configurable';
import { builderPattern, filesPattern, imagePattern, keysOf } from './configWords';
import { levels, presetNames, presets } from './presets';

/** A level of a rule, for people who choose one: as settings and schemas describe it. */
export function ruleLevels(): Readonly<Record<string, object>> {
	return Object.fromEntries(
		configurable.map(({ id, title, severity }) => [id, { type: 'string', enum: [...levels], description: `${title} (${severity} where nothing is set).` }]),
	);
}

/** The choice of a preset, likewise. */
export function presetChoice(): { readonly enum: readonly string[]; readonly enumDescriptions: readonly string[] } {
	return { enum: [...presetNames], enumDescriptions: presetNames.map((name) => presets[name].title) };
}

/** The JSON schema (draft 7) of `.whittlerc.json`: valid is what `readConfig` has nothing to say about. `enumDescriptions` and `markdownDescription` are what editors show. */
export function configSchema(): object {
	return {
		$schema: 'http://json-schema.org/draft-07/schema#',
		title: 'Configuration of Whittle',
		description: 'What Whittle says about the Containerfiles of this folder and of those below.',
		...record({ $schema: { type: 'string', description: 'The place of this schema, for editors.' }, ...said(), overrides: overrides() }, keysOf.file),
		definitions: { rules: record(ruleLevels()), build: build(), rewrite: rewrite() },
	};
}

/** The schema of a `package.json`, of which it knows the key `whittle` alone. */
export function manifestSchema(): object {
	return {
		$schema: 'http://json-schema.org/draft-07/schema#',
		title: 'Configuration of Whittle in a package.json',
		type: 'object',
		properties: { whittle: { $ref: 'whittlerc.schema.json' } },
	};
}

function said(): Readonly<Record<string, object>> {
	return {
		extends: { description: 'What to begin with. Levels in `rules` count more.', ...presetChoice() },
		rules: { description: 'How loudly each rule speaks. A rule that is not named keeps its level.', $ref: '#/definitions/rules' },
		builder: {
			description: 'Who builds: any, podman, podman@4.3 (or another version) or buildkit. What depends on the builder is said only where it is named.',
			type: 'string',
			pattern: builderPattern.source,
			patternErrorMessage: 'any, podman, podman@4.3 (or another version) or buildkit',
			examples: ['any', 'podman', 'podman@4.3', 'buildkit'],
		},
		build: { $ref: '#/definitions/build' },
		rewrite: { $ref: '#/definitions/rewrite' },
	};
}

function overrides(): object {
	const files = {
		description: 'Globs, relative to the folder of this file; one without a slash is for a name in any folder.',
		type: 'array',
		minItems: 1,
		items: { type: 'string', pattern: filesPattern.source, patternErrorMessage: 'A glob below the folder of this file, such as legacy/**' },
		examples: [['legacy/**']],
	};
	return {
		description: 'What holds for some files only. Later ones go over earlier ones.',
		type: 'array',
		items: { ...record({ files, ...said() }, keysOf.override), required: ['files'] },
	};
}

function build(): object {
	return {
		description: 'How the images are built.',
		...record(
			{
				target: { type: 'string', description: 'The stage that is built (--target); else the last one.' },
				squash: {
					description: 'Whether the image has no layer for each instruction.',
					enum: [false, 'new', 'all'],
					enumDescriptions: ['A layer for each instruction', 'What the Containerfile adds is one layer (--squash)', 'The base image goes into that layer too (--squash-all)'],
				},
				layers: { type: 'boolean', description: 'False: no layer for each instruction (--layers=false).' },
				format: { enum: ['oci', 'docker'], description: 'The format of the image (--format).' },
			},
			keysOf.build,
		),
	};
}

function rewrite(): object {
	const finalBase = {
		type: 'string',
		description: 'The image that rewrites ship on instead of scratch.',
		pattern: `^$|${imagePattern.source}`,
		examples: ['scratch', 'registry.example/distroless/base:latest'],
	};
	return { description: 'What rewrites make.', ...record({ finalBase }, keysOf.rewrite) };
}

/** An object of these keys and no others, in their order. */
function record(properties: Readonly<Record<string, object>>, keys: readonly string[] = Object.keys(properties)): object {
	return { type: 'object', properties: Object.fromEntries(keys.map((key) => [key, properties[key]])), additionalProperties: false };
}
