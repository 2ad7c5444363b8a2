import { holds } from '../model/basics/paths';
import { findBaseImage } from '../model/catalog/baseImages';
import { type FoundJava, findJava, hiddenModules, wholeRuntime } from '../model/catalog/javaRuntimes';
import type { Context } from '../model/context/context';
import type { Model, StageModel } from '../model/stages/model';
import type { Instruction } from '../syntax/containerfile';
import { whyRunsStop } from './compiled/javaRuns';
import { readLaunch } from './compiled/launch';
import { copyOf, defaultPath, lastFolder } from './compiled/places';
import { freeName, newHeads } from './compiled/split';
import { replaceStage } from './newStages';
import { isRefusal, type Proposal, type Refusal, type Rewrite } from './rewrite';

/** A Java program on a runtime of its own instead of a whole JDK or JRE. */
export const jlinkRuntime: Rewrite = {
	id: 'jlink-runtime',
	title: 'Ship a Java runtime with only the modules that are used',
	needs: 'a last stage on a Java image that starts a jar',
	docs: {
		why: 'A JDK is made for building, and even a JRE has every module of Java. From Java 9 on jlink makes a runtime of those modules alone that a program uses, and jdeps says which these are. It goes to the place where the old one was, on a small image with the same C library.',
		before: 'FROM eclipse-temurin:17-jdk\nWORKDIR /app\nCOPY target/hello.jar hello.jar\nEXPOSE 8080\nENTRYPOINT ["java", "-jar", "hello.jar"]\n',
		after:
			'FROM eclipse-temurin:17-jdk AS runtime\nWORKDIR /app\nCOPY target/hello.jar hello.jar\nRUN if jar tf /app/hello.jar | grep \'\\.jar$\'; then echo \'jdeps cannot look into jars within a jar\' >&2; exit 1; fi && \\\n    modules="$(jdeps --ignore-missing-deps --print-module-deps --multi-release 17 /app/hello.jar)" && \\\n    jlink --add-modules "$modules,jdk.crypto.ec" --strip-debug --no-man-pages --no-header-files --compress=2 --output /runtime\n\nFROM debian:12-slim\nCOPY --from=runtime /runtime /opt/java/openjdk\nENV JAVA_HOME=/opt/java/openjdk \\\n    PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \\\n    LANG=C.UTF-8 \\\n    LC_ALL=C.UTF-8\nWORKDIR /app\nCOPY target/hello.jar hello.jar\nEXPOSE 8080\nENTRYPOINT ["java", "-jar", "hello.jar"]\n',
		links: ['https://docs.oracle.com/en/java/javase/17/docs/specs/man/jlink.html'],
	},
	propose(model, context) {
		const { target } = model;
		const reference = target?.base.kind === 'image' ? target.base.reference : undefined;
		const java = reference === undefined ? undefined : findJava(reference);
		if (!target || !java) return undefined;
		const { from, instructions } = target.stage;
		const started = instructions.findLast(({ keyword, onbuild }) => (keyword === 'ENTRYPOINT' || keyword === 'CMD') && !onbuild);
		if (!started) return undefined;
		if (java.version < 9) return { because: `Java ${java.version} has no jlink; it is there from Java 9 on`, span: from.span };
		if (target.index !== model.stages.length - 1) return { because: 'other stages follow, which may build on this one', span: from.span };
		const onbuild = instructions.find((instruction) => instruction.onbuild);
		if (onbuild) return { because: 'ONBUILD is for images that are built on this one', span: onbuild.span };
		return plan(model, target, java, context);
	},
};

