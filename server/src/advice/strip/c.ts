import { absolutePath } from '../../model/basics/paths';
import { remember } from '../../model/basics/remember';
import { knownValue } from '../../model/files/writtenFiles';
import type { Run } from '../../model/stages/model';
import { insertAfter } from '../statements';
import { type Compile, headTo, isWritable, ships, type Unstripped } from './compile';

const compilers = /^(?:musl-|(?!.*-(?:none|elf)-)\w+-[\w-]+-)?(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|gfortran)(?:-\d+)?$/;

/** Options with which no program is linked, or one that somebody wants to look into or that looks into itself, one without symbols, or one for no system. */
const others =
	/^(?:-c|-S|-E|-M\w*|-s|-shared|-r|-pg|--coverage|--version|--help|-v|-dump\w+|-print.*|--print.*|-fprofile.*|-fsanitize.*|-g(?:gdb|dwarf|split-dwarf|line|[23z]).*|-O[0g]|-x|-fsyntax-only|-nostdlib|-nostartfiles|-ffreestanding|-T.*|-bundle|-dynamiclib|--?target\b.*|-l(?:unwind|bfd|dw|elf|backtrace|execinfo|efence)|-|@.*|-Wl,.*(?:-s|-S|--strip-(?:all|debug))\b.*)$/;

/** Option words of a compiler that may hold anything, but no option about symbols: libraries of a tool that says where they lie. */
const libraryQuestion = /^["']?(?:\$\(|`)\s*(?:pkg-config|[\w.-]+-config|python[\d.]*-config)\b/;

/** A compiler of C, C++ or Fortran that links a program without `-s`. */
export function unstrippedC(compile: Compile): Unstripped | undefined {
	const { invocation, model, run, folder } = compile;
	const { program, name, args } = invocation;
	if (program === undefined || !name || !compilers.test(program) || !isWritable(compile)) return undefined;
	const words = args.map((word) => ({ text: word.text, value: knownValue(word, run) }));
	if (words.some(({ value, text }) => others.test(value ?? text) || (value === undefined && !libraryQuestion.test(text)))) return undefined;
	if (!args.some(({ text }) => /\.(?:c|cc|cpp|cxx|C|o|f90?)["']?$/.test(text))) return undefined;
	const at = args.findIndex(({ text }) => text === '-o');
	const output = at >= 0 ? args[at + 1] : args.find(({ text }) => /^-o./.test(text));
	const value = output === undefined ? 'a.out' : knownValue(output, run)?.replace(/^-o/, '');
	// A library, whatever the options say.
	if (value === undefined || /\.(?:so[\d.]*|a|o|lo|dylib)$/.test(value) || !ships(compile, absolutePath(value, folder)) || isRemoved(compile, value)) return undefined;
	const debug = args.find((word) => /^-g1?$/.test(word.text));
	const isWritten = debug && model.file.text.slice(debug.span.start, debug.span.end) === debug.text;
	return {
		span: headTo(compile, undefined),
		message: debug
			? `${program} -g puts debug information into ${value}, which nothing reads that runs it; -s leaves it out`
			: `${program} leaves the symbol table in ${value}, which only debuggers read; -s leaves it out`,
		...(debug ? {} : { severity: 'hint' }),
		fix: isWritten ? { title: `Replace ${debug.text} by -s`, edits: [{ span: debug.span, text: '-s' }] } : { title: 'Add -s', edits: [insertAfter(name, '-s')] },
	};
}

/** Whether its RUN removes the program again, as one that is only tried out. */
function isRemoved({ run }: Compile, output: string): boolean {
	const { names, any } = removedIn(run);
	return any || names.has(output.replace(/^.*\//, ''));
}

/** The names of what a RUN removes, and whether it removes what a pattern finds. */
const removedIn = remember((run: Run): { readonly names: ReadonlySet<string>; readonly any: boolean } => {
	const removed = run.invocations.flatMap(({ program, args }) => (program === 'rm' ? args.map(({ text }) => text.replace(/["']/g, '').replace(/^.*\//, '')) : []));
	return { names: new Set(removed), any: removed.some((name) => name.endsWith('*')) };
});
