import type { Figure } from './packageManager';
import { parseReference } from './reference';

/** What jlink takes along without its options to leave out what only developers look at, from the module java.base alone to all of Java SE. */
export const unstrippedRuntime: Figure = {
	atLeast: 17_000_000,
	atMost: 45_100_000,
	basis: 'catalog',
	source: 'measured with jlink of OpenJDK 17.0.15 (Debian 12), all four options: java.base 52.4 to 35.3 MB, java.se 98.5 to 53.4 MB',
};

/** An image with a JDK or a JRE that jlink can take modules from, or whose JDK it can. */
interface JavaImage {
	readonly name: string;
	/** The first group is Java's version, a named group `release` the system's. */
	readonly tags: RegExp;
	/** JAVA_HOME; `$1` is the version. */
	readonly home: string;
	/** What `java` needs of a system: the smallest image with the same C library; `$<release>` is the system's release. */
	readonly finalBase: string;
	/** Used where the tag names no release. */
	readonly floatingBase?: string;
	/** The final base is what the image itself is built on, so that its package manager and packages are the same. */
	readonly sameSystem: boolean;
	readonly libc: 'glibc' | 'musl';
	readonly locale: Readonly<Record<string, string>>;
	/** `objcopy` is there, which `--strip-debug` calls from Java 13 on. */
	readonly hasObjcopy: boolean;
	/** The image starts everything through a script of its own. */
	readonly ownEntrypoint?: string;
	readonly source: string;
}

const temurin = 'adoptium/containers; docker-library/openjdk#351 on objcopy';
const openjdk = 'docker-library/openjdk';
const utf8 = { LANG: 'C.UTF-8' };
const english = { LANG: 'en_US.UTF-8', LANGUAGE: 'en_US:en', LC_ALL: 'en_US.UTF-8' };
const anyUtf8 = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

/** The first that fits wins. A JDK needs glibc 2.17 or older at most, whichever system its image has (Adoptium, supported platforms). */
const images: readonly JavaImage[] = [
	...['alpine', 'ubi', 'ubuntu', 'plain'].map((system): JavaImage => {
		const common = { name: 'eclipse-temurin', home: '/opt/java/openjdk', hasObjcopy: true, ownEntrypoint: '/__cacert_entrypoint.sh', source: temurin };
		const version = '^(\\d+)[\\w.]*(?:-jdk|-jre)?';
		if (system === 'alpine')
			return {
				...common,
				tags: new RegExp(`${version}-alpine(?:-(?<release>\\d+\\.\\d+))?$`),
				finalBase: 'alpine:$<release>',
				floatingBase: 'alpine:3',
				sameSystem: true,
				libc: 'musl',
				locale: english,
			};
		if (system === 'ubi')
			return {
				...common,
				tags: new RegExp(`${version}-ubi(?<release>9|10)-minimal$`),
				finalBase: 'redhat/ubi$<release>-minimal',
				sameSystem: true,
				libc: 'glibc',
				locale: anyUtf8,
			};
		if (system === 'ubuntu')
			return {
				...common,
				tags: new RegExp(`${version}-(?<release>focal|jammy|noble|resolute)$`),
				finalBase: 'ubuntu:$<release>',
				sameSystem: true,
				libc: 'glibc',
				locale: anyUtf8,
			};
		return { ...common, tags: new RegExp(`${version}$`), finalBase: 'debian:12-slim', sameSystem: false, libc: 'glibc', locale: anyUtf8 };
	}),
	...['openjdk', 'java'].flatMap((name): JavaImage[] => {
		const common = { name, locale: utf8, source: openjdk };
		return [
			{
				...common,
				tags: /^(\d+)[\w.]*(?:-jdk|-jre)?(?:-slim)?-(?<release>bullseye|bookworm|trixie)$/,
				home: '/usr/local/openjdk-$1',
				finalBase: 'debian:$<release>-slim',
				sameSystem: true,
				libc: 'glibc',
				hasObjcopy: true,
			},
			{
				...common,
				tags: /^(\d+)[\w.]*(?:-jdk|-jre)?-alpine(?<release>3\.\d+)?$/,
				home: '/opt/openjdk-$1',
				finalBase: 'alpine:$<release>',
				floatingBase: 'alpine:3',
				sameSystem: true,
				libc: 'musl',
				hasObjcopy: false,
			},
			{
				...common,
				// Before 11, and on stretch, Debian's own package was in another place.
				tags: /^(?!9|10)(\d\d?)[\w.]*(?:-jdk|-jre)?(?:-slim)?(?:-buster)?$(?<!^(?:1[2-9]|2\d)[\w.]*(?:-jdk|-jre)?$)/,
				home: '/usr/local/openjdk-$1',
				finalBase: 'debian:12-slim',
				sameSystem: false,
				libc: 'glibc',
				hasObjcopy: true,
			},
			{
				...common,
				tags: /^(\d\d)[\w.]*(?:-jdk|-jre)?(?:-oraclelinux\d+)?$/,
				home: '/usr/java/openjdk-$1',
				finalBase: 'debian:12-slim',
				sameSystem: false,
				libc: 'glibc',
				hasObjcopy: true,
			},
		];
	}),
	{
		name: 'amazoncorretto',
		tags: /^(\d+)[\w.]*-alpine(?<release>3\.\d+)?(?:-jdk|-full)?$/,
		home: '/usr/lib/jvm/java-$1-amazon-corretto',
		finalBase: 'alpine:$<release>',
		floatingBase: 'alpine:3',
		sameSystem: true,
		libc: 'musl',
		locale: utf8,
		hasObjcopy: false,
		source: 'corretto/corretto-docker',
	},
	{
		name: 'amazoncorretto',
		tags: /^(\d+)[\w.]*(?:-al2(?:023)?)?(?:-jdk)?$/,
		home: '/usr/lib/jvm/java-$1-amazon-corretto',
		finalBase: 'debian:12-slim',
		sameSystem: false,
		libc: 'glibc',
		locale: utf8,
		hasObjcopy: false,
		source: 'corretto/corretto-docker',
	},
];

