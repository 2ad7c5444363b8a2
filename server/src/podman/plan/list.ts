import { isPlanRefusal, type Plan, type PlanRefusal } from '../plan';
import type { Order } from './order';
import { buildStep, dropList, freshName, pushSteps, refuseSingleImage, takeName, verifyList } from './steps';

/**
 * A manifest list on one machine: one `podman build` for all platforms here, one after another for each on another machine,
 * where podman then says which platform each line is about. It is built under a name of its own and takes the wanted one when all of it is verified.
 */
export function planList(order: Order): Plan | PlanRefusal {
	const list = freshName(order);
	const naming = takeName(order, list);
	if (isPlanRefusal(naming)) return naming;
	const builds = order.engine.remote ? order.platforms.map((platform) => [platform]) : [order.platforms];
	const steps = [
		refuseSingleImage(order),
		...builds.map((platforms) => buildStep(order, platforms, ['--manifest', list])),
		...verifyList(order, list),
		...naming,
		...pushSteps(order, ['manifest', 'push', '--all']),
	];
	return {
		strategy: order.engine.remote ? 'loop' : 'local',
		name: order.name.full,
		platforms: order.platforms,
		rows: [[{ label: '', steps }]],
		cleanup: [{ ...dropList(order, list), title: 'Remove what was half made' }],
		remarks: order.remarks,
	};
}
