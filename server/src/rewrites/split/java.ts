import { absolutePath, holds } from '../../model/basics/paths';
import { siblingReference } from '../../model/catalog/baseImages';
import { jdkCommands } from '../../model/catalog/baseImages/siblings';
import { parseReference } from '../../model/catalog/reference';
import type { Invocation } from '../../model/commands/invocation';
import { knownValue } from '../../model/files/writtenFiles';
import type { Refusal } from '../rewrite';
import type { Ecosystem, Effect, Goods, Shop } from './ecosystem';
import { cover, partRoots } from './folders';
import { contextFileAt, workdirAt } from './sources';
import { wordsOf } from './starts';

/** Which tags of images with a build tool stand on which of Eclipse Temurin; source: carlossg/docker-maven, keeganwitt/docker-gradle. */
const temurinOf: Readonly<Record<string, RegExp>> = {
	maven: /^(?:[\d.]+(?:-(?:alpha|beta|rc)-\d+)?-)?eclipse-temurin-(\d+)(-(?:noble|jammy|focal|alpine))?$/,
	gradle: /^(?:[\d.]+-)?jdk(\d+)(-(?:noble|jammy|focal|alpine))?$/,
};

/** Plugins that put everything a program needs into its one jar. */
const wholeJar = /spring-boot-maven-plugin|maven-shade-plugin|maven-assembly-plugin|org\.springframework\.boot|com\.(?:github\.johnrengelman|gradleup)\.shadow/;

/** Java with Maven or Gradle: the jar that the image starts, on the JRE. */
export const java: Ecosystem = {
	names: /^(?:maven|gradle|eclipse-temurin|openjdk|ibm-semeru-runtimes|amazoncorretto)$/,
	hasLibrariesOf: new Set(),
	runtime(reference, { image }) {
		if (image?.kind !== 'sdk') return undefined;
		const { shortName = '', tag = '' } = parseReference(reference) ?? {};
		const [, version, variant = ''] = temurinOf[shortName]?.exec(tag) ?? [];
		if (version !== undefined && !reference.includes('@')) return { reference: `eclipse-temurin:${version}-jre${variant}` };
		const [sibling] = image.siblings ?? [];
		const runtime = sibling && siblingReference(reference, sibling);
		return runtime === undefined
			? { because: `no JRE image is known that is to ${reference} what it has to be; eclipse-temurin has one for each of its JDKs` }
			: { reference: runtime };
	},
	lacks: ({ image }) => image?.siblings?.[0]?.lacks ?? [...jdkCommands, 'git', 'ssh', 'svn', 'hg'],
	effect(invocation, run, folder) {
		const { program = '', args } = invocation;
		if (!/^(?:mvnw?|gradlew?)$/.test(program)) return program === 'javac' ? 'javac leaves classes, not a jar' : undefined;
		const values = args.map((word) => knownValue(word, run) ?? '');
		if (values.every((value) => /^(?:-v|--version)$/.test(value)) && values.length > 0) return { kind: 'none' };
		return made(placeOf(invocation, values, folder));
	},
	goods(shop) {
		const { reference, stage, model } = shop;
		const { projects, others } = partRoots(shop, ({ effect, invocation: { program = '' } }) =>
			effect.kind === 'make' && /^(?:mvnw?|gradlew?)$/.test(program) ? effect.writes[0] : undefined,
		);
		const named = copiesOf(shop, projects);
		if ('because' in named) return named;
		const copies = cover([...named, ...others]);
		const kept = copies.filter((path) => projects.some((project) => holds(project, path)));
		const user = stage.stage.instructions.find(({ keyword, words }) => keyword === 'USER' && words[0]?.value?.startsWith('gradle'));
		if (user) return { because: 'the JRE image has no user gradle', span: user.span };
		const isTool = /^(?:maven|gradle)(?=:|$)/.test(parseReference(reference)?.shortName ?? '');
		const hasEntrypoint = stage.stage.instructions.some(({ keyword }) => keyword === 'ENTRYPOINT');
		return {
			copies: copies.map((path) => ({ from: path, to: path })),
			packages: [],
			builderHead: [],
			builderTail: [],
			finalHead: [],
			lacksUsers: ['gradle'],
			keepsSetup: true,
			assumes: [
				`The program reads no file below ${projects.join(', ')}${kept.length > 0 ? ` but ${kept.join(', ')}` : ''}.`,
				'The program needs no compiler and no tool of the JDK.',
				...(isTool && !hasEntrypoint && model.file.text.includes('maven') ? ["Maven's entry point is not needed: it only fills ~/.m2."] : []),
			],
		} satisfies Goods;
	},
};

