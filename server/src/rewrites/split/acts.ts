import { absolutePath } from '../../model/basics/paths';
import type { Invocation } from '../../model/commands/invocation';
import { knownValue } from '../../model/files/writtenFiles';
import type { Run } from '../../model/stages/model';
import type { Containerfile } from '../../syntax/containerfile';
import type { Refusal } from '../rewrite';
import type { Act, Ecosystem, Site } from './ecosystem';
import { isPlain, systemEffect } from './effects';

/** What a RUN does. */
export interface Reading {
	/** The commands of which it is known. */
	readonly acts: readonly Act[];
	/** The first of which it is not. */
	readonly refusal: Refusal | undefined;
	/** A command is one of the ecosystem's that makes something, divisible or not. */
	readonly makes: boolean;
}

/** The commands of a RUN with what each does and where. */
export function actsOf(site: Site, run: Run, ecosystem: Ecosystem): Reading {
	const { file } = site.model;
	const { script, span } = run.instruction;
	if (!script || script.broken || script.commands.length === 0) return { acts: [], refusal: { because: 'it is not known what this RUN does', span }, makes: false };
	const acts: Act[] = [];
	let refusal: Refusal | undefined;
	let makes = false;
	let folder = run.cwd;
	let inner: { readonly statement: number; readonly folder: string | undefined } | undefined;
	for (const invocation of run.invocations) {
		const { command } = invocation;
		const here = inner?.statement === command.statement ? inner.folder : folder;
		if (invocation.program === 'cd') {
			const target = targetOfCd(invocation, run, here);
			if (command.topLevel) folder = command.conditional ? undefined : target;
			else inner = { statement: command.statement, folder: target };
			if (!command.topLevel && !inSubshell(file, run, command.statement)) folder = undefined;
			continue;
		}
		const own = ecosystem.effect(invocation, run, here, site);
		if (command.substituted) {
			if (invocation.program !== undefined && (isPlain(invocation.program) || (typeof own === 'object' && own.kind === 'none'))) continue;
			refusal ??= { because: `it is not known what \`${textOf(file, invocation)}\` does here`, span: command.span };
			continue;
		}
		makes ||= typeof own === 'string' || own?.kind === 'make';
		const effect = invocation.prefix !== '' ? 'sudo is not in the image that ships; a builder runs as root anyway' : (own ?? systemEffect(invocation, run, here));
		if (typeof effect === 'string') refusal ??= { because: effect, span: command.span };
		else if (!effect) refusal ??= { because: `it is not known what \`${textOf(file, invocation)}\` leaves in the image`, span: command.span };
		else acts.push({ run, invocation, folder: here, effect });
	}
	return { acts, refusal, makes };
}

function targetOfCd({ args }: Invocation, run: Run, folder: string | undefined): string | undefined {
	const [target] = args;
	const value = target && knownValue(target, run);
	return value === undefined || value === '-' ? undefined : absolutePath(value, folder);
}

function inSubshell(file: Containerfile, run: Run, statement: number): boolean {
	const span = run.instruction.script?.statements[statement]?.span;
	return span !== undefined && file.text[span.start] === '(' && file.text[span.end - 1] === ')';
}

function textOf({ text }: Containerfile, { command }: Invocation): string {
	const all = text.slice(command.span.start, command.span.end).replace(/\s*\\?\r?\n\s*/g, ' ');
	return all.length > 40 ? `${all.slice(0, 39)}…` : all;
}
