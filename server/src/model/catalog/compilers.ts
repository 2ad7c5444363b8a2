/** Go modules that do nothing, or do not build, without cgo: each wraps a C library. Its subpackages count too. */
export const cgoModules: { readonly names: readonly string[]; readonly source: string } = {
	names: [
		...['github.com/mattn/go-sqlite3', 'github.com/mutecomm/go-sqlcipher', 'gorm.io/driver/sqlite', 'github.com/marcboeker/go-duckdb', 'github.com/duckdb/duckdb-go'],
		...['github.com/godror/godror', 'github.com/mattn/go-oci8', 'gopkg.in/goracle.v2', 'github.com/tecbot/gorocksdb', 'github.com/linxGnu/grocksdb', 'github.com/jmhodges/levigo'],
		...['github.com/confluentinc/confluent-kafka-go', 'github.com/pebbe/zmq4', 'github.com/zeromq/goczmq', 'github.com/libgit2/git2go', 'github.com/google/gopacket'],
		...['github.com/davidbyttow/govips', 'github.com/h2non/bimg', 'gopkg.in/gographics/imagick', 'gocv.io/x/gocv', 'github.com/veandco/go-sdl2', 'github.com/go-gl'],
		...['github.com/DataDog/zstd', 'github.com/valyala/gozstd', 'github.com/tree-sitter/go-tree-sitter', 'github.com/smacker/go-tree-sitter'],
	],
	source: 'the README of each, which asks for cgo or a C compiler; go-sqlite3: "Binary was compiled with \'CGO_ENABLED=0\', go-sqlite3 requires cgo to work"',
};

/** C and C++ headers of which nothing looks up users, hosts or character sets through files and plug-ins of the system, as a static glibc could not. */
export const plainHeaders: { readonly names: ReadonlySet<string>; readonly patterns: readonly RegExp[]; readonly source: string } = {
	names: new Set([
		...['assert.h', 'complex.h', 'ctype.h', 'endian.h', 'errno.h', 'fcntl.h', 'float.h', 'getopt.h', 'inttypes.h', 'iso646.h', 'libgen.h', 'limits.h', 'math.h', 'poll.h'],
		...['pthread.h', 'sched.h', 'semaphore.h', 'setjmp.h', 'signal.h', 'stdalign.h', 'stdarg.h', 'stdatomic.h', 'stdbool.h', 'stddef.h', 'stdint.h', 'stdio.h', 'stdlib.h'],
		...['stdnoreturn.h', 'string.h', 'strings.h', 'termios.h', 'tgmath.h', 'threads.h', 'time.h', 'unistd.h', 'utime.h', 'byteswap.h', 'malloc.h', 'alloca.h', 'ucontext.h'],
		...['arpa/inet.h', 'net/if.h', 'netinet/in.h', 'netinet/tcp.h', 'netinet/udp.h', 'netinet/ip.h'],
		...['algorithm', 'any', 'array', 'atomic', 'bitset', 'charconv', 'chrono', 'compare', 'complex', 'concepts', 'condition_variable', 'deque', 'exception', 'forward_list'],
		...['fstream', 'functional', 'future', 'initializer_list', 'iomanip', 'ios', 'iosfwd', 'iostream', 'istream', 'iterator', 'limits', 'list', 'map', 'memory', 'mutex', 'new'],
		...[
			'numeric',
			'optional',
			'ostream',
			'queue',
			'random',
			'ratio',
			'set',
			'span',
			'sstream',
			'stack',
			'stdexcept',
			'streambuf',
			'string',
			'string_view',
			'system_error',
			'thread',
		],
		...['tuple', 'type_traits', 'typeinfo', 'unordered_map', 'unordered_set', 'utility', 'valarray', 'variant', 'vector'],
		...['cassert', 'cctype', 'cerrno', 'cfloat', 'cinttypes', 'climits', 'cmath', 'csetjmp', 'csignal', 'cstdarg', 'cstddef', 'cstdint', 'cstdio', 'cstdlib', 'cstring', 'ctime'],
	]),
	patterns: [/^sys\/\w+\.h$/, /^linux\/[\w/]+\.h$/, /^asm\/\w+\.h$/],
	source: 'glibc manual, Name Service Switch; glibc FAQ on static linking: getaddrinfo, getpw…, iconv and dlopen load shared objects at run time',
};

