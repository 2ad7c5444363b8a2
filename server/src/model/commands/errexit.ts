import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { remember } from '../basics/remember';

/** Whether words of a command line switch the shell's errexit on: `-e`, `-Eeux`, `-o errexit`. */
export function hasErrexit(words: readonly string[]): boolean {
	return words.some((word, index) => /^-[A-Za-z]*e[A-Za-z]*$/.test(word) || (word === 'errexit' && /^-[A-Za-z]*o$/.test(words[index - 1] ?? '')));
}

/** Whether the line that starts a RUN's here-document, or the first line of that, makes the shell stop at the first failure. */
export function startsWithErrexit({ text }: Containerfile, run: Instruction): boolean {
	if (!run.bare) return false;
	const body = run.heredocs[0]?.body.start ?? run.span.end;
	const shebang = /^#!.*/.exec(text.slice(body, run.span.end))?.[0] ?? '';
	return hasErrexit(`${text.slice(run.args.start, run.args.end).split('\n')[0]} ${shebang}`.split(/\s+/));
}

/** Whether the shell may stop at the first failure somewhere in a RUN: by its start, by a SHELL of the file, by a command of its own. */
export function mayHaveErrexit(file: Containerfile, run: Instruction): boolean {
	return switchesErrexitOn(file, run) || isAskedForByShell(file);
}

/** Whether a RUN itself makes the shell stop at the first failure, by its start or by a command; SHELL is not heeded by every builder. */
export function switchesErrexitOn(file: Containerfile, run: Instruction): boolean {
	return startsWithErrexit(file, run) || (run.script?.commands.some(({ words }) => words[0]?.value === 'set' && hasErrexit(words.slice(1).map(({ text }) => text))) ?? false);
}

const isAskedForByShell = remember(({ instructions }: Containerfile): boolean =>
	instructions.some(({ keyword, exec }) => keyword === 'SHELL' && hasErrexit((exec ?? []).slice(1).map(({ value }) => value ?? ''))),
);