/** What is known about a Java image. */
export interface FoundJava {
	/** `17`. */
	readonly version: number;
	/** The image with jlink: its own reference, or that of the JDK beside a JRE. */
	readonly jdk: string;
	readonly home: string;
	readonly finalBase: string;
	readonly sameSystem: boolean;
	readonly libc: 'glibc' | 'musl';
	readonly locale: Readonly<Record<string, string>>;
	/** Options of jlink that leave out what only developers look at, as this version has them; and of jdeps. */
	readonly jlinkOptions: string;
	readonly jdepsOptions: string;
	readonly ownEntrypoint: string | undefined;
}

/** What is known about an image reference; undefined for one that is no Java image, or whose tag does not tell its version. */
export function findJava(reference: string): FoundJava | undefined {
	const parsed = parseReference(reference);
	if (!parsed || parsed.digest !== undefined) return undefined;
	for (const image of images) {
		const match = image.name === parsed.shortName ? image.tags.exec(parsed.tag) : null;
		if (!match) continue;
		const version = Number(match[1]);
		const release = match.groups?.['release'];
		const strip = image.hasObjcopy || version < 13 ? '--strip-debug' : '--strip-java-debug-attributes';
		// JDK-8214213 brought it to 11.0.11; before, missing classes are no error.
		const ignores = version > 11 || (version === 11 && !/^11\.0\.(?:\d|10)(?!\d)/.test(parsed.tag));
		return {
			version,
			jdk: `${parsed.name}:${parsed.tag.replace('-jre', '-jdk')}`,
			home: image.home.replace('$1', String(version)),
			finalBase: release === undefined ? (image.floatingBase ?? image.finalBase) : image.finalBase.replace('$<release>', release),
			sameSystem: image.sameSystem,
			libc: image.libc,
			locale: image.locale,
			jlinkOptions: `${strip} --no-man-pages --no-header-files --compress=2`,
			jdepsOptions: `${ignores ? '--ignore-missing-deps ' : ''}--print-module-deps --multi-release ${version}`,
			ownEntrypoint: image.ownEntrypoint,
		};
	}
	return undefined;
}

/** Modules that jdeps does not find, as nothing but a service or an option names them. */
export const hiddenModules: readonly { readonly when: RegExp; readonly modules: readonly string[]; readonly source: string }[] = [
	{ when: /-javaagent:/, modules: ['java.instrument', 'java.management'], source: 'java.lang.instrument: agents are loaded by java.instrument' },
	{ when: /jmxremote/, modules: ['jdk.management.agent'], source: 'JDK documentation, module jdk.management.agent' },
	{
		when: /\buser\.language=(?!en)|\b(?:LANG|LC_ALL|LANGUAGE)[= ]["']?(?!en)[a-z]{2}[_:]/,
		modules: ['jdk.localedata'],
		source: 'JDK documentation, module jdk.localedata',
	},
	{ when: /jdwp|-Xdebug/, modules: ['jdk.jdwp.agent'], source: 'JDK documentation, module jdk.jdwp.agent' },
	{ when: /\.jfr|StartFlightRecording/, modules: ['jdk.jfr'], source: 'JDK documentation, module jdk.jfr' },
];

/** What a program with jars within its jar gets, into which jdeps cannot look: all of Java SE, and what servers ask for besides. */
export const wholeRuntime: readonly string[] = [
	...['java.se', 'jdk.charsets', 'jdk.httpserver', 'jdk.management', 'jdk.naming.dns', 'jdk.net', 'jdk.security.auth', 'jdk.security.jgss', 'jdk.unsupported', 'jdk.zipfs'],
];
