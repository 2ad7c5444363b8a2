import { posix } from 'node:path';
import { absolutePath, holds } from '../../model/basics/paths';
import { isBuildPackage } from '../../model/catalog/buildTools';
import { cgoModules } from '../../model/catalog/compilers';
import { parseReference } from '../../model/catalog/reference';
import type { StageModel } from '../../model/stages/model';
import type { Edit } from '../../text/edit';
import type { Word } from '../../text/span';
import type { Refusal } from '../rewrite';
import type { Binary, CompileCommand } from './binaries';
import { fixedValue, textAt, variablesAt } from './places';

/** Options of `go build` and `go install` whose value may be the next word (`go help build`, Go 1.22). */
const valued = new Set([
	...[
		'-o',
		'-p',
		'-asmflags',
		'-buildmode',
		'-compiler',
		'-covermode',
		'-coverpkg',
		'-gccgoflags',
		'-gcflags',
		'-installsuffix',
		'-ldflags',
		'-mod',
		'-modfile',
		'-overlay',
		'-pgo',
	],
	...['-pkgdir', '-tags', '-toolexec', '-exec', '-C', '-buildvcs'],
]);

/** The programs that `go build` or `go install` makes, static once its edits are applied. */
export function readGo(command: CompileCommand): readonly Binary[] {
	const { invocation, run, stage } = command;
	const verb = invocation.args[0]?.value;
	if (verb !== 'build' && verb !== 'install') return [];
	const { options, operands } = split(invocation.args.slice(1));
	const change = options.get('-C');
	const compile = change ? { ...command, cwd: absolutePath(fixedValue(change, run, stage) ?? '', command.cwd) } : command;
	if (change && fixedValue(change, run, stage) === undefined) return [];
	const { refusal, edits, assumes } = makeStatic(compile, options);
	const output = options.get('-o');
	const named = output === undefined ? undefined : fixedValue(output, run, stage);
	if (output !== undefined && named === undefined) return [];
	const folder = verb === 'install' ? installFolder(compile) : named?.endsWith('/') ? absolutePath(named, compile.cwd) : compile.cwd;
	if (folder === undefined && named === undefined) return [];
	if (verb === 'build' && operands.length > 1 && named === undefined && !operands.every(({ value }) => value?.endsWith('.go'))) return [];
	const files = operands.every(({ value }) => value?.endsWith('.go')) ? operands.slice(0, 1) : operands;
	const names = (files.length === 0 ? [undefined] : files).map((word) => nameOf(compile, word));
	const direct = named !== undefined && !named.endsWith('/') ? absolutePath(named, compile.cwd) : undefined;
	const paths = direct !== undefined ? [direct] : names.flatMap((name) => (name === undefined || folder === undefined ? [] : [`${folder}/${name}`]));
	return paths.map((path) => ({ path, language: 'Go', edits, assumes, folder: compile.cwd, certain: direct !== undefined, ...(refusal ? { refusal } : {}) }));
}

function split(args: readonly Word[]): { options: ReadonlyMap<string, Word>; operands: readonly Word[] } {
	const options = new Map<string, Word>();
	const operands: Word[] = [];
	for (let i = 0; i < args.length; i++) {
		const word = args[i] as Word;
		if (!word.text.startsWith('-')) {
			operands.push(word);
			continue;
		}
		const equals = word.text.indexOf('=');
		const name = (equals < 0 ? word.text : word.text.slice(0, equals)).replace(/^--/, '-');
		const next = args[i + 1];
		if (equals < 0 && valued.has(name) && name !== '-buildvcs' && next) {
			options.set(name, next);
			i++;
		} else {
			const value = word.value?.slice(word.value.indexOf('=') + 1);
			const text = word.text.slice(equals + 1);
			options.set(name, equals < 0 ? word : { span: { start: word.span.start + equals + 1, end: word.span.end }, text, value });
		}
	}
	return { options, operands };
}

