import type { Family } from './baseImage';
import { plainName } from './packageName';

/** Packages of one family that are needed to build and by nothing that runs. */
export interface BuildPackages {
	readonly names: ReadonlySet<string>;
	readonly patterns: readonly RegExp[];
	/** Names that a pattern matches although something that runs needs them. */
	readonly exceptions: readonly RegExp[];
	readonly source: string;
}

const everywhere: readonly string[] = [
	...['gcc', 'clang', 'make', 'cmake', 'meson', 'autoconf', 'automake', 'libtool', 'bison', 'flex', 'm4', 'swig', 'nasm', 'yasm', 'scons', 'ccache', 'binutils', 'patchelf'],
	...['golang', 'cargo', 'rust', 'rustc', 'maven', 'gradle', 'ant', 'sbt', 'doxygen'],
];

/** By family; families that are absent have none that are known. */
const buildPackages: Readonly<Partial<Record<Family, BuildPackages>>> = {
	deb: {
		names: new Set([
			...everywhere,
			...['build-essential', 'g++', 'gfortran', 'cpp', 'ninja-build', 'pkg-config', 'pkgconf', 'dpkg-dev', 'debhelper', 'devscripts', 'dh-make', 'equivs', 'fakeroot', 'dh-python'],
			...['golang-go', 'golang-src', 'lld', 'llvm', 'libtool-bin', 'autotools-dev', 'autopoint', 'automake1.11', 're2c', 'checkinstall', 'gperf', 'texinfo', 'module-assistant'],
		]),
		patterns: [
			/-dev$/,
			/^linux-headers-/,
			/^(?:gcc|g\+\+|gfortran|clang|cpp|llvm|golang)-\d[\d.]*(?:-go)?$/,
			/^(?:openjdk-\d+|default)-jdk(?:-headless)?$/,
			/^gcc-(?:multilib|mingw-w64.*|aarch64-linux-gnu|arm-linux-gnueabi(?:hf)?)$/,
			/^g\+\+-(?:multilib|mingw-w64.*)$/,
		],
		// Their Depends bring what they are installed for, an interpreter or a server module, not headers alone.
		// libaio-dev is how the library gets there that Oracle’s client loads, and weighs some kB.
		exceptions: [/^(?:manpages|games|electronics|education)-.*dev$/, /^apertium-.*dev$/, /^libaio-dev$/],
		source: 'Debian Policy 8.4 (development files are in -dev packages); sections libdevel and devel of Debian 12',
	},
	rpm: {
		names: new Set([
			...everywhere,
			...[
				'gcc-c++',
				'gcc-gfortran',
				'cpp',
				'ninja-build',
				'ninja',
				'pkgconfig',
				'pkgconf',
				'pkgconf-pkg-config',
				'pkg-config',
				'redhat-rpm-config',
				'rpm-build',
				'rpmdevtools',
				'rpmlint',
			],
			...[
				'annobin',
				'annobin-plugin-gcc',
				'gcc-plugin-annobin',
				'kernel-headers',
				'glibc-headers',
				'llvm',
				'lld',
				'cmake3',
				'libtool-ltdl-devel',
				'byacc',
				'patchutils',
				'intltool',
				'systemtap',
				'golang-bin',
				'golang-src',
			],
			...[
				'@development-tools',
				'@development',
				'@Development Tools',
				'@c-development',
				'@rpm-development-tools',
				'Development Tools',
				'Development tools',
				'devel_basis',
				'patterns-devel-base-devel_basis',
				'patterns-devel-C-C++-devel_C_C++',
			],
		]),
		patterns: [
			/-devel(?=$|[-.:*=<>]|\()/,
			/-static(?=$|[-.*])/,
			/^(?:gcc|gcc-c\+\+|clang)\d+(?:-|$)/,
			/^(?:dev|gcc-)toolset-\d+(?:-(?:gcc|gcc-c\+\+|binutils|make|toolchain|annobin.*))?$/,
			/^pkgconfig\(/,
		],
		exceptions: [],
		source: 'Fedora Packaging Guidelines, Devel Packages',
	},
	apk: {
		names: new Set([
			...everywhere,
			'build-base',
			'alpine-sdk',
			'g++',
			'gfortran',
			'go',
			'musl-dev',
			'libc-dev',
			'samurai',
			'ninja',
			'ninja-build',
			'pkgconf',
			'pkgconfig',
			'linux-headers',
			'abuild',
			'llvm',
			'lld',
			'fortify-headers',
			're2c',
			'dpkg-dev',
		]),
		patterns: [/-dev$/, /^(?:clang|llvm|gcc)\d+$/, /^openjdk\d+(?:-jdk)?$/, /^openjdk\d+-jmods$/],
		exceptions: [],
		source: 'Alpine Linux wiki, Creating an Alpine package: headers are in -dev packages, build-base is what builds need',
	},
	arch: {
		names: new Set([...everywhere, 'base-devel', 'go', 'pkgconf', 'linux-headers', 'ninja', 'llvm']),
		patterns: [/-headers$/],
		exceptions: [],
		source: 'Arch wiki, base-devel',
	},
};

/** Whether a package, written as on a package manager's command line (version, architecture and release allowed), is needed to build only. */
export function isBuildPackage(written: string, family: Family): boolean {
	const known = buildPackages[family];
	if (!known) return false;
	const name = plainName(written, family);
	if (known.exceptions.some((exception) => exception.test(name))) return false;
	return known.names.has(name) || known.patterns.some((pattern) => pattern.test(name));
}

/** Small tools that programs other than compilers call as well: jlink calls objcopy of binutils, and people start their tasks with make. */
const helpers: ReadonlySet<string> = new Set(['binutils', 'make', 'm4', 'fakeroot', 'patchelf', 'pkg-config', 'pkgconf', 'pkgconfig', 'texinfo', 'gperf']);

/** Whether a package, by its plain name, is a small tool that programs other than compilers call as well. */
export function isHelper(name: string): boolean {
	return helpers.has(name);
}

/** Whether a package, by its plain name, has the headers of a library, which brings the library itself along; a JDK is none. */
export function isHeaders(name: string): boolean {
	return /-dev(?:el)?(?:-[\d.]+.*)?$/.test(name) && !/^java-|^(?:musl|libc|libc6|glibc)-dev/.test(name);
}

/** Without which a package cannot stay, so that it is removed with any of them; source: its Depends in Debian. */
export function neededBy(name: string, family: Family): readonly string[] {
	return family === 'deb' && name === 'build-essential' ? ['gcc', 'g++', 'make', 'dpkg-dev', 'libc6-dev'] : [];
}
