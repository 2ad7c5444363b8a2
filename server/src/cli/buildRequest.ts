import { dirname, resolve } from 'node:path';
import type { Refusal } from '../disk/refusal';
import type { Config } from '../lint/config';
import { isPlanRefusal } from '../podman/plan';
import { readPlatform, readPlatforms } from '../podman/platforms';
import type { BuildOptions, BuildRequest } from '../podman/request';
import { secretIn } from '../podman/secrets';
import { type Options, optionValue } from './arguments';

/** What a command line asks to be built, with what the configuration says where it says nothing; a refusal where its options do not go together. */
export function buildRequestOf(file: string, options: Options, config: Config): BuildRequest | Refusal {
	const places = readConnections(options.get('connection') ?? []);
	if ('because' in places) return places;
	const { connections, assigned } = places;
	const platforms = [...(options.get('platform') ?? []).flatMap((one) => one.split(',')), ...Object.keys(assigned)];
	const manifest = optionValue(options, 'manifest');
	const tag = optionValue(options, 'tag');
	const farm = optionValue(options, 'farm');
	const isSpread = farm !== undefined || connections.length > 1;
	if (manifest !== undefined && tag !== undefined) return { because: '--manifest and --tag exclude each other; a list of several platforms is made with either' };
	if (farm !== undefined && connections.length > 0)
		return { because: '--farm and --connection exclude each other; --connection PLATFORM=NAME says which machine of the farm builds a platform' };
	if (options.has('squash') && options.has('squash-all')) return { because: '--squash and --squash-all exclude each other' };
	if (manifest !== undefined && !isSpread && countOf(platforms) < 2) {
		return { because: 'a manifest list is for several platforms; name them with --platform, or give a single image its name with --tag' };
	}
	const name = manifest ?? tag;
	if (name === undefined) return { because: 'what is built needs a name: --tag NAME' };
	const push = optionValue(options, 'push');
	return {
		file: resolve(file),
		context: resolve(optionValue(options, 'context') ?? dirname(file)),
		name,
		platforms,
		...(connections.length > 0 ? { connections } : {}),
		...(Object.keys(assigned).length > 0 ? { assigned } : {}),
		...(farm === undefined ? {} : { farm }),
		...(push === undefined ? {} : { push: push === '' ? true : push }),
		options: buildOptionsOf(options, config),
	};
}

/** How many platforms there are, however they are written; what is none counts too, and is refused by the plan. */
function countOf(platforms: readonly string[]): number {
	const read = readPlatforms(platforms);
	return isPlanRefusal(read) ? platforms.length : read.length;
}

/** `NAME`, or `PLATFORM=NAME`. */
function readConnections(texts: readonly string[]): { readonly connections: readonly string[]; readonly assigned: Readonly<Record<string, string>> } | Refusal {
	const connections: string[] = [];
	const assigned: Record<string, string> = {};
	for (const text of texts) {
		const [, written, name] = /^([\w-]+\/[\w/-]+)=(.+)$/s.exec(text) ?? [];
		if (written === undefined || name === undefined) {
			connections.push(text);
			continue;
		}
		const platform = readPlatform(written);
		if (isPlanRefusal(platform)) return platform;
		assigned[platform] = name;
	}
	return { connections, assigned };
}

function buildOptionsOf(options: Options, config: Config): BuildOptions {
	const text = (name: string) => optionValue(options, name);
	const path = (name: string) => {
		const given = text(name);
		return given === undefined ? undefined : resolve(given);
	};
	const number = (name: string) => {
		const given = text(name);
		return given === undefined ? undefined : /^\d+$/.test(given) ? Number(given) : Number.NaN;
	};
	const yes = (name: string) => (options.has(name) ? text(name) !== 'false' : undefined);
	const squash = options.has('squash-all') ? 'all' : options.has('squash') ? 'new' : config.squash === false ? undefined : config.squash;
	return defined({
		squash,
		layers: yes('layers') ?? config.layers,
		noCache: yes('no-cache'),
		pull: text('pull') as BuildOptions['pull'],
		network: text('network'),
		authfile: path('authfile'),
		tlsVerify: yes('tls-verify'),
		buildArgs: options.get('build-arg'),
		secrets: options.get('secret')?.map((one) => secretIn(one, process.cwd())),
		target: text('target') ?? config.target,
		ignorefile: path('ignorefile'),
		timestamp: number('timestamp'),
		format: (text('format') as BuildOptions['format']) ?? config.format,
		sbom: text('sbom'),
		jobs: number('jobs'),
	});
}

type Maybe<T> = { [Name in keyof T]?: T[Name] | undefined };

function defined(options: Maybe<BuildOptions>): BuildOptions {
	return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as BuildOptions;
}