/** GOBIN, else the first GOPATH's `bin`; undefined where neither is known, and where a cross build may choose a folder below. */
function installFolder(compile: CompileCommand): string | undefined {
	const value = (name: string) => setTo(compile, name);
	if (value('GOARCH') !== '' || !/^(?:linux)?$/.test(value('GOOS') ?? '?')) return undefined;
	const folder = value('GOBIN') || (value('GOPATH') ? `${value('GOPATH')?.replace(/:.*$/, '')}/bin` : undefined);
	return folder?.startsWith('/') ? posix.normalize(folder) : undefined;
}

/** The value of a variable for a command: empty where nothing sets it, undefined where it is not known. */
function setTo({ invocation, run, stage, exported }: CompileCommand, name: string): string | undefined {
	const words = invocation.command.words.slice(0, invocation.command.words.indexOf(invocation.name as Word));
	const before = words.find(({ text }) => text.startsWith(`${name}=`));
	if (before) return before.value?.slice(name.length + 1);
	const assigned = invocation.command.assignments.find((assignment) => assignment.name === name);
	if (assigned) return assigned.value;
	if (exported.has(name)) return exported.get(name);
	const fixed = variablesAt(stage, run.instruction).get(name);
	if (fixed !== undefined) return fixed;
	return run.variables.has(name) ? run.variables.get(name) : '';
}

/** The name of what a package becomes: its last folder, that of the module where it is the module's own; undefined where it is not known. */
function nameOf({ model, stage, run, cwd, buildContext }: CompileCommand, word: Word | undefined): string | undefined {
	const text = word === undefined ? '.' : fixedValue(word, run, stage);
	if (text === undefined || text.includes('...')) return undefined;
	if (text.endsWith('.go')) return posix.basename(text, '.go');
	if (!/^\.{0,2}(?:\/|$)/.test(text)) return lastElement(text.replace(/@.*$/, ''));
	const folder = absolutePath(text, cwd);
	if (folder === undefined) return undefined;
	const module = textAt(model, stage, posix.join(folder, 'go.mod'), run.instruction, buildContext);
	const path = module === undefined ? undefined : /^module\s+"?([\w./~-]+)/m.exec(module)?.[1];
	return lastElement(path ?? folder);
}

/** As Go takes it: a major version is no name. */
function lastElement(path: string): string | undefined {
	const parts = path.split('/').filter((part) => part !== '');
	const last = parts.at(-1);
	return last !== undefined && /^v\d+$/.test(last) && parts.length > 1 ? parts.at(-2) : last;
}

