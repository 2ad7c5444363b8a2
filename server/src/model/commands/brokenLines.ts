import { parseShell } from '../../shell/parse';
import type { Command, Script } from '../../shell/script';
import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { instructionKeywords } from '../../syntax/keywords';
import { maskContinuations } from '../../syntax/mask';
import { editDistance } from '../../text/distance';
import { firstFrom, type Span } from '../../text/span';
import { remember } from '../basics/remember';
import { unwrap } from './invocation';
import { readOperation } from './operation';

/** A piece of a RUN: the RUN itself, or a line behind it that lacks only the backslash in front of it. */
export interface RunPiece {
	readonly instruction: Instruction;
	readonly script: Script;
	/** Its first words are further packages of the installation that the piece before it ends in. */
	readonly goesOn: boolean;
	/** What ends the line at which it stops. */
	readonly tail: Tail;
}

/** How a piece ends. */
export interface Tail {
	/** Behind the last word that counts, blanks excluded. */
	readonly end: number;
	/** The end of the line, its newline excluded. */
	readonly lineEnd: number;
	/** A comment behind the words, from `#`. */
	readonly comment: Span | undefined;
	/** The backslash before the comment, the first of several, which escapes a blank instead of the newline. */
	readonly backslash: number | undefined;
}

/** A RUN with all that was meant to belong to it, piece by piece; undefined for one that is whole as far as anyone can tell, and for what is no RUN of a shell. */
export function piecesOf(file: Containerfile, index: number): readonly RunPiece[] | undefined {
	const run = file.instructions[index];
	if (run?.keyword !== 'RUN' || run.exec || run.heredocs.length > 0 || !run.script) return undefined;
	if (!isCutOff(file, run) && !/[\\`][ \t]+#/.test(file.text.slice(run.args.start, run.span.end))) return undefined;
	const pieces = [pieceOf(file, run, false)];
	let installs = endsInInstall(pieces[0]?.script, false);
	for (let at = index + 1; at < file.instructions.length; at++) {
		const next = file.instructions[at] as Instruction;
		const last = pieces.at(-1) as RunPiece;
		if (instructionKeywords.has(next.keyword) || next.onbuild) break;
		const text = file.text.slice(next.span.start, next.span.end);
		const joins = /^(?:&&|\|\|?|;(?!;))/.test(text);
		const hangs = /(?:&&|\|\|?|;)$/.test(file.text.slice(last.instruction.span.start, last.tail.end));
		const goesOn = !joins && !hangs && installs;
		if (text.startsWith(file.escape) || (!joins && isNearInstruction(text))) break;
		if (!joins && !hangs && last.tail.backslash === undefined && !(goesOn && isInColumn(file, last, next) && listsPackages(pieceOf(file, next, true).script))) break;
		const piece = pieceOf(file, next, goesOn);
		pieces.push(piece);
		installs = endsInInstall(piece.script, goesOn);
	}
	return pieces;
}

/** Whether the pieces make a script that a shell can read once they are joined. */
export function isWhole(file: Containerfile, pieces: readonly RunPiece[]): boolean {
	const joined = pieces.map(({ instruction, tail }) => maskContinuations(file.text, { start: startOf(instruction), end: tail.end }, file.escape).text).join(' \\\n');
	const { broken, statements } = parseShell(joined, 0, joined);
	return !broken && statements.length > 0;
}

/** Whether an instruction is followed by something that no builder reads as an instruction, so that its own end is not sure. */
export function isCutOff(file: Containerfile, { span }: Instruction): boolean {
	const next = file.instructions[firstFrom(file.instructions, span.end, (one) => one.span.start)];
	return next !== undefined && !instructionKeywords.has(next.keyword);
}

/** Whether a RUN goes on into a line that reads as an instruction of its own, behind a backslash too many, so that its own end is not sure. */
export function goesTooFar(file: Containerfile, instruction: Instruction): boolean {
	return swallowsMore(file)(instruction);
}

const swallowsMore = remember(({ text }: Containerfile) => remember(({ args }: Instruction): boolean => swallowed.test(text.slice(args.start, args.end))));

const swallowed = /\n[ \t]*(?:FROM|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL|MAINTAINER)[ \t]/;

/** Whether the last command of a script installs packages, so that further words would be packages too. */
export function endsInInstall(script: Script | undefined, goesOn: boolean): boolean {
	if (!script || script.statements.length === 0) return goesOn;
	const last = script.statements.length - 1;
	if (script.statements[last]?.joiner !== undefined) return false;
	if (goesOn && last === 0) return true;
	return script.commands.some((command) => command.statement === last && isInstall(command));
}

/** Whether a command stands directly in the script's list and installs packages. */
export function isInstall(command: Command): boolean {
	if (!command.topLevel || command.substituted) return false;
	const operation = readOperation(unwrap(command), undefined);
	return operation?.action === 'install' && (operation.operands.length > 0 || operation.managers.some((manager) => manager.family !== undefined));
}

function pieceOf(file: Containerfile, instruction: Instruction, goesOn: boolean): RunPiece {
	const start = startOf(instruction);
	const masked = maskContinuations(file.text, { start, end: instruction.span.end }, file.escape).text;
	const tail = tailOf(file, masked, start);
	const words = masked.slice(0, tail.end - start).replace(/^(?:&&|\|\|?|;)/, (operator) => ' '.repeat(operator.length));
	return {
		instruction,
		script: parseShell(
			words.replace(/(?:&&|\|\|?)$/, (operator) => ' '.repeat(operator.length)),
			start,
			file.text,
		),
		goesOn,
		tail,
	};
}

function startOf({ keyword, args, span }: Instruction): number {
	return keyword === 'RUN' ? args.start : span.start;
}

function tailOf(file: Containerfile, masked: string, start: number): Tail {
	const { text } = file;
	const lastLine = masked.lastIndexOf('\n') + 1;
	const newline = text.indexOf('\n', start + masked.length);
	const lineEnd = newline < 0 ? text.length : text.charAt(newline - 1) === '\r' ? newline - 1 : newline;
	const upTo = (end: number): number => start + masked.slice(0, end).trimEnd().length;
	let quote = '';
	for (let i = 0; i < masked.length; i++) {
		const c = masked.charAt(i);
		const isFirst = i === 0 || /\s/.test(masked.charAt(i - 1));
		if (quote) {
			if (c === '\\' && quote === '"') i++;
			else if (c === quote) quote = '';
		} else if (c === '"' || c === "'") quote = c;
		else if (c === file.escape && isFirst && i >= lastLine && /^(?:[\\`][ \t]+)+#/.test(masked.slice(i))) {
			const hash = masked.indexOf('#', i);
			return { end: upTo(i), lineEnd, comment: { start: start + hash, end: start + masked.trimEnd().length }, backslash: start + i };
		} else if (c === '\\') i++;
		else if (c === '#' && isFirst) {
			if (i >= lastLine) return { end: upTo(i), lineEnd, comment: { start: start + i, end: start + masked.trimEnd().length }, backslash: undefined };
			i = masked.indexOf('\n', i);
		}
	}
	return { end: upTo(masked.length), lineEnd, comment: undefined, backslash: undefined };
}

