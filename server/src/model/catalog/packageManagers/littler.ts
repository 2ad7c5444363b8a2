import type { PackageManager } from '../packageManager';

/**
 * The installers of littler. Unlike R itself, which removes its temporary folder when it ends, littler works in /tmp and leaves what it fetched in
 * /tmp/downloaded_packages (tried with littler 0.3.17; rocker’s files remove it).
 */
export const littler: PackageManager = {
	id: 'littler',
	title: 'littler',
	programs: ['install2.r', 'install.r', 'installBioc.r', 'update.r'],
	verbs: {},
	otherwise: 'install',
	valueOptions: ['-l', '--libloc', '-r', '--repos', '-d', '--deps', '-n', '--ncpus', '-t', '--type', '-m', '--method'],
	caches: [{ what: 'downloaded packages', paths: ['/tmp/downloaded_packages'], filledBy: ['install'], cleanedBy: [] }],
	keepsNothing: { options: [], environment: ['TMPDIR', 'TMP', 'TEMP'] },
	repair: { append: () => 'rm -rf /tmp/downloaded_packages' },
	rootOptions: ['-l', '--libloc'],
};
