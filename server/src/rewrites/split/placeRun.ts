import { holds, related } from '../../model/basics/paths';
import type { Run } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import { isRefusal, type Refusal } from '../rewrite';
import { lacksAdduser } from './adduser';
import type { Act, Ecosystem, Effect, Goods, Shop } from './ecosystem';
import { isPlain } from './effects';
import { isOwnFile, isTemporary } from './folders';
import { ownersOf } from './owners';
import { copiedFiles, workdirAt } from './sources';
import { runtimeInstalls } from './systemPackages';

/** Where a RUN goes. */
export interface Place {
	/** It runs in the builder, as it stands. */
	readonly builder: boolean;
	/** What of it runs in the image that ships: itself, or a RUN of its own. */
	readonly final: readonly (Instruction | string)[];
	/** System packages that it installs there. */
	readonly installs: readonly string[];
	/** Packages that only the builder gets, and commands that only it runs although they are no makers. */
	readonly dropped: readonly string[];
}

/** Decides where a RUN goes, or refuses where it is not certain. */
export function placeRun(shop: Shop, goods: Goods, run: Run, ecosystem: Ecosystem): Place | Refusal {
	const { model, stage, roots, last } = shop;
	const acts = shop.acts.filter((act) => act.run === run);
	if (run.position > last) return stays(shop, goods, run, acts, ecosystem);
	const isCleanUp = (paths: readonly string[]) =>
		paths.every((path) => isTemporary(path) || /^\/(?:var\/lib\/apt|var\/cache|root\/\.|usr\/share\/(?:doc|man|locale)|usr\/local\/share\/\.cache)/.test(path));
	const edits = acts.filter(({ effect }) => effect.kind === 'edit' && !isCleanUp(effect.paths));
	const isMade = ({ effect }: Act) => effect.kind === 'edit' && effect.paths.every((path) => roots.some((root) => holds(root, path) || (effect.makesFolders && holds(path, root))));
	const inside = edits.filter(isMade);
	const outside = edits.filter((act) => !inside.includes(act));
	const has = (kind: Effect['kind']) => acts.some(({ effect }) => effect.kind === kind);
	const installs = runtimeInstalls(model.file, acts, { release: ecosystem.release?.(stage) ?? stage.release, name: stage.image?.distribution }, ecosystem.hasLibrariesOf);
	if (isRefusal(installs)) return installs;
	if (acts.every(({ effect }) => effect.kind === 'edit' || effect.kind === 'none') && outside.length > 0 && outside.length === edits.length) {
		const files = filesForFinal(shop);
		if (outside.every((act) => pathsOf(act).every((path) => files.includes(path))))
			return lackingIn(shop, run, ecosystem) ?? { builder: false, final: [run.instruction], installs: [], dropped: [] };
	}
	const setup = goods.keepsSetup && has('setup');
	const needed = [has('user') && 'user', outside.length > 0 && 'edit', setup && 'setup', installs.text !== undefined && 'packages'].filter(Boolean);

	if (needed.length === 0)
		return {
			builder: true,
			final: makesOwnFolder(shop, goods, acts) && !lackingIn(shop, run, ecosystem) ? [run.instruction] : ownersOf(shop, goods, inside),
			installs: [],
			dropped: [...installs.dropped, ...(has('setup') ? setupsOf(shop, acts).map((text) => `\`${text}\``) : [])],
		};
	const canStay = !has('make') && inside.every(({ effect }) => effect.kind === 'edit' && effect.makesFolders) && (!has('packages') || installs.whole);
	const isAsked =
		acts.some(({ effect }) => effect.kind !== 'setup' && effect.kind !== 'none') || shop.acts.some((act) => act.effect.kind === 'make' && act.run.position > run.position);
	const lacking = canStay ? lackingIn(shop, run, ecosystem) : undefined;
	if (lacking) return lacking;
	if (canStay && (setup || !has('setup'))) return { builder: isAsked, final: [run.instruction], installs: installs.names, dropped: installs.dropped };
	if (needed.length === 1 && installs.text !== undefined)
		return { builder: true, final: [installs.text, ...ownersOf(shop, goods, inside)], installs: installs.names, dropped: installs.dropped };
	if (needed.length === 1 && setup) return { builder: true, final: [`RUN ${setupsOf(shop, acts).join(' && ')}`, ...ownersOf(shop, goods, inside)], installs: [], dropped: [] };
	const [first] = outside.length > 0 ? outside : acts.filter(({ effect }) => effect.kind === 'user' || effect.kind === 'setup');
	return {
		because: 'this RUN both builds and changes what the image needs elsewhere; make two of it',
		span: first?.invocation.command.span ?? run.instruction.span,
	};
}

