import { posix } from 'node:path';
import { absolutePath } from '../../model/basics/paths';
import type { Invocation } from '../../model/commands/invocation';
import type { Run } from '../../model/stages/model';
import type { CompileCommand } from '../compiled/binaries';
import { readCargo } from '../compiled/cargo';
import { wordsOfCompiler } from '../compiled/cc';
import { readGo } from '../compiled/go';
import { fixedValue, textAt } from '../compiled/places';
import type { Effect, Site } from './ecosystem';

/** Compilers of C, C++ and Fortran, with a target in front or a version behind. */
export const compilerNames = /^(?:[\w]+-[\w-]+-)?(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|gfortran|c99|rustc)(?:-[\d.]+)?$/;

/** What a compiler's command leaves; a refusal's reason where that is not known. */
export function compilerEffect(invocation: Invocation, run: Run, folder: string | undefined, site: Site): Effect | string {
	const { args } = invocation;
	if (args.some(({ text }) => /^(?:--version|-v|-V|-dump\w+|-print-.*|--print.*)$/.test(text))) return { kind: 'none' };
	if (args.some(({ text }) => /^(?:-E|-M|-MM)$/.test(text)) && !args.some(({ text }) => /^-o/.test(text))) return { kind: 'none' };
	const { sources, output } = wordsOfCompiler(args, (word) => fixedValue(word, run, site.stage));
	const objects = args.some(({ text }) => /^(?:-c|-S)$/.test(text)) && !args.some(({ text }) => /^-o/.test(text));
	const name = invocation.program?.startsWith('rustc') && output === 'a.out' ? sources[0]?.replace(/^.*\//, '').replace(/\.rs$/, '') : output;
	const written = objects ? sources.map((source) => source?.replace(/^.*\//, '').replace(/\.[^.]*$/, '.o')) : [name];
	const paths = written.map((path) => (path === undefined ? undefined : absolutePath(path, folder)));
	if (paths.some((path) => path === undefined || /[*?[]/.test(path))) return objects ? madeIn(folder) : 'it is not known before the build where this puts its program';
	return { kind: 'make', writes: paths.filter((path) => path !== undefined), isFile: true };
}

/** What a command of Go leaves. */
export function goEffect(invocation: Invocation, run: Run, folder: string | undefined, site: Site): Effect | string | undefined {
	const [verb, ...rest] = invocation.args.map((word) => fixedValue(word, run, site.stage) ?? word.text);
	if (verb === undefined || /^(?:version|env|list|doc|help)$/.test(verb)) return { kind: 'none' };
	if (/^(?:vet|fmt|test|clean|tool)$/.test(verb) || (verb === 'mod' && /^(?:download|verify|graph|why)$/.test(rest[0] ?? ''))) return { kind: 'make', writes: [] };
	if (verb === 'mod' || verb === 'generate' || verb === 'run' || verb === 'work') return madeIn(folder);
	const gopath = run.variables.get('GOPATH');
	const isOwnPath = site.stage.image?.names.includes('golang') === true && gopath === '/go' && !run.variables.has('GOBIN');
	if (verb === 'get') {
		if (rest.includes('-d')) return { kind: 'make', writes: [] };
		return isOwnPath ? { kind: 'make', writes: ['/go/bin'], whole: true } : 'it is not known where the programs go that this gets; build them with -o';
	}
	if (verb !== 'build' && verb !== 'install') return `what \`go ${verb}\` leaves is not known`;
	const compile: CompileCommand = { ...site, run, invocation, cwd: folder, exported: exportedBefore(run, invocation), buildContext: site.context.buildContext };
	const binaries = readGo(compile);
	if (verb === 'install' && isOwnPath && !/\bGO(?:OS|ARCH|BIN)\b/.test(run.text)) return { kind: 'make', writes: ['/go/bin'], whole: true };
	if (binaries.length === 0) {
		const named = rest.some((text) => /^--?o(?:=|$)/.test(text));
		return verb === 'build' && !named && rest.some((text) => text.includes('...'))
			? { kind: 'make', writes: [] }
			: 'it is not known before the build where this puts its program; name it with -o';
	}
	const module = folder === undefined ? undefined : textAt(site.model, site.stage, posix.join(folder, 'go.mod'), run.instruction, site.context.buildContext);
	const isSure = module !== undefined || binaries.every(({ certain }) => certain);
	const writes = binaries.map(({ path }) => path);
	return isSure ? { kind: 'make', writes, isFile: true } : { kind: 'make', writes, isFile: true, isGuess: true };
}

/** What a command of cargo leaves. */
export function cargoEffect(invocation: Invocation, run: Run, folder: string | undefined, site: Site): Effect | string | undefined {
	const [verb = ''] = invocation.args.flatMap(({ value, text }) => (text.startsWith('+') || text.startsWith('-') ? [] : (value ?? text)));
	if (verb === '') return { kind: 'none' };
	if (/^(?:fetch|update|clean|test|check|clippy|fmt|audit)$/.test(verb))
		return { kind: 'make', writes: folder === undefined || verb === 'fetch' ? [] : [`${folder === '/' ? '' : folder}/target`] };
	if (/^(?:new|init|vendor|generate-lockfile)$/.test(verb)) return madeIn(folder);
	const [made] = readCargo({ ...site, run, invocation, cwd: folder, exported: exportedBefore(run, invocation), buildContext: site.context.buildContext });
	if (!made) return `it is not known where \`cargo ${verb}\` puts its program`;
	if (verb === 'install') return { kind: 'make', writes: [], programs: made.path };
	const parent = made.path.replace(/\/[^/]*$/, '');
	const target = /\/target(?=\/|$)/.test(parent) ? parent.replace(/(\/target)\/.*$/, '$1') : parent;
	return { kind: 'make', writes: [target], programs: made.path };
}

/** Something in the folder where a command runs. */
export function madeIn(folder: string | undefined): Effect | string {
	return folder === undefined ? 'it is not known in which folder this runs' : { kind: 'make', writes: [folder] };
}

/** Variables that the commands before one exported. */
function exportedBefore(run: Run, invocation: Invocation): ReadonlyMap<string, string | undefined> {
	const exported = new Map<string, string | undefined>();
	for (const { program, args } of run.invocations.slice(0, run.invocations.indexOf(invocation)))
		if (program === 'export') for (const { value, text } of args) exported.set(text.replace(/=.*$/s, ''), value?.includes('=') ? value.slice(value.indexOf('=') + 1) : undefined);
	return exported;
}
