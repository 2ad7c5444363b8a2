import { holds, related } from '../../model/basics/paths';
import type { Context } from '../../model/context/context';
import type { Model, StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import type { Piece } from '../newStages';
import { isRefusal, type Refusal } from '../rewrite';
import { actsOf } from './acts';
import type { Act, Ecosystem, Goods, Shop } from './ecosystem';
import { cover, isOwnFile, isOwnFolder, isTemporary } from './folders';
import { refuseLeftBehind } from './leftBehind';
import { checkNeeds } from './needs';
import { refuseOrder } from './order';
import { removalOf } from './outputs';
import { ownerByCopy } from './owners';
import { isForFinal, type Place, placeRun } from './placeRun';
import { destinationOf, workdirAt } from './sources';
import { argvOf, startsOf } from './starts';
import { installOf } from './systemPackages';
import { takenOut } from './taken';

/** The two stages, their FROMs aside. */
export interface Division {
	readonly builder: readonly Piece[];
	readonly final: readonly Piece[];
	readonly assumes: readonly string[];
}

const state = new Set(['ENV', 'ARG', 'WORKDIR', 'USER', 'SHELL']);

/**
 * Gives every instruction of a stage its place: up to the last RUN that makes something in the builder, what sets up a state in both, all else in the final
 * stage. `runtime`: the image of the final stage, `builder`: the name of the other. Undefined where nothing is made, a refusal where a place is not certain.
 */
export function divide(
	model: Model,
	stage: StageModel,
	reference: string,
	runtime: string,
	ecosystem: Ecosystem,
	context: Context,
	builder: string,
): Division | Refusal | undefined {
	const site = { model, stage, context };
	const readings = stage.runs.map((run) => actsOf(site, run, ecosystem));
	if (!readings.some(({ makes }) => makes)) return undefined;
	const unknown = readings.find(({ refusal }) => refusal)?.refusal;
	if (unknown) return unknown;
	const read = readings.flatMap((reading) => reading.acts);
	const settled = ecosystem.settle?.(read, site) ?? read;
	if ('because' in settled) return settled;
	const acts = takenOut(settled);
	const makers = acts.filter(({ effect }) => effect.kind === 'make');
	const made = Math.max(...makers.map(({ run }) => run.position));
	const roots = cover(makers.flatMap(({ effect }) => (effect.kind === 'make' ? effect.writes : []))).filter((path) => !isTemporary(path));
	for (const { effect, invocation } of makers) {
		const wrong = effect.kind === 'make' && !effect.whole ? effect.writes.find((path) => !isTemporary(path) && !isOwnFolder(path) && !isOwnFile(path)) : undefined;
		if (wrong !== undefined) return { because: `what is made lies in ${wrong}, among what the image itself brings; give it a folder of its own`, span: invocation.command.span };
	}
	const starts = startsOf(model.file, stage);
	const shop: Shop = { model, stage, context, reference, acts, last: lastOf(stage, acts, roots, made), roots, starts, argv: argvOf(starts) };
	const order = refuseOrder(shop);
	if (order) return order;
	const goods = ecosystem.goods(shop);
	if (isRefusal(goods)) return goods;
	const there = withoutRemoved(shop, goods);
	if (isRefusal(there)) return there;
	return refuseLeftBehind(shop, there) ?? assemble(shop, there, ecosystem, runtime, builder);
}

/** What there is to copy at the end of the builder: a folder that the file removes itself is not. */
function withoutRemoved(shop: Shop, goods: Goods): Goods | Refusal {
	const removals = goods.copies.map(({ from }) => removalOf(shop, from));
	const unsure = goods.copies[removals.indexOf('maybe')];
	if (unsure) return { because: `${unsure.from} may be removed again here; name what is removed`, span: shop.stage.stage.from.span };
	return removals.includes('surely') ? { ...goods, copies: goods.copies.filter((_, index) => removals[index] !== 'surely') } : goods;
}

/** The last instruction of the builder: the last that makes something, or one behind it that only changes what was made, whose bytes would come twice in the image. */
function lastOf(stage: StageModel, acts: readonly Act[], roots: readonly string[], made: number): number {
	const unnumbered = acts.flatMap(({ effect }) => (effect.kind === 'user' && !effect.numbered ? effect.names : []));
	let last = made;
	for (const run of stage.runs) {
		if (run.position < made) continue;
		const own = acts.filter((act) => act.run === run);
		const changes = own.some(({ effect }) => effect.kind === 'edit');
		const isInside = own.every(({ effect }) => effect.kind === 'none' || (effect.kind === 'edit' && effect.paths.every((path) => roots.some((root) => holds(root, path)))));
		const isTheirs = unnumbered.some((name) => run.text.includes(name));
		if (changes && isInside && !isTheirs) last = run.position;
	}
	return last;
}

function assemble(shop: Shop, goods: Goods, ecosystem: Ecosystem, runtime: string, builderName: string): Division | Refusal {
	const { model, stage, acts, last } = shop;
	const { instructions } = stage.stage;
	const builder: Piece[] = [];
	const installed: string[] = [...goods.packages];
	const text = (instruction: Instruction) => model.file.text.slice(instruction.span.start, instruction.span.end).replace(/\r\n/g, '\n');
	const firstMaker = Math.min(...acts.filter(({ effect }) => effect.kind === 'make').map(({ run }) => run.position));
	const placed = new Map<number, Place>();
	for (const run of stage.runs) {
		const place = placeRun(shop, goods, run, ecosystem);
		if (isRefusal(place)) return place;
		placed.set(run.position, place);
		installed.push(...place.installs);
	}
	const missing = goods.packages.filter((name) => ![...placed.values()].some(({ installs }) => installs.includes(name)));
	const joined = joinInstalls(placed, missing);
	// Where the file itself installs, the package manager is set up and root is the user; without such a place nothing has changed the user yet.
	const installedAt = acts.find(({ effect }) => effect.kind === 'packages' && effect.operation.action === 'install')?.run.position;
	const final: Piece[] = [...inheritedFolder(shop), ...goods.finalHead, ...(missing.length > 0 && !joined && installedAt === undefined ? [installOf(missing)] : [])];
	const needs = checkNeeds(shop, ecosystem, runtime, installed);
	if (isRefusal(needs)) return needs;
	const runsInFinal = missing.length > 0 || [...placed.values()].some((place) => place.final.length > 0);
	for (const [position, instruction] of instructions.entries()) {
		const before = position <= last;
		const place = placed.get(position);
		const parts = position === firstMaker && goods.builderHead.length > 0 ? setupApart(shop, position) : undefined;
		if (parts) builder.push({ instead: instruction, text: parts[0] }, ...goods.builderHead, parts[1]);
		else if (position === firstMaker) builder.push(...goods.builderHead);
		if (place) {
			if (before && place.builder && !parts) builder.push(place.final.includes(instruction) ? text(instruction) : instruction);
			final.push(...(joined?.position === position ? joined.final : place.final));
			if (missing.length > 0 && !joined && position === installedAt) final.push(installOf(missing));
		} else if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
			const { toBuilder, toFinal } = before ? placeOfCopy(shop, goods, instruction, position, ecosystem.sourceFiles) : { toBuilder: false, toFinal: true };
			const owner = toBuilder && !toFinal ? ownerByCopy(shop, goods, instruction, position) : undefined;
			if (owner !== undefined && typeof owner !== 'string') return owner;
			if (owner !== undefined) final.push(owner);
			if (toBuilder) builder.push(toFinal ? text(instruction) : instruction);
			if (toFinal) final.push(instruction);
		} else if (before && state.has(instruction.keyword)) {
			const isOnlyForRuns = instruction.keyword === 'ARG' && !runsInFinal && !isNamedLater(shop, instruction, position);
			builder.push(isOnlyForRuns ? instruction : text(instruction));
			if (!isOnlyForRuns) final.push(instruction);
		} else final.push(instruction);
		if (position !== last) continue;
		builder.push(...goods.builderTail);
		final.push(...goods.copies.map(({ from, to }) => `COPY --from=${builderName} ${from} ${to}`), ...(goods.finalTail ?? []));
	}
	const dropped = [...new Set([...placed.values()].flatMap((place) => place.dropped))];
	return { builder, final, assumes: [...goods.assumes, ...(dropped.length > 0 ? [`Needed only to build: ${dropped.join(', ')}.`] : []), ...needs] };
}

