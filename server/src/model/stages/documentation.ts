import { remember } from '../basics/remember';
import type { Model } from './model';

const readers = new Set(['man', 'mandb', 'apropos', 'whatis', 'makewhatis', 'info', 'install-info', 'help2man', 'unminimize']);
const readerPackages = /^(?:man|man-db|man-pages|manpages|info|texinfo|help2man)$/;

/** Whether anything in the file looks into the documentation of packages (`/usr/share/doc`, man pages), removes it, or installs what reads it. */
export const readsDocumentation = remember(({ file, runs }: Model): boolean => {
	if (/\/usr\/share\/(?:doc|man|info|\{)/.test(file.text)) return true;
	return runs.some(
		(run) =>
			run.invocations.some(({ program }) => program !== undefined && readers.has(program)) ||
			run.operations.some(({ action, operands }) => action === 'install' && operands.some(({ value }) => value !== undefined && readerPackages.test(value))),
	);
});
