import type { PackageManager } from '../packageManager';
import { apk } from './apk';
import { apt } from './apt';
import { dnf4, dnf5, microdnf, yum3 } from './dnf';
import { npm, pnpm, yarn } from './node';
import { pip } from './pip';
import { tdnf } from './tdnf';
import { zypper } from './zypper';

/** Every package manager that Whittle knows. */
export const packageManagers: readonly PackageManager[] = [dnf4, dnf5, yum3, microdnf, tdnf, zypper, apt, apk, pip, npm, yarn, pnpm];

/** The records that a program's name can stand for; empty where it is no package manager. */
export function managersNamed(program: string): readonly PackageManager[] {
	return packageManagers.filter((manager) => manager.programs.some((name) => (typeof name === 'string' ? name === program : name.test(program))));
}