/** Whether a RUN does nothing but to make folders, one of them for the program: none that is copied, and none that something is built in. */
function makesOwnFolder({ roots, acts: all }: Shop, { copies }: Goods, acts: readonly Act[]): boolean {
	if (!acts.every(({ effect }) => effect.kind === 'none' || (effect.kind === 'edit' && (effect.makesFolders || effect.owns)))) return false;
	const isBuiltIn = (path: string) =>
		all.some(({ effect, folder }) => effect.kind === 'make' && (effect.writes.some((one) => one !== path && holds(path, one)) || (folder !== undefined && holds(path, folder))));
	return acts.some(
		({ effect }) =>
			effect.kind === 'edit' &&
			effect.makesFolders &&
			effect.paths.some((path) => roots.some((root) => root !== path && holds(root, path)) && !copies.some(({ from }) => related(from, path)) && !isBuiltIn(path)),
	);
}

/** Whether a COPY before the last maker brings nothing but programs and settings that only the image that ships can need: no maker names them. */
export function isForFinal(shop: Shop, instruction: Instruction, position: number): boolean {
	const { acts, model, stage, last } = shop;
	const paths = copiedFiles(instruction, workdirAt(stage, position));
	if (paths.length === 0 || !paths.every(isOwnFile)) return false;
	if (!instruction.words.slice(0, -1).every(({ text }) => /\.(?:sh|bash|conf|ini)$|^https?:/.test(text)) && !paths.every((path) => path.includes('bin/'))) return false;
	const names = paths.map((path) => path.replace(/^.*\//, ''));
	return !stage.runs.some((run) => {
		const own = acts.filter((act) => act.run === run);
		if (run.position > last || own.every(({ effect }) => effect.kind === 'edit' || effect.kind === 'none')) return false;
		return names.some((name) => model.file.text.slice(run.instruction.span.start, run.instruction.span.end).includes(name));
	});
}

function filesForFinal(shop: Shop): readonly string[] {
	return shop.stage.stage.instructions.flatMap((instruction, at) => (isForFinal(shop, instruction, at) ? copiedFiles(instruction, workdirAt(shop.stage, at)) : []));
}

/** A program of a RUN that runs in the image that ships as it stands, and that the image has not. */
function lackingIn({ stage, acts }: Shop, run: Run, ecosystem: Ecosystem): Refusal | undefined {
	const lacks = new Set([...ecosystem.lacks(stage), ...lacksAdduser(stage, acts, run, ecosystem)]);
	const lacking = run.invocations.find(({ program }) => program !== undefined && lacks.has(program));
	return lacking && { because: `${lacking.program} runs here for the image that ships, whose base does not have it`, span: lacking.command.span };
}

/** A RUN behind all that is made: it runs in the image that ships as it stands, if that has what it calls. */
function stays(shop: Shop, goods: Goods, run: Run, acts: readonly Act[], ecosystem: Ecosystem): Place | Refusal {
	const { model, stage, roots } = shop;
	const lacking = lackingIn(shop, run, ecosystem);
	if (lacking) return lacking;
	for (const { invocation, effect } of acts) {
		const { program = '', command } = invocation;
		const paths = effect.kind === 'edit' ? effect.paths : [];
		const left = paths.find((path) => roots.some((root) => holds(root, path)) && !goods.copies.some(({ from }) => holds(from, path) || holds(path, from)));
		if (left !== undefined) return { because: `it changes ${left}, which stays behind in the builder`, span: command.span };
		if (effect.kind === 'setup') continue;
		if (effect.kind === 'packages') continue;
		if (program !== '' && !isPlain(program))
			return { because: `${program} runs after all that is built, and is not known to be in the slim image; move it before that`, span: command.span };
	}
	const installs = runtimeInstalls(model.file, acts, { release: ecosystem.release?.(stage) ?? stage.release, name: stage.image?.distribution }, ecosystem.hasLibrariesOf);
	if (isRefusal(installs)) return installs;
	const fetches = acts.some(({ effect }) => effect.kind === 'packages' && effect.operation.action === 'install');
	const isRefreshed = shop.acts.some(
		(act) => act.run.position > shop.last && act.run.position <= run.position && act.effect.kind === 'packages' && act.effect.operation.action === 'refresh',
	);
	if (!fetches || isRefreshed) return { builder: false, final: [run.instruction], installs: installs.names, dropped: [] };
	if (installs.text === undefined || acts.some(({ effect }) => effect.kind !== 'packages' && effect.kind !== 'none' && effect.kind !== 'edit')) {
		return { because: 'the package lists that this installs from are left behind in the builder; update them in this RUN', span: run.instruction.span };
	}
	return { builder: false, final: [installs.text], installs: installs.names, dropped: installs.dropped };
}

function setupsOf({ model }: Shop, acts: readonly Act[]): readonly string[] {
	return acts.flatMap(({ effect, invocation: { command } }) =>
		effect.kind === 'setup' ? [model.file.text.slice(command.span.start, command.span.end).replace(/\s*\\?\r?\n\s*/g, ' ')] : [],
	);
}

function pathsOf({ effect }: Act): readonly string[] {
	return effect.kind === 'edit' ? effect.paths : [];
}