/** Functions that start another program or a shell, or load something at run time. */
export const outsideCalls =
	/\b(system|popen|execl|execle|execlp|execv|execve|execvp|execvpe|fexecve|posix_spawnp?|dlopen|getaddrinfo|getnameinfo|gethostby\w+|getservby\w+|getpw\w+|getgr\w+|iconv_open|setlocale|wordexp|crypt)\s*\(/;

/** Packages of any distribution that bring what a build fetches or unpacks with, besides compilers and headers: what is built may as well call them. */
export const fetchTools: ReadonlySet<string> = new Set([
	...['git', 'mercurial', 'bzr', 'subversion', 'curl', 'wget', 'tar', 'gzip', 'xz', 'xz-utils', 'unzip', 'zip', 'bzip2', 'file', 'patch', 'upx', 'upx-ucl', 'which', 'findutils'],
	...[
		'openssh',
		'openssh-client',
		'gnupg',
		'gpg',
		'bash',
		'coreutils',
		'protobuf',
		'protobuf-compiler',
		'protoc',
		'protobuf-dev',
		'glide',
		'go-bindata',
		'rustup',
		'musl-tools',
		'apt-utils',
		'apt-transport-https',
		'lsb-release',
	],
]);

/** Where images have the certificate authorities as one file, and which have it from the start. */
export const caBundles: readonly {
	readonly family: string;
	/** Of that family, these distributions; all where absent. */
	readonly distributions?: RegExp;
	readonly path: string;
	/** The distribution's own image has it, unless it is a micro one. */
	readonly inBase: boolean;
	/** Images on the distribution that have it. */
	readonly inImages?: RegExp;
	readonly source: string;
}[] = [
	{
		family: 'deb',
		path: '/etc/ssl/certs/ca-certificates.crt',
		inBase: false,
		inImages: /^(?:golang|rust|gcc|buildpack-deps)$/,
		source: 'Debian, package ca-certificates; docker-library/buildpack-deps, docker-library/golang and rust-lang/docker-rust install it',
	},
	{ family: 'apk', path: '/etc/ssl/certs/ca-certificates.crt', inBase: true, source: 'Alpine, package ca-certificates-bundle, which its images have from 3.12 on' },
	{
		family: 'rpm',
		distributions: /^(?:fedora|ubi|rhel|centos|alma|rocky|oracle)$/,
		path: '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
		inBase: true,
		source: 'Fedora, package ca-certificates; crypto/x509/root_linux.go of Go looks there too',
	},
	{ family: 'rpm', distributions: /suse|sles/, path: '/etc/ssl/ca-bundle.pem', inBase: false, source: 'crypto/x509/root_linux.go of Go: OpenSUSE' },
	{ family: 'rpm', path: '/etc/pki/tls/certs/ca-bundle.crt', inBase: false, source: 'crypto/x509/root_linux.go of Go: Fedora/RHEL 6' },
];

/** Crates that link a library of the system, by the package with its headers; source: the build script of each. */
export const cratesWithLibraries: Readonly<Record<string, string>> = {
	'openssl-sys': 'libssl-dev',
	'libsqlite3-sys': 'libsqlite3-dev',
	'sqlite3-sys': 'libsqlite3-dev',
	'pq-sys': 'libpq-dev',
	'mysqlclient-sys': 'default-libmysqlclient-dev',
	'libz-sys': 'zlib1g-dev',
	'bzip2-sys': 'libbz2-dev',
	'lzma-sys': 'liblzma-dev',
	'liblzma-sys': 'liblzma-dev',
	'curl-sys': 'libcurl4-openssl-dev',
	'libgssapi-sys': 'libkrb5-dev',
	'glib-sys': 'libglib2.0-dev',
	'gobject-sys': 'libglib2.0-dev',
	'gio-sys': 'libglib2.0-dev',
	'ncurses-sys': 'libncurses-dev',
	'libyaml-sys': 'libyaml-dev',
	'gmp-mpfr-sys': 'libgmp-dev',
};

/** Crates of that kind that link nothing, or compile what they link themselves; source: the build script of each. */
export const cratesWithout =
	/^(?:windows.*|winapi.*|linux-raw|js|web|core-foundation|security-framework|io-kit|core-graphics|system-configuration|kqueue|fsevent|inotify|mach|zstd|zstd-safe|lz4|ring|aws-lc|aws-lc-fips|onig|(?:tikv-)?jemalloc|mimalloc|libmimalloc|libgit2|libssh2|brotli|snappy|librocksdb|rdkafka|libnghttp2|secp256k1|blst|libfuzzer|wasm-bindgen|android|ndk|jni|objc|dirs|oboe|coreaudio|alloc-no-stdlib|libbpf|tree-sitter|termios|errno|backtrace)[-_]sys$/;

/** Libraries by the name behind `-l`, with the package of buildpack-deps that has their headers; source: docker-library/buildpack-deps, file lists in Debian 12. */
export const buildpackLibraries: Readonly<Record<string, string>> = {
	z: 'zlib1g-dev',
	ssl: 'libssl-dev',
	crypto: 'libssl-dev',
	curl: 'libcurl4-openssl-dev',
	sqlite3: 'libsqlite3-dev',
	pq: 'libpq-dev',
	xml2: 'libxml2-dev',
	xslt: 'libxslt-dev',
	exslt: 'libxslt-dev',
	bz2: 'libbz2-dev',
	lzma: 'liblzma-dev',
	ffi: 'libffi-dev',
	yaml: 'libyaml-dev',
	png: 'libpng-dev',
	jpeg: 'libjpeg-dev',
	webp: 'libwebp-dev',
	event: 'libevent-dev',
	readline: 'libreadline-dev',
	ncurses: 'libncurses5-dev',
	ncursesw: 'libncursesw5-dev',
	tinfo: 'libncurses5-dev',
	gmp: 'libgmp-dev',
	db: 'libdb-dev',
	gdbm: 'libgdbm-dev',
	'glib-2.0': 'libglib2.0-dev',
	maxminddb: 'libmaxminddb-dev',
};

/** Tags of golang that name no release of Debian, and on which one they stand for good; source: docker-library/golang, versions.json at each version of Go. */
export const golangSuites: readonly { readonly tags: RegExp; readonly suite: string }[] = [
	{ tags: /^1\.(?:19|20|21|22)$|^1\.2[12]\.\d+$|^1\.19\.1[0-3]$|^1\.20\.(?:[5-9]|1\d)$|^1\.23\.(?:\d|10)$|^1\.24\.[0-4]$/, suite: 'bookworm' },
	{ tags: /^1\.2[45]$|^1\.24\.(?:[6-9]|1[0-3])$|^1\.25\.\d+$|^1\.26\.[0-6]$/, suite: 'trixie' },
];