function makeStatic(compile: CompileCommand, options: ReadonlyMap<string, Word>): { refusal?: Refusal; edits: readonly Edit[]; assumes: readonly string[] } {
	const { invocation, stage, run, model, buildContext } = compile;
	const { command, args } = invocation;
	const none = { edits: [], assumes: [] };
	const refuse = (because: string) => ({ ...none, refusal: { because, span: command.span } });
	if (options.has('-race') || options.has('-msan') || options.has('-asan')) return refuse('a race or memory detector is linked in, which needs cgo');
	const mode = options.get('-buildmode');
	if (mode && mode.value !== 'exe') return refuse('-buildmode asks for something else than a plain program');
	if (options.get('-compiler')?.text.includes('gccgo')) return refuse('gccgo links the Go library of this image');
	const enabled = setTo(compile, 'CGO_ENABLED');
	if (enabled === undefined) return refuse('whether CGO_ENABLED is 0 is not known before the build');
	if (enabled !== '' && enabled !== '0') return refuse('it is built with cgo (CGO_ENABLED=1), which links the C library of this image');
	const ldflags = options.get('-ldflags');
	const flags = setTo(compile, 'GOFLAGS');
	const verb = args[0] as Word;
	const edits: Edit[] = [];
	const assumes: string[] = [];
	if (enabled === '') {
		const cgo = asksForCgo(setTo(compile, 'GOEXPERIMENT'), options.get('-tags')?.text) ?? cgoUser(compile);
		if (cgo) return refuse(cgo);
		if (/-linkmode/.test(ldflags?.text ?? '')) return refuse('-linkmode chooses the linker of cgo');
		const [first] = command.words;
		const start = invocation.name === first || first?.value === 'env' ? invocation.name?.span.start : undefined;
		if (start === undefined || !command.topLevel) return refuse('go build stands where CGO_ENABLED=0 cannot be put before it; set it with ENV');
		const module = textAt(model, stage, posix.join(compile.cwd ?? '/', 'go.mod'), run.instruction, buildContext);
		edits.push({ span: { start, end: start }, text: 'CGO_ENABLED=0 ' });
		assumes.push(`The program needs no cgo${module === undefined ? '' : ', nor does a module that go.mod names'}: no package that it imports has \`import "C"\`.`);
	}
	if (enabled === '' && (stage.family === 'rpm' || /go-toolset/.test(stage.stage.image?.text ?? '')))
		assumes.push('It need not be FIPS compliant: the Go of RHEL takes OpenSSL for that by cgo only.');
	if (!command.topLevel) return { edits, assumes };
	const added: string[] = [];
	if (!options.has('-trimpath') && !flags?.includes('trimpath') && flags !== undefined && knowsTrimpath(stage)) added.push('-trimpath');
	if (!ldflags && flags !== undefined && !flags.includes('ldflags')) added.push("-ldflags='-s -w'");
	// -C has to be the first of all options.
	const { end } = (options.get('-C') ?? verb).span;
	if (added.length > 0) edits.push({ span: { start: end, end }, text: ` ${added.join(' ')}` });
	if (!ldflags) assumes.push('Nobody needs the symbols of the program: debuggers find none.');
	return { edits, assumes };
}

/** `-trimpath` is there from Go 1.13 on (Go 1.13 release notes). */
function knowsTrimpath({ base }: StageModel): boolean {
	const reference = base.kind === 'image' && base.reference !== undefined ? parseReference(base.reference) : undefined;
	if (reference?.shortName !== 'golang') return false;
	const version = /^(\d+)(?:\.(\d+))?/.exec(reference.tag);
	return !version || version[2] === undefined || Number(version[2]) >= 13;
}

/** Experiments and tags that choose code which is there with cgo alone. */
function asksForCgo(experiment: string | undefined, tags: string | undefined): string | undefined {
	const cryptography = /boringcrypto|opensslcrypto|systemcrypto|strictfipsruntime/.exec(`${experiment} ${tags}`)?.[0];
	if (cryptography) return `${cryptography} needs cgo`;
	const tag = /\b(?:libsqlite3|sqlite_\w+)\b/.exec(tags ?? '')?.[0];
	return tag && `the tag ${tag} is for a package that needs cgo`;
}

/** What shows that cgo is needed. */
function cgoUser({ model, stage, run, cwd, buildContext }: CompileCommand): string | undefined {
	for (const index of stage.chain) {
		for (const { operations } of model.stages[index]?.runs ?? []) {
			for (const { action, operands, managers } of operations) {
				const family = managers[0]?.family;
				const package_ = action === 'install' && family ? operands.find(({ value }) => value !== undefined && isBuildPackage(value, family) && !notForCgo.test(value)) : undefined;
				if (package_) return `${package_.text} is installed, as if the program needed cgo; set CGO_ENABLED=0 where it does not`;
			}
		}
	}
	const module = cwd === undefined ? undefined : textAt(model, stage, posix.join(cwd, 'go.mod'), run.instruction, buildContext);
	const needing = module === undefined ? undefined : cgoModules.names.find((name) => module.split(/\s+/).some((word) => holds(name, word)));
	if (needing) return `go.mod names ${needing}, which needs cgo`;
	for (const [name, text] of buildContext?.texts ?? []) if (name.endsWith('.go') && /^\s*import\s+"C"|^\s+"C"\s*$/m.test(text)) return `${name} imports "C"`;
	return undefined;
}

const notForCgo = /^(?:make|golang.*|go|protobuf-dev|binutils|linux-headers)$/;
