import type { Word } from '../text/span';
import { isPackageFile } from './fileKinds';
import type { PlacedCommand } from './placedCommands';

/** The words of a command that name the archives which it unpacks, or the package files which it installs, and then leaves where they are. */
export function unpackedBy({ invocation, operation }: PlacedCommand): readonly Word[] {
	const { program = '', args, name } = invocation;
	if (operation) return operation.action === 'install' ? operation.operands.filter(({ value, text }) => isPackageFile(value ?? text.replace(/"$/, ''))) : [];
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

/** Whether a command takes a packed file away itself as it unpacks it. */
export function replacesPacked({ invocation: { program = '', args } }: PlacedCommand): boolean {
	const keeps = args.some(({ text }) => /^-[a-zA-Z]*[kc]|^--(?:keep|stdout)$/.test(text));
	return /^(?:gunzip|bunzip2|unxz|gzip|bzip2|xz|lzma|unlzma|uncompress)$/.test(program) && !keeps;
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
