import type { Word } from '../../text/span';
import { holds, normalizePath } from '../basics/paths';
import type { Invocation } from './invocation';

/** A file or folder that a command removes. */
export interface Removal {
	readonly invocation: Invocation;
	readonly word: Word;
	/** Normalized; undefined where it is not known before the build. */
	readonly path: string | undefined;
}

/** What `rm`, `unlink`, `rmdir` and `find … -delete` remove. `cwd`: the folder in which the command runs, if that is known. */
export function removalsOf(invocation: Invocation, cwd: string | undefined): readonly Removal[] {
	const { program, args } = invocation;
	if (program === 'find') {
		const deletes = args.some((word) => word.value === '-delete') || args.some((word, index) => word.value === 'rm' && /^-(?:exec|execdir|ok)$/.test(args[index - 1]?.value ?? ''));
		const end = args.findIndex((word) => /^[-(!]/.test(word.value ?? ''));
		return deletes ? args.slice(0, end < 0 ? args.length : end).map((word) => removal(invocation, word, cwd)) : [];
	}
	if (program !== 'rm' && program !== 'unlink' && program !== 'rmdir') return [];
	return args.filter((word) => !word.text.startsWith('-')).map((word) => removal(invocation, word, cwd));
}

/** Whether a removal takes away what lies at `path` (normalized). A word that is not known counts where it looks like that place: nothing is said in doubt. */
export function removes({ path, word }: Removal, at: string): boolean {
	if (path === undefined && word.value !== undefined) {
		// Relative to a folder that is not known: it counts where its end is that place's.
		const tail = normalizePath(word.value, '/') ?? '/';
		return tail !== '/' && `${at}/`.includes(`${tail}/`);
	}
	if (path === undefined) return /\$|\{/.test(word.text) && at.split('/').some((segment) => segment.length > 2 && segment !== 'var' && word.text.includes(segment));
	// Of a character out of several in doubt the right one is meant: `/root/.[acpw]*`.
	const front = /^[^*?[]+(?=[?[])/.exec(path)?.[0];
	if (front !== undefined && front !== '/' && word.text.includes('[') && at.startsWith(front)) return true;
	return holds(path, at) || (/[*?[]/.test(word.text) && (path.startsWith(`${at}/`) || (path.endsWith('*') && at.startsWith(path.slice(0, -1)))));
}

function removal(invocation: Invocation, word: Word, cwd: string | undefined): Removal {
	return {
		invocation,
		word,
		path: normalizePath(word.value ?? (/^"?\$\{?HOME\}?"?\//.test(word.text) ? word.text.replaceAll('"', '') : ''), word.value === undefined ? undefined : cwd),
	};
}

/** The paths that the `rm -rf` of a command line removes, as far as they are fixed: what stands before a `*` counts. */
export function removedBy(commandLine: string): readonly string[] {
	return (/\brm -rf (.*)$/.exec(commandLine)?.[1] ?? '').split(' ').map((path) => path.replace(/\*.*$/, ''));
}
