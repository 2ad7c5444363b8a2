import type { BaseImage, Sibling } from '../baseImage';
import { apk, apt, microdnf, none, yum3 } from './managers';
import { jdkCommands } from './siblings';
import { officialRecords, suiteInTag } from './variants';

const openjdk = 'docker-library/openjdk and docker-library/official-images, library/openjdk through its history';
const temurin = 'adoptium/containers';
const openjdkPassesOn = { env: { JAVA_HOME: undefined, JAVA_VERSION: undefined }, user: null, entrypoint: null };
const temurinPassesOn = {
	env: { JAVA_HOME: '/opt/java/openjdk', LANG: 'en_US.UTF-8', LANGUAGE: 'en_US:en', LC_ALL: 'en_US.UTF-8', JAVA_VERSION: undefined },
	user: null,
	entrypoint: ['/__cacert_entrypoint.sh'],
	stopSignal: null,
	workdir: null,
};
const why = 'The JRE runs Java programs but has no compiler and no diagnostic tools.';
/** Their launchers and agents want jdk.attach, which only a JDK has from Java 9 on (prestodb issue 13506). */
const attaching: readonly string[] = ['presto', 'trino', 'airlift'];

// Debian's JREs were published for 7 to 11; Alpine's for 7 and 8 alone; from 12 on there is no JRE tag.
const openjdkRuntime: Sibling = {
	tags: /^(?!7u60$|8u20$|11\.0\.3-.*buster)/,
	changes: [
		{ part: 'tag', from: /^((?:[7-9]|1[01])(?:u\d+|(?:\.\d+)*))(?:-jdk)?((?:-slim)?(?:-(?:bullseye|buster|stretch|jessie|sid))?)$/, to: '$1-jre$2' },
		{ part: 'tag', from: /^([78](?:u\d+)?)(?:-jdk)?(-alpine(?:3\.[789])?)$/, to: '$1-jre$2' },
	],
	lacks: jdkCommands,
	lacksPaths: attaching,
	why,
	source: openjdk,
};

const temurinRuntime: Sibling = {
	tags: /^(?!17_35|18_36)/,
	changes: [
		{
			part: 'tag',
			from: /^((?:8|11|17|18|19|2\d)(?:u\d+-b\d+|(?:\.\d+)*_\d+|(?:\.\d+)*)?)(?:-jdk)?((?:-alpine(?:-\d\.\d+)?|-(?:resolute|noble|jammy|focal)|-ubi(?:9|10)-minimal)?)$/,
			to: '$1-jre$2',
		},
	],
	lacks: [...jdkCommands, 'ld', 'as', 'ar', 'nm', 'objcopy', 'objdump', 'readelf', 'strings', 'strip'],
	lacksPaths: attaching,
	why,
	source: temurin,
	saves: {
		tags: /^17(?=$|[.\-_])/,
		atLeast: 153_000_000,
		atMost: 155_000_000,
		basis: 'catalog',
		source: 'docker-library/repo-info: eclipse-temurin:17-jdk 448.02 MB, 17-jre 294.4 MB (2026)',
	},
};

const semeruRuntime: Sibling = {
	changes: [{ part: 'tag', from: /^(open-(?:8|11|17|21|25))-jdk((?:-(?:resolute|noble|jammy|focal))?)$/, to: '$1-jre$2' }],
	lacks: jdkCommands,
	lacksPaths: attaching,
	why,
	source: 'docker-library/official-images, library/ibm-semeru-runtimes',
};

