import type { Instruction } from '../../syntax/containerfile';
import { remember } from '../basics/remember';
import { managersNamed } from '../catalog/packageManagers';
import type { Model } from '../stages/model';

/** The programs that a file brings itself, whose commands are not in it. */
export interface OwnPrograms {
	readonly names: ReadonlySet<string>;
	/** A whole folder is copied to where programs lie: any name that is not the system's may come from it. */
	readonly bringsFolder: boolean;
}

/** What COPY and ADD of the build context, and commands that write into a folder of programs, bring of programs. */
export const ownPrograms: (model: Model) => OwnPrograms = remember(({ file }: Model) => {
	const names = new Set<string>();
	let bringsFolder = false;
	for (const instruction of file.instructions) {
		const { keyword, flags, args, words } = instruction;
		const copies = keyword === 'COPY' || keyword === 'ADD';
		if ((keyword !== 'RUN' && !copies) || flags.some(({ name }) => name === 'from')) continue;
		for (const [, name] of file.text.slice(args.start, args.end).matchAll(/\bbin\/([\w.+-]+)/g)) if (name !== undefined && managersNamed(name).length === 0) names.add(name);
		if (!copies || !goesToPrograms(instruction)) continue;
		for (const { value, text } of words.slice(0, -1)) {
			const name = (value ?? text).replace(/\/+$/, '').replace(/^.*\//, '');
			names.add(name);
			// A file that is no program has an end to its name; one without may as well be a folder.
			if (!/\w\.\w+$/.test(name)) bringsFolder = true;
		}
	}
	for (const name of system) names.delete(name);
	return { names, bringsFolder };
});

function goesToPrograms({ words }: Instruction): boolean {
	return /^(?:\/|\/usr\/?|(?:\/usr)?\/local\/?|(?:\/usr)?(?:\/local)?\/s?bin(?:\/.*)?)$/.test(words.at(-1)?.value ?? '');
}

/** Whether a program is a usual command of a system, which no file brings itself. */
export function isSystemProgram(name: string): boolean {
	return system.has(name);
}

const system = new Set(
	'[ : ar awk basename bunzip2 bzip2 cat cd chgrp chmod chown chroot chsh cksum cmp cp curl cut date dd debconf-set-selections df diff dirname dpkg dpkg-divert dpkg-reconfigure dpkg-query dpkg-deb du echo egrep env expr false fc-cache fgrep file find fold gawk getconf getent getopt git gpasswd gpg grep groupadd groupdel groupmod gunzip gzip head hostname iconv id install join ldconfig ldd less ln locale locale-gen localedef ls lsb_release lz4 md5sum mkdir mkfifo mknod mktemp mount mv nl nproc od openssl passwd paste patch printf ps pwd readlink realpath rev rm rmdir rpm sed seq set setcap sha1sum sha256sum sha512sum sleep sort split ssh ssh-keygen stat strip sync tac tail tar tee test time touch tr true truncate tty tzselect umount uname uniq unlink unset unxz unzip update-alternatives update-ca-certificates update-ca-trust update-locale update-rc.d useradd userdel usermod adduser addgroup deluser wc wget which who whoami xargs xz yes zcat zip zstd bzcat export alias ulimit umask apt-key apt-mark apt-config add-apt-repository'.split(
		' ',
	),
);
