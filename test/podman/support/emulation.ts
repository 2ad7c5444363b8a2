import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alone } from './lock';
import { attempt } from './programs';

const folder = '/proc/sys/fs/binfmt_misc';
const description = '/usr/lib/binfmt.d/qemu-aarch64.conf';

/** Who needs the emulator that tests gave to the kernel: a file for each, named by its process, and `mounted` where the folder above had to be mounted too. */
const users = join(tmpdir(), 'whittle-emulation');
const lock = join(tmpdir(), 'whittle-emulation.lock');

/** An emulator that the kernel knows, or why it knows none. */
export interface Emulation {
	readonly missing?: string;
	/** Puts things back as they were, unless another process needs them. */
	end(): Promise<void>;
}

/** Sees to it that the kernel runs programs of linux/arm64 with an emulator, as installing Debian's qemu-user-static does where systemd runs. */
export function emulateArm64(): Promise<Emulation> {
	return alone(lock, async () => {
		const nothing = async () => {};
		const isThere = existsSync(`${folder}/qemu-aarch64`);
		if (isThere && !existsSync(users)) return { end: nothing };
		if (!isThere) {
			if (!existsSync(description)) return { missing: 'not installed: qemu-user-static', end: nothing };
			// What is registered lasts as long as the folder is mounted.
			const mounts = !existsSync(`${folder}/register`);
			const mounted = !mounts || (await attempt('mount', ['-t', 'binfmt_misc', 'none', folder])).code === 0;
			const { code } = mounted ? await attempt('sh', ['-c', `cat ${description} > ${folder}/register`]) : { code: 1 };
			if (code !== 0) {
				if (mounts && mounted) await attempt('umount', [folder]);
				return { missing: 'the kernel takes no emulator for arm64 (binfmt_misc)', end: nothing };
			}
			mkdirSync(users, { recursive: true });
			if (mounts) writeFileSync(join(users, 'mounted'), '');
		}
		const own = join(users, `${process.pid}-${Math.random().toString(36).slice(2)}`);
		writeFileSync(own, '');
		return { end: () => alone(lock, () => leave(own)) };
	});
}

async function leave(own: string): Promise<void> {
	rmSync(own, { force: true });
	const names = existsSync(users) ? readdirSync(users) : [];
	if (names.some((name) => name !== 'mounted' && isAlive(Number.parseInt(name, 10)))) return;
	await attempt('sh', ['-c', `echo -1 > ${folder}/qemu-aarch64`]);
	if (names.includes('mounted')) await attempt('umount', [folder]);
	rmSync(users, { recursive: true, force: true });
}

function isAlive(id: number): boolean {
	try {
		process.kill(id, 0);
		return true;
	} catch {
		return false;
	}
}
