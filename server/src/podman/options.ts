import { isAbsolute } from 'node:path';
import { isAtLeast, type Version } from './engine';
import type { PlanRefusal } from './plan';
import type { BuildOptions } from './request';

/** Options as podman takes them. */
export interface OptionArguments {
	/** For `podman build`. */
	readonly build: readonly string[];
	/** For `podman push` and `podman manifest push`. */
	readonly push: readonly string[];
	/** What this podman passes over, a sentence each. */
	readonly remarks: readonly string[];
}

/** An option, or one of its values, that not every podman does something with. */
interface Limit {
	readonly applies: (options: BuildOptions) => boolean;
	/** The first podman that does it. */
	readonly since: readonly [number, number];
	/** Older ones end with an error, or build as if it were not there. */
	readonly before: 'refuses' | 'ignores';
	readonly option: string;
	/** What to do instead. */
	readonly instead: string;
}

/** Sources: release notes of podman and buildah; builds with podman 4.3.1 and 5.4.2. */
const limits: readonly Limit[] = [
	{ applies: ({ sbom }) => sbom !== undefined, since: [5, 0], before: 'refuses', option: '--sbom', instead: 'leave it out' },
	{ applies: ({ sbom }) => sbom !== undefined, since: [5, 7], before: 'ignores', option: '--sbom', instead: 'no bill of materials will be there' },
	{
		applies: ({ squash, layers }) => squash !== undefined && layers === true,
		since: [5, 0],
		before: 'refuses',
		option: '--layers together with --squash',
		instead: 'leave one of them out',
	},
];

/** The arguments for options; a refusal where this podman would refuse one, or where one cannot be meant. `version` is that of the oldest podman that takes part. */
export function optionArguments(options: BuildOptions, version: Version): OptionArguments | PlanRefusal {
	const wrong = problemOf(options);
	if (wrong !== undefined) return { because: wrong };
	const missed = limits.filter(({ applies, since }) => applies(options) && !isAtLeast(version, since));
	const refused = missed.find(({ before }) => before === 'refuses');
	if (refused) return { because: `Podman ${shown(version)} does not take ${refused.option}, podman ${refused.since.join('.')} does; ${refused.instead}` };
	const registry = [...value('--authfile', options.authfile), ...(options.tlsVerify === undefined ? [] : [`--tls-verify=${options.tlsVerify}`])];
	return {
		build: [
			...(options.squash === undefined ? [] : [options.squash === 'all' ? '--squash-all' : '--squash']),
			...(options.layers === undefined ? [] : [`--layers=${options.layers}`]),
			...(options.noCache === true ? ['--no-cache'] : []),
			...(options.pull === undefined ? [] : [`--pull=${options.pull}`]),
			...value('--network', options.network),
			...registry,
			...(options.buildArgs ?? []).flatMap((one) => ['--build-arg', one]),
			...(options.secrets ?? []).flatMap((one) => ['--secret', one]),
			...value('--target', options.target),
			...value('--ignorefile', options.ignorefile),
			...value('--timestamp', options.timestamp?.toString()),
			...value('--format', options.format),
			...value('--sbom', options.sbom),
			...value('--jobs', options.jobs?.toString()),
		],
		push: registry,
		remarks: missed.map(({ option, since, instead }) => `Podman ${shown(version)} takes ${option} and does nothing with it, podman ${since.join('.')} does: ${instead}`),
	};
}

/** `4.3.1`. */
export function shown(version: Version): string {
	return version.join('.');
}

function problemOf({ buildArgs = [], secrets = [], timestamp, jobs, authfile, ignorefile, target, network, sbom }: BuildOptions): string | undefined {
	const argument = buildArgs.find((one) => !/^[A-Za-z_]\w*=/.test(one));
	if (argument !== undefined) return `A build argument is written NAME=value, not ${JSON.stringify(argument)}`;
	const secret = secrets.find((one) => !/(?:^|,)id=[^,]/.test(one));
	if (secret !== undefined) return `A secret is written id=NAME,src=FILE, not ${JSON.stringify(secret)}`;
	if (timestamp !== undefined && !(Number.isSafeInteger(timestamp) && timestamp >= 0)) return 'The timestamp is a whole number of seconds since 1970';
	if (jobs !== undefined && !(Number.isSafeInteger(jobs) && jobs >= 0)) return 'The number of jobs is a whole number, 0 for as many as there are stages';
	if (authfile !== undefined && !isAbsolute(authfile)) return `The path of the file with credentials has to be absolute, not ${JSON.stringify(authfile)}`;
	if (ignorefile !== undefined && !isAbsolute(ignorefile)) return `The path of the ignore file has to be absolute, not ${JSON.stringify(ignorefile)}`;
	const empty = Object.entries({ target, network, sbom }).find(([, text]) => text === '');
	return empty ? `--${empty[0]} has no value` : undefined;
}

function value(option: string, text: string | undefined): readonly string[] {
	return text === undefined ? [] : [option, text];
}