/** The first RUN that only installs, with more packages. */
function joinInstalls(placed: ReadonlyMap<number, Place>, packages: readonly string[]): { readonly position: number; readonly final: Place['final'] } | undefined {
	for (const [position, { final }] of packages.length > 0 ? placed : []) {
		const [first, ...rest] = final;
		const [, head, tail] = (typeof first === 'string' && /^(RUN apt-get update && (?:\w+=[\w-]+ )?apt(?:-get)? [^&]*)( && rm -rf \/var\/lib\/apt\/lists\/\*)$/.exec(first)) || [];
		if (head !== undefined && / install /.test(head)) return { position, final: [`${head} ${packages.join(' ')}${tail}`, ...rest] };
	}
	return undefined;
}

/** WORKDIR of the old base, where a relative path counts on it: the new one is not known to have the same. */
function inheritedFolder({ stage }: Shop): readonly string[] {
	const folder = stage.image?.passesOn.workdir;
	const first = stage.stage.instructions.find(
		({ keyword, words }) => keyword === 'WORKDIR' || ((keyword === 'COPY' || keyword === 'ADD') && !words.at(-1)?.value?.startsWith('/')),
	);
	const isSet = first?.keyword === 'WORKDIR' && first.words[0]?.value?.startsWith('/');
	return folder && folder !== '/' && !isSet ? [`WORKDIR ${folder}`] : [];
}

