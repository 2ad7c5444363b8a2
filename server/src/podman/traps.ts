import type { Containerfile, Instruction, Stage } from '../syntax/containerfile';
import { parseContainerfile } from '../syntax/parse';
import { isAtLeast, type Version } from './engine';
import { shown } from './options';
import type { PlanRefusal } from './plan';
import type { BuildOptions } from './request';

/** What a text means for a build with one version of podman. */
export interface Traps {
	/** Cached layers would get into images of other platforms. */
	readonly noCache: boolean;
	/** Sentences that a person has to read before. */
	readonly remarks: readonly string[];
}

/** Looks for what this podman builds wrongly. `platforms` is how many are built, 0 where nobody named one. */
export function findTraps(text: string, version: Version, platforms: number, options: BuildOptions): Traps | PlanRefusal {
	const file = parseContainerfile(text);
	// Source: release notes of buildah 1.33, which is in podman 4.8.
	if (!isAtLeast(version, [4, 8]) && file.instructions.some(({ heredocs }) => heredocs.length > 0)) {
		return { because: `Podman ${shown(version)} knows no here-documents (<<EOF), podman 4.8 does; write those of this file as files that are copied, or as one command` };
	}
	const stale = options.noCache === true || options.layers === false ? [] : staleArguments(file, options.buildArgs ?? []);
	const shared = platforms > 0 && !isAtLeast(version, [5, 6]) && file.stages.some((stage) => isSharedAcrossPlatforms(file, stage));
	return {
		noCache: shared || stale.length > 0,
		remarks: [
			...(stale.length > 0
				? [
						`The build uses no cache: podman finds ENV, LABEL and the like there by their text, and could take an old value of ${stale.join(', ')}; only a RUN behind ARG shows it the difference`,
					]
				: []),
			...(shared
				? [`The build uses no cache: before podman 5.6 the layers of a stage FROM scratch that begins with the same files for each platform get into the images of the others`]
				: []),
			...(platforms > 1 ? emptyLayers(file, version) : []),
			...(platforms > 0 ? leakingPlatform(file, version) : []),
			...(options.format === 'docker' ? [] : dropped(file)),
		],
	};
}

/** Instructions that expand variables and make a layer that is found by their text alone. */
const textOnly = ['ENV', 'LABEL', 'USER', 'WORKDIR', 'EXPOSE', 'VOLUME', 'STOPSIGNAL'];

/**
 * The build arguments whose values the cache does not look at: they are read by instructions that it finds by their text alone, and no RUN, whose layer has the values with it,
 * comes later in the stage. Source: podman issue 20441; tried with podman 4.3.1 and 5.4.2.
 */
function staleArguments({ text, stages }: Containerfile, buildArgs: readonly string[]): readonly string[] {
	const names = [...new Set(buildArgs.map((one) => one.replace(/=.*$/s, '')))];
	return names.filter((name) => {
		const declares = new RegExp(`(?:^|\\s)${name}(?:=|\\s|$)`);
		const reads = new RegExp(`(?<!\\\\)\\$(?:${name}(?!\\w)|\\{${name}(?!\\w))`);
		const argsOf = ({ args }: Instruction) => text.slice(args.start, args.end);
		return stages.some(({ instructions }) => {
			const at = instructions.findIndex((one) => one.keyword === 'ARG' && !one.onbuild && declares.test(argsOf(one)));
			const after = at < 0 ? [] : instructions.slice(at + 1).filter(({ onbuild }) => !onbuild);
			return !after.some(({ keyword }) => keyword === 'RUN') && after.some((one) => textOnly.includes(one.keyword) && reads.test(argsOf(one)));
		});
	});
}

/** Tried with podman 4.3.1, where podman cannot list images any more afterwards; 5.4.2 can. */
function emptyLayers(file: Containerfile, version: Version): readonly string[] {
	const harmful = file.stages.some((stage) => isScratch(stage) && stage.instructions[0] !== undefined && !copies(stage.instructions[0]));
	if (isAtLeast(version, [5, 0]) || !harmful) return [];
	return [
		`With podman ${shown(version)}, a stage FROM scratch has to begin with COPY: what begins otherwise leaves an image without layers, and \`podman images\` fails beside a manifest list`,
	];
}

/** Source: buildah's change "stage_executor: reset platform in systemcontext for stages", which is in podman 5.5; tried with podman 4.3.1 and 5.4.2. */
function leakingPlatform(file: Containerfile, version: Version): readonly string[] {
	const first = file.stages.findIndex(({ from }) => from.flags.some(({ name, value = '' }) => name === 'platform' && !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(value)));
	if (isAtLeast(version, [5, 5]) || first < 0 || !file.stages.slice(first + 1).some((stage) => !isScratch(stage) && stageOf(file, stage, stage.image?.text) === undefined))
		return [];
	return [`Before podman 5.5, FROM --platform also reaches the stages below it: they are built for that platform. A final stage FROM scratch is not touched by this`];
}

function dropped(file: Containerfile): readonly string[] {
	const found = file.instructions.flatMap(({ keyword, onbuild }) => (onbuild ? ['ONBUILD'] : keyword === 'HEALTHCHECK' || keyword === 'SHELL' ? [keyword] : []));
	if (found.length === 0) return [];
	return [`${[...new Set(found)].join(', ')} ${new Set(found).size === 1 ? 'is' : 'are'} dropped, since images in OCI format have nothing like it; \`--format docker\` keeps it`];
}

/** Whether the first layer of a stage that begins with nothing is the same for each platform. Tried with podman 4.3.1: instructions without files before it do not change that. */
function isSharedAcrossPlatforms(file: Containerfile, stage: Stage): boolean {
	if (!isScratch(stage)) return false;
	const first = stage.instructions.find(copies);
	if (!first) return stage.instructions.length > 0;
	const from = first.flags.find(({ name }) => name === 'from')?.value;
	if (from === undefined) return true;
	const source = stageOf(file, stage, from);
	return source !== undefined && isSharedAcrossPlatforms(file, source);
}

function stageOf(file: Containerfile, { index }: Stage, reference: string | undefined): Stage | undefined {
	const before = file.stages.slice(0, index);
	return before.findLast(({ name }) => name === reference?.toLowerCase()) ?? (/^\d+$/.test(reference ?? '') ? before[Number(reference)] : undefined);
}

function isScratch({ image }: Stage): boolean {
	return image?.text === 'scratch';
}

function copies({ keyword, onbuild }: Instruction): boolean {
	return !onbuild && (keyword === 'COPY' || keyword === 'ADD');
}