function made(folder: string | undefined): Effect | undefined {
	return folder === undefined ? undefined : { kind: 'make', writes: [folder] };
}

/** The project's folder: where the command runs, or that of the file or folder it is told. */
function placeOf({ program = '' }: Invocation, values: readonly string[], folder: string | undefined): string | undefined {
	const at = values.findIndex((value) => /^(?:-f|--file|-p|--project-dir)(?:=|$)/.test(value));
	if (at < 0) return folder;
	const target = values[at]?.includes('=') ? values[at]?.replace(/^[^=]*=/, '') : values[at + 1];
	if (target === undefined || target === '') return undefined;
	return absolutePath(program.startsWith('mvn') ? target.replace(/\/?[^/]*\.xml$/, '') || '.' : target, folder);
}

/** What of the project the start command names: the jar, or the folder around it where it may count on what lies beside. */
function copiesOf(shop: Shop, projects: readonly string[]): readonly string[] | Refusal {
	const { starts, stage, roots, model, context } = shop;
	const main = starts.filter(({ instruction }) => instruction.keyword !== 'HEALTHCHECK');
	const words = main.flatMap(({ instruction }) => wordsOf(model.file, instruction));
	const span = main[0]?.instruction.span ?? stage.stage.from.span;
	if (!words.some((word) => /(?:^|\/)java$/.test(word))) return { because: 'it starts no java command with its jar, so what has to be copied is not known', span };
	const cwd = workdirAt(stage, stage.stage.instructions.length);
	const named = words.flatMap((word, index) => {
		if (words[index - 1] === '-jar') return [word];
		return /^(?:-cp|-classpath|--class-path)$/.test(words[index - 1] ?? '') ? word.split(':').map((one) => one.replace(/\/\*$/, '')) : [];
	});
	// Settings that the command names, an agent: `server config.yml`, `-Dconfig.file=conf/app.conf`, `-javaagent:lib/agent.jar`.
	const settings = words
		.flatMap((word) => word.split(/[=:,]/))
		.filter((word) => /^[\w./-]+\.(?:ya?ml|json|properties|conf|config|cfg|xml|ini|jks|p12|pem|policy|jar|war)$/.test(word));
	const copies = settings.flatMap((word) => {
		const path = absolutePath(word, cwd);
		return path !== undefined && !named.includes(word) && projects.some((project) => holds(project, path)) ? [path] : [];
	});
	let found = false;
	for (const name of named) {
		if (/\$/.test(name)) return { because: `it is not known before the build which file ${name} is`, span };
		const path = absolutePath(name, cwd);
		const root = path === undefined ? undefined : roots.find((one) => holds(one, path));
		if (path === undefined) return { because: `it is not known where ${name} lies`, span };
		if (root === undefined) continue;
		found = true;
		if (!projects.includes(root)) continue;
		const folder = path.replace(/\/[^/]*$/, '');
		const manifest = ['pom.xml', 'build.gradle', 'build.gradle.kts'].flatMap((file) => contextFileAt(stage, context, `${root}/${file}`) ?? []).join('\n');
		const isAlone = /\.jar$/.test(path) && !/[*?[]/.test(path) && (wholeJar.test(manifest) || !/\/(?:target|libs?|build|lib|quarkus-app|dist|bin)$/.test(folder));
		copies.push(isAlone || !/\.(?:jar|war)$/.test(path) ? path : folder);
	}
	const [lost] = copies.filter((path) => /[*?[]/.test(path));
	if (lost !== undefined || !found) return { because: 'the jar that it starts is not among what is built here', span };
	return [...new Set(copies)];
}
