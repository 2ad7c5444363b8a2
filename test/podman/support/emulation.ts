import { existsSync } from 'node:fs';
import { attempt } from './programs';

const folder = '/proc/sys/fs/binfmt_misc';
const description = '/usr/lib/binfmt.d/qemu-aarch64.conf';

/** An emulator that the kernel knows, or why it knows none. */
export interface Emulation {
	readonly missing?: string;
	/** Puts things back as they were. */
	end(): Promise<void>;
}

/** Sees to it that the kernel runs programs of linux/arm64 with an emulator, as installing Debian's qemu-user-static does where systemd runs. */
export async function emulateArm64(): Promise<Emulation> {
	const nothing = async () => {};
	if (existsSync(`${folder}/qemu-aarch64`)) return { end: nothing };
	if (!existsSync(description)) return { missing: 'not installed: qemu-user-static', end: nothing };
	// What is registered lasts as long as the folder is mounted.
	const mounts = !existsSync(`${folder}/register`);
	const mounted = !mounts || (await attempt('mount', ['-t', 'binfmt_misc', 'none', folder])).code === 0;
	const { code } = mounted ? await attempt('sh', ['-c', `cat ${description} > ${folder}/register`]) : { code: 1 };
	const end = async () => {
		if (code === 0) await attempt('sh', ['-c', `echo -1 > ${folder}/qemu-aarch64`]);
		if (mounts && mounted) await attempt('umount', [folder]);
	};
	return code === 0 ? { end } : { missing: 'the kernel takes no emulator for arm64 (binfmt_misc)', end };
}
