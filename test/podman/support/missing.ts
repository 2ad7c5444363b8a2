import { spawnSync } from 'node:child_process';

const programs: Readonly<Record<string, string>> = {
	podman: '--version',
	mmdebstrap: '--version',
	rpmbuild: '--version',
	createrepo_c: '--version',
	npm: '--version',
	dnf: '--version',
	busybox: '--help',
};

/** Why nothing can be built for real here, in a few words; undefined where everything is there. */
export function whyNoRealBuilds(): string | undefined {
	if (process.platform !== 'linux') return 'only Linux builds images without a virtual machine';
	if (process.getuid?.() !== 0) return 'only root can make base images from packages';
	const missing = Object.entries(programs).filter(([name, question]) => spawnSync(name, [question]).status !== 0);
	return missing.length === 0 ? undefined : `not installed: ${missing.map(([name]) => name).join(', ')}`;
}
