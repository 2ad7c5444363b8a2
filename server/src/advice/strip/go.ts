import { absolutePath } from '../../model/basics/paths';
import { cgoModules } from '../../model/catalog/compilers';
import { knownValue } from '../../model/files/writtenFiles';
import { settingFor } from '../../model/stages/environment';
import type { Word } from '../../text/span';
import { insertAfter } from '../statements';
import { type Compile, headTo, isWritable, ships, type Unstripped } from './compile';

/** Options of `go build` whose value may be the next word (`go help build`, Go 1.22). */
const valued = /^--?(?:o|p|asmflags|buildmode|compiler|covermode|coverpkg|gccgoflags|gcflags|installsuffix|ldflags|mod|modfile|overlay|pgo|pkgdir|tags|toolexec|exec|C)$/;

/** Options with which somebody wants to look into the program, or gets something else than one. */
const debugging = /^--?(?:gcflags|race|msan|asan|cover|n|buildmode|compiler|toolexec|linkshared)$/;

/** Flags that Go keeps in a file of its own. */
const setsFlags = /\bgo[ \t]+env[ \t]+-w[^\n]*ldflags/;

/**
 * `go build` without `-ldflags='-s -w'`. What panics print keeps its function names and lines, which are in a table of their own
 * (measured with Go 1.19: a web server of 6.5 MB is 4.5 MB then, and its panic prints the same).
 */
export function unstrippedGo(compile: Compile): Unstripped | undefined {
	const { invocation, run } = compile;
	const [verb, ...rest] = invocation.args;
	if (invocation.program !== 'go' || (verb?.value !== 'build' && verb?.value !== 'install') || !isWritable(compile)) return undefined;
	const { options, operands } = split(rest);
	const isHidden = operands.some((word) => word.value === undefined && knownValue(word, run) === undefined);
	if (isHidden || [...options.keys()].some((name) => debugging.test(name)) || (!options.has('-o') && isLibrary(compile, operands))) return undefined;
	const goFlags = settingFor(run, invocation, 'GOFLAGS');
	if (goFlags === undefined || goFlags.includes('ldflags') || setsFlags.test(compile.model.file.text) || !isShipped(compile, verb.value, options.get('-o'), operands))
		return undefined;
	const span = headTo(compile, verb);
	const message = `go ${verb.value} leaves the symbol table and what a debugger reads in the program, about a third of it; -ldflags='-s -w' leaves them out`;
	const ldflags = options.get('-ldflags');
	if (!ldflags) {
		// It has to be the first of all options.
		const first = options.get('-C') ?? verb;
		return { span, message, fix: { title: "Add -ldflags='-s -w'", edits: [insertAfter(first, "-ldflags='-s -w'")] } };
	}
	if (isStripping(ldflags, compile)) return undefined;
	const at = placeIn(ldflags);
	if (at === undefined) return { span, message };
	const isLast = /^["'\s]/.test(compile.model.file.text.slice(at));
	return { span, message, fix: { title: 'Add -s -w to -ldflags', edits: [{ span: { start: at, end: at }, text: isLast ? '-s -w' : '-s -w ' }] } };
}

/** Options by their names with one dash, each with the word that holds its value. */
function split(args: readonly Word[]): { readonly options: ReadonlyMap<string, Word>; readonly operands: readonly Word[] } {
	const options = new Map<string, Word>();
	const operands: Word[] = [];
	for (let i = 0; i < args.length; i++) {
		const word = args[i] as Word;
		const text = word.text.replace(/^["']/, '');
		const next = args[i + 1];
		if (!text.startsWith('-')) operands.push(word);
		else {
			const name = text.replace(/=.*$/s, '').replace(/["']$/, '').replace(/^--/, '-');
			const isApart = !text.includes('=') && valued.test(name) && next;
			options.set(name, isApart ? next : word);
			if (isApart) i++;
		}
	}
	return { options, operands };
}

/** Whether it only compiles packages that programs are built of, so that they are there already: nothing is linked then. */
function isLibrary({ model, run }: Compile, operands: readonly Word[]): boolean {
	const packages = operands.flatMap((word) => knownValue(word, run) ?? []).filter((name) => !/^[./]|\.go$|\.\.\.$|@/.test(name));
	if (packages.some((name) => /^(?:std|cmd|all)$/.test(name) || cgoModules.names.includes(name))) return true;
	const commands = packages.filter((name) => /(?:^|\/)cmd\//.test(name));
	return commands.length === 0 && (packages.length > 1 || packages.some((name) => model.file.text.includes(`${name}/cmd/`)));
}

function isShipped(compile: Compile, verb: string, output: Word | undefined, operands: readonly Word[]): boolean {
	const { stage, run, folder, invocation } = compile;
	if (verb === 'install') {
		const path = settingFor(run, invocation, 'GOBIN') || `${settingFor(run, invocation, 'GOPATH') || '/go'}/bin`;
		return settingFor(run, invocation, 'GOBIN') !== undefined && settingFor(run, invocation, 'GOPATH') !== undefined && (stage.ships || ships(compile, path));
	}
	// Of several packages without a place for them nothing is kept.
	if (!output) return operands.filter(({ text }) => !text.endsWith('.go')).length < 2 && !operands.some(({ text }) => text.includes('...')) && ships(compile, folder);
	const value = knownValue(output, run)?.replace(/^--?o=/, '');
	return value !== undefined && ships(compile, absolutePath(value, folder));
}

/** Whether the linker's options leave something out already, or may. */
function isStripping(word: Word, { run }: Compile): boolean {
	const text = (knownValue(word, run) ?? word.text)
		.replace(/^["']?--?ldflags=/, '')
		.replace(/\$\([^()]*\)|`[^`]*`/g, '$')
		.replace(/["'\\]/g, ' ');
	const tokens = text.split(/\s+/).filter((token) => token !== '');
	// A pattern before the options says for which packages they are.
	if (tokens[0] !== undefined && !tokens[0].startsWith('-')) return true;
	return tokens.some((token, index) => /^-(?:[sw](?:=|$)|-?compressdwarf\b)/.test(token) || (token.includes('$') && !/^[^$]+=/.test(token) && tokens[index - 1] !== '-X'));
}

/** Where further options of the linker can stand: behind the quote that holds them all. */
function placeIn({ text, span }: Word): number | undefined {
	const quoted = /^(?:(["'])--?ldflags=|(?:--?ldflags=)?(["']))[^"']*/.exec(text);
	const quote = quoted?.[1] ?? quoted?.[2];
	if (!quoted || quote === undefined || !text.endsWith(quote) || /^\s*$/.test(text.slice(1, -1))) return undefined;
	return span.start + (quoted[1] === undefined ? text.indexOf(quote) + 1 : text.indexOf('=') + 1);
}
