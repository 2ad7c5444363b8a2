import type { Saving } from '../advice/advice';
import { expand } from '../model/basics/expand';
import { absolutePath, holds } from '../model/basics/paths';
import { comesAlong } from '../model/catalog/comesAlong';
import type { Context } from '../model/context/context';
import { isDistribution } from '../model/stages/distribution';
import type { Model, StageModel } from '../model/stages/model';
import type { Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { listed } from '../text/listed';
import { contains } from '../text/span';
import { type Acts, readActs, type Subject } from './compiled/acts';
import { type Binary, binaryAt, type Holdings, holdingsOf } from './compiled/binaries';
import { type CopiedFiles, runtimeFolder, sortCopies } from './compiled/copied';
import { whyGoNeedsMore } from './compiled/goSources';
import { type Bundle, bundleOf, outputLines } from './compiled/output';
import { copyOf, defaultPath, findProgram, lastFolder, systemFolders, variablesAt } from './compiled/places';
import { deal, freeName, inheritedVariables, newHeads, whyNotSplit } from './compiled/split';
import { healthcheckWords, type Started, startedBy } from './compiled/started';
import { replaceStage } from './newStages';
import { isRefusal, type Proposal, type Refusal, type Rewrite } from './rewrite';

/** A compiled program alone on scratch, linked so that it needs no library. */
export const staticBinaryToScratch: Rewrite = {
	id: 'static-binary-to-scratch',
	title: 'Ship a static program on scratch',
	needs: 'a last stage that starts a program compiled from C, Go or Rust, and a base with more than that',
	docs: {
		why: 'A program that is linked statically needs no distribution around it: no libraries, no shell, no package manager. What it is compiled with stays in a stage of its own; the image that ships is empty but for the program, the certificate authorities it may ask for, and `/tmp`.',
		before: 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/hello .\nEXPOSE 8080\nCMD ["/usr/local/bin/hello"]\n',
		after:
			"FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /usr/local/bin/hello .\nRUN mkdir -p /output/tmp /output/usr/local/bin /output/etc/ssl/certs && \\\n    chmod 1777 /output/tmp && \\\n    cp -p /usr/local/bin/hello /output/usr/local/bin/ && \\\n    cp /etc/ssl/certs/ca-certificates.crt /output/etc/ssl/certs/ && \\\n    echo 'hosts: files dns' > /output/etc/nsswitch.conf\n\nFROM scratch\nCOPY --from=build /output /\nWORKDIR /src\nEXPOSE 8080\nCMD [\"/usr/local/bin/hello\"]\n",
		links: ['https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch'],
	},
	propose(model, context) {
		const { target } = model;
		if (target?.base.kind !== 'image' || target.image?.family === 'distroless' || target.image?.family === 'scratch') return undefined;
		if (context.finalBase !== undefined && target.base.reference === context.finalBase) return undefined;
		const holdings = holdingsOf(model, target, context.buildContext);
		const compiled = holdings.binaries.some(({ language }) => language !== 'ready-made');
		const started = startedBy(target);
		if (!started) return compiled ? { because: 'nothing says which program is started', span: target.stage.from.span } : undefined;
		if (isRefusal(started)) return compiled ? started : undefined;
		if (!compiled && !startsReadyMade(model, target, holdings, started)) return undefined;
		return plan(model, target, context, holdings, started);
	},
};

function plan(model: Model, target: StageModel, context: Context, holdings: Holdings, started: Started): Proposal | Refusal | undefined {
	const not = whyNotSplit(model, target);
	if (not) return not;
	const program = startedProgram(model, target, holdings, started);
	if (isRefusal(program)) return program;
	const others = holdings.binaries.filter((binary) => binary.path !== program.path && !binary.anyName);
	const shipped = [program, ...others.filter(({ language, certain, via }) => language !== 'ready-made' && (certain || via))];
	const left = others.filter((binary) => binary.language !== 'ready-made' && !shipped.includes(binary)).map(({ path }) => path);
	const refusal = shipped.map((binary) => binary.refusal).find((one) => one !== undefined);
	if (refusal) return refusal;
	const { stage } = target;
	const here = shipped.filter(({ language, folder }) => language !== 'ready-made' && folder !== undefined && compiles(target));
	const trees = [...new Set(here.flatMap(({ language, folder }) => (language === 'C' || folder === undefined ? [] : [folder, ...goSources(model, target, language)])))];
	if (trees.includes('/')) return { because: 'the sources lie in / itself; give them a WORKDIR', span: stage.from.span };
	const argument = treeArgument(model, target, started, trees);
	if (argument !== undefined) return { because: `${argument} lies with the sources, which do not ship; copy it elsewhere`, span: started.instruction.span };
	const files = sortCopies(model, target, holdings.folders, { trees, compiles: here.length > 0, programs: new Set(shipped.map(({ path }) => path)) });
	if (isRefusal(files)) return files;
	const subject: Subject = { binaries: new Set(shipped.map(({ path }) => path)), trees, compiles: here.length > 0, copied: files.places };
	const acts = readActs(target, subject);
	if (isRefusal(acts)) return acts;
	const more = program.language === 'Go' ? whyGoNeedsMore(context.buildContext, trees.length > 0, acts.zones) : undefined;
	if (more !== undefined) return { because: more, span: started.instruction.span };
	return propose(model, target, context, { program, shipped, left, started, files, acts, trees, compiled: here.length > 0 });
}

/** The folder of Go's sources where the stage copies some there. */
function goSources(model: Model, target: StageModel, language: Binary['language']): readonly string[] {
	const folder = `${variablesAt(target, undefined).get('GOPATH') ?? '/go'}/src`;
	const copies = target.stage.instructions.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
	return language === 'Go' && copies.some((instruction) => copyOf(model, target, instruction, new Set()).destination?.startsWith(`${folder}/`)) ? [folder] : [];
}

/** An argument of the started program that names a file among the sources. */
function treeArgument(model: Model, target: StageModel, { words }: Started, trees: readonly string[]): string | undefined {
	const cwd = lastFolder(model, target);
	const named = (word: string, index: number) => runtimeFolder.test(word) && (/^-[^=]*=/.test(words[index + 1] ?? '') || /^-[^=]*$/.test(words[index] ?? ''));
	return words
		.slice(1)
		.map((word) => word.replace(/^-[^=]*=/, ''))
		.find((word, index) => (/^[^-].*(?:\/|\.\w+$)/.test(word) || named(word, index)) && !/^\w+:/.test(word) && trees.some((tree) => holds(tree, absolutePath(word, cwd) ?? '/')));
}

/** Whether a stage without RUN starts a program that is copied ready-made. */
function startsReadyMade(model: Model, target: StageModel, holdings: Holdings, { words: [name = ''] }: Started): boolean {
	return target.runs.length === 0 && findProgram(name, lastFolder(model, target), defaultPath, (file) => binaryAt(holdings, file) !== undefined) !== undefined;
}

/** Whether a RUN of the stage itself compiles. */
function compiles({ runs }: StageModel): boolean {
	return runs.some(({ invocations }) => invocations.some(({ program }) => program !== undefined && /^(?:go|cargo|gcc|g\+\+|cc|c\+\+|clang|clang\+\+)$/.test(program)));
}

function startedProgram(model: Model, target: StageModel, holdings: Holdings, started: Started): Binary | Refusal {
	const [name = ''] = started.words;
	if (!started.entrypoint && target.image && !isDistribution(target.image) && target.image.passesOn.entrypoint !== null)
		return { because: `the base may have an ENTRYPOINT of its own; name the program with one`, span: started.instruction.span };
	const cwd = lastFolder(model, target);
	const path = searchPath(target);
	if (path === undefined) return { because: 'PATH is not known', span: started.instruction.span };
	const find = (word: string) => findProgram(word, cwd, path, (file) => binaryAt(holdings, file) !== undefined);
	const file = find(name);
	const binary = file === undefined ? undefined : binaryAt(holdings, file);
	if (!binary && /\.(?:sh|py|rb|pl|js)$/.test(name))
		return { because: `${name} is a script, which needs its interpreter; let ${started.instruction.keyword} name the program`, span: started.instruction.span };
	if (!binary) return { because: `${name} is not known to be compiled in this file; name the program itself, or its output with -o`, span: started.instruction.span };
	const health = target.stage.instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
	const words = health ? healthcheckWords(model.file.text, health) : [];
	if (health && (!words || (words[0] !== undefined && find(words[0]) === undefined)))
		return { because: 'the health check needs a shell or another program; let the program itself check, in exec form', span: health.span };
	return binary;
}

function searchPath(target: StageModel): string | undefined {
	const variables = variablesAt(target, undefined);
	return variables.has('PATH') ? variables.get('PATH') : defaultPath;
}

interface Plan {
	readonly program: Binary;
	readonly shipped: readonly Binary[];
	/** Other programs that are compiled, if their packages are programs. */
	readonly left: readonly string[];
	readonly started: Started;
	readonly files: CopiedFiles;
	readonly acts: Acts;
	readonly trees: readonly string[];
	readonly compiled: boolean;
}

function propose(model: Model, target: StageModel, context: Context, { program, shipped, left, started, files, acts, trees, compiled }: Plan): Proposal | Refusal {
	const { file } = model;
	const { stage, image } = target;
	const base = context.finalBase ?? 'scratch';
	const name = freeName(model, compiled ? 'build' : 'rootfs');
	const heads = newHeads(model, target, name, base);
	const places = new Map<Instruction, 'builder' | 'final'>();
	for (const copy of files.copies) places.set(copy.instruction, acts.touches && copy.position < (target.runs.at(-1)?.position ?? -1) ? 'builder' : 'final');
	const unclear = files.copies.find((copy) => copy.unclear !== undefined && places.get(copy.instruction) === 'builder');
	if (unclear?.unclear !== undefined) return { because: unclear.unclear, span: unclear.instruction.span };
	const edits = shipped
		.flatMap((binary) => binary.edits)
		.filter((edit, index, all) => all.findIndex(({ span, text }) => span.start === edit.span.start && text === edit.text) === index);
	const { builder, final } = deal(model, target, places, edits, started.instead);
	const usesPath =
		!(started.words[0] ?? '').includes('/') &&
		(variablesAt(target, undefined).get('PATH') ?? defaultPath) !== defaultPath &&
		!stage.instructions.some(({ keyword, words }) => keyword === 'ENV' && words.some(({ text }) => /^"?PATH\b/.test(text)));
	const inherited = inheritedVariables(model, target, final, usesPath ? ['PATH'] : []);
	if (isRefusal(inherited)) return inherited;
	const user = namedUser(stage.instructions);
	const missing = missingFile(target, acts, files, user);
	if (missing) return missing;
	const moved = (path: string) => files.copies.some(({ instruction, places: targets }) => places.get(instruction) === 'builder' && targets.includes(path));
	const inBuilder = shipped.filter(({ via }) => via === undefined || places.get(via) !== 'final');
	const passed = (path: string) => trees.some((tree) => holds(path, tree)) || (systemFolders.has(path) && inBuilder.some((binary) => holds(path, binary.path)));
	const kept = [...new Set([...[...acts.kept].filter((path) => !passed(path)), ...files.kept.filter((path) => moved(path))])].filter(
		(path) => !inBuilder.some((binary) => binary.path === path),
	);
	const homes = [...acts.users.values()].filter(
		(home) => [lastFolder(model, target) ?? '/', ...files.places].some((path) => holds(home, path)) && !kept.some((path) => holds(path, home)),
	);
	if (homes.some((home) => trees.some((tree) => holds(home, tree) || holds(tree, home))))
		return { because: 'the sources lie in the home folder of a user that is made here, and the program may write there; compile elsewhere', span: stage.from.span };
	const odd = [...inBuilder.map(({ path }) => path), ...kept, ...homes].find((path) => !/^[\w@%+=:,./-]+$/.test(path));
	if (odd !== undefined) return { because: `${odd} is no plain path`, span: stage.from.span };
	const bundle = program.language === 'C' ? undefined : bundleOf(target, acts);
	const folders = files.copies.flatMap(({ instruction, folder }) =>
		places.get(instruction) === 'final' && folder !== undefined && folder !== '/' && systemFolders.has(folder) ? [folder] : [],
	);
	const lines = outputLines({
		binaries: inBuilder.map(({ path }) => path).filter((path) => !kept.some((one) => holds(one, path))),
		kept,
		homes,
		bundle,
		zones: acts.zones,
		users: user !== undefined || files.namesOwner,
		resolver: program.language === 'Go' && !kept.includes('/etc/nsswitch.conf'),
		folders,
	});
	const back = target.stage.instructions.some(({ keyword, span }) => keyword === 'USER' && span.start < (target.runs.at(-1)?.instruction.span.start ?? 0)) ? ['USER 0'] : [];
	const variables = variablesAt(target, undefined);
	const own = stage.instructions.some(({ keyword, words }) => keyword === 'WORKDIR' && expand(words[0]?.text ?? '', variables)?.startsWith('/'));
	const workdir = !own && image?.passesOn.workdir && image.passesOn.workdir !== '/' ? [`WORKDIR ${image.passesOn.workdir}`] : [];
	const pieces = [
		[heads.builder, ...builder, ...back, `RUN ${lines.join(` && ${file.escape}\n    `)}`],
		[heads.final, `COPY --from=${name} /output /`, ...(inherited.length > 0 ? [`ENV ${inherited.join(' ')}`] : []), ...workdir, ...final],
	];
	const inStage = (edit: Edit) => contains({ start: stage.from.span.start, end: stage.instructions.at(-1)?.span.end ?? stage.from.span.end }, edit.span);
	return {
		title: `Ship ${program.path} alone on ${base}`,
		span: stage.from.span,
		...savingOf(target),
		assumes: [
			...new Set(shipped.flatMap((binary) => binary.assumes)),
			...sentences({ program, shipped, left, started, files, acts, trees, compiled }, bundle, user !== undefined, homes.length > 0),
		],
		edits: () => [...edits.filter((edit) => !inStage(edit)), ...replaceStage(file, stage, pieces)],
	};
}

/** The base's bytes, but for the few megabytes of certificate authorities and time zones that may come along. */
function savingOf({ image, base }: StageModel): { readonly saves?: Saving } {
	if (!image?.size || base.kind !== 'image') return {};
	const { bytes, source } = image.size;
	return { saves: { of: `base image ${base.reference ?? ''}`, atLeast: Math.max(0, bytes - comesAlong.bytes), atMost: bytes, basis: 'catalog', source } };
}

/** What the settings of the stage ask for and the image is not known to have. */
function missingFile(target: StageModel, acts: Acts, { places }: CopiedFiles, user: ReturnType<typeof namedUser>): Refusal | undefined {
	if (user && !acts.users.has(user.name) && !/^(?:root|nobody|daemon|bin|mail|\$.*)$/.test(user.name))
		return { because: `the user ${user.name} is made nowhere in this file; give its number`, span: user.span };
	const variables = variablesAt(target, undefined);
	const authorities = variables.get('SSL_CERT_FILE');
	if (authorities !== undefined && authorities !== bundleOf(target, acts)?.path && ![...places, ...acts.kept].some((place) => holds(place, authorities)))
		return { because: `SSL_CERT_FILE names ${authorities}, which does not ship`, span: target.stage.from.span };
	const zone = variables.get('TZ');
	if (zone === undefined || zone === 'UTC' || acts.zones) return undefined;
	return { because: 'TZ names a time zone, and the image is not known to have them; install tzdata', span: target.stage.from.span };
}

/** The last USER that is no number. */
function namedUser(instructions: readonly Instruction[]): { readonly name: string; readonly span: Instruction['span'] } | undefined {
	const last = instructions.findLast(({ keyword }) => keyword === 'USER');
	const text = last?.words[0]?.text;
	return !last || text === undefined || /^\d+(?::\d+)?$/.test(text) ? undefined : { name: text.replace(/:.*$/, ''), span: last.span };
}

function sentences({ program, left, acts, trees, compiled }: Plan, bundle: Bundle | undefined, user: boolean, homes: boolean): readonly string[] {
	const folders = trees.filter((tree) => !trees.some((other) => other !== tree && holds(other, tree)));
	return [
		`The program starts no other one and opens no shell, and reads nothing of the ${compiled ? 'image that it is built in' : 'old base'}${bundle === undefined ? '' : ` but ${bundle.path}`}.`,
		...(left.length > 0 ? [`Nobody starts ${listed(left)}, which ${left.length === 1 ? 'does' : 'do'} not ship.`] : []),
		...(folders.length > 0 ? [`At run time it reads and writes no file below ${listed(folders)}: templates and settings that lie there with the sources do not ship.`] : []),
		...(acts.tools.length > 0 ? [`${listed(acts.tools)} ${acts.tools.length === 1 ? 'is' : 'are'} only needed to build.`] : []),
		...(bundle === undefined && program.language !== 'C' ? ['It talks no TLS, or brings its certificate authorities itself: the image has had none that is known of.'] : []),
		...(acts.zones ? [] : program.language === 'C' ? [] : ['It asks for no time zone by name, or brings them itself.']),
		...(user && acts.users.size > 0 && !homes ? ['Nothing needs the home folder of its user.'] : []),
		'Nobody looks into the container with a shell.',
	];
}
