import { assignmentsOf } from '../../model/basics/references';
import { parseReference } from '../../model/catalog/reference';
import type { Model, StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import { applyEdits, type Edit } from '../../text/edit';
import { contains } from '../../text/span';
import type { Piece } from '../newStages';
import type { Refusal } from '../rewrite';
import { variablesAt } from './places';

/** Instructions that say how later ones of a stage, and containers of it, work. */
const settings = new Set(['ARG', 'ENV', 'WORKDIR', 'USER', 'SHELL']);

/** Why the last stage of a file cannot be split in two, whatever is in it. */
export function whyNotSplit(model: Model, target: StageModel): Refusal | undefined {
	const { from, instructions } = target.stage;
	const onbuild = instructions.find((instruction) => instruction.onbuild);
	if (onbuild) return { because: 'ONBUILD is for images that are built on this one', span: onbuild.span };
	if (target.index !== model.stages.length - 1) return { because: 'other stages follow, which may build on this one', span: from.span };
	if (target.base.kind !== 'image') return { because: 'it is built on another stage; write its base here', span: from.span };
	if (!target.image) return { because: 'what its base sets and has is not known', span: target.stage.image?.span ?? from.span };
	if (/onbuild/.test(target.base.reference ?? '')) return { because: 'its base has ONBUILD instructions, which are not in this file', span: from.span };
	if (target.image.family === 'windows') return { because: 'it is a Windows image', span: from.span };
	return undefined;
}

/** A name that no stage has and no `--from` means. */
export function freeName(model: Model, wanted: string): string {
	const taken = new Set([
		...model.file.stages.map(({ name }) => name),
		...model.file.instructions.flatMap(({ flags }) => flags.flatMap(({ name, value }) => (name === 'from' ? [value?.toLowerCase()] : []))),
		...model.file.stages.map(({ image }) => (image ? parseReference(image.text)?.name : undefined)),
	]);
	let name = wanted;
	for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
	return name;
}

/** FROM with another name, and one with another image under the old name. */
export function newHeads({ file }: Model, { stage }: StageModel, name: string, base: string): { readonly builder: Piece; readonly final: string } {
	const { from, image } = stage;
	const start = image?.span.start ?? from.span.end;
	const end = image?.span.end ?? from.span.end;
	const keyword = /\s[aA][sS]\s/.exec(file.text.slice(end, from.span.end))?.[0].trim() ?? 'AS';
	const builder = { instead: from, text: `${file.text.slice(from.span.start, end)} ${keyword} ${name}` };
	return { builder, final: file.text.slice(from.span.start, start) + base + file.text.slice(end, from.span.end) };
}

/** An instruction as it stands, with those of the edits that lie in it. */
export function edited(text: string, instruction: Instruction, edits: readonly Edit[]): Piece {
	const own = edits.filter(({ span }) => contains(instruction.span, span));
	if (own.length === 0) return instruction;
	const { start, end } = instruction.span;
	const moved = own.map(({ span, text: replacement }) => ({ span: { start: span.start - start, end: span.end - start }, text: replacement }));
	return { instead: instruction, text: applyEdits(text.slice(start, end), moved).replaceAll('\r\n', '\n') };
}

/** The stages of a split: which instructions the builder has, which the final stage. */
export interface Split {
	readonly builder: readonly Piece[];
	readonly final: readonly Piece[];
}

/**
 * Deals the instructions of a stage out: RUN and what is needed before the last of them to the builder, configuration to the final stage, and settings to both.
 * `copies`: where each COPY and ADD goes. What goes to both has its comments in the builder.
 */
export function deal(
	{ file }: Model,
	{ stage, runs }: StageModel,
	copies: ReadonlyMap<Instruction, 'builder' | 'final'>,
	edits: readonly Edit[],
	instead: ReadonlyMap<Instruction, string>,
): Split {
	const lastRun = runs.at(-1)?.position ?? -1;
	const builder: Piece[] = [];
	const final: Piece[] = [];
	const kept = (instruction: Instruction) => file.text.slice(instruction.span.start, instruction.span.end).replaceAll('\r\n', '\n');
	const dropped = passingFolders(stage.instructions, copies);
	const referenced = namesIn(
		stage.instructions
			.filter((one) => one.keyword !== 'RUN' && one.keyword !== 'ARG' && copies.get(one) !== 'builder')
			.map(kept)
			.join('\n'),
	);
	stage.instructions.forEach((instruction, position) => {
		const text = instead.get(instruction);
		if (instruction.keyword === 'RUN' || copies.get(instruction) === 'builder') builder.push(edited(file.text, instruction, edits));
		else if (settings.has(instruction.keyword) && position < lastRun) {
			builder.push(instruction);
			const needed = instruction.keyword === 'ARG' ? assignmentsOf(instruction).some(([name]) => referenced.has(name)) : !dropped.has(instruction);
			if (needed) final.push(kept(instruction));
		} else final.push(text === undefined ? instruction : { instead: instruction, text });
	});
	return { builder, final };
}

/** WORKDIRs that an absolute one follows before anything is copied to a place relative to them. */
function passingFolders(instructions: readonly Instruction[], copies: ReadonlyMap<Instruction, 'builder' | 'final'>): ReadonlySet<Instruction> {
	const passing = new Set<Instruction>();
	let waiting: Instruction[] = [];
	for (const instruction of instructions) {
		if (copies.get(instruction) === 'final' && !instruction.words.at(-1)?.text.startsWith('/')) waiting = [];
		if (instruction.keyword !== 'WORKDIR') continue;
		if (instruction.words[0]?.text.startsWith('/')) for (const one of waiting) passing.add(one);
		waiting.push(instruction);
	}
	return passing;
}

/** Names of variables in the text of instructions. */
export function namesIn(text: string): ReadonlySet<string> {
	return new Set([...text.matchAll(/(?<!\\)\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name ?? ''));
}

/** What of the base's environment the final instructions refer to and the file does not set, as one ENV; a refusal where its value is not known. */
export function inheritedVariables({ file }: Model, target: StageModel, final: readonly Piece[], more: readonly string[]): readonly string[] | Refusal {
	const { stage, image } = target;
	const own = new Set(stage.instructions.flatMap((one) => (one.keyword === 'ARG' ? assignmentsOf(one).map(([name]) => name) : [])));
	const first = new Map<string, number>();
	for (const one of stage.instructions) if (one.keyword === 'ENV') for (const [name] of assignmentsOf(one)) if (!first.has(name)) first.set(name, one.span.end);
	const lines: string[] = [];
	const wanted = new Set(more);
	for (const piece of final) {
		const source = typeof piece === 'string' ? undefined : 'instead' in piece ? piece.instead : piece;
		const text = typeof piece === 'string' ? piece : 'instead' in piece ? piece.text : file.text.slice(piece.span.start, piece.span.end);
		const exec = source?.exec !== undefined && /^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(source.keyword);
		if (exec) continue;
		for (const name of namesIn(text))
			if (name === 'PATH' || !(own.has(name) || (first.has(name) && (first.get(name) ?? 0) < (source?.span.start ?? Number.POSITIVE_INFINITY)))) wanted.add(name);
	}
	const inherited = variablesAt({ ...target, stage: { ...stage, instructions: [] } }, undefined);
	for (const name of wanted) {
		const value = inherited.get(name);
		if (value === undefined && name !== 'PATH') {
			const at = stage.instructions.find((one) => namesIn(file.text.slice(one.span.start, one.span.end)).has(name));
			if (image?.passesOn.env && !inherited.has(name)) continue;
			return { because: `the value of ${name}, which the base sets, is not known`, span: at?.span ?? stage.from.span };
		}
		if (value !== undefined) lines.push(`${name}=${/^[\w@%+=:,./-]*$/.test(value) ? value : JSON.stringify(value)}`);
	}
	return lines;
}
