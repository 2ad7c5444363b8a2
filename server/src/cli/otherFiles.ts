import { join } from 'node:path';
import type { FileChange } from '../advice/advice';
import { nameInside, readInside } from '../disk/context';
import { isRefusal, type Refusal } from '../disk/refusal';
import { writeAtomically } from '../disk/write';
import type { BuildContext } from '../model/context/context';
import type { Change } from './diff';
import type { Input } from './inputs';
import { shownPath, slashed } from './paths';

/** A file beside a Containerfile that a repair changed. */
export interface OtherFile {
	readonly shown: string;
	readonly created: boolean;
}

/** The files beside Containerfiles that repairs change. Several Containerfiles may share one, and where nothing is written the later ones still see what the earlier have done. */
export interface OtherFiles {
	/** A build context as it is after the changes so far. */
	adjust(this: void, found: BuildContext, folder: string): BuildContext;
	/** Notes changes, and writes them where asked to; a refusal where one cannot be made. */
	change(input: Input, files: readonly FileChange[], write: boolean): readonly OtherFile[] | Refusal;
	/** All of them, from the first state to the last. */
	changes(): readonly Change[];
}

/** Starts without changes. */
export function otherFiles(): OtherFiles {
	const changed = new Map<string, Change>();
	return {
		adjust(found, folder) {
			const present = new Set(found.present);
			const ignoreFiles = new Map(found.ignoreFiles);
			for (const [path, { after }] of changed) {
				const name = nameIn(folder, path);
				if (name === undefined) continue;
				present.add(name);
				if (/ignore$/.test(name)) ignoreFiles.set(name, after);
			}
			return { ...found, present, ignoreFiles };
		},
		change(input, files, write) {
			const done: OtherFile[] = [];
			for (const { path, text } of files) {
				const name = nameInside(path);
				if (name === undefined) return { because: `a repair of ${input.shown} would have changed ${path}, which is outside of its folder; nothing was written there` };
				const target = join(input.folder, name);
				const known = changed.get(target);
				const before = known ? known.after : readInside(input.folder, name, shownPath(target));
				if (isRefusal(before)) return { because: `${before.because}, so that what a repair of ${input.shown} adds to it could not be added` };
				if (before === text) continue;
				const refusal = write ? writeAtomically(target, text, shownPath(target)) : undefined;
				if (refusal) return refusal;
				changed.set(target, { path: slashed(target), before: known ? known.before : before, after: text });
				done.push({ shown: shownPath(target), created: before === undefined });
			}
			return done;
		},
		changes: () => [...changed.values()],
	};
}

function nameIn(folder: string, path: string): string | undefined {
	const start = join(folder, '/');
	return path.startsWith(start) ? nameInside(path.slice(start.length)) : undefined;
}
