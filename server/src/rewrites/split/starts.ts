import { absolutePath } from '../../model/basics/paths';
import { type Invocation, unwrap } from '../../model/commands/invocation';
import type { Context } from '../../model/context/context';
import type { StageModel } from '../../model/stages/model';
import { parseShell } from '../../shell/parse';
import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { contextFileAt, copiedFiles, workdirAt } from './sources';

/** A CMD, ENTRYPOINT or HEALTHCHECK with what it calls. */
export interface Start {
	readonly instruction: Instruction;
	/** Its words where it has the exec form or is one simple command without variables. */
	readonly argv: readonly string[] | undefined;
	/** The programs it calls, as written: `/tini`, `node`, `./entrypoint.sh`. */
	readonly programs: readonly string[];
}

/** What the image starts, by the last instruction of each kind. */
export function startsOf(file: Containerfile, { stage }: StageModel): readonly Start[] {
	return ['ENTRYPOINT', 'CMD', 'HEALTHCHECK'].flatMap((keyword) => {
		const instruction = stage.instructions.findLast((one) => one.keyword === keyword && !one.onbuild);
		return instruction ? [startOf(file, instruction)] : [];
	});
}

/** The words that start the program: entry point, then command; undefined where a shell has to say it or nothing is named. */
export function argvOf(starts: readonly Start[]): readonly string[] | undefined {
	const [entrypoint, cmd] = ['ENTRYPOINT', 'CMD'].map((keyword) => starts.find(({ instruction }) => instruction.keyword === keyword));
	if ((entrypoint && !entrypoint.argv) || (cmd && !cmd.argv)) return undefined;
	// With a shell form as entry point the command is not passed on.
	const words = [...(entrypoint?.argv ?? []), ...(entrypoint && !entrypoint.instruction.exec ? [] : (cmd?.argv ?? []))];
	return words.length > 0 ? words : undefined;
}

/** The words of an instruction's command as far as blanks part them, quotes taken off: also where a shell has variables in it. */
export function wordsOf(file: Containerfile, { exec, args }: Instruction): readonly string[] {
	const texts = exec ? exec.map(({ value, text }) => value ?? text) : [file.text.slice(args.start, args.end)];
	const isShell = exec === undefined || /(?:^|\/)(?:ba|da|a)?sh$/.test(texts[0] ?? '');
	return isShell ? texts.flatMap((text) => text.replace(/[\\`]\r?\n/g, ' ').split(/[\s;&|]+/)).map((word) => word.replace(/^["']|["']$/g, '')) : texts;
}

/** A script of the build context that a start calls: its text, or undefined where nobody read it. */
export interface StartScript {
	readonly program: string;
	readonly start: Start;
	readonly text: string | undefined;
}

/** The scripts of the file's own that a start calls: named by a path, or brought by a COPY under that name. */
export function scriptsOf(stage: StageModel, context: Context, starts: readonly Start[]): readonly StartScript[] {
	const cwd = workdirAt(stage, stage.stage.instructions.length);
	const copied = new Map(
		stage.stage.instructions.flatMap((instruction, at) => copiedFiles(instruction, workdirAt(stage, at)).map((path) => [path.replace(/^.*\//, ''), path] as const)),
	);
	return starts.flatMap((start) =>
		[...new Set([...start.programs, ...(start.argv ?? []).slice(1).filter((word) => /\.(?:sh|bash)$/.test(word))])].flatMap((program) => {
			const path = program.includes('/') || /\.(?:sh|bash)$/.test(program) ? (copied.get(program) ?? absolutePath(program, cwd)) : copied.get(program);
			if (path === undefined || /^(?:\/usr)?\/s?bin\//.test(path) || (!program.includes('/') && !copied.has(program) && start.programs.includes(program))) return [];
			return [{ program, start, text: contextFileAt(stage, context, path) }];
		}),
	);
}

/** The programs that a shell script calls, without their folders; undefined where it does not parse or is no shell's. */
export function programsOfScript(text: string): readonly string[] | undefined {
	if (/^#!(?!.*(?:\/|\s)(?:ba|da|a)?sh\b)/.test(text)) return undefined;
	const script = parseShell(text, 0, text);
	return script.broken ? undefined : script.commands.flatMap((command) => unwrap(command).program ?? []);
}

function startOf(file: Containerfile, instruction: Instruction): Start {
	const { exec, args } = instruction;
	if (exec)
		return execStart(
			instruction,
			exec.map(({ value, text }) => value ?? text),
		);
	let text = file.text.slice(args.start, args.end).replace(/[\\`]\r?\n/g, '  ');
	if (instruction.keyword === 'HEALTHCHECK') text = text.replace(/^\s*(?:CMD\b|NONE\b.*)/i, '');
	const words = text.trimStart().startsWith('[') ? jsonOf(text) : undefined;
	if (words) return execStart(instruction, words);
	const script = parseShell(text, 0, text);
	const invocations = script.commands.map(unwrap);
	const [only] = script.commands;
	const isSimple = script.commands.length === 1 && only?.topLevel && only.redirects.length === 0 && only.assignments.length === 0;
	const values = isSimple ? only.words.flatMap(({ value }) => value ?? []) : [];
	return {
		instruction,
		argv: isSimple && values.length === only.words.length ? values.filter((word, index) => index > 0 || word !== 'exec') : undefined,
		programs: invocations.flatMap(nameOf),
	};
}

function nameOf({ name }: Invocation): readonly string[] {
	return name?.value === undefined ? [] : [name.value];
}

function execStart(instruction: Instruction, argv: readonly string[]): Start {
	const [program = '', option = '', text = ''] = argv;
	if (/(?:^|\/)(?:ba|da|a)?sh$/.test(program) && /^-[a-z]*c$/.test(option)) {
		const script = parseShell(text, 0, text);
		return { instruction, argv: undefined, programs: [program, ...script.commands.map(unwrap).flatMap(nameOf)] };
	}
	// What an init or a switch of users starts stands behind `--`.
	const behind = argv[argv.indexOf('--') + 1];
	return { instruction, argv, programs: argv.length === 0 ? [] : argv.includes('--') && behind !== undefined ? [program, behind] : [program] };
}

function jsonOf(text: string): readonly string[] | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) && value.every((one): one is string => typeof one === 'string') ? value : undefined;
	} catch {
		return undefined;
	}
}
