import { absolutePath, holds, related } from '../../model/basics/paths';
import { knownValue } from '../../model/files/writtenFiles';
import { isSystemProgram } from '../../model/purpose/ownPrograms';
import { isDistribution } from '../../model/stages/distribution';
import { literal } from '../../text/literal';
import type { Refusal } from '../rewrite';
import { isInstallation } from './builds';
import type { Act, Goods, Shop, Site } from './ecosystem';
import { isPlain } from './effects';
import { cover, isOwnFolder, isTemporary } from './folders';
import { contextFileAt, copiedFiles, destinationOf, workdirAt } from './sources';
import { scriptsOf, startsOf, wordsOf } from './starts';
import { takenBy } from './taken';

/** Whether a container may look below a folder: it starts there, or its settings or the scripts that it starts name it. */
function isUsed({ model, stage, context }: Site, folder: string): boolean {
	const cwd = workdirAt(stage, stage.stage.instructions.length);
	if (cwd === undefined || (cwd !== '/' && related(folder, cwd))) return true;
	const settings = stage.stage.instructions.filter(({ keyword }) => /^(?:ENV|ENTRYPOINT|CMD|HEALTHCHECK|VOLUME)$/.test(keyword));
	const starts = startsOf(model.file, stage);
	const words = [
		...scriptsOf(stage, context, starts).flatMap(({ text }) => text ?? []),
		...settings.map(({ args }) => model.file.text.slice(args.start, args.end)),
		...starts.flatMap(({ instruction }) => wordsOf(model.file, instruction).map((word) => absolutePath(word, cwd) ?? '')),
	];
	return words.some((word) => new RegExp(`(?:^|[^\\w/.-])${literal(folder)}(?:/|$|[^\\w.-])`).test(` ${word} `));
}

/** The folder in which an act compiles. */
function sourcesOf({ effect, folder, invocation: { program = '' } }: Act): string | undefined {
	if (effect.kind !== 'make' || effect.from !== undefined || /^(?:curl|wget|git|tar|unzip|cp|mv|install)$/.test(program)) return undefined;
	const [written] = effect.writes;
	return effect.isFile || effect.programs !== undefined || effect.whole ? folder : (written ?? folder);
}

/** Acts that compile write into the folder of their sources, too, and into the one that those were copied to, where a container does not look there: it stays behind as a whole. */
export function withSources(acts: readonly Act[], site: Site): readonly Act[] {
	const { stage } = site;
	const copied = stage.stage.instructions.flatMap((instruction, at) =>
		instruction.keyword === 'COPY' || instruction.keyword === 'ADD' ? (destinationOf(instruction, workdirAt(stage, at)) ?? []) : [],
	);
	return acts.map((act) => {
		const { effect } = act;
		const folder = sourcesOf(act);
		if (effect.kind !== 'make' || folder === undefined) return act;
		const left = [folder, ...copied.filter((one) => holds(one, folder))].filter((one) => isOwnFolder(one) && !isUsed(site, one) && !effect.writes.some((path) => holds(path, one)));
		return { ...act, effect: { ...effect, writes: [...effect.writes, ...left] } };
	});
}

