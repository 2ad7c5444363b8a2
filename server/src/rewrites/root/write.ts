import { assignmentsOf } from '../../model/basics/references';
import type { StageModel } from '../../model/stages/model';
import type { Containerfile, Instruction } from '../../syntax/containerfile';
import { mountFields } from '../../syntax/mount';
import type { Piece } from '../newStages';
import type { Act } from './acts';
import type { Places } from './places';
import { output } from './recipe';
import { commentsIn } from './rest';

/** What the writer needs besides the places. */
export interface Layout {
	readonly builderImage: string;
	/** The commands of the installation. */
	readonly install: readonly (readonly string[])[];
	/** ENV of the base that the file relies on, as instructions. */
	readonly inherited: readonly string[];
	/** What brings the results of compilations into the root. */
	readonly copies: readonly string[];
}

/** The stages that take the place of one, as `replaceStage` wants them. */
export function writeStages(file: Containerfile, target: StageModel, acts: readonly Act[], places: Places, layout: Layout): readonly (readonly Piece[])[] {
	const { from } = target.stage;
	const names = new Set(file.stages.flatMap(({ name }) => name ?? []));
	const builder = free('builder', names);
	const rootfs = free('rootfs', names);
	const platform = from.flags.map((flag) => `${file.text.slice(flag.span.start, flag.span.end)} `).join('');
	const own = /\s+(as\s+\S+)\s*$/i.exec(file.text.slice(from.span.start, from.span.end))?.[1];
	const scratch = (name: string | undefined) => `FROM ${platform}scratch${name === undefined ? '' : ` ${name}`}`;
	const inLast = (act: Act) =>
		act.kind === 'state' || act.kind === 'description' || (act.kind === 'copy' && places.last.includes(act)) || (!places.changesRoot && rootHas(places, act));
	const written = new Set<Instruction>();
	const once = (instruction: Instruction): Piece => {
		if (written.has(instruction)) return textOf(file, instruction);
		written.add(instruction);
		return instruction;
	};
	const lastPieces = acts.filter(inLast).map((act) => pieceOf(act, once));
	const rootPieces = places.changesRoot ? rootStage(acts, places).map((act) => pieceOf(act, once)) : [];
	const first: Piece = { instead: from, text: `FROM ${platform}${layout.builderImage} AS ${builder}` };
	return [
		[first, ...builderPieces(file, acts, places, layout, once)],
		...(places.changesRoot ? [[`${scratch(`AS ${rootfs}`)}`, `COPY --from=${builder} ${output} /`, ...layout.inherited, ...rootPieces]] : []),
		[scratch(own), places.changesRoot ? `COPY --from=${rootfs} / /` : `COPY --from=${builder} ${output} /`, ...layout.inherited, ...lastPieces],
	];
}

function rootHas({ root }: Places, act: Act): boolean {
	return root.some((one) => one === act);
}

/** The acts of the middle stage: what runs there, and what is in force for it. */
function rootStage(acts: readonly Act[], places: Places): readonly Act[] {
	const end = acts.findLastIndex((act) => rootHas(places, act));
	return acts.filter((act, index) => rootHas(places, act) || (act.kind === 'state' && index < end));
}

function pieceOf(act: Act, once: (instruction: Instruction) => Piece): Piece {
	if ((act.kind === 'run' || act.kind === 'build') && act.text !== undefined) return { instead: act.instruction, text: act.text };
	return once(act.instruction);
}

/** A COPY for the builder, which has not the users of the root. */
function withoutOwner(file: Containerfile, instruction: Instruction, piece: Piece): Piece {
	const owner = instruction.flags.find(({ name, value = '' }) => name === 'chown' && !/^(?:\d+|root)(?::(?:\d+|root))?$/.test(value));
	if (!owner) return piece;
	const text = textOf(file, instruction).replace(/--chown=\S+\s+/, '');
	return typeof piece === 'string' ? text : { instead: instruction, text };
}

function textOf(file: Containerfile, { span }: Instruction): string {
	return file.text.slice(span.start, span.end).replaceAll('\r\n', '\n');
}

