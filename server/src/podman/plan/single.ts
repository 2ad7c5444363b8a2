import type { Plan } from '../plan';
import type { Order } from './order';
import { buildStep, checkImage, freshName, podman, pushSteps } from './steps';

/** One image and no manifest list. Where a platform was named, the image gets its name only after it was seen to be of that platform. */
export function planSingle(order: Order): Plan {
	const { name, platforms, remarks } = order;
	const [platform] = platforms;
	const fresh = freshName(order);
	const build =
		platform === undefined
			? [buildStep(order, [], ['--tag', name.full]), checkImage(order, name.full, '')]
			: [
					buildStep(order, platforms, ['--tag', fresh]),
					checkImage(order, fresh, platform),
					podman(order, `Name the image ${name.full}`, ['tag', fresh, name.full]),
					podman(order, 'Take the working name away', ['untag', fresh, fresh]),
				];
	return {
		strategy: 'single',
		name: name.full,
		platforms,
		rows: [[{ label: '', steps: [...build, ...pushSteps(order, ['push'])] }]],
		cleanup: platform === undefined ? [] : [podman(order, 'Remove what was half made', ['rmi', fresh])],
		remarks,
	};
}
