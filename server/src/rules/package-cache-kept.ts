import { cleanCaches } from '../advice/cleanCaches';
import { ownerAt, placeOf } from '../model/packages/cachePlaces';
import { cacheSaving, cachesFilledBy, type FilledCache, fillingOf, isCleanedInLayer, keptCaches } from '../model/packages/caches';
import { mayServe } from '../model/packages/serving';
import { tinyDownload } from '../model/packages/tinyInstall';
import { type Model, stageOf } from '../model/stages/model';
import type { Rule } from './rule';

/** A package manager's cache or index stays in the layer of the RUN that filled it. */
export const packageCacheKept: Rule = {
	id: 'package-cache-kept',
	title: 'A package manager’s cache stays in the layer',
	severity: 'warning',
	concerns: 'image',
	fixable: 'safe',
	hadolint: ['DL3009', 'DL3019', 'DL3032', 'DL3036', 'DL3040', 'DL3042', 'DL3060'],
	docs: {
		why: 'A package manager keeps what it downloads: package lists, repository metadata, packages. Nothing in the finished image reads them, but whatever is still there when a RUN ends is in that RUN’s layer for good: removing it in a later RUN only hides it. So it has to go in the same RUN, or must not be written at all.',
		before: 'FROM fedora:40\nRUN dnf -y install nginx\n',
		after: 'FROM fedora:40\nRUN dnf -y install nginx && dnf clean all\n',
		links: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
	},
	*check(model, { oneLayer }) {
		for (const run of [...model.runs, ...model.triggers]) {
			const { onbuild } = run.instruction;
			// One finding for what one command leaves: apt's lists and packages are cleaned together.
			for (const caches of byOwner(keptCaches(model, run).filter((kept) => !isCleanedInLayer(model, kept, oneLayer) && !mayServe(model, kept) && !isRefused(model, kept)))) {
				const [first] = caches;
				const { operation } = first;
				const tiny = tinyDownload(
					first.manager.id,
					fillingOf(caches).filter((one) => cachesFilledBy(model, run, one).length > 0),
				);
				if (tiny !== undefined && tiny <= nothing) continue;
				// An image that nobody knows may switch it off, and so may whoever builds on this one.
				if (onbuild && !stageOf(model, run).image && first.manager.keepsNothing.environment.length > 0) continue;
				const saves = onbuild ? undefined : cacheSaving(first);
				const what = caches.map(({ cache }) => cache.what).join(' and ');
				const fix = cleanCaches(model, caches);
				yield {
					span: { start: operation.invocation.name?.span.start ?? 0, end: (operation.verb.at(-1) ?? operation.invocation.name)?.span.end ?? 0 },
					...(tiny !== undefined && tiny <= little ? { severity: 'hint' as const } : caches.every(({ cache }) => cache.minor) ? { severity: 'info' as const } : {}),
					message: `${operation.program} leaves its ${what}${placesIn(model, caches)} in ${onbuild ? 'a layer of every image that is built on this one' : 'this layer'}`,
					...(saves ? { saves } : {}),
					...(fix ? { fixes: [fix] } : {}),
				};
			}
		}
	},
};

/** Downloads of no more bytes are not worth a word, or only a hint. */
const nothing = 2_000_000;
const little = 4_000_000;

/** Whether the command fails, for want of rights: a package manager of the system that another user than root calls by itself. */
function isRefused(model: Model, { manager, operation, run }: FilledCache): boolean {
	const { user = 'root' } = ownerAt(model, run);
	return manager.family !== undefined && operation.invocation.prefix === '' && user !== 'root';
}

/** ` (/var/cache/apt)`: where the caches are; nothing where that depends on which of several package managers it is. */
function placesIn(model: Model, caches: readonly FilledCache[]): string {
	const places = caches.map((one) => placeOf(model, one));
	return places.includes(undefined) ? '' : ` (${places.join(', ')})`;
}

function byOwner(kept: readonly FilledCache[]): readonly (readonly [FilledCache, ...FilledCache[]])[] {
	const groups = new Map<string, [FilledCache, ...FilledCache[]]>();
	for (const one of kept) {
		const key = `${one.manager.id} ${one.operation.root ?? ''}`;
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return [...groups.values()];
}
