import type { Word } from '../../text/span';
import { isPackageFile } from '../basics/fileKinds';
import { remember } from '../basics/remember';
import type { Operation } from '../commands/operation';
import type { Model, Run } from '../stages/model';
import { isSure, namesPath, type PlacedCommand, placedCommands, symbolicPath, symbolicValue } from './placedCommands';

/** The words of a command that name the archives which it unpacks, or the package files which it installs, and then leaves where they are. */
export function unpackedBy({ invocation, operation }: PlacedCommand): readonly Word[] {
	const { program = '', args, name } = invocation;
	if (operation)
		return operation.action === 'install' && !recordsPlace(operation) ? operation.operands.filter(({ value, text }) => isPackageFile(value ?? text.replace(/"$/, ''))) : [];
	if (name && isInstaller(name)) return [name];
	const has = (option: RegExp) => args.some(({ text }) => option.test(text));
	switch (program) {
		case 'tar':
		case 'bsdtar':
			return has(/^-[a-zA-Z]*x|^--(?:extract|get)$/) || /^[a-zA-Z]*x[a-zA-Z]*$/.test(args[0]?.text ?? '') ? behind(args, /^-[a-zA-Z]*f$|^[a-zA-Z]*f[a-zA-Z]*$|^--file$/) : [];
		case 'unzip':
			return has(/^-[a-zA-Z]*[lptZzv]/) ? [] : operands(args, /^-[dxP]$/).slice(0, 1);
		case '7z':
		case '7za':
		case '7zr':
		case 'unrar':
			return /^[xe]$/.test(args[0]?.value ?? '') ? operands(args.slice(1), /^$/).slice(0, 1) : [];
		case 'dpkg':
			return has(/^-[a-zA-Z]*[ix]|^--(?:install|extract|unpack)$/) ? operands(args, /^$/).filter(({ text }) => /\.deb"?$/.test(text)) : [];
		case 'rpm':
			return has(/^-[a-zA-Z]*[iUF]|^--(?:install|upgrade|freshen)$/) && !has(/^-[a-zA-Z]*q|^--(?:query|import|erase)$/) ? operands(args, /^--(?:root|prefix|dbpath)$/) : [];
		case 'gdebi':
			return operands(args, /^-[o]$/);
		case 'gunzip':
		case 'bunzip2':
		case 'unxz':
			return has(/^-[a-zA-Z]*[kc]|^--(?:keep|stdout)$/) ? operands(args, /^$/) : [];
		case 'sh':
		case 'bash':
			return operands(args, /^-o$/).slice(0, 1).filter(isInstaller);
		default:
			return [];
	}
}

/** A word of a command that surely runs, and that names what the command unpacks or installs; see symbolicPath for where. */
export interface Unpacking {
	readonly run: Run;
	readonly command: PlacedCommand;
	readonly word: Word;
	readonly path: string;
	/** It is a folder of wheels that pip takes packages from. */
	readonly isFolder: boolean;
}

/** All of a file, by the folders of what they name, and folders of wheels by themselves. */
export const unpackingsByFolder = remember((model: Model): ReadonlyMap<string, readonly Unpacking[]> => {
	const found = new Map<string, Unpacking[]>();
	for (const run of model.runs) {
		for (const command of placedCommands(run)) {
			if (!isSure(command)) continue;
			const folders = wheelFolders(command);
			for (const word of new Set([...unpackedBy(command), ...folders])) {
				const value = symbolicValue(word, run);
				if (value === undefined) continue;
				const path = symbolicPath(value.replace(/^--find-links=/, ''), command.cwd);
				const isFolder = folders.includes(word) && !path.includes('*');
				push(found, isFolder ? path : path.replace(/\/[^/]*$/, ''), { run, command, word, path, isFolder });
			}
		}
	}
	return found;
});

/** A word of a RUN that names what a command unpacks or installs. */
export interface UnpackingInRun {
	readonly unpacking: PlacedCommand;
	readonly word: Word;
	/** The command's place among those of the RUN. */
	readonly index: number;
}

/** The last command of a RUN that surely unpacks or installs what lies at a path; see symbolicPath. */
export function lastUnpacking(run: Run, path: string): UnpackingInRun | undefined {
	const { exact, patterns } = unpackingsIn(run);
	const named = exact.get(path);
	const pattern = patterns.findLast(({ unpacking, word }) => namesPath(word, run, unpacking.cwd, path));
	return named && pattern ? (named.index > pattern.index ? named : pattern) : (named ?? pattern);
}

/** The last ones by the paths they name, and those with patterns. */
const unpackingsIn = remember((run: Run) => {
	const exact = new Map<string, UnpackingInRun>();
	const patterns: UnpackingInRun[] = [];
	for (const [index, unpacking] of placedCommands(run).entries()) {
		if (!isSure(unpacking)) continue;
		for (const word of unpackedBy(unpacking)) {
			const value = symbolicValue(word, run);
			if (value === undefined) continue;
			exact.set(symbolicPath(value, unpacking.cwd), { unpacking, word, index });
			if (value.includes('*')) patterns.push({ unpacking, word, index });
		}
	}
	return { exact, patterns };
});

/** Whether a command takes a packed file away itself as it unpacks it. */
export function replacesPacked({ invocation: { program = '', args } }: PlacedCommand): boolean {
	const keeps = args.some(({ text }) => /^-[a-zA-Z]*[kc]|^--(?:keep|stdout)$/.test(text));
	return /^(?:gunzip|bunzip2|unxz|gzip|bzip2|xz|lzma|unlzma|uncompress)$/.test(program) && !keeps;
}

/** Whether a package manager writes down in the project where it took a package from, and looks there again. */
function recordsPlace({ program, verb, invocation: { args } }: Operation): boolean {
	if (program === 'uv') return verb.some(({ value }) => value === 'add');
	return /^(?:npm|yarn|pnpm|bun|pipenv|poetry|pdm)$/.test(program) && !args.some(({ text }) => /^(?:-g|--global|--location=global|global)$/.test(text));
}

/** A program that brings what it installs in itself. */
function isInstaller({ value, text }: Word): boolean {
	return /\.(?:run|bin|bsx)"?$|(?:miniconda|anaconda|miniforge|mambaforge)\w*[\w.$}{-]*\.sh"?$/i.test(value ?? text);
}

function operands(args: readonly Word[], valued: RegExp): readonly Word[] {
	return args.filter(({ text }, index) => !text.startsWith('-') && !valued.test(args[index - 1]?.text ?? ''));
}

function behind(args: readonly Word[], option: RegExp): readonly Word[] {
	const file = args.find((_word, index) => option.test(args[index - 1]?.text ?? ''));
	return file ? [file] : [];
}

function push(map: Map<string, Unpacking[]>, key: string, one: Unpacking): void {
	const there = map.get(key);
	if (there) there.push(one);
	else map.set(key, [one]);
}

/** The folders of wheels that pip is told to take packages from. */
function wheelFolders({ operation }: PlacedCommand): readonly Word[] {
	if (operation?.action !== 'install' || !/^(?:pip|uv)/.test(operation.program)) return [];
	const { args } = operation.invocation;
	return args.filter(({ text }, index) => /^--find-links=/.test(text) || /^(?:-f|--find-links)$/.test(args[index - 1]?.text ?? '') || /wheels?(?:house)?\/\*$/.test(text));
}
