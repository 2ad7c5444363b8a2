import { parseQuoted } from '../../shell/parse';
import { jsonText, type QuotedText, quotedText } from '../../shell/quoted';
import type { Command, Script } from '../../shell/script';
import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { maskBody, maskContinuations } from '../../syntax/mask';
import type { Edit } from '../../text/edit';
import type { Word } from '../../text/span';
import type { Invocation } from './invocation';

const shells = new Set(['sh', 'bash', 'dash', 'ash']);

/** The script that a command hands to a shell by `-c`; undefined where there is none, or none that can be read with the place of each word. */
export function innerScript(file: Containerfile, instruction: Instruction, { program, args }: Invocation): Script | undefined {
	if (program === undefined || !shells.has(program)) return undefined;
	const word = scriptWord(args);
	const quoted = word && !word.held ? textOf(file, instruction, word) : undefined;
	const script = quoted && parseQuoted(quoted, file.text);
	return script?.broken ? undefined : script;
}

/** The word behind the options that hold a `c`: `-c`, `-lc`, `-euxo pipefail -c`. */
function scriptWord(args: readonly Word[]): Word | undefined {
	let hasScript = false;
	for (let at = 0; at < args.length; at++) {
		const option = args[at]?.value;
		if (option === undefined || !/^[-+]./.test(option)) return hasScript ? args[at] : undefined;
		if (/^--(?:login|norc|noprofile|posix|verbose)$/.test(option)) continue;
		// `-n` reads and runs nothing; `--` and what else is long are seldom enough.
		if (!/^[-+][abefhilmopstuvxcEBCHPT]+$/.test(option)) return undefined;
		if (/^-.*c/.test(option)) hasScript = true;
		if (/[oO]/.test(option)) at++;
	}
	return undefined;
}

function textOf(file: Containerfile, { exec, heredocs }: Instruction, { span, text }: Word): QuotedText | undefined {
	if (exec) return jsonText(text, span.start);
	const inBody = heredocs.some(({ body }) => body.start <= span.start && span.end <= body.end);
	return quotedText(inBody ? maskBody(file.text, span) : maskContinuations(file.text, span, file.escape).text, span.start);
}

/** A command of an inner script with the place that the command which runs it has in the RUN. */
export function placedIn({ command: outer, moreArguments }: Invocation, command: Command): Command {
	const { span, words, assignments, redirects } = command;
	return {
		span,
		words,
		assignments,
		redirects,
		statement: outer.statement,
		topLevel: false,
		// What xargs starts may run never or often.
		conditional: outer.conditional || moreArguments || command.conditional,
		substituted: outer.substituted || command.substituted,
	};
}

/** Whether an edit within the script of a command leaves the quotes around it, and those around that, as they are; never in the JSON of the exec form. */
export function fitsQuotes({ text }: Containerfile, { exec }: Instruction, shell: Invocation, { text: written }: Edit): boolean {
	if (exec || !shell.script) return false;
	for (let one: Invocation | undefined = shell; one?.script; one = one.within?.shell) {
		const quote = text.charAt(one.script.span.start - 1);
		// A continuation is gone before any shell reads it.
		if (quote === "'" ? written.includes("'") : quote === '"' ? /["$`\\]/.test(written.replace(/[\\`]\r?\n/g, '')) : true) return false;
	}
	return true;
}
