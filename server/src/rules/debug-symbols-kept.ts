import type { Finding } from '../advice/advice';
import { unstrippedC } from '../advice/strip/c';
import { unstrippedCargo } from '../advice/strip/cargo';
import type { Compile, Unstripped } from '../advice/strip/compile';
import { unstrippedGo } from '../advice/strip/go';
import { unstrippedJlink } from '../advice/strip/jlink';
import { folderOf } from '../model/files/placedCommands';
import { bringsBuildPackage } from '../model/packages/shippedBuild';
import { isForDevelopers } from '../model/purpose/developers';
import { startedBy } from '../model/purpose/started';
import type { Model, StageModel } from '../model/stages/model';
import { isWindows } from '../model/stages/windows';
import type { Rule } from './rule';

const readers: readonly ((compile: Compile) => Unstripped | undefined)[] = [unstrippedGo, unstrippedC, unstrippedCargo, unstrippedJlink];

/** Symbols, debug information or headers ship that nothing reads which runs. */
export const debugSymbolsKept: Rule = {
	id: 'debug-symbols-kept',
	title: 'Debug symbols are shipped',
	severity: 'info',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'Compilers put a symbol table into a program, and what a debugger needs to name lines and variables. Running it reads nothing of that: of a program of Go it is about a third (6.5 MB become 4.5 MB for a small web server of Go 1.19, and a panic still prints functions and lines). jlink copies debug information, headers and manual pages into a Java runtime unless it is told not to. Where somebody debugs in the image itself, keep them.',
		before: 'FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n\nFROM gcr.io/distroless/base-debian12\nCOPY --from=build /app /app\nCMD ["/app"]\n',
		after:
			'FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -ldflags=\'-s -w\' -o /app .\n\nFROM gcr.io/distroless/base-debian12\nCOPY --from=build /app /app\nCMD ["/app"]\n',
		links: ['https://pkg.go.dev/cmd/link', 'https://docs.oracle.com/en/java/javase/17/docs/specs/man/jlink.html'],
	},
	*check(model, context) {
		if (isForDevelopers(model) || isStripped(model)) return;
		const isStarted = startedBy(model) !== undefined;
		for (const stage of model.stages) {
			if ((stage.ships ? !isStarted : stage.copiedOut.length === 0) || isWindows(stage)) continue;
			for (const run of stage.runs) {
				for (const invocation of run.invocations) {
					const compile: Compile = { model, context, stage, run, invocation, folder: folderOf(run, invocation) };
					for (const { fix, ...found } of readers.flatMap((reader) => reader(compile) ?? []))
						yield { ...found, ...(fix ? { fixes: [{ ...fix, applicability: 'suggested' }] } : {}) };
				}
			}
			if (stage.ships && isStarted) yield* headers(model, stage);
		}
	},
};

/** Headers and static libraries that a COPY takes from a builder stage to where nothing is compiled: on an image that is known, by no stage built on it, and with no compiler there. */
function* headers({ stages }: Model, { stage, chain, index, bottom: lowest }: StageModel): Iterable<Finding> {
	const bottom = stages[lowest];
	if (!bottom || (bottom.base.kind !== 'scratch' && !bottom.image) || bottom.image?.kind === 'sdk') return;
	const near = stages.filter((one) => one.chain.includes(index) || chain.includes(one.index));
	if (near.some(({ runs }) => runs.some(({ invocations, operations }) => invocations.some(({ program }) => compiles.test(program ?? '')) || operations.some(bringsBuildPackage))))
		return;
	for (const { keyword, flags, words, onbuild } of stage.instructions) {
		if (keyword !== 'COPY' || onbuild || !flags.some(({ name }) => name === 'from')) continue;
		const source = words.slice(0, -1).find(({ value }) => /\/include\/?$|^\/usr\/(?:local\/)?include\/|\.(?:a|h|hpp)$/.test(value ?? ''));
		if (source) yield { span: source.span, message: `${source.text} is only needed to compile against it, and nothing is compiled in this stage` };
	}
}

const compiles =
	/^(?:make|cmake|ninja|meson|gcc|g\+\+|cc|c\+\+|clang|clang\+\+|cargo|go|pip[\d.]*|gem|bundle|npm|yarn|pnpm|pecl|phpize|docker-php-ext-install|ghc|stack|cabal|R|Rscript|nvcc)$/;

/** Whether something takes symbols out later, packs the program, or wants to debug it. */
function isStripped({ file, runs }: Model): boolean {
	if (
		/\b(?:dlv|delve|gdb|gdbserver|lldb|valgrind|objcopy|upx|install-strip|dh_strip|eu-strip|sstrip|perf|bpftrace|addr2line|dump_syms|go tool (?:nm|objdump|addr2line))\b/.test(
			file.text,
		)
	)
		return true;
	return runs.some(({ invocations }) =>
		invocations.some(({ program, args }) => program === 'strip' || args.some(({ text }) => text === 'strip' || (program === 'install' && /^-\w*s$|^--strip/.test(text)))),
	);
}
