import { holds, normalizePath } from '../basics/paths';
import type { Run } from '../stages/model';

/** Whether a mount of a RUN lies over a path: what is written there is in no layer. A mount whose place is not known may. */
export function isMounted(run: Run, path: string): boolean {
	const normalized = normalizePath(path, '/') ?? path;
	if (/^\/(?:dev|proc|sys)(?:\/|$)/.test(normalized)) return true;
	return run.mounts.some(({ type, target }) => type !== 'secret' && type !== 'ssh' && (target === undefined || holds(target, normalized)));
}
