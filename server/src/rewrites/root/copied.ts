import { expand } from '../../model/basics/expand';
import { related } from '../../model/basics/paths';
import { assignmentsOf } from '../../model/basics/references';
import type { Context } from '../../model/context/context';
import type { Containerfile } from '../../syntax/containerfile';
import type { Act } from './acts';

/** A file of the image that a COPY brings. */
export interface CopiedFile {
	/** Where it is in the image. */
	readonly path: string;
	/** Undefined where nobody read it. */
	readonly text: string | undefined;
	/** It is no text that a shell or another interpreter could read, or comes from where nobody can look and is called like a program. */
	readonly isBinary: boolean;
}

const programFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Whether a package that the stage installs is called like a program, or a word of its name is. */
export function installsNamed(acts: readonly Act[], program: string): boolean {
	return acts.some((act) => act.kind === 'package' && act.act.kind === 'install' && act.act.packages.some((name) => nameHolds(name, program)));
}

/** Whether a package is called like a program, or a word of its name is. */
export function nameHolds(name: string, program: string): boolean {
	const words = name.replace(/['"]/g, '').split(/[-.=@:/]/);
	return name === program || words.includes(program) || (program === 'go' && words[0] === 'golang') || (/^(?:cc|c\+\+)$/.test(program) && /^g(?:cc|\+\+)/.test(name));
}

/** The folders that the image's PATH names besides the usual ones, the first one first. */
export function ownFolders(acts: readonly Act[]): readonly string[] {
	const variables = new Map<string, string | undefined>([['PATH', '']]);
	for (const act of acts)
		if (act.kind === 'state' && act.instruction.keyword === 'ENV')
			for (const [name, value] of assignmentsOf(act.instruction)) variables.set(name, value === undefined ? undefined : expand(value, variables));
	return (variables.get('PATH') ?? '').split(':').flatMap((folder) => (folder.startsWith('/') && !programFolders.includes(folder) ? [folder.replace(/(?<=.)\/+$/, '')] : []));
}

/** The folder of PATH, none of the system's own, that a COPY or ADD fills or may fill: there may be a program of any name. */
export function filledFolder(acts: readonly Act[]): string | undefined {
	return ownFolders(acts).find((folder) => acts.some((act) => act.kind === 'build' || (act.kind === 'copy' && act.destination !== undefined && related(act.destination, folder))));
}

/** The copied file at a path, or the program of a name in a folder that PATH names; the last COPY that may bring it wins. */
export function copiedFile(
	{ context, acts, file }: { readonly context: Context; readonly acts: readonly Act[]; readonly file: Containerfile },
	path: string | undefined,
	name: string | undefined,
): CopiedFile | undefined {
	const paths = path !== undefined ? [path] : name !== undefined ? [...ownFolders(acts), ...programFolders].map((folder) => `${folder}/${name}`) : [];
	for (const act of acts.toReversed()) {
		if (act.kind !== 'copy' || act.destination === undefined) continue;
		const fromContext = !act.instruction.flags.some((flag) => flag.name === 'from');
		for (const wanted of paths) {
			const written = act.instruction.heredocs.find(({ delimiter }) => act.destination === wanted || `${act.destination}/${delimiter}` === wanted);
			if (written) return { path: wanted, text: file.text.slice(written.body.start, written.body.end).replaceAll('\r\n', '\n'), isBinary: false };
			const source = sourceOf(act, wanted, path === undefined);
			if (source === undefined) continue;
			const text = fromContext ? context.buildContext?.texts?.get(source) : undefined;
			const isBinary = text === undefined ? !fromContext && !/\.\w+$/.test(wanted) : /^\x7fELF/.test(text);
			return { path: wanted, text: isBinary ? undefined : text, isBinary };
		}
	}
	return undefined;
}

/** The path in the build context that a COPY puts at `wanted`. `exactly`: only a file that it names, not one that a folder may hold. */
function sourceOf({ instruction, destination = '' }: Extract<Act, { kind: 'copy' }>, wanted: string, exactly: boolean): string | undefined {
	const sources = instruction.words.slice(0, -1).map(({ value, text }) => (value ?? text).replace(/^\.?\//, '').replace(/\/+$/, ''));
	const written = instruction.words.at(-1)?.value ?? '';
	const [only] = sources;
	if (destination === wanted && sources.length === 1 && !written.endsWith('/')) return only;
	const folder = destination === '/' ? '/' : `${destination}/`;
	if (!wanted.startsWith(folder)) return undefined;
	const rest = wanted.slice(folder.length);
	const named = sources.find((source) => source.replace(/^.*\//, '') === rest);
	if (named !== undefined) return named;
	if (exactly || rest === '') return undefined;
	const [whole] = sources.filter((source) => !/\w\.\w+$/.test(source));
	return whole === undefined ? undefined : whole === '' || whole === '.' ? rest : `${whole}/${rest}`;
}

/** The interpreter of a file by its ending; undefined for a shell's or where the name does not say. */
export function languageOf(path: string): string | undefined {
	return { py: 'python3', pl: 'perl', rb: 'ruby', js: 'node', php: 'php' }[/\.(\w+)$/.exec(path)?.[1] ?? ''];
}
