/** What a root of one release of Azure Linux or Photon needs. */
export interface TdnfRoot {
	/** For people: `Azure Linux`. */
	readonly title: string;
	/** Packages of every root. */
	readonly packages: readonly string[];
	/** Brings the certificates that the base has. */
	readonly certificates: string;
	/** Brings a program of the base; undefined where the base has none of that name, or that is not known. */
	packageOf(program: string): string | undefined;
	/** What a file installs instead of what is added. */
	readonly insteadOf: Readonly<Record<string, string>>;
	readonly source: string;
}

const coreutils =
	'[ arch base64 basename cat chgrp chmod chown chroot cksum comm cp cut date dd df dirname du echo env expand expr false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc od paste printenv printf pwd readlink realpath rm rmdir seq sha1sum sha224sum sha256sum sha384sum sha512sum shuf sleep sort split stat stdbuf stty sync tac tail tee test timeout touch tr true truncate tty uname unexpand uniq unlink users wc who whoami yes';

function byProgram(bringers: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
	return new Map(Object.entries(bringers).flatMap(([name, programs]) => programs.split(' ').map((program) => [program, name] as const)));
}

const azurePrograms = byProgram({
	bash: 'bash sh',
	coreutils,
	sed: 'sed',
	grep: 'grep egrep fgrep',
	findutils: 'find xargs',
	gzip: 'gzip gunzip zcat',
	bzip2: 'bzip2 bunzip2 bzcat',
	xz: 'xz unxz xzcat',
	curl: 'curl',
	openssl: 'openssl',
	rpm: 'rpm',
	glibc: 'ldconfig getent',
});

const photonPrograms = byProgram({
	bash: 'bash sh',
	toybox:
		'basename cat chgrp chmod chown cp cut date dirname du echo env expr false find grep egrep fgrep head hostname id ln ls md5sum mkdir mktemp mv pwd readlink rm rmdir sed sha1sum sleep sort stat sync tail tar tee touch true tty uname uniq wc which whoami xargs yes',
	curl: 'curl',
	glibc: 'ldconfig',
});

/** Undefined where nothing is known of a release: a recipe of the distribution's own makers has to install into another root there. */
export function tdnfRootOf(distribution: string, release: string | undefined): TdnfRoot | undefined {
	if (distribution === 'azurelinux' && (release === '2.0' || release === '3.0'))
		return {
			title: release === '2.0' ? 'CBL-Mariner' : 'Azure Linux',
			packages: [release === '2.0' ? 'mariner-release' : 'azurelinux-release', 'filesystem'],
			certificates: 'ca-certificates-base',
			packageOf: (program) => azurePrograms.get(program),
			insteadOf: { 'ca-certificates-base': 'ca-certificates' },
			source:
				'dotnet/dotnet-docker, src/runtime-deps/10.0/azurelinux3.0-distroless/amd64/Dockerfile and documentation/azurelinux.md; microsoft/azurelinux, SPECS/distroless-packages (minimal) and SPECS/core-packages (container), .pipelines/containerSourceData/busybox/Dockerfile-Busybox',
		};
	if (distribution === 'photon' && /^[345]\.0$/.test(release ?? ''))
		return {
			title: 'Photon',
			packages: ['filesystem', 'photon-release'],
			certificates: 'ca-certificates',
			packageOf: (program) => photonPrograms.get(program),
			insteadOf: { toybox: 'coreutils' },
			source:
				'vmware/photon, the script that makes its container image: tdnf --releasever … --installroot … --setopt=tsflags=nodocs install -y filesystem bash toybox tdnf photon-release photon-repos curl',
		};
	return undefined;
}