function plan(model: Model, target: StageModel, java: FoundJava, context: Context): Proposal | Refusal {
	const { file } = model;
	const launch = readLaunch(model, target, java, lastFolder(model, target));
	if (isRefusal(launch)) return launch;
	const base = context.finalBase ?? java.finalBase;
	const found = findBaseImage(base);
	const isAlpine = found?.image.family === 'apk';
	if (context.finalBase !== undefined && (base === 'scratch' || /distroless\/static/.test(base) || (found && isAlpine !== (java.libc === 'musl'))))
		return { because: `${base} has not the C library of this Java (${java.libc})`, span: target.stage.from.span };
	if (launch.needsShell && found?.image.family === 'distroless') return { because: `${base} has no shell, which this needs`, span: launch.instruction.span };
	const stops = whyRunsStop(target, base, java.sameSystem && context.finalBase === undefined);
	if (stops) return stops;
	const classes = classesOf(model, target, launch.classPath);
	if (isRefusal(classes)) return classes;
	const missing = unknownVariable(model, target, java) ?? archive(model, target);
	if (missing) return missing;
	const text = file.text.slice(target.stage.from.span.start);
	const war = launch.classPath.find((path) => path.endsWith('.war'));
	const nested = packer(text, context) ?? war ?? jarsBeside(target, launch.classPath);
	const hidden = [
		...new Set([...(java.version < 22 ? ['jdk.crypto.ec'] : []), ...hiddenModules.flatMap(({ when, modules }) => (when.test(text) ? modules : [])), ...addedModules(text)]),
	];
	const name = freeName(model, 'runtime');
	const heads = newHeads(model, target, name, base);
	const builder = headOfJdk(model, target, java, name);
	if (isRefusal(builder)) return builder;
	const path = ['PATH', `${java.home}/bin:${defaultPath}`];
	const environment = [['JAVA_HOME', java.home], path, ...Object.entries(java.locale)].map(([key, value]) => `${key}=${value}`);
	const pieces = [
		[builder, ...(nested === undefined ? classes.pieces : []), `RUN ${commands(java, classes.paths, hidden, nested !== undefined).join(` && ${file.escape}\n    `)}`],
		[heads.final, `COPY --from=${name} /runtime ${java.home}`, `ENV ${environment.join(` ${file.escape}\n    `)}`, ...target.stage.instructions],
	];
	return {
		title: `Ship a Java ${java.version} runtime of the used modules on ${base}`,
		span: target.stage.from.span,
		assumes: sentences(java, base, launch.entrypointOfBase, nested, hidden),
		edits: () => replaceStage(file, target.stage, pieces),
	};
}

/** What packs jars into the jar, or builds on a framework that loads classes by name: the build file, or the Containerfile itself where it says so. */
function packer(text: string, { buildContext }: Context): string | undefined {
	const framework = /spring-?boot|springframework|BOOT-INF|quarkus|one-?jar/i;
	const build = [...(buildContext?.texts ?? [])].find(([name, content]) => /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/.test(name) && framework.test(content));
	return build?.[0] ?? (framework.test(text) ? 'a framework' : /-javaagent:/.test(text) ? 'an agent' : undefined);
}

/** A folder that is copied beside the one jar which is started, whose manifest may name the jars in it as its class path. */
function jarsBeside({ stage }: StageModel, [jar = '', ...others]: readonly string[]): string | undefined {
	if (others.length > 0 || !jar.endsWith('.jar')) return undefined;
	const folder = /^\.?\/?$|(?:^|\/)(?:target|libs?|dependency|dependencies|deps|jars|plugins|ext)\/?$|(?:^|\/)(?:lib|dependency|dependencies|deps|jars|plugins|ext)\/\*(?:\.jar)?$/;
	const copies = stage.instructions.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
	return copies.flatMap(({ words }) => words.slice(0, -1)).find(({ text }) => folder.test(text))?.text;
}

