import { readFile } from 'node:fs/promises';
import { askBasePlatforms } from '../../../server/src/podman/askBasePlatforms';
import type { Engine } from '../../../server/src/podman/engine';
import type { BuiltImage } from '../../../server/src/podman/events';
import { memberName, readImageName } from '../../../server/src/podman/imageName';
import type { Plan, PlanRefusal, Step } from '../../../server/src/podman/plan';
import { prepareBuild } from '../../../server/src/podman/prepareBuild';
import type { BuildRequest } from '../../../server/src/podman/request';
import { podmanProgram } from './definition';
import type { AskPodman } from './engines';

/** What is wrong with the name of an image; undefined where nothing is. */
export function whyNoName(name: string): string | undefined {
	const read = readImageName(name);
	return 'because' in read ? read.because : undefined;
}

/** Whether a name says where to push. */
export function hasRegistry(name: string): boolean {
	const read = readImageName(name);
	return 'registry' in read && read.registry !== undefined;
}

/** The plan of a build, from what podman and the connections it needs say about themselves; or why there is none. */
export async function plannedBuild(request: BuildRequest, ask: AskPodman, signal?: AbortSignal): Promise<Plan | PlanRefusal> {
	const engine = await ask();
	return 'because' in engine ? engine : prepareBuild(request, engine, signal ? { signal } : {});
}

/** The platforms that the base images of a file are there for, where podman knows them without asking anybody. */
export async function knownPlatforms(file: string, engine: Engine): Promise<readonly string[] | undefined> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	return text === undefined ? undefined : askBasePlatforms(text, engine);
}

/** A single image, or a manifest list. */
export type Kind = 'image' | 'list';

/** Pushes an image, or all images of a manifest list. */
export function planPush(name: string, kind: Kind, destination: string, request: BuildRequest): Plan {
	const { authfile, tlsVerify } = request.options ?? {};
	const options = [...(authfile === undefined ? [] : ['--authfile', authfile]), ...(tlsVerify === undefined ? [] : [`--tls-verify=${tlsVerify}`])];
	const args = kind === 'list' ? ['manifest', 'push', '--all'] : ['push'];
	return planOf(name, [step(`Push ${destination}`, request, [...args, ...options, name, `docker://${destination}`])]);
}

/** Prints the layers of the images that were built. */
export function planHistory(name: string, kind: Kind, images: readonly BuiltImage[], request: BuildRequest): Plan {
	const read = readImageName(name);
	return planOf(
		name,
		images.map(({ platform }) => {
			const image = kind === 'image' || 'because' in read ? name : memberName(read, platform);
			return step(`Layers for ${platform}, the last first`, request, ['history', '--no-trunc', '--format', '{{.Size}}\t{{.CreatedBy}}', typeof image === 'string' ? image : name]);
		}),
	);
}

/** What is built on a single connection is there; everything else is here. */
function step(title: string, { connections = [], assigned = {} }: BuildRequest, args: readonly string[]): Step {
	const [connection, ...others] = connections;
	const isSpread = others.length > 0 || Object.keys(assigned).length > 0;
	const there = connection === undefined || isSpread ? [] : ['--connection', connection];
	return { title, program: podmanProgram(), args: [...there, ...args] };
}

function planOf(name: string, steps: readonly Step[]): Plan {
	return { strategy: 'single', name, platforms: [], rows: [[{ label: '', steps }]], cleanup: [], remarks: [] };
}
