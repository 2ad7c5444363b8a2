import type { Instruction } from '../../syntax/containerfile';
import type { Span, Word } from '../../text/span';
import { isPackageFile, isRepositoryPackage } from '../basics/fileKinds';
import { normalizePath } from '../basics/paths';
import { mayGoBehind, mayGoLater } from '../files/mayGo';
import { isMounted } from '../files/mounted';
import { isNamedElsewhere } from '../files/namedElsewhere';
import { isExactPath, isMentionedBehind, isSure, mentions, namesPath, type PlacedCommand, placedCommands, symbolicPath, symbolicValue } from '../files/placedCommands';
import { lastUnpacking, unpackingsByFolder } from '../files/unpacking';
import { filesCopiedBy, filesFetchedBy, foldersOf } from '../files/writtenFiles';
import { type Model, type Run, reachesImage, type StageModel, stageOf } from '../stages/model';
import { hasHiddenRemoval } from './hiddenRemovals';

/** An archive or a package that the file fetches, that a RUN unpacks or installs, and that nothing removes or uses again. */
export interface KeptDownload {
	/** Its name as written. */
	readonly name: string;
	/** Its path; see symbolicPath. */
	readonly path: string;
	/** What fetched it. */
	readonly by: Instruction;
	/** The place of what names the fetching. */
	readonly fetchedAt: Span;
	/** What a command needs in front to have the rights of the one that fetched it. */
	readonly prefix: string;
	/** What unpacked it last. */
	readonly unpacking: PlacedCommand;
	readonly run: Run;
	/** The word that names it there. */
	readonly word: Word;
	/** The last command of the RUN that names it, if that is for sure run after all others; undefined where it is not known what else reads it. */
	readonly last: PlacedCommand | undefined;
}

/** All of them in what ships, those that ADD fetches too. */
export function keptDownloads(model: Model): readonly KeptDownload[] {
	const inRuns = model.runs.flatMap((run) => downloadsIn(model, run));
	const added = model.stages.filter(({ ships }) => ships).flatMap((stage) => downloadsByAdd(model, stage));
	return [...inRuns, ...added];
}

function downloadsIn(model: Model, run: Run): readonly KeptDownload[] {
	const { instruction } = run;
	if (!run.invocations.some(({ program }) => program === 'curl' || program === 'wget') || instruction.script?.broken) return [];
	const commands = placedCommands(run);
	const trap = commands.findIndex(({ invocation }) => invocation.program === 'trap');
	const check = commands.findLastIndex(({ invocation }) => readsUnnamed.test(invocation.program ?? ''));
	const found = commands.flatMap((fetching, index) => {
		const { invocation, cwd } = fetching;
		if (!isSure(fetching) || (trap >= 0 && trap < index)) return [];
		return filesFetchedBy(invocation, (word) => symbolicValue(word, run)).flatMap((value) => {
			const path = symbolicPath(value, cwd);
			const name = path.replace(/^.*\//, '');
			if (isSmall(name) || isSource(path) || /[*?[]/.test(value) || name.replace(/^\$\w+$/, '').length < 2 || isMounted(run, path) || !mayReachImage(model, run, path)) return [];
			const at = lastUnpacking(run, path);
			if (!at || at.index <= index || mayGoBehind(run, index + 1, path) || isUsedElsewhere(model, run, path, name)) return [];
			const { unpacking, word } = at;
			const onlyHere = isExactlyNamed(word, run, unpacking.cwd, path) && mentions(unpacking, run, name) && check <= at.index && !isMentionedBehind(run, at.index, name);
			const fetchedAt = (invocation.name ?? invocation.command).span;
			return [{ name, path, by: instruction, fetchedAt, prefix: invocation.prefix, unpacking, run, word, last: onlyHere ? unpacking : undefined }];
		});
	});
	// What is fetched to the same place again takes the place of the first.
	return [...new Map(found.map((one) => [one.path, one])).values()];
}

/** Programs that check or take files which a list or the folder names, not their words. */
const readsUnnamed = /^(?:\w+sum|shasum|rhash|rpmbuild|mock|makepkg|dpkg-buildpackage|dpkg-source|debuild|createrepo(?:_c)?|dpkg-scanpackages|apt-ftparchive)$/;

/** Whether an archive lies where package builders look for the sources. */
function isSource(path: string): boolean {
	return /\/SOURCES\/|\.orig\.tar\./.test(path);
}

function downloadsByAdd(model: Model, stage: StageModel): readonly KeptDownload[] {
	const folders = stage.stage.instructions.some(({ keyword }) => keyword === 'ADD') ? foldersOf(stage) : [];
	return stage.stage.instructions.flatMap((instruction, position) => {
		const [source, destination, ...more] = instruction.words;
		if (instruction.keyword !== 'ADD' || instruction.onbuild || !source || !destination || more.length > 0 || !/^(?:https?|ftp):\/\/[^?#]*$/.test(source.text)) return [];
		const name = source.text.replace(/^.*\//, '');
		if (!isPackageFile(name) || isSmall(name) || instruction.flags.some((flag) => flag.name === 'unpack')) return [];
		const paths = filesCopiedBy({ ...instruction, words: [{ ...source, value: name.replace(/[${}]/g, '_') }, destination] }, folders[position]);
		if (hasHiddenRemoval(model, instruction)) return [];
		const use = paths
			.flatMap((path) =>
				(unpackingsByFolder(model).get(path.replace(/\/[^/]*$/, '')) ?? []).filter(
					(one) => (one.path === path || one.path.includes('*')) && namesPath(one.word, one.run, one.command.cwd, path),
				),
			)
			.find(({ run }) => run.instruction.span.start > instruction.span.start && stageOf(model, run).chain.includes(stage.index));
		if (!use || mayGoLater(model, instruction, use.path)) return [];
		const { path, run, word, command } = use;
		return [{ name, path, by: instruction, fetchedAt: source.span, prefix: '', unpacking: command, run, word, last: undefined }];
	});
}

/** A package of a repository's address; an archive may well be called a release. */
function isSmall(name: string): boolean {
	return /\.(?:rpm|deb)$/.test(name) && isRepositoryPackage(name);
}

function mayReachImage(model: Model, run: Run, path: string): boolean {
	const stage = stageOf(model, run);
	return stage.ships || (isExactPath(path) && reachesImage(stage, normalizePath(path, '/') ?? path));
}

function isExactlyNamed(word: Word, run: Run, cwd: string, path: string): boolean {
	const value = symbolicValue(word, run);
	return value !== undefined && !value.startsWith('-') && symbolicPath(value, cwd) === path;
}

/** Whether something behind the RUN names the file, or takes it away. */
function isUsedElsewhere(model: Model, run: Run, path: string, name: string): boolean {
	const ending = /\.\w+$/.exec(name)?.[0];
	if (isNamedElsewhere(model, name, run.instruction) || (ending && isNamedElsewhere(model, `*${ending}`, run.instruction))) return true;
	return mayGoLater(model, run.instruction, path);
}
