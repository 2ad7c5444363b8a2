/** Programs whose packages have the same name on every distribution of rpm packages; coreutils has two forms everywhere. */
export const plainPrograms: Readonly<Record<string, string>> = {
	bash: 'bash sh',
	coreutils:
		'[ arch b2sum base32 base64 basename cat chcon chgrp chmod chown cksum comm cp csplit cut date dd df dir dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes chroot',
	sed: 'sed',
	grep: 'grep egrep fgrep',
	gawk: 'awk gawk',
	findutils: 'find xargs',
	tar: 'tar',
	gzip: 'gzip gunzip zcat zgrep',
	bzip2: 'bzip2 bunzip2 bzcat',
	xz: 'xz unxz xzcat lzma unlzma',
	unzip: 'unzip',
	zip: 'zip',
	which: 'which',
};

/** Programs that a full distribution of rpm packages has, by the package that brings them. */
const bringers: Readonly<Record<string, string>> = {
	...plainPrograms,
	'shadow-utils': 'useradd userdel usermod groupadd groupdel groupmod adduser chpasswd chgpasswd newusers chage gpasswd vipw pwconv newuidmap newgidmap sg newgrp lastlog',
	passwd: 'passwd',
	'util-linux':
		'su runuser mount umount getopt setpriv flock logger uuidgen dmesg kill more lsblk blkid losetup mountpoint nsenter unshare setsid script rev column hexdump ionice taskset lscpu chrt fallocate findmnt renice whereis wall cal chsh chfn login sulogin',
	hostname: 'hostname domainname dnsdomainname',
	curl: 'curl',
	wget: 'wget',
	git: 'git',
	openssl: 'openssl',
	glibc: 'ldconfig',
	'glibc-common': 'getent getconf locale localedef iconv ldd',
	'ca-certificates': 'update-ca-trust',
	'p11-kit-trust': 'trust',
	sudo: 'sudo visudo',
	libcap: 'setcap getcap',
	'procps-ng': 'ps top free pgrep pkill pidof watch uptime vmstat sysctl w pmap',
	psmisc: 'killall fuser pstree',
	iproute: 'ip ss',
	iputils: 'ping ping6 arping',
	'net-tools': 'netstat ifconfig route arp',
	diffutils: 'diff cmp diff3 sdiff',
	patch: 'patch',
	file: 'file',
	less: 'less',
	'vim-minimal': 'vi',
	cpio: 'cpio',
	rpm: 'rpm rpm2cpio',
	gnupg2: 'gpg gpg2 gpgv gpg-agent gpgconf',
	'krb5-workstation': 'kinit klist kdestroy',
	jq: 'jq',
	'bind-utils': 'dig nslookup host',
	'openssh-clients': 'ssh scp sftp ssh-keyscan ssh-add ssh-agent',
	openssh: 'ssh-keygen',
	acl: 'setfacl getfacl',
	attr: 'setfattr getfattr attr',
	'dbus-daemon': 'dbus-daemon',
	kmod: 'modprobe lsmod insmod',
	'crypto-policies-scripts': 'update-crypto-policies',
	ncurses: 'clear tput reset tic infocmp',
	bc: 'bc dc',
	lsof: 'lsof',
	rsync: 'rsync',
	cracklib: 'cracklib-check',
	python3: 'python3 pydoc3',
	nodejs: 'node',
	npm: 'npm npx',
	ruby: 'ruby',
	'php-cli': 'php',
	'perl-interpreter': 'perl',
	'python-unversioned-command': 'python',
	alternatives: 'alternatives update-alternatives',
};

/** Names of EL 7 for what is called otherwise later. */
const enterprise7: Readonly<Record<string, string>> = {
	python: 'python',
	perl: 'perl',
	alternatives: 'chkconfig',
	'update-alternatives': 'chkconfig',
	chkconfig: 'chkconfig',
	python3: 'python3',
	node: 'nodejs',
	npm: 'npm',
};

/** In EL 8 alternatives come with chkconfig, and nothing brings a plain `python`. */
const enterprise8: Readonly<Record<string, string | undefined>> = { alternatives: 'chkconfig', 'update-alternatives': 'chkconfig', chkconfig: 'chkconfig', python: undefined };

const packages: ReadonlyMap<string, string> = new Map(Object.entries(bringers).flatMap(([name, programs]) => programs.split(' ').map((program) => [program, name] as const)));

/**
 * The package that brings a program on a distribution of rpm packages; undefined for one that none of its base images has. `major`: the release of an
 * enterprise distribution, undefined for others. Sources: `rpm -ql` of these packages, as dnf repoquery --whatprovides /usr/bin/NAME answers.
 */
export function packageOfProgram(program: string, coreutils: string, major: number | undefined): string | undefined {
	if (major === 7 && program in enterprise7) return enterprise7[program];
	if (major === 8 && program in enterprise8) return enterprise8[program];
	const name = packages.get(program);
	return name === 'coreutils' ? coreutils : name;
}
