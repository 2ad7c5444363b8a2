import type { PackageManagerId } from '../baseImage';

interface Managers {
	readonly packageManagers: readonly PackageManagerId[];
	readonly programs: Readonly<Record<string, PackageManagerId>>;
}

/** dnf 4 under both its names: EL 8 and later, Fedora 22 to 40, Amazon Linux 2023. */
export const dnf4: Managers = { packageManagers: ['dnf4'], programs: { dnf: 'dnf4', 'dnf-3': 'dnf4', yum: 'dnf4' } };

/** dnf 5 under all its names. */
export const dnf5: Managers = { packageManagers: ['dnf5'], programs: { dnf: 'dnf5', dnf5: 'dnf5', yum: 'dnf5', microdnf: 'dnf5' } };

/** The yum of EL 7 and earlier. */
export const yum3: Managers = { packageManagers: ['yum3'], programs: { yum: 'yum3' } };

/** microdnf alone. */
export const microdnf: Managers = { packageManagers: ['microdnf'], programs: { microdnf: 'microdnf' } };

/** tdnf, also under yum's and dnf's names where the distribution links them: not claimed here. */
export const tdnf: Managers = { packageManagers: ['tdnf'], programs: { tdnf: 'tdnf' } };

/** apt and its two front ends. */
export const apt: Managers = { packageManagers: ['apt'], programs: { apt: 'apt', 'apt-get': 'apt' } };

/** apk alone. */
export const apk: Managers = { packageManagers: ['apk'], programs: { apk: 'apk' } };

/** zypper alone. */
export const zypper: Managers = { packageManagers: ['zypper'], programs: { zypper: 'zypper' } };

/** pacman alone. */
export const pacman: Managers = { packageManagers: ['pacman'], programs: { pacman: 'pacman' } };

/** No package manager in the image. */
export const none: Managers = { packageManagers: [], programs: {} };
