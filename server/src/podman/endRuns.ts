import { readdirSync, readFileSync } from 'node:fs';

/** What podman calls the processes that it starts for a RUN. Source: buildah, `chroot/run_common.go` and `run_linux.go`; seen with podman 4.3.1 and 5.4.2. */
const ofPodman = /^buildah-(?:chroot|oci)-/;

interface Process {
	readonly id: number;
	readonly parent: number;
	/** As it was started. */
	readonly name: string;
}

/**
 * Ends the commands that RUN instructions below a podman have started, and not podman: that sees them fail, and removes its working containers.
 * With crun they are in process groups of their own, which a signal to podman's does not reach. Does nothing where there is no /proc.
 */
export function endRuns(podman: number): void {
	const all = processes();
	const end = (id: number, inRun: boolean): void => {
		for (const child of all.filter(({ parent }) => parent === id)) {
			const isOfPodman = ofPodman.test(child.name);
			end(child.id, inRun || isOfPodman);
			if (inRun && !isOfPodman) kill(child.id);
		}
	};
	end(podman, false);
}

function processes(): readonly Process[] {
	try {
		return readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? readProcess(Number(entry)) : []));
	} catch {
		return [];
	}
}

function readProcess(id: number): readonly Process[] {
	try {
		const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
		const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
		return [{ id, parent, name: readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')[0] ?? '' }];
	} catch {
		return []; // it has ended since the folder was read
	}
}

function kill(id: number): void {
	try {
		process.kill(id, 'SIGKILL');
	} catch {
		// It has ended by itself, or belongs to a user of the container.
	}
}
