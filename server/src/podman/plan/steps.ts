import { listed } from '../../text/listed';
import { isAtLeast } from '../engine';
import { memberName } from '../imageName';
import type { Argument, PlanRefusal, Step } from '../plan';
import type { Order } from './order';

/** The name of what is built until it is verified and takes its own. */
export function freshName({ fresh }: Order): string {
	return `localhost/whittle-build:${fresh}`;
}

/** A step that runs the engine's podman. */
export function podman({ engine }: Order, title: string, args: readonly Argument[]): Step {
	return { title, program: engine.program, args: [...engine.options, ...args] };
}

/** `podman build`, with the options that name what it makes. The paths are absolute, so that none of them is an option. */
export function buildStep(order: Order, platforms: readonly string[], naming: readonly string[]): Step {
	const { request, buildOptions, engine } = order;
	const wanted = platforms.length === 0 ? [] : ['--platform', platforms.join(',')];
	const title = platforms.length === 0 ? 'Build' : `Build for ${listed(platforms)}`;
	const step = podman(order, title, ['build', ...wanted, ...naming, ...buildOptions, '--file', fileValue(request.file), request.context]);
	return { ...step, builds: platforms.length === 0 ? [engine.machine.platform] : platforms };
}

/** A path as `--file` takes it, which reads several from one value, as a line of a CSV file has them. Tried with podman 4.3.1. */
export function fileValue(path: string): string {
	return /[",\r\n]/.test(path) ? `"${path.replaceAll('"', '""')}"` : path;
}

/** Podman itself says only after the build that a single image cannot become a list. */
export function refuseSingleImage(order: Order): Step {
	const { name, engine } = order;
	return {
		...podman(order, `Check the name ${name.full}`, ['image', 'exists', name.full]),
		must: {
			kind: 'status',
			status: 1,
			otherwise: `${name.full} is a single image, which podman does not make a manifest list; remove it with \`podman rmi ${name.full}\`, or choose another name`,
		},
		unless: [engine.program, ...engine.options, 'manifest', 'exists', name.full],
	};
}

/** What has to hold of a list before it takes its name: each platform once, and each image of the platform that the list says. */
export function verifyList(order: Order, list: string): readonly Step[] {
	return [
		{ ...podman(order, `Check the manifest list`, ['manifest', 'inspect', list]), must: { kind: 'list', platforms: order.platforms } },
		...order.platforms.map((platform) => checkImage(order, member(order, list, platform), platform)),
	];
}

/** Looks at an image: which platform it is of, empty for any, and how big it is. Its configuration says nothing about a variant. */
export function checkImage(order: Order, image: Argument, platform: string): Step {
	const args = ['image', 'inspect', '--format', '{{.Os}}/{{.Architecture}} {{.Size}} {{.Digest}}', image];
	return { ...podman(order, platform === '' ? 'Look at the image' : `Check the image for ${platform}`, args), must: { kind: 'platform', platform } };
}

/** Gives a list its name, and each of its images one, so that `podman image prune` spares them. A name that an older list has goes to the new one at once. */
export function takeName(order: Order, list: string): readonly Step[] | PlanRefusal {
	const members: Step[] = [];
	for (const platform of order.platforms) {
		const name = memberName(order.name, platform);
		if (typeof name !== 'string') return name;
		members.push(podman(order, `Name the image for ${platform}`, ['tag', member(order, list, platform), name]));
	}
	return [podman(order, `Name the manifest list ${order.name.full}`, ['tag', list, order.name.full]), ...members, dropList(order, list)];
}

/** Takes a name from a list, and the list itself away where that was its last. */
export function dropList(order: Order, list: string): Step {
	return podman(order, 'Take the working name away', ['manifest', 'rm', list]);
}

/** `podman manifest push` with all images, or `podman push`; none where nothing is pushed. */
export function pushSteps(order: Order, command: readonly string[]): readonly Step[] {
	const { destination, name, pushOptions } = order;
	if (destination === undefined) return [];
	return [{ ...podman(order, `Push to ${destination.full}`, [...command, ...pushOptions, name.full, `docker://${destination.full}`]), pushes: true }];
}

/** The first podman that finds an image by its digest only together with a name that the image has. Source: containers/common pull request 1505; tried with 4.3.1 and 5.4.2. */
const firstStrict = [4, 6] as const;

/** Which image of a list has a platform: it has no name. */
export function member({ engine }: Order, list: string, platform: string): Argument {
	const wanted = { memberOf: list, platform, options: engine.options };
	return isAtLeast(engine.machine.version, firstStrict) ? { before: '', ...wanted, byId: true } : { before: `${list}@`, ...wanted };
}
