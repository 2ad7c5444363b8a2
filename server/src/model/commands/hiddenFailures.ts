import type { Command, Script } from '../../shell/script';
import type { Edit } from '../../text/edit';
import type { Span } from '../../text/span';
import { remember } from '../basics/remember';
import { isInstall } from './brokenLines';
import { hasErrexit } from './errexit';
import { unwrap } from './invocation';
import { readOperation } from './operation';

/** An installation whose failure what follows it hides. */
export interface HiddenFailure {
	/** The installing command; undefined where a script starts with further packages of one. */
	readonly command: Command | undefined;
	/** The `;` behind it; undefined for a newline of a here-document. */
	readonly joiner: Span | undefined;
	/** Edits after which its failure ends the RUN; undefined where `&&` would mean something else. */
	readonly edits: readonly Edit[] | undefined;
}

/**
 * The installations in a script after which it goes on whether they worked or not. `goesOn`: its first statement is the rest of an installation.
 * Empty where `set -e` is in force, where the script asks for the exit code itself, and where failing is meant not to matter.
 */
export function hiddenFailures(text: string, script: Script, goesOn: boolean): readonly HiddenFailure[] {
	if (script.broken || /\$\?|\bPIPESTATUS\b/.test(text.slice(script.span.start, script.span.end))) return [];
	const found: HiddenFailure[] = [];
	script.statements.forEach((statement, index) => {
		const next = script.statements[index + 1];
		if (!next || !statement.joinerSpan || (statement.joiner !== ';' && statement.joiner !== '\n')) return;
		const command = commandsIn(script)[index]?.find((one) => !one.conditional && isInstall(one));
		if (!command && !(goesOn && index === 0)) return;
		if (/^(?:true|:|exit\s+0)$/.test(text.slice(next.span.start, next.span.end).trim()) || setsErrexit(script, statement.span.start)) return;
		found.push({ command, joiner: statement.joiner === ';' ? statement.joinerSpan : undefined, edits: repair(text, script, index, goesOn) });
	});
	return found;
}

function setsErrexit(script: Script, before: number): boolean {
	return script.commands.some((command) => command.span.start < before && command.words[0]?.value === 'set' && hasErrexit(command.words.slice(1).map((word) => word.text)));
}

/** By statement. */
const commandsIn = remember(({ statements, commands }: Script): readonly (readonly Command[])[] => {
	const found: Command[][] = statements.map(() => []);
	for (const command of commands) found[command.statement]?.push(command);
	return found;
});

/** `;` to `&&` behind the installation and behind the cleaning that follows it; anything else that hides failures stays its author's business. */
function repair(text: string, script: Script, from: number, goesOn: boolean): readonly Edit[] | undefined {
	const edits: Edit[] = [];
	for (const [index, { joiner, joinerSpan }] of script.statements.entries()) {
		if (index < from || joiner === '&&' || joiner === undefined || !joinerSpan) continue;
		if (index === script.statements.length - 1) break;
		if (joiner !== ';' || !(index === from || (goesOn && index === 0) || installsOrCleans(script, index))) return undefined;
		const blankBefore = /\s/.test(text.charAt(joinerSpan.start - 1)) ? '' : ' ';
		const blankBehind = /\s/.test(text.charAt(joinerSpan.end)) ? '' : ' ';
		edits.push({ span: joinerSpan, text: `${blankBefore}&&${blankBehind}` });
	}
	return edits;
}

function installsOrCleans(script: Script, index: number): boolean {
	const commands = commandsIn(script)[index] ?? [];
	return (
		commands.length === 1 &&
		commands.every((command) => {
			const invocation = unwrap(command);
			const forced = invocation.program === 'rm' && invocation.args.some((word) => /^-[a-zA-Z]*f/.test(word.text) || word.text === '--force');
			return command.topLevel && (isInstall(command) || forced || readOperation(invocation, undefined)?.action === 'clean');
		})
	);
}

/** Whether a hidden failure does no harm: what is installed anew is there before and stays there; without a root of its own, what is done in it or with it fails as well. */
export function isHarmless({ command }: HiddenFailure): boolean {
	const operation = command && readOperation(unwrap(command), undefined);
	return operation?.root !== undefined || operation?.verb.some(({ value }) => value === 'reinstall') === true;
}
