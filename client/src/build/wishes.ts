import type { BuildOptions } from '../../../server/src/podman/request';

/** What a task or the settings say about a build; what is not said is absent. */
export interface Wishes {
	readonly context?: string;
	readonly name?: string;
	readonly platforms?: readonly string[];
	readonly connections?: readonly string[];
	/** The connection that builds a platform, by platform. */
	readonly assigned?: Readonly<Record<string, string>>;
	readonly farm?: string;
	readonly push?: boolean | string;
	readonly options: WishedOptions;
}

/** Options of podman; `squash` may be switched off, against the settings. */
export interface WishedOptions extends Omit<BuildOptions, 'squash'> {
	readonly squash?: BuildOptions['squash'] | false;
}

type Kind = 'text' | 'texts' | 'texts by name' | 'yes or no' | 'number' | 'yes or text' | readonly (string | false)[];

const ofBuild = { context: 'text', name: 'text', platforms: 'texts', connections: 'texts', assigned: 'texts by name', farm: 'text', push: 'yes or text' } satisfies Record<
	Exclude<keyof Wishes, 'options'>,
	Kind
>;

const ofPodman = {
	squash: [false, 'new', 'all'],
	layers: 'yes or no',
	noCache: 'yes or no',
	pull: ['always', 'missing', 'never', 'newer'],
	network: 'text',
	authfile: 'text',
	tlsVerify: 'yes or no',
	buildArgs: 'texts',
	secrets: 'texts',
	target: 'text',
	ignorefile: 'text',
	timestamp: 'number',
	format: ['oci', 'docker'],
	sbom: 'text',
	jobs: 'number',
} satisfies Record<keyof BuildOptions, Kind>;

/** The keys that a task and the settings (`whittle.build.…`) share. */
export const wishKeys: readonly string[] = [...Object.keys(ofBuild), ...Object.keys(ofPodman)];

/** Reads wishes key by key. What is null, an empty text, list or object is not said, except for empty lists and objects where `emptyCounts`. A sentence for each that is of the wrong kind. */
export function readWishes(said: (key: string) => unknown, emptyCounts: boolean): { readonly wishes: Wishes; readonly problems: readonly string[] } {
	const problems: string[] = [];
	const read = (kinds: Readonly<Record<string, Kind>>) =>
		Object.fromEntries(
			Object.entries(kinds).flatMap(([key, kind]) => {
				const value = said(key);
				if (value === undefined || value === null || value === '' || (isEmpty(value) && !emptyCounts)) return [];
				if (isOf(kind, value)) return [[key, value]];
				problems.push(`“${key}” has to be ${inWords(kind)}`);
				return [];
			}),
		);
	return { wishes: { ...read(ofBuild), options: read(ofPodman) }, problems };
}

function isEmpty(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isOf(kind: Kind, value: unknown): boolean {
	if (typeof kind === 'object') return (typeof value === 'string' || value === false) && kind.includes(value);
	if (kind === 'texts') return Array.isArray(value) && value.every((one) => typeof one === 'string');
	if (kind === 'texts by name') return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((one) => typeof one === 'string');
	if (kind === 'number') return Number.isInteger(value);
	return (typeof value === 'string' && kind !== 'yes or no') || (typeof value === 'boolean' && kind !== 'text');
}

function inWords(kind: Kind): string {
	if (typeof kind === 'object') return kind.join(' or ');
	return {
		text: 'a text',
		texts: 'a list of texts',
		'texts by name': 'an object of texts',
		'yes or no': 'true or false',
		number: 'a whole number',
		'yes or text': 'true, false or a text',
	}[kind];
}
