import { absolutePath } from '../../model/basics/paths';
import { outsideCalls, plainHeaders } from '../../model/catalog/compilers';
import type { StageModel } from '../../model/stages/model';
import type { Edit } from '../../text/edit';
import type { Word } from '../../text/span';
import type { Binary, CompileCommand } from './binaries';
import { fixedValue, textAt } from './places';

/** Libraries that are part of the C library or of the compiler. */
const ownLibraries = /^-l(?:m|pthread|rt|c|stdc\+\+|gcc)$/;

/** Options whose value is the next word. */
const valued = new Set(['-o', '-I', '-L', '-D', '-U', '-include', '-isystem', '-idirafter', '-x', '-MF', '-MT', '-MQ', '-Xlinker', '-T', '-u', '-z']);

/** The program that a compiler links, static once its edits are applied; nothing for a command that does not link. */
export function readC(compile: CompileCommand): readonly Binary[] {
	const { invocation, run, stage, cwd } = compile;
	const { args, command } = invocation;
	if (args.some(({ text }) => /^(?:-c|-S|-E|-M|-MM|-shared|--version|-v|-dumpversion|-print.*)$/.test(text))) return [];
	const { sources, output } = wordsOfCompiler(args, (word) => fixedValue(word, run, stage));
	const path = output === undefined ? undefined : absolutePath(output, cwd);
	if (path === undefined) return [];
	const because = whyNot(compile, sources);
	const refusal = because === undefined ? undefined : { because, span: command.span };
	return [{ path, language: 'C', edits: refusal ? [] : staticFlags(compile), assumes: [], folder: cwd, certain: true, ...(refusal ? { refusal } : {}) }];
}

/** What a compiler reads, and where it writes to, as written: `a.out` where it is not told, undefined where that is not known. */
export function wordsOfCompiler(
	args: readonly Word[],
	known: (word: Word) => string | undefined,
): { readonly sources: readonly (string | undefined)[]; readonly output: string | undefined } {
	const sources: (string | undefined)[] = [];
	let output = 'a.out' as string | undefined;
	for (let i = 0; i < args.length; i++) {
		const word = args[i];
		const next = args[i + 1];
		if (!word) continue;
		if (word.text === '-o') output = next ? known(next) : undefined;
		else if (/^-o./.test(word.text)) output = word.value?.slice(2);
		else if (!word.text.startsWith('-')) sources.push(known(word));
		if (valued.has(word.text)) i++;
	}
	return { sources, output };
}

function whyNot({ model, stage, run, invocation, cwd, buildContext }: CompileCommand, sources: readonly (string | undefined)[]): string | undefined {
	const { args, command } = invocation;
	const flag = args.find(
		({ text }) => /^-(?:fsanitize|rdynamic|pie$|fplugin|nostdlib|B|T|specs|Wl,(?:-E|--export-dynamic|-rpath|-z,now|-Bdynamic)|Xlinker|l)/.test(text) && !ownLibraries.test(text),
	);
	if (flag) return flag.text.startsWith('-l') ? `${flag.text} links a library of which nothing says that there is a static one` : `${flag.text} does not go with a static program`;
	if (!command.topLevel || command.words[0] !== invocation.name) return 'the compiler is called where its flags cannot be changed';
	if (stage.family !== 'deb' && stage.family !== 'apk') return 'the static C library is in a package of its own here (glibc-static), which the image is not known to have';
	if (args.some(({ value, text }) => value === undefined && !/^"?\$\{?\w*FLAGS\}?"?$/.test(text)) || sources.includes(undefined))
		return 'what is compiled is not known before the build';
	for (const source of sources) {
		if (source === undefined || !/\.(?:c|cc|cpp|cxx|C)$/.test(source)) return `${source ?? 'a source'} is no C source that could be read`;
		const place = absolutePath(source, cwd);
		const text = place === undefined ? undefined : textAt(model, stage, place, run.instruction, buildContext);
		if (text === undefined) return `${source} was not read, and a C program may look up users and hosts, which a static one cannot; it has to lie in the build context`;
		const outside = outsideOf(source, text) ?? threadsOf(stage, source, text);
		if (outside) return outside;
	}
	return undefined;
}

function outsideOf(source: string, text: string): string | undefined {
	const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
	for (const [, bracket, name = ''] of code.matchAll(/^\s*#\s*include\s*(?:(<)|")([^>"]+)[>"]/gm)) {
		if (bracket === undefined) return `${source} includes ${name}, which was not read`;
		if (!plainHeaders.names.has(name) && !plainHeaders.patterns.some((pattern) => pattern.test(name)))
			return `${source} includes ${name}, which may need what only a shared C library does`;
	}
	if (/^\s*#\s*include\s*[^<"\s]/m.test(code)) return `${source} includes a file that a macro names`;
	const call = outsideCalls.exec(code)?.[1];
	if (call) return `${source} calls ${call}, which needs files or programs of the system`;
	const file = /"(\/(?:etc|usr|var|opt|bin|sbin|lib|srv|home|root|share)\/[^"]*)"/.exec(code)?.[1];
	return file === undefined ? undefined : `${source} names ${file}, which the empty image has not`;
}

/** Threads of C++ in a static program crash before glibc 2.34, of which the linker takes only the parts that something names (GCC bug 58909). */
function threadsOf({ image, release }: StageModel, source: string, text: string): string | undefined {
	if (image?.family !== 'deb' || (release !== undefined && threadSafe.test(release))) return undefined;
	const header = /^\s*#\s*include\s*<(thread|mutex|shared_mutex|condition_variable|future)>/m.exec(text)?.[1];
	return header === undefined ? undefined : `${source} includes ${header}, which a static program of an older glibc does not survive; name a release with glibc 2.34 or later`;
}

/** Debian 12 and Ubuntu 22.04 are the first with glibc 2.34 or later. */
const threadSafe = /^(?:1[2-9](?:\.\d+)?|bookworm|trixie|forky|sid|2[2-9]\.\d+|jammy|noble|resolute)$/;

/** `-Os` where no level is chosen, sections that the linker drops when nothing uses them, no symbols, no shared library. */
function staticFlags({ invocation }: CompileCommand): readonly Edit[] {
	const has = (pattern: RegExp) => invocation.args.some(({ text }) => pattern.test(text));
	const flags = [
		...(has(/^-O/) ? [] : ['-Os']),
		...(has(/^-ffunction-sections$/) ? [] : ['-ffunction-sections']),
		...(has(/^-fdata-sections$/) ? [] : ['-fdata-sections']),
		...(has(/^-Wl,.*--gc-sections/) ? [] : ['-Wl,--gc-sections']),
		...(has(/^-static$/) ? [] : ['-static']),
		...(has(/^-g|^-s$|^-Wl,.*(?:--strip-all|-s\b)/) ? [] : ['-s']),
	];
	const end = invocation.name?.span.end ?? invocation.command.span.end;
	return flags.length === 0 ? [] : [{ span: { start: end, end }, text: ` ${flags.join(' ')}` }];
}