const commandsNotPackages = new Set(
	'rm mv cp cd mkdir rmdir ln echo printf cat chmod chown chgrp touch export set unset source . if then else fi for while do done case esac sh test [ exit true false useradd adduser groupadd addgroup usermod apt-get apt-key add-apt-repository yum dnf microdnf apk zypper apt eval exec sudo su ldconfig dpkg rpm update-alternatives'.split(
		' ',
	),
);
const subcommands = /^(?:install|clone|clean|update|upgrade|add|remove|config|run|build|ci|init|get|cache|all|enable|x[vzjf]+|-.*|\/.*|\w+:\/\/.*)$/;

/** Whether a line stands in a list of lines: without that it can as well be a command that lacks its RUN. */
function isInColumn({ text }: Containerfile, last: RunPiece, { span }: Instruction): boolean {
	const isIndented = /[ \t]/.test(text.charAt(span.start - 1));
	return isIndented || text.slice(last.instruction.span.start, last.tail.end).includes('\n') || text.slice(span.start, span.end).includes('\n');
}

/** Whether the first words of a script read as packages rather than as a command with its arguments. */
function listsPackages(script: Script): boolean {
	const first = script.commands.find((command) => command.statement === 0);
	if (!first || first.assignments.length > 0 || first.redirects.length > 0 || script.commands.some((command) => command.statement === 0 && command !== first)) return false;
	const [name, second] = first.words;
	if (!name || !first.words.every((word) => /^["']?(?:-|[\w@$./])[\w.+:@/~=<>!,*[\]${}-]*["']?$/.test(word.text))) return false;
	if (name.text.startsWith('-')) return true;
	return !commandsNotPackages.has(name.text) && !(second && subcommands.test(second.text));
}

/** Whether a word is rather a misspelt instruction than anything else: `COPPY`, `ENTRYPOINT["sh"]`, `INCLUDE`. */
function isNearInstruction(text: string): boolean {
	const word = /^[^\s[("'=:]+/.exec(text)?.[0] ?? '';
	if (!/^[A-Za-z_+]+$/.test(word)) return false;
	if (/^[A-Z_+]{2,}$/.test(word)) return true;
	return [...instructionKeywords].some((keyword) => editDistance(word.toUpperCase(), keyword) <= (keyword.length <= 4 ? 1 : 2));
}