function builderPieces(file: Containerfile, acts: readonly Act[], places: Places, layout: Layout, once: (instruction: Instruction) => Piece): readonly Piece[] {
	const pieces: Piece[] = [];
	const absorbed = acts.filter((act) => act.kind === 'package');
	const lastInstall = absorbed.findLast((act) => act.kind === 'package' && act.act.kind === 'install');
	const kept = new Set(acts.flatMap((act) => (act.kind === 'run' || act.kind === 'build' ? [act.instruction] : [])));
	const lastBuild = acts.findLast(({ kind }) => kind === 'build');
	const texts = [...layout.install.flat(), ...places.builder.flatMap((act) => ('text' in act && act.text) || textOf(file, act.instruction))].join('\n');
	const comments = new Set<Instruction>();
	const lead = (act: Act): readonly string[] => {
		if (comments.has(act.instruction)) return [];
		comments.add(act.instruction);
		const rest = acts
			.flatMap((one) => ((one.kind === 'run' || one.kind === 'build') && one.instruction === act.instruction ? [one.text ?? textOf(file, one.instruction)] : []))
			.join('');
		const inside = commentsIn(file, act.instruction).filter((comment) => !rest.includes(comment));
		return [...(kept.has(act.instruction) ? [] : leadOf(file, act.instruction)), ...inside];
	};
	let state: string[] = [];
	const install = (): void => {
		if (layout.install.length === 0) return;
		pieces.push(...state);
		state = [];
		for (const act of absorbed) if (act.kind === 'package' && act.act.kind !== 'configure') pieces.push(...lead(act));
		const inside = absorbed.filter((act) => act.kind === 'package' && /^(?:install|configureRoot|afterRoot)$/.test(act.act.kind));
		pieces.push(`RUN ${flagsOf(file, inside)}${joined(file, layout.install)}`);
	};
	for (const act of acts) {
		if (act.kind === 'state' && isNeeded(act.instruction, texts, places.builder.length > 0)) state.push(textOf(file, act.instruction));
		if (places.builder.includes(act)) {
			pieces.push(...state);
			state = [];
			if (act.kind === 'copy') pieces.push(withoutOwner(file, act.instruction, once(act.instruction)));
			else if (act.kind === 'package')
				pieces.push(
					...lead(act),
					`RUN ${act.text.startsWith('--') ? '' : flagsOf(file, [act])}${((act.act.kind === 'configure' && act.act.command) || act.text).replaceAll('\r\n', '\n')}`,
				);
			else if (act.kind === 'language') pieces.push(...lead(act), `RUN ${flagsOf(file, [act])}${act.act.command}`);
			else if (act.kind === 'build') pieces.push(pieceOf(act, once));
		}
		if (act === lastInstall) install();
		if (act === lastBuild)
			pieces.push(
				`RUN ${joined(
					file,
					layout.copies.map((command) => [command]),
				)}`,
			);
	}
	if (!lastInstall) install();
	return pieces;
}

/** Comment lines above an instruction that no piece takes along. */
function leadOf(file: Containerfile, instruction: Instruction): readonly string[] {
	const index = file.instructions.indexOf(instruction);
	const before = file.instructions[index - 1];
	return file.comments.filter(({ start, end }) => start >= (before?.span.end ?? 0) && end <= instruction.span.start).map(({ start, end }) => file.text.slice(start, end).trim());
}

/** Flags of the RUNs that installed, caches aside: another folder is filled now. */
function flagsOf({ text }: Containerfile, absorbed: readonly Act[]): string {
	const flags = absorbed.flatMap(({ instruction }) => instruction.flags.filter((flag) => mountFields(flag)?.get('type') !== 'cache'));
	return [...new Set(flags.map(({ span }) => text.slice(span.start, span.end)))].map((flag) => `${flag} `).join('');
}

function joined(file: Containerfile, commands: readonly (readonly string[])[]): string {
	return commands.map((lines) => lines.join(` ${file.escape}\n        `)).join(` && ${file.escape}\n    `);
}

/** Whether what stands in the builder needs a setting: by name, or any of them where commands or files of the stage go there as they stand. */
function isNeeded(instruction: Instruction, texts: string, any: boolean): boolean {
	const { keyword } = instruction;
	if (keyword === 'USER') return false;
	if (any || keyword === 'WORKDIR' || keyword === 'SHELL') return any;
	return assignmentsOf(instruction).some(([name]) => new RegExp(`\\$\\{?${name}\\b`).test(texts) || /^(?:(?:https?|ftp|no|all)_proxy|ACCEPT_EULA)$/i.test(name));
}

function free(name: string, taken: ReadonlySet<string>): string {
	let number = 2;
	let result = name;
	while (taken.has(result)) result = `${name}${number++}`;
	return result;
}
