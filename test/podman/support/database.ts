import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './programs';

/** The names of all packages that the database in an image's files lists. */
export async function installedIn(files: string, manager: 'rpm' | 'dpkg', workspace: string): Promise<readonly string[]> {
	const copy = mkdtempSync(join(workspace, 'database-'));
	try {
		// rpm writes beside what it reads, and an image cannot be written to.
		const places = manager === 'rpm' ? ['usr/lib/sysimage/rpm', 'var/lib/rpm'] : ['var/lib/dpkg'];
		cpSync(places.map((place) => join(files, place)).find((place) => existsSync(place)) ?? '', copy, { recursive: true });
		const listed =
			manager === 'rpm'
				? await run('rpm', ['--dbpath', copy, '-qa', '--queryformat', '%{NAME}\n'])
				: await run('dpkg-query', [`--admindir=${copy}`, '--show', '--showformat=${Package}\n']);
		return listed.trimEnd().split('\n');
	} finally {
		rmSync(copy, { recursive: true });
	}
}