/** What of all that is made goes into the image that ships: what was written by name, installed or fetched, and a source tree only where a container looks there. */
export function outputsOf(shop: Shop): { readonly copies: Goods['copies']; readonly assumes: readonly string[] } | Refusal {
	const { acts, stage } = shop;
	const sources = [...new Set(acts.flatMap((act) => sourcesOf(act) ?? []))];
	const paths: string[] = [];
	const assumes: string[] = [];
	const left: string[] = [];
	const cargo = acts.filter(({ effect }) => effect.kind === 'make' && effect.programs !== undefined);
	for (const root of shop.roots) {
		const own = acts.filter(({ effect }) => effect.kind === 'make' && effect.writes.includes(root));
		const isTarget = own.length > 0 && own.every((act) => cargo.includes(act) || act.invocation.program === 'cargo');
		if (isTarget || /\.[ao]$/.test(root)) continue;
		const isTree = sources.some((folder) => holds(root, folder)) && !own.some(({ effect }) => effect.kind === 'make' && effect.whole);
		if (isTree && !isUsed(shop, root)) {
			left.push(root);
			continue;
		}
		const gone = removalOf(shop, root);
		if (gone === 'maybe') return { because: `${root} may be removed again here; name what is removed`, span: own[0]?.invocation.command.span ?? stage.stage.from.span };
		if (gone === undefined) paths.push(root);
	}
	for (const { effect, invocation } of cargo) {
		if (effect.kind !== 'make' || effect.programs === undefined) continue;
		const folder = effect.programs;
		const named = startedPaths(shop).flatMap((path) => (path.startsWith(`${folder}/`) ? [path] : []));
		const bare = invocation.args[0]?.value === 'install' ? barePrograms(shop).map((program) => `${folder}/${program}`) : [];
		paths.push(...[...named, ...bare].filter((path) => !paths.some((one) => holds(one, path))));
	}
	for (const { effect, invocation } of acts) {
		const guess = effect.kind === 'make' && effect.isGuess ? effect.writes.find((path) => paths.includes(path) && !startedPaths(shop).includes(path)) : undefined;
		if (guess !== undefined) return { because: 'the name of the program is in go.mod, which was not read; name it with -o', span: invocation.command.span };
	}
	for (const folder of left) assumes.push(`The program reads no file below ${folder}.`);
	for (const act of acts.filter(isInstallation))
		if (act.effect.kind === 'make' && act.effect.writes[0] !== undefined) assumes.push(`What is installed to ${act.effect.writes[0]} is installed nowhere else.`);
	return { copies: cover(paths).map((path) => ({ from: path, to: path })), assumes: [...new Set(assumes)] };
}

