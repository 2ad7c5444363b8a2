import { parseShell } from '../shell/parse';
import type { Script } from '../shell/script';
import { firstFrom, type Span, type Word } from '../text/span';
import type { Flag, Heredoc, Instruction } from './containerfile';
import type { PlacedHeredoc } from './heredocs';
import { maskBody, maskContinuations } from './mask';
import { jsonWords, splitWords, unquote } from './words';

/** What all instructions of a file share. */
export interface InstructionSource {
	readonly text: string;
	/** The line-continuation character. */
	readonly continuation: string;
	readonly heredocs: readonly PlacedHeredoc[];
}

const flagged = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'HEALTHCHECK']);

/**
 * Builds an instruction from the place of its lines and keyword.
 * `foreignShell`: the stage's SHELL is no POSIX shell, so RUN text stays unread.
 */
export function parseInstruction(source: InstructionSource, lines: Span, keywordSpan: Span, stage: number, foreignShell: boolean): Instruction {
	const { text, continuation } = source;
	const end = Math.max(keywordSpan.end, lines.start + text.slice(lines.start, lines.end).trimEnd().length);
	const heredocs = source.heredocs.slice(...[lines.start, lines.end].map((offset) => firstFrom(source.heredocs, offset, ({ operatorStart }) => operatorStart)));
	let keyword = text.slice(keywordSpan.start, keywordSpan.end).toUpperCase();
	const outer = maskContinuations(text, { start: keywordSpan.end, end }, continuation);
	let rest = blankHeredocs(outer.text, keywordSpan.end, heredocs);
	let restStart = keywordSpan.end;
	let place = keywordSpan;
	const onbuild = keyword === 'ONBUILD';
	if (onbuild) {
		const inner = /^(?:\s|\\\n)*([A-Za-z]+)/.exec(rest);
		if (inner?.[1]) {
			keyword = inner[1].toUpperCase();
			restStart += inner[0].length;
			rest = rest.slice(inner[0].length);
			place = { start: restStart - inner[1].length, end: restStart };
		}
	}
	const { flags, argsAt } = flagged.has(keyword) ? readFlags(rest, restStart, text) : { flags: [], argsAt: blanksBefore(rest) };
	const argsText = rest.slice(argsAt);
	const args: Span = { start: Math.min(restStart + argsAt, end), end };
	const exec = jsonWords(argsText, args.start);
	const isRun = keyword === 'RUN';
	const script = isRun && !foreignShell ? scriptOf(source, argsText, args, exec, heredocs) : undefined;
	return {
		keyword,
		keywordSpan: place,
		span: { start: lines.start, end: Math.max(end, heredocs.at(-1)?.span.end ?? 0) },
		onbuild,
		flags,
		args,
		heredocs,
		exec,
		words: isRun ? [] : (exec ?? splitWords(argsText, args.start, text)),
		...(script ? { script } : {}),
		...(isRun ? { bare: isBare(argsText, heredocs) } : {}),
		comments: outer.comments,
		stage,
	};
}

/** The text with here-document operators blanked, so that a shell sees the command without its input. */
function blankHeredocs(masked: string, offset: number, heredocs: readonly PlacedHeredoc[]): string {
	let result = '';
	let done = 0;
	for (const { operatorStart, operatorEnd } of heredocs) {
		result += masked.slice(done, operatorStart - offset) + ' '.repeat(operatorEnd - operatorStart);
		done = operatorEnd - offset;
	}
	return result + masked.slice(done);
}

function blanksBefore(text: string): number {
	return /^(?:\s|\\\n)*/.exec(text)?.[0].length ?? 0;
}

function readFlags(rest: string, offset: number, file: string): { flags: readonly Flag[]; argsAt: number } {
	const flags: Flag[] = [];
	let at = blanksBefore(rest);
	while (rest.startsWith('--', at)) {
		const word = /^(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\(?!\n)[\s\S]|[^\s"'\\])+/.exec(rest.slice(at))?.[0];
		if (!word) break;
		const equals = word.indexOf('=');
		flags.push({
			name: word.slice(2, equals < 0 ? undefined : equals),
			value: equals < 0 ? undefined : unquote(file.slice(offset + at + equals + 1, offset + at + word.length)),
			span: { start: offset + at, end: offset + at + word.length },
		});
		at += word.length;
		at += blanksBefore(rest.slice(at));
	}
	return { flags, argsAt: at };
}

const shellCommand = /^\s*(?:(?:\/usr)?(?:\/bin\/)?(?:ba|da|a)?sh(?:\s+-[a-z]+(?:\s+pipefail)?)*\s*)?$/;

function isBare(argsText: string, heredocs: readonly Heredoc[]): boolean {
	return heredocs.length === 1 && shellCommand.test(argsText.replace(/\\\n/g, '  '));
}

function scriptOf({ text }: InstructionSource, argsText: string, args: Span, exec: readonly Word[] | undefined, heredocs: readonly PlacedHeredoc[]): Script | undefined {
	const [heredoc] = heredocs;
	if (heredoc && isBare(argsText, heredocs)) {
		const body = maskBody(text, heredoc.body);
		return /^#!(?!.*(?:\/|\s)(?:ba|da|a)?sh\b)/.test(body) ? undefined : parseShell(body, heredoc.body.start, text);
	}
	if (heredocs.length > 0 && argsText.trim() === '') return undefined;
	return exec ? execScript(exec, args) : withInput(parseShell(argsText, args.start, text), heredocs);
}

/** A script whose statements hold the operators of the here-documents behind them, which were blanked: what is written behind a statement must not come between. */
function withInput(script: Script, heredocs: readonly PlacedHeredoc[]): Script {
	if (heredocs.length === 0) return script;
	const { statements } = script;
	const extended = statements.map((statement, index) => {
		const { span, joinerSpan } = statement;
		const next = joinerSpan?.start ?? statements[index + 1]?.span.start ?? Number.POSITIVE_INFINITY;
		const last = heredocs[firstFrom(heredocs, next, ({ operatorStart }) => operatorStart) - 1];
		return last && span.end <= last.operatorStart ? { ...statement, span: { start: span.start, end: last.operatorEnd } } : statement;
	});
	return { ...script, statements: extended };
}

/** The exec form as a script of one command without statements, so that rules see what runs and no repair lands in the JSON. */
function execScript(exec: readonly Word[], args: Span): Script {
	const command = { span: args, words: exec, assignments: [], redirects: [], statement: 0, topLevel: false, conditional: false, substituted: false };
	return { span: args, commands: exec.length > 0 ? [command] : [], statements: [], assigns: [], functions: [], loops: [], broken: false };
}