/** The JDK's modules that the program is started with besides those it names. */
function addedModules(text: string): readonly string[] {
	return [...text.matchAll(/--add-modules(?:=|[\s"',]+)([\w.,]+)/g)].flatMap(([, names = '']) => names.split(',').filter((name) => /^(?:java|jdk)\./.test(name)));
}

/** An option for an archive of classes, which is that of one runtime; a new one has none. */
function archive({ file }: Model, { stage }: StageModel): Refusal | undefined {
	const at = stage.instructions.find(({ span }) => /-Xshare:on\b|-XX:SharedArchiveFile/.test(file.text.slice(span.start, span.end)));
	return at && { because: 'an archive of classes (CDS) belongs to the old runtime', span: at.span };
}

/** FROM for the builder: the image itself, or the JDK beside a JRE. */
function headOfJdk({ file }: Model, { stage, base }: StageModel, { jdk }: FoundJava, name: string): { readonly instead: Instruction; readonly text: string } | Refusal {
	const { from, image } = stage;
	const isJdk = base.kind === 'image' && base.reference === jdk;
	const written = image?.text ?? '';
	const reference = isJdk ? written : written.replace(/-jre(?=[-:@]|$)/, '-jdk');
	if (!isJdk && reference === written) return { because: 'the JDK beside this JRE cannot be named, as a variable holds the flavour', span: image?.span ?? from.span };
	return { instead: from, text: `${file.text.slice(from.span.start, image?.span.start)}${reference} AS ${name}` };
}

function commands(java: FoundJava, paths: readonly string[], hidden: readonly string[], whole: boolean): readonly string[] {
	const link = (modules: string) => `jlink --add-modules ${modules} ${java.jlinkOptions} --output /runtime`;
	if (whole) return [link([...wholeRuntime, ...hidden].join())];
	const jars = paths.filter((path) => path.endsWith('.jar') && !path.includes('*'));
	return [
		...jars.map((jar) => `if jar tf ${jar} | grep '\\.jar$'; then echo 'jdeps cannot look into jars within a jar' >&2; exit 1; fi`),
		`modules="$(jdeps ${java.jdepsOptions} ${paths.join(' ')})"`,
		link(`"$modules${hidden.map((module) => `,${module}`).join('')}"`),
	];
}

/** The instructions that bring the classes, for the builder, and the paths that jdeps looks at. */
function classesOf(model: Model, target: StageModel, classPath: readonly string[]): { readonly pieces: readonly string[]; readonly paths: readonly string[] } | Refusal {
	const { instructions, from } = target.stage;
	const copies = instructions.filter(({ keyword, heredocs }) => (keyword === 'COPY' || keyword === 'ADD') && heredocs.length === 0);
	const needed = new Set<Instruction>();
	for (const path of classPath) {
		const folder = path.replace(/\/\*(?:\.jar)?$/, '');
		const bringing = copies.filter((instruction) => {
			const { destination, intoFolder } = copyOf(model, target, instruction, new Set());
			return destination !== undefined && (destination === folder || (holds(destination, folder) && (intoFolder || destination !== '/')));
		});
		if (bringing.length === 0) return { because: `${path} is not copied into this stage; build it in an earlier one`, span: from.span };
		for (const one of bringing) needed.add(one);
	}
	const last = instructions.findLastIndex((one) => needed.has(one));
	const pieces = instructions.slice(0, last + 1).flatMap((one): string[] => {
		const text = model.file.text.slice(one.span.start, one.span.end).replaceAll('\r\n', '\n');
		if (one.keyword === 'ARG' || one.keyword === 'ENV' || one.keyword === 'WORKDIR') return [text];
		return needed.has(one) ? [text.replace(/\s--chown=\S+/, '')] : [];
	});
	return { pieces, paths: classPath.map((path) => path.replace(/\/\*$/, '/*.jar')) };
}

/** A variable of the base that the file uses and whose value is not known. */
function unknownVariable({ file }: Model, { stage }: StageModel, java: FoundJava): Refusal | undefined {
	const at = stage.instructions.find(({ span }) => /\$\{?JAVA_VERSION\b/.test(file.text.slice(span.start, span.end)));
	if (at) return { because: 'JAVA_VERSION, which the base sets, is not known', span: at.span };
	const system = java.ownEntrypoint === undefined ? undefined : stage.instructions.find(({ span }) => file.text.slice(span.start, span.end).includes('USE_SYSTEM_CA_CERTS'));
	return system && { because: 'USE_SYSTEM_CA_CERTS asks for the script of the base', span: system.span };
}

function sentences(java: FoundJava, base: string, entrypointOfBase: boolean, nested: string | undefined, hidden: readonly string[]): readonly string[] {
	return [
		nested === undefined
			? `Every module that the program uses is named in its classes, where jdeps finds it${hidden.length === 0 ? '' : `, or is one of ${hidden.join(', ')}`}.`
			: `All of Java SE and ${[...wholeRuntime.slice(1), ...hidden].join(', ')} are enough: ${nested} brings jars that jdeps does not look into, or loads classes by name.`,
		`It needs ${hidden.includes('jdk.localedata') ? '' : 'no locale but English (jdk.localedata), '}no fonts, and no tool of the JDK such as jcmd or jstack.`,
		`It starts no program and reads no file of the old base that ${base} has not.`,
		...(java.locale['LANG'] === 'C.UTF-8' && java.ownEntrypoint !== undefined ? ['Nothing depends on the country of the locale: it is C.UTF-8 now, en_US.UTF-8 before.'] : []),
		...(java.ownEntrypoint !== undefined && entrypointOfBase ? [`Nobody sets USE_SYSTEM_CA_CERTS: ${java.ownEntrypoint} of the old base, which asks for it, is gone.`] : []),
	];
}
