/** Debian releases as docker-library writes them behind a version. */
export const suites = 'forky|trixie|bookworm|bullseye|buster|stretch|jessie|wheezy|sid';

/** Commands of `buildpack-deps` (its curl, scm and full layers); its source is docker-library/buildpack-deps. */
export const buildpackCommands: readonly string[] = [
	...['curl', 'wget', 'gpg', 'gpgv', 'gpgconf', 'gpg-agent', 'dirmngr', 'sq'],
	...['git', 'hg', 'svn', 'ssh', 'scp', 'sftp', 'ssh-keygen', 'ssh-keyscan', 'ssh-add', 'ssh-agent'],
	...['ps', 'top', 'free', 'pgrep', 'pkill', 'watch', 'uptime', 'vmstat', 'sysctl'],
	...['gcc', 'g++', 'cc', 'c++', 'cpp', 'ld', 'as', 'ar', 'nm', 'ranlib', 'strip', 'objdump', 'objcopy', 'readelf', 'strings', 'make', 'patch'],
	...['autoconf', 'autoreconf', 'automake', 'aclocal', 'm4', 'libtool', 'libtoolize', 'pkg-config', 'dpkg-buildpackage', 'dpkg-architecture', 'dpkg-buildflags', 'dpkg-source'],
	...['bzip2', 'bunzip2', 'bzcat', 'unzip', 'xz', 'unxz', 'xzcat', 'file', 'convert', 'mogrify', 'identify', 'magick'],
	...['pg_config', 'mysql_config', 'mariadb_config', 'curl-config', 'xml2-config', 'xslt-config', 'perl'],
];

/** Commands that a full distribution of rpm packages has and its minimal image has not, or is not known to have: coreutils, bash, rpm, sed and grep are left. */
export const fullRpmCommands: readonly string[] = [
	...['python3', 'tar', 'gzip', 'gunzip', 'zcat', 'bzip2', 'xz', 'unxz', 'unzip', 'zip', 'cpio', 'find', 'xargs', 'which', 'less', 'more', 'file', 'diff', 'cmp', 'patch'],
	...['useradd', 'usermod', 'userdel', 'groupadd', 'groupmod', 'groupdel', 'chpasswd', 'passwd', 'su', 'sudo', 'runuser', 'newusers', 'chage'],
	...['ps', 'top', 'free', 'pgrep', 'pkill', 'pidof', 'kill', 'killall', 'sysctl', 'mount', 'umount', 'dmesg', 'lsof', 'setpriv', 'getopt', 'flock', 'logger', 'uuidgen'],
	...['hostname', 'ip', 'ping', 'curl', 'wget', 'openssl', 'gpg', 'gpg2', 'vi', 'vim', 'systemctl', 'systemd-tmpfiles', 'init', 'subscription-manager', 'gdbserver'],
	...['localedef', 'alternatives', 'update-alternatives', 'update-ca-trust', 'update-crypto-policies', 'ldconfig', 'setcap', 'getcap', 'chkconfig', 'gawk', 'awk', 'dbus-daemon'],
];

/** Folders in which a minimal image of rpm packages has less. */
export const fullRpmPaths: readonly string[] = ['/usr/share/zoneinfo', '/usr/share/doc', '/usr/share/man', '/usr/lib/locale', '/usr/lib/systemd', '/etc/localtime'];

/** What goes with Debian's slim images: `debuerreotype-slimify` removes it and keeps dpkg from installing it. */
export const slimPaths: readonly string[] = ['/usr/share/doc', '/usr/share/man', '/usr/share/info', '/usr/share/locale', '/usr/share/lintian'];

/** Tools of a JDK that its JRE has not. */
export const jdkCommands: readonly string[] = [
	...['javac', 'jar', 'javadoc', 'javap', 'javah', 'jarsigner', 'jlink', 'jmod', 'jpackage', 'jdeps', 'jdeprscan', 'jshell', 'jwebserver'],
	...[
		'jcmd',
		'jps',
		'jstack',
		'jmap',
		'jinfo',
		'jstat',
		'jstatd',
		'jhat',
		'jconsole',
		'jdb',
		'jhsdb',
		'serialver',
		'rmic',
		'native2ascii',
		'wsgen',
		'wsimport',
		'xjc',
		'schemagen',
	],
	...['mvn', 'mvnw', './mvnw', 'gradle', 'gradlew', './gradlew', 'sbt', 'ant'],
];