/** A RUN that begins with set-up as two, the second with the rest; undefined where it does not. */
function setupApart({ acts, model, stage }: Shop, position: number): readonly [string, string] | undefined {
	const run = stage.runs.find((one) => one.position === position);
	const statements = run?.instruction.script?.statements ?? [];
	const isSetup = statements.map(({ kind }, index) => {
		const own = acts.filter(({ invocation, run: { position: at } }) => at === position && invocation.command.statement === index);
		return kind === 'simple' && own.length === 1 && own[0]?.effect.kind === 'setup';
	});
	const rest = isSetup.indexOf(false);
	const [first, end, next] = [statements[0], statements[rest - 1], statements[rest]];
	if (!run || run.instruction.heredocs.length > 0 || rest <= 0 || !first || !next || (end?.joiner !== '&&' && end?.joiner !== ';')) return undefined;
	const slice = (from: number, to: number) => model.file.text.slice(from, to).replace(/\r\n/g, '\n');
	const head = slice(run.instruction.span.start, first.span.start);
	return [head + slice(first.span.start, end.span.end), `${head.trimEnd()} ${slice(next.span.start, run.instruction.span.end)}`];
}

/** Where a COPY before the last maker goes: what a maker works on is in the builder; what is copied to elsewhere is in the image, and in the builder if that may look. */
function placeOfCopy(
	shop: Shop,
	goods: Goods,
	instruction: Instruction,
	position: number,
	sourceFiles: RegExp | undefined,
): { readonly toBuilder: boolean; readonly toFinal: boolean } {
	const { stage, roots, last, acts } = shop;
	const destination = destinationOf(instruction, workdirAt(stage, position)) ?? '/';
	if (roots.some((root) => holds(root, destination)) || isTemporary(destination)) return { toBuilder: true, toFinal: false };
	const isEdited = acts.some(({ effect }) => effect.kind === 'edit' && effect.paths.some((path) => related(path, destination)));
	if (sourceFiles && !isEdited && instruction.words.slice(0, -1).every(({ value }) => value !== undefined && sourceFiles.test(value))) return { toBuilder: true, toFinal: false };
	// What a later COPY of the same folder brings again does not have to come twice.
	const again = stage.stage.instructions.some(
		(one, at) =>
			at > last &&
			(one.keyword === 'COPY' || one.keyword === 'ADD') &&
			one.words.length === 2 &&
			/^\.\/?$/.test(one.words[0]?.value ?? '') &&
			(destinationOf(one, workdirAt(stage, at)) ?? '/') === folderOf(instruction, destination),
	);
	const isRead = goods.reads === undefined || goods.reads.some((path) => related(path, destination));
	return { toBuilder: isRead && !isForFinal(shop, instruction, position), toFinal: !again };
}

/** The folder into which files of the context go, where they lie in it as they do in the context. */
function folderOf({ words }: Instruction, destination: string): string | undefined {
	const sources = words.slice(0, -1).map(({ value }) => value?.replace(/^\.\//, ''));
	if (sources.some((source) => source === undefined || source.includes('/') || source === '.')) return undefined;
	const [only] = sources;
	if (sources.length === 1 && destination.endsWith(`/${only}`)) return destination.slice(0, -`/${only}`.length) || '/';
	return destination;
}

/** Whether a later instruction of the final stage names an ARG. */
function isNamedLater({ stage, model }: Shop, instruction: Instruction, position: number): boolean {
	const names = instruction.words.map(({ text }) => text.replace(/=.*$/s, ''));
	return stage.stage.instructions
		.slice(position + 1)
		.some(({ span, keyword }) => keyword !== 'RUN' && names.some((name) => new RegExp(`\\$\\{?${name}\\b`).test(model.file.text.slice(span.start, span.end))));
}
