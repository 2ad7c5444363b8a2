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

/** What builds for several platforms need, with a registry to push to. */
const programsForPlatforms: Readonly<Record<string, string>> = { podman: '--version', skopeo: '--version', mmdebstrap: '--version', 'docker-registry': '--version' };

/** Why nothing can be built for real here, in a few words; undefined where everything is there. */
export function whyNoRealBuilds(): string | undefined {
	return whyNot(programs);
}

/** Why nothing can be built for several platforms here, in a few words; undefined where it can. Whether the kernel knows an emulator is another question. */
export function whyNoPlatformBuilds(): string | undefined {
	return whyNot(programsForPlatforms);
}

function whyNot(needed: Readonly<Record<string, string>>): string | undefined {
	if (process.platform !== 'linux') return 'only Linux builds images without a virtual machine';
	if (process.getuid?.() !== 0) return 'only root can make base images from packages';
	const missing = Object.entries(needed).filter(([name, question]) => spawnSync(name, [question]).status !== 0);
	return missing.length === 0 ? undefined : `not installed: ${missing.map(([name]) => name).join(', ')}`;
}
