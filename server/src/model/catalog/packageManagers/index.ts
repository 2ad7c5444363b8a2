import type { PackageManager } from '../packageManager';
import { apk } from './apk';
import { apt } from './apt';
import { cargo } from './cargo';
import { composer } from './composer';
import { conda } from './conda';
import { dnf4, dnf5, microdnf, yum3 } from './dnf';
import { dotnet } from './dotnet';
import { go } from './go';
import { gradle, maven } from './java';
import { littler } from './littler';
import { npm, pnpm, yarn } from './node';
import { cpan, cpanm } from './perl';
import { pip } from './pip';
import { pipenv, poetry, uv } from './pythonProjects';
import { bundler, gem } from './ruby';
import { tdnf } from './tdnf';
import { zypper } from './zypper';

/** Every package manager that Whittle knows. */
export const packageManagers: readonly PackageManager[] = [
	...[dnf4, dnf5, yum3, microdnf, tdnf, zypper, apt, apk],
	...[pip, pipenv, poetry, uv, conda, npm, yarn, pnpm, gem, bundler, composer],
	...[go, cargo, maven, gradle, dotnet, littler, cpanm, cpan],
];

const byName = new Map<string, readonly PackageManager[]>();
for (const manager of packageManagers) for (const name of manager.programs) if (typeof name === 'string') byName.set(name, [...(byName.get(name) ?? []), manager]);
const byPattern = packageManagers.filter(({ programs }) => programs.some((name) => typeof name !== 'string'));

/** The records that a program's name can stand for; empty where it is no package manager. */
export function managersNamed(program: string): readonly PackageManager[] {
	return byName.get(program) ?? byPattern.filter(({ programs }) => programs.some((name) => typeof name !== 'string' && name.test(program)));
}
