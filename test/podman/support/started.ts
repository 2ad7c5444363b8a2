import { environment, optionsOf, type Store } from './podman';
import { attempt, type Outcome } from './programs';

/** What a container does when it is started as the image says. */
export interface Start {
	/** Arguments after the image's name. */
	readonly args?: readonly string[];
	/** Options of podman run. */
	readonly options?: readonly string[];
	/** A port where it answers HTTP: it is asked for `/` there, and ended after that. Without one it has to end by itself. */
	readonly port?: number;
}

/**
 * Runs a container and returns what it prints or, of a server, what it answers. It runs in namespaces of its own for mounts, network and processes: cgroups of
 * two versions at once, which crun refuses, are out of sight, every port is free, and nothing outlives it.
 */
export function start(store: Store, image: string, { args = [], options = [], port }: Start): Promise<Outcome> {
	const podman = ['podman', ...optionsOf(store)];
	const limits = ['nofile=1024:1024', 'nproc=1024:1024'].map((limit) => `--ulimit=${limit}`);
	const command = [...podman, 'run', '--rm', '--network=host', '--pull=never', ...limits, ...options, image, ...args];
	const isolated = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
	return attempt('unshare', [...isolated, 'sh', '-c', port === undefined ? once : asked(port), 'sh', ...command], environment);
}

const prepared = 'busybox ip link set lo up; if grep -q " /sys/fs/cgroup/unified " /proc/mounts; then umount /sys/fs/cgroup/unified; fi';

const once = `${prepared}; timeout 60 "$@"`;

function asked(port: number): string {
	return `${prepared}; timeout 60 "$@" >&2 & for try in $(busybox seq 150); do busybox wget -q -O - http://127.0.0.1:${port}/ 2>/dev/null && exit 0; busybox sleep 0.2; done; echo "nothing answers" >&2; exit 1`;
}
