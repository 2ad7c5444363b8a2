import type { Containerfile, Instruction } from '../../syntax/containerfile';
import type { Span } from '../../text/span';
import { assignmentsOf } from '../basics/references';
import { remember } from '../basics/remember';
import { automaticVariables } from '../catalog/platforms';
import type { Model, StageModel } from './model';

/** A place where a builder or a RUN's shell puts in the value of a variable that builders set by themselves. */
export interface PlatformUse {
	readonly name: string;
	/** From `$` to its end. */
	readonly span: Span;
	/** What holds where the variable is empty, as it is written: `amd64` of `${TARGETARCH:-amd64}`. */
	readonly fallback: string | undefined;
}

/** Whether an ARG or ENV in front of an instruction, in its stage or in one that is built on, gives a stage the variable. ARGs before the first FROM do not. */
export function isDeclaredAt({ stages }: Model, { stage, span }: Instruction, name: string): boolean {
	return (stages[stage]?.chain ?? []).some((index) => {
		const end = stages[index] && firstDeclarations(stages[index]).get(name);
		return end !== undefined && (index !== stage || end <= span.start);
	});
}

/** Where the first ARG or ENV of each name ends in a stage. */
const firstDeclarations = remember(({ stage }: StageModel): ReadonlyMap<string, number> => {
	const first = new Map<string, number>();
	for (const instruction of stage.instructions) {
		if (instruction.onbuild || (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV')) continue;
		for (const [name] of assignmentsOf(instruction)) if (!first.has(name)) first.set(name, instruction.span.end);
	}
	return first;
});

const expanded: ReadonlySet<string> = new Set(['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

/**
 * The automatic variables that an instruction's value depends on, in the order of their places; none where the RUN sets the variable itself, reads what
 * may set it, or is no shell's.
 */
export function platformUses(file: Containerfile, instruction: Instruction): readonly PlatformUse[] {
	const { keyword, flags, args, span, heredocs, script, comments } = instruction;
	if (!/\$\{?(?:TARGET|BUILD)/.test(file.text.slice(span.start, span.end))) return [];
	const inFlags = flags.flatMap((flag) => usesIn(file, flag.span, []));
	if (keyword === 'RUN') {
		if (!script || script.broken || script.commands.some(({ words }) => /^(?:eval|source|\.)$/.test(words[0]?.value ?? ''))) return inFlags;
		const defaulted = [...file.text.slice(args.start, span.end).matchAll(/\$\{(\w+):?=/g)].map(([, name = '']) => name);
		const own = new Set([...script.assigns, ...defaulted, ...script.commands.flatMap(({ assignments }) => assignments.map(({ name }) => name))]);
		const literal = script.commands.flatMap(({ redirects }) =>
			redirects.flatMap(({ body, span: operator }) => (body && /["'\\]/.test(file.text.slice(operator.start, Math.min(operator.end, body.start))) ? [body] : [])),
		);
		const quoted = instruction.bare ? [] : heredocs.flatMap((heredoc) => (heredoc.quoted ? [heredoc.body] : []));
		return [...inFlags, ...usesIn(file, { start: args.start, end: span.end }, [...comments, ...literal, ...quoted]).filter(({ name }) => !own.has(name))];
	}
	if (!expanded.has(keyword)) return inFlags;
	const bodies = heredocs.flatMap((heredoc) => (heredoc.quoted ? [] : usesIn(file, heredoc.body, [])));
	return [...inFlags, ...instruction.words.flatMap((word) => usesIn(file, word.span, comments)), ...bodies];
}

/** Quoted text and comments as a shell has them, escapes, and variables with what follows the name in braces. */
const tokens = /\\[\s\S]|'[^']*'|(?<=^|\s)#[^\n]*|"|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+=?])((?:[^{}]|\{[^{}]*\})*)|[^{}]*))/g;

/** The uses within a place; `apart` are places in it that nothing is expanded in. */
function usesIn({ text }: Containerfile, place: Span, apart: readonly Span[]): readonly PlatformUse[] {
	const source = apart.reduce(
		(rest, { start, end }) => {
			const [from, to] = [Math.max(start, place.start) - place.start, Math.min(end, place.end) - place.start];
			return from < to ? rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to) : rest;
		},
		text.slice(place.start, place.end),
	);
	const uses: PlatformUse[] = [];
	let inQuotes = false;
	let at = 0;
	while (at < source.length) {
		tokens.lastIndex = at;
		const token = tokens.exec(source);
		if (!token) break;
		const [all, plain, braced, operator, word] = token;
		at = token.index + all.length;
		if (all === '"') inQuotes = !inQuotes;
		// Within double quotes an apostrophe and a # are themselves.
		else if (inQuotes && (all.startsWith("'") || all.startsWith('#'))) at = token.index + 1;
		const name = plain ?? braced;
		if (name === undefined || !automaticVariables.has(name)) continue;
		// `:=` sets it, `:+` asks whether it is set, and a default that is computed is as good as the platform.
		if (operator?.endsWith('=') || operator?.endsWith('+') || (operator?.endsWith('-') && /[$`]/.test(word ?? ''))) continue;
		const end = source.startsWith('}', at) && braced !== undefined ? at + 1 : at;
		uses.push({ name, span: { start: place.start + token.index, end: place.start + end }, fallback: operator?.endsWith('-') ? word : undefined });
	}
	return uses;
}
