import { remember } from '../model/basics/remember';
import { goesTooFar, isCutOff } from '../model/commands/brokenLines';
import { hasErrexit, mayHaveErrexit, switchesErrexitOn } from '../model/commands/errexit';
import { fitsQuotes } from '../model/commands/innerScripts';
import type { Invocation } from '../model/commands/invocation';
import type { Script, Statement } from '../shell/script';
import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import type { Span, Word } from '../text/span';

/** Writes text right behind a word, a blank in front. */
export function insertAfter(word: Word, text: string): Edit {
	return { span: { start: word.span.end, end: word.span.end }, text: ` ${text}` };
}

/** Writes a word right behind one of a list, on a line of its own where the words of the list have lines of their own. */
export function insertInList(file: Containerfile, list: readonly Word[], behind: Word, text: string): Edit {
	const at = { start: behind.span.end, end: behind.span.end };
	const index = list.indexOf(behind);
	const neighbour = list[index - 1] ?? list[index + 1];
	const between = neighbour && file.text.slice(Math.min(neighbour.span.end, behind.span.end), Math.max(neighbour.span.start, behind.span.start));
	const first = index > 0 ? behind : list[1];
	if (!between?.includes('\n') || !first) return { span: at, text: ` ${text}` };
	const indent = /^[ \t]*/.exec(file.text.slice(lineStart(file.text, first.span.start)))?.[0] ?? '';
	return { span: at, text: ` ${file.escape}${file.newline}${indent}${text}` };
}

/**
 * The edit that appends a command to a RUN with `&&`, in the layout that the RUN has. Undefined where the end of the RUN may not be reached,
 * is in the background, or is not exactly known. `shell`: a command of the RUN to whose script (`bash -c '…'`) it is appended instead.
 */
export function appendCommand(file: Containerfile, run: Instruction, command: string, shell?: Invocation): Edit | undefined {
	const { script = undefined } = shell ?? run;
	const last = script?.statements.at(-1);
	if (!script || script.broken || !last || !reachesEnd(script)) return undefined;
	if (isCutOff(file, run) || goesTooFar(file, run)) return undefined;
	// Within quotes the shell that stops at failures is another one.
	const operator = shell ? operatorWithin(shell, script, last) : operatorBehind(file, run, last);
	if (!operator || shell?.moreArguments) return undefined;
	const edit: Edit = { span: { start: last.span.end, end: last.span.end }, text: `${separator(file, run, last.span.end, operator, shell)}${command}` };
	return shell && !fitsQuotes(file, run, shell, edit) ? undefined : edit;
}

/**
 * The edit that puts a command behind a statement of a RUN, where it runs after that one worked and before what follows, in the layout that the RUN has.
 * Undefined where what follows, or a failure, would mean something else then.
 */
export function insertBehind(file: Containerfile, run: Instruction, index: number, command: string): Edit | undefined {
	const { script } = run;
	const statement = script?.statements[index];
	if (!script || script.broken || !statement || run.exec || script.statements[index - 1]?.joiner === '||') return undefined;
	if (statement.joiner === undefined) return appendCommand(file, run, command);
	if (isCutOff(file, run) || goesTooFar(file, run)) return undefined;
	const at = { start: statement.span.end, end: statement.span.end };
	if (statement.joiner === '&&' || statement.joiner === ';') return { span: at, text: `${separator(file, run, statement.span.end, statement.joiner)}${command}` };
	if (statement.joiner !== '\n' || !run.heredocs.some(({ body }) => body.start <= at.start && at.end <= body.end)) return undefined;
	return { span: at, text: `${file.newline}${indentOf(file.text, statement.span.start)}${command}` };
}

/**
 * What joins a command to the last statement so that the RUN fails as before. Where the shell stops at the first failure it does not do so within the left
 * side of `&&`: behind a loop or a condition it takes `;`, and that is as good only where no failure in it is passed over.
 */
