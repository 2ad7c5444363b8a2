import { absolutePath, holds } from '../../model/basics/paths';
import { knownValue } from '../../model/files/writtenFiles';
import type { Act } from './ecosystem';

/** Folders that every image has, so that a file that is copied there keeps its name. */
const standing = new Set(['/', '/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/usr/local/lib', '/usr/lib', '/lib', '/opt', '/srv', '/go/bin']);

/** What is copied or moved out of the folder of a maker is made by it, too. */
export function takenOut(acts: readonly Act[]): readonly Act[] {
	const folders = acts.flatMap(({ effect }) => (effect.kind === 'make' ? [...effect.writes, ...(effect.programs === undefined ? [] : [effect.programs])] : []));
	const isInside = (path: string) => folders.some((folder) => holds(folder, path));
	return acts.map((act) => {
		const { effect } = act;
		const taken = effect.kind === 'edit' ? takenBy(act) : undefined;
		if (!taken) return act;
		const { sources, target, intoFolder } = taken;
		if (!sources.some(isInside) || isInside(target)) return act;
		if (intoFolder && !sources.some((source) => /[*?[]/.test(source))) {
			const writes = sources.map((source) => `${target === '/' ? '' : target}/${source.replace(/^.*\//, '')}`);
			return { ...act, effect: { kind: 'make', writes, isFile: true } };
		}
		return { ...act, effect: { kind: 'make', writes: [target], isFile: /\.\w+$/.test(target) || (!intoFolder && sources.length === 1) } };
	});
}

/** What a `cp`, `mv` or `install` takes, and where to. */
export function takenBy({
	invocation: { program, args },
	run,
	folder,
}: Act): { readonly sources: readonly string[]; readonly target: string; readonly intoFolder: boolean } | undefined {
	if (program !== 'cp' && program !== 'mv' && program !== 'install') return undefined;
	const values = args.map((word) => knownValue(word, run));
	if (program === 'install' && values.some((value) => /^-\w*d\w*$|^--directory$/.test(value ?? ''))) return undefined;
	const valued = program === 'install' ? /^-[mog]$/ : /^-[tS]$/;
	const operands = values.filter((value, index): value is string => value !== undefined && !value.startsWith('-') && !valued.test(values[index - 1] ?? ''));
	const written = operands.at(-1) ?? '';
	const target = absolutePath(written, folder);
	if (target === undefined || operands.length < 2) return undefined;
	const sources = operands.slice(0, -1).map((source) => absolutePath(source, folder) ?? '/');
	return { sources, target, intoFolder: sources.length > 1 || /(?:^|\/)\.{0,2}$/.test(written) || standing.has(target) };
}