/** Whether what was made at a path is taken away later in the file: surely, perhaps, or not. */
export function removalOf({ acts }: Shop, root: string): 'surely' | 'maybe' | undefined {
	const made = acts.findLastIndex(({ effect }) => effect.kind === 'make' && effect.writes.some((path) => holds(root, path)));
	let answer: 'surely' | 'maybe' | undefined;
	for (const act of acts.slice(Math.max(made, 0))) {
		const { invocation, run, folder } = act;
		const removed =
			invocation.program === 'rm'
				? invocation.args.flatMap((word) => {
						const value = knownValue(word, run);
						return value === undefined ? [''] : value.startsWith('-') ? [] : [absolutePath(value, folder) ?? ''];
					})
				: invocation.program === 'mv'
					? (takenBy(act)?.sources ?? [])
					: [];
		for (const path of removed) {
			if (holds(path, root) && path !== '') return 'surely';
			const parent = /[*?[]/.test(path) ? path.replace(/\/[^/]*[*?[].*$/, '') || '/' : undefined;
			if (path === '' || (parent !== undefined && holds(parent, root) && parent !== root)) answer = 'maybe';
		}
	}
	return answer;
}

/** Absolute paths of what is started, and of the other words that name files. */
function startedPaths({ model, stage, starts }: Shop): readonly string[] {
	const cwd = workdirAt(stage, stage.stage.instructions.length);
	return starts.flatMap(({ instruction, programs }) =>
		[...programs, ...wordsOf(model.file, instruction)].flatMap((word) => (word.includes('/') ? (absolutePath(word, cwd) ?? []) : [])),
	);
}

/** Names without a folder that are started, and that no system has. */
function barePrograms({ starts }: Shop): readonly string[] {
	return [...new Set(starts.flatMap(({ programs }) => programs))].filter((program) => !program.includes('/') && !isPlain(program) && !isSystemProgram(program));
}

/** The first start whose program is not known to be in the image that ships. `lacks`: what that is known not to have, which is said elsewhere. */
export function startsMissing(shop: Shop, copies: Goods['copies'], lacks: readonly string[]): Refusal | undefined {
	const { starts, stage, acts, context } = shop;
	const { image } = stage;
	const cwd = workdirAt(stage, stage.stage.instructions.length);
	const brought = stage.stage.instructions.flatMap((instruction, at) => copiedFiles(instruction, workdirAt(stage, at)));
	const folders = stage.stage.instructions.flatMap((instruction, at) =>
		instruction.keyword === 'COPY' || instruction.keyword === 'ADD' ? (destinationOf(instruction, workdirAt(stage, at)) ?? []) : [],
	);
	const packages = acts.flatMap(({ effect }) =>
		effect.kind === 'packages' && effect.operation.action === 'install' ? effect.operation.operands.map(({ value = '' }) => value) : [],
	);
	const [main] = ['ENTRYPOINT', 'CMD'].flatMap((keyword) => starts.filter(({ instruction }) => instruction.keyword === keyword));
	const made = copies.map(({ to }) => to);
	if (cwd !== undefined && cwd !== '/tmp' && isTemporary(cwd))
		return { because: `it starts in ${cwd}, whose files are left behind in the builder; give the program another WORKDIR`, span: main?.instruction.span ?? stage.stage.from.span };
	const isThere = (path: string): boolean => {
		if (isTemporary(path)) return false;
		if (made.some((one) => holds(one, path)) || brought.includes(path) || /^\/(?:usr\/)?s?bin\//.test(path)) return true;
		return folders.some((folder) => holds(folder, path)) && !isBuilt(shop, path);
	};
	const fromStages = stage.stage.instructions.flatMap((instruction, at) =>
		instruction.flags.some(({ name }) => name === 'from') ? copiedFiles(instruction, workdirAt(stage, at)) : [],
	);
	const foreign = image && !isDistribution(image) ? main?.programs.find((program) => program.includes('/') && fromStages.includes(absolutePath(program, cwd) ?? '')) : undefined;
	if (main && foreign !== undefined)
		return { because: `${foreign} comes from elsewhere, and may be linked to libraries that only this image has; start it on plain debian`, span: main.instruction.span };
	const unread = scriptsOf(stage, context, starts).find(({ program, text }) => {
		const path = program.includes('/') ? absolutePath(program, cwd) : undefined;
		const isMade = (!/\.\w+$/.test(program) && made.some((one) => holds(one, path ?? program))) || (path === undefined && made.some((one) => one.endsWith(`/${program}`)));
		return text === undefined && !isMade && !(path !== undefined && fromStages.includes(path));
	});
	if (unread) return { because: `${unread.program} was not read, and it may need the sources or compile; it has to lie in the build context`, span: unread.start.instruction.span };
	const search = (stage.runs.at(-1)?.variables.get('PATH') ?? '').split(':').concat(['/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/bin']);
	for (const { programs, instruction } of main ? [main] : []) {
		for (const program of programs) {
			const path = program.includes('/') ? absolutePath(program, cwd) : undefined;
			const isKnown =
				path !== undefined
					? isThere(path)
					: lacks.includes(program) ||
						isPlain(program) ||
						isSystemProgram(program) ||
						/^(?:ba|da)?sh$|^exec$/.test(program) ||
						search.some((folder) => made.some((one) => holds(one, `${folder}/${program}`)) || brought.includes(`${folder}/${program}`)) ||
						packages.some((name) => name === program || name.startsWith(`${program}-`) || name.startsWith(`${program}=`));
			if (!isKnown) return { because: `${program} is not known to be among what is built here; name its place with -o or with a path`, span: instruction.span };
		}
	}
	return undefined;
}

/** Whether a path that a COPY of a folder may have brought was made, as far as is known: nobody read that it is a file of the context. */
function isBuilt({ stage, context, acts }: Shop, path: string): boolean {
	if (contextFileAt(stage, context, path) !== undefined || /\.\w+$/.test(path)) return false;
	return acts.some(({ effect }) => effect.kind === 'make');
}
