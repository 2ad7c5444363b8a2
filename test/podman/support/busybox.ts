import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './programs';

const links = ['sh', 'cat', 'mkdir', 'sleep', 'uname'];

/** The path of an archive of a root folder that has a shell and little else, for `podman import`. It is made from Debian's package, once for each user. */
export async function busyboxArchive(architecture: 'amd64' | 'arm64'): Promise<string> {
	const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'whittle');
	const archive = join(cache, `busybox-bookworm-${architecture}.tar`);
	if (existsSync(archive)) return archive;
	mkdirSync(cache, { recursive: true });
	const workspace = mkdtempSync(`${archive}.unfinished-`);
	try {
		const packages = join(workspace, 'packages.tar');
		await run('mmdebstrap', ['--quiet', `--architectures=${architecture}`, '--variant=extract', '--include=busybox-static', 'bookworm', packages]);
		const root = join(workspace, 'root');
		mkdirSync(join(root, 'tmp'), { recursive: true });
		await run('tar', ['-C', root, '-xf', packages, './bin/busybox']);
		for (const name of links) symlinkSync('busybox', join(root, 'bin', name));
		await run('tar', ['--numeric-owner', '-C', root, '-cf', join(workspace, 'root.tar'), '.']);
		renameSync(join(workspace, 'root.tar'), archive);
	} finally {
		rmSync(workspace, { recursive: true, force: true });
	}
	return archive;
}