/** JDKs and JREs, and the build tools that come with them. */
export const javaImages: readonly BaseImage[] = [
	...openjdkRecords('openjdk'),
	...openjdkRecords('java'),
	{
		names: ['eclipse-temurin'],
		tags: /windowsservercore|nanoserver/,
		family: 'windows',
		distribution: 'windows',
		...none,
		kind: 'sdk',
		sets: {},
		passesOn: {},
		source: temurin,
	},
	...(['sdk', 'runtime'] as const).flatMap((kind): BaseImage[] => {
		const passesOn = temurinPassesOn;
		const siblings = kind === 'sdk' ? { siblings: [temurinRuntime] } : {};
		const tags = (variant: string) => new RegExp(kind === 'sdk' ? `^(?!.*-jre)${variant}` : `-jre${variant}`);
		return [
			{
				names: ['eclipse-temurin'],
				tags: tags('.*alpine'),
				family: 'apk',
				distribution: 'alpine',
				release: /alpine-(\d+\.\d+)/,
				...apk,
				kind,
				sets: {},
				passesOn,
				...siblings,
				source: temurin,
			},
			{
				names: ['eclipse-temurin'],
				tags: tags('.*ubi(?:9|10)-minimal'),
				family: 'rpm',
				distribution: 'ubi',
				release: /ubi(\d+)/,
				...microdnf,
				kind,
				sets: {},
				passesOn,
				...siblings,
				source: temurin,
			},
			{
				names: ['eclipse-temurin'],
				tags: tags('.*centos7'),
				family: 'rpm',
				distribution: 'centos',
				fixedRelease: '7',
				...yum3,
				kind,
				sets: { nodocs: true },
				passesOn,
				source: temurin,
			},
			{
				names: ['eclipse-temurin'],
				tags: tags(''),
				family: 'deb',
				distribution: 'ubuntu',
				release: suiteInTag,
				...apt,
				kind,
				sets: { weakDependenciesOff: false, dockerClean: true },
				passesOn,
				...siblings,
				source: temurin,
			},
		];
	}),
	...['-jdk', '-jre'].map(
		(flavour): BaseImage => ({
			names: ['ibm-semeru-runtimes'],
			tags: new RegExp(`^open-\\d[\\w.]*${flavour}(?!.*(?:centos|ubi))`),
			family: 'deb',
			distribution: 'ubuntu',
			release: suiteInTag,
			...apt,
			kind: flavour === '-jdk' ? 'sdk' : 'runtime',
			sets: { weakDependenciesOff: false, dockerClean: true },
			passesOn: {},
			...(flavour === '-jdk' ? { siblings: [semeruRuntime] } : {}),
			source: 'docker-library/official-images, library/ibm-semeru-runtimes',
		}),
	),
	// Only the tags that name Temurin, or Ubuntu's releases: the others were built on OpenJDK's images, on Oracle Linux or on Debian by turns.
	...officialRecords({
		name: 'maven',
		kind: 'sdk',
		smallKind: 'sdk',
		on: 'ubuntu',
		plainTags: /eclipse-temurin(?!.*ubi)/,
		passesOn: { env: { MAVEN_HOME: '/usr/share/maven' }, entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'], cmd: ['mvn'] },
		source: 'carlossg/docker-maven',
	}),
	...officialRecords({
		name: 'gradle',
		kind: 'sdk',
		smallKind: 'sdk',
		on: 'ubuntu',
		plainTags: /^(?!.*(?:corretto|ubi|graal|openj9|semeru|alpine))/,
		passesOn: { env: { GRADLE_HOME: '/opt/gradle' }, workdir: '/home/gradle', cmd: ['gradle'] },
		source: 'keeganwitt/docker-gradle',
	}),
];

function openjdkRecords(name: string): readonly BaseImage[] {
	const common = { names: [name], passesOn: openjdkPassesOn, source: openjdk };
	const deb = { ...common, family: 'deb' as const, distribution: 'debian', release: suiteInTag, ...apt };
	const settings = { weakDependenciesOff: false, dockerClean: true };
	const plain = `^(?:[6-9]|1[01])(?:[.u]|-|$)|${suiteInTag.source}`;
	return [
		{ ...common, tags: /windowsservercore|nanoserver/, passesOn: {}, family: 'windows', distribution: 'windows', ...none, kind: 'sdk', sets: {} },
		{ ...common, tags: /-jre.*alpine/, family: 'apk', distribution: 'alpine', release: /alpine(\d+\.\d+)/, ...apk, kind: 'runtime', sets: {} },
		{ ...common, tags: /alpine/, family: 'apk', distribution: 'alpine', release: /alpine(\d+\.\d+)/, ...apk, kind: 'sdk', sets: {}, siblings: [openjdkRuntime] },
		{ ...common, tags: /oraclelinux7/, family: 'rpm', distribution: 'oracle', fixedRelease: '7', ...yum3, kind: 'sdk', sets: {} },
		{ ...common, tags: /oraclelinux(?:8|9|10)/, family: 'rpm', distribution: 'oracle', release: /oraclelinux(\d+)/, ...microdnf, kind: 'sdk', sets: {} },
		{ ...deb, tags: /^(?!.*oracle).*-jre.*slim/, kind: 'runtime', sets: { ...settings, nodocs: true } },
		{ ...deb, tags: /^(?!.*oracle).*slim/, kind: 'sdk', sets: { ...settings, nodocs: true }, siblings: [openjdkRuntime] },
		{ ...deb, tags: new RegExp(`^(?!.*oracle)(?=.*-jre)(?:${plain})`), kind: 'runtime', sets: { ...settings, nodocs: false } },
		{ ...deb, tags: new RegExp(`^(?!.*oracle)(?=${plain}|.*${suiteInTag.source})`), kind: 'sdk', sets: { ...settings, nodocs: false }, siblings: [openjdkRuntime] },
	];
}