function operatorBehind(file: Containerfile, run: Instruction, last: Statement): '&&' | ';' | undefined {
	const { statements = [] } = run.script ?? {};
	const callsOwn = run.script ? callsOwnAtEnd(run.script) : false;
	const hasList = last.kind === 'pipeline' && /(?<!\$)[({]|\b(?:if|for|while|until|case)\b/.test(file.text.slice(last.span.start, last.span.end));
	if ((last.kind !== 'compound' && !callsOwn && !hasList) || !mayHaveErrexit(file, run)) return '&&';
	if (last.kind === 'pipeline' && hasList) return undefined;
	const before = statements.at(-2)?.joiner;
	const passesOver = callsOwn || before === '&&' || before === '||' || /&&|\|\||!/.test(file.text.slice(last.span.start, last.span.end));
	// Where SHELL alone asks for it, a builder that does not heed SHELL would go on behind `;`.
	return passesOver || !switchesErrexitOn(file, run) ? undefined : ';';
}

/** The same for a script within quotes: `&&`, or undefined where its shell may stop at the first failure of something that goes on behind one within a list. */
function operatorWithin({ args }: Invocation, script: Script, last: Statement): '&&' | undefined {
	const stops = [args, ...script.commands.flatMap(({ words }) => (words[0]?.value === 'set' ? [words] : []))].some((words) => hasErrexit(words.map(({ text }) => text)));
	return stops && (last.kind !== 'simple' || callsOwnAtEnd(script)) ? undefined : '&&';
}

/** Whether nothing of a script is in the background or ends it before its end. */
const reachesEnd = remember(
	({ statements, commands }: Script): boolean =>
		!statements.some(({ joiner }) => joiner === '&') &&
		!commands.some((one) => !one.substituted && ['exit', 'exec', 'return', 'trap'].includes(one.words[0]?.value ?? '') && !one.conditional),
);

/** Whether the last statement calls a function of the script. */
const callsOwnAtEnd = remember(({ statements, commands, assigns }: Script): boolean =>
	commands.some((one) => one.statement === statements.length - 1 && assigns.includes(one.words[0]?.value ?? '')),
);

/** What stands between two commands of a RUN, or of the script that `shell` runs, that are joined by `&&` or `;`: on one line for a RUN of one line and in a here-document, else as its other lines do it. */
export function separator(file: Containerfile, run: Instruction, at: number, operator: '&&' | ';' = '&&', shell?: Invocation): string {
	const { text, newline } = file;
	const isBody = run.heredocs.some(({ body }) => body.start <= at && at <= body.end);
	const script = shell?.script ?? run.script;
	const head = text.slice(shell?.script?.span.start ?? run.span.start, at);
	if (isBody || !head.includes('\n')) return operator === ';' ? '; ' : ' && ';
	const { leading, trailing } = script ? layoutOf(file)(script) : { leading: undefined, trailing: false };
	const last = script?.statements.at(-1)?.span.start ?? at;
	if (operator === ';') return `; ${file.escape}${newline}${(lineStart(text, last) > run.span.start && indentOf(text, last)) || '    '}`;
	if (!leading && trailing) {
		const own = lineStart(text, last) > run.span.start ? indentOf(text, last) : indentOf(text, at);
		return ` && ${file.escape}${newline}${own || '    '}`;
	}
	const indent = leading ? indentOf(text, leading.start) : indentOf(text, at) || '    ';
	return ` ${file.escape}${newline}${indent}&& `;
}

/** The last `&&` of a script that starts a line, and whether a `&&` or `;` ends one. */
const layoutOf = remember(({ text }: Containerfile) =>
	remember(({ statements }: Script) => {
		const joiners = (of: string) => statements.flatMap(({ joinerSpan, joiner }) => (joinerSpan && joiner === of ? [joinerSpan] : []));
		const endsLine = ({ end }: Span) => /^[ \t]*[\\`]?[ \t]*\r?\n/.test(text.slice(end));
		return {
			leading: joiners('&&').findLast(({ start }) => /^[ \t]*$/.test(text.slice(lineStart(text, start), start))),
			trailing: [...joiners('&&'), ...joiners(';')].some(endsLine),
		};
	}),
);

function indentOf(text: string, offset: number): string {
	return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

function lineStart(text: string, offset: number): number {
	return text.lastIndexOf('\n', offset - 1) + 1;
}
