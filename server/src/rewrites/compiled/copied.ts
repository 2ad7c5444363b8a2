import { holds } from '../../model/basics/paths';
import type { Model, StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import type { Refusal } from '../rewrite';
import { type Copy, copyOf } from './places';

/** A COPY or ADD of the stage that ships, with where its files come to lie. */
export interface PlacedCopy {
	readonly instruction: Instruction;
	readonly position: number;
	/** Files and folders. */
	readonly places: readonly string[];
	/** Why what it brings cannot be copied on by its name. */
	readonly unclear?: string | undefined;
	/** The folder that has to be there before. */
	readonly folder: string | undefined;
}

/** What COPY and ADD bring. */
export interface CopiedFiles {
	readonly copies: readonly PlacedCopy[];
	/** Where all of it lies. */
	readonly places: readonly string[];
	/** What of it a running program may read: files that are no sources. */
	readonly kept: readonly string[];
	/** An owner is named, not numbered. */
	readonly namesOwner: boolean;
}

/** Files that only a compiler reads. */
const sourceFile =
	/^(?:go\.(?:mod|sum|work)|vendor|[Mm]akefile|Cargo\.(?:toml|lock)|build\.rs|rust-toolchain.*|\.cargo|cmd|internal|pkg|src|lib|include|Gopkg\..*|Godeps|glide\..*|\.git|scripts?|hack|tools)$|\.(?:go|c|cc|cpp|cxx|h|hpp|hh|rs|s|S|proto|mod|sum|mk)$/;

/** Folders beside sources that a program may well read as it runs. */
export const runtimeFolder =
	/^(?:templates?|tmpl|static|public|views?|assets|web|www|html|dist|conf(?:ig)?s?|locales?|i18n|lang|migrations?|data|db|sql|certs?|fonts|images|resources|etc|ui|frontend|plugins)$/;

/** Sorts what a stage copies; a refusal where it cannot be told what ships. `trees`: the folders in which it compiles. */
export function sortCopies(
	model: Model,
	stage: StageModel,
	folders: ReadonlySet<string>,
	{ trees, compiles, programs }: { readonly trees: readonly string[]; readonly compiles: boolean; readonly programs: ReadonlySet<string> },
): CopiedFiles | Refusal {
	const copies: PlacedCopy[] = [];
	const kept: string[] = [];
	let namesOwner = false;
	const lastRun = stage.runs.at(-1)?.position ?? -1;
	for (const [position, instruction] of stage.stage.instructions.entries()) {
		if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
		const copy = copyOf(model, stage, instruction, folders);
		const refuse = (because: string): Refusal => ({ because, span: instruction.span });
		const owner = instruction.flags.find(({ name }) => name === 'chown')?.value;
		if (owner !== undefined && !/^\d+(?::\d+)?$/.test(owner)) namesOwner = true;
		if (copy.destination === undefined || copy.sources.includes(undefined) || instruction.heredocs.length > 0 || instruction.flags.some(({ name }) => name === 'parents')) {
			if (position < lastRun || copy.from !== undefined) return refuse('what is copied, or where to, is not known');
			copies.push({ instruction, position, places: [], folder: undefined });
			continue;
		}
		const places = placesOf(copy);
		copies.push({ instruction, position, places, folder: copy.intoFolder ? copy.destination : parentOf(copy.destination), unclear: unclear(copy, places, programs) });
		if (position > lastRun) continue;
		for (const [index, source] of copy.sources.entries()) {
			const name = (source ?? '').replace(/\/+$/, '').replace(/^.*\//, '');
			const place = places[index] ?? copy.destination;
			const inTree = trees.some((tree) => holds(tree, place));
			const isWhole = /^\.?$/.test(name) || /[*?[]/.test(name);
			if (compiles && copy.from === undefined && sourceFile.test(name)) continue;
			if (inTree && (isWhole || !(runtimeFolder.test(name) || (isFileName(name) && !trees.includes(place))))) continue;
			if (isWhole && trees.length > 0 && trees.some((tree) => holds(place, tree)))
				return refuse('it brings more than the sources, and what of it is needed at run time is not known');
			if ((isWhole || isArchive(instruction, source)) && copy.from === undefined && place === '/') return refuse('the files go to / itself');
			kept.push(place);
		}
	}
	return { copies, places: copies.flatMap(({ places }) => places), kept, namesOwner };
}

/** Whether files go to `/`, or a source of another stage may be a file or a folder, whose contents go there. */
function unclear({ from, intoFolder, sources }: Copy, places: readonly string[], programs: ReadonlySet<string>): string | undefined {
	if (places.includes('/')) return 'the files go to / itself';
	const odd = from !== undefined && intoFolder ? sources.find((source, index) => !/\w\.\w+$|[*?[]/.test(source ?? '') && !programs.has(places[index] ?? '')) : undefined;
	return odd === undefined ? undefined : `whether ${odd} is a file or a folder is not known; name the place where it comes to lie`;
}

/** One place for each source: a file or folder by its name within the destination, or the destination itself. */
function placesOf({ sources, destination = '/', intoFolder, instruction }: Copy): readonly string[] {
	return sources.map((source = '') => {
		const name = source.replace(/\/+$/, '').replace(/^.*\//, '');
		// The contents of a folder go there, not the folder; what is called like a file is one.
		const isFile = /[*?[]/.test(name) ? false : (isFileName(name) && !isArchive(instruction, source)) || instruction.flags.some(({ name: flag }) => flag === 'from');
		return intoFolder && isFile ? `${destination === '/' ? '' : destination}/${name}` : destination;
	});
}

/** Whether a name is that of a file rather than of a folder. */
function isFileName(name: string): boolean {
	return /\w\.\w+$|^\.env$/.test(name);
}

/** Whether ADD unpacks it, so that its files go there and it does not. */
function isArchive({ keyword }: Instruction, source = ''): boolean {
	return keyword === 'ADD' && !/^https?:/.test(source) && /\.(?:tar(?:\.\w+)?|t(?:gz|bz2?|xz|zst))$/.test(source);
}

function parentOf(path: string): string {
	return path.replace(/\/[^/]*$/, '') || '/';
}
