import { existsSync } from 'node:fs';
import { attempt } from './programs';

const description = '/usr/lib/binfmt.d/qemu-aarch64.conf';

/** Sees to it that the kernel runs programs of linux/arm64 with an emulator, as installing Debian's qemu-user-static does where systemd runs; returns why it cannot. */
export async function emulateArm64(): Promise<string | undefined> {
	if (!existsSync(description)) return 'not installed: qemu-user-static';
	// The folder may not be mounted, and has to be only for this moment.
	const folder = '/proc/sys/fs/binfmt_misc';
	const { code } = await attempt('unshare', [
		'--mount',
		'sh',
		'-c',
		`test -e ${folder}/register || mount -t binfmt_misc none ${folder}; test -e ${folder}/qemu-aarch64 || cat ${description} > ${folder}/register`,
	]);
	return code === 0 ? undefined : 'the kernel takes no emulator for arm64 (binfmt_misc)';
}
