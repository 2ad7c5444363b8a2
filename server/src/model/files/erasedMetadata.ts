import type { Word } from '../../text/span';
import { holds, normalizePath } from '../basics/paths';
import { remember } from '../basics/remember';
import { type ImageMetadata, imageMetadata } from '../catalog/imageMetadata';
import type { Invocation } from '../commands/invocation';
import { removalsOf } from '../commands/removal';
import type { Model, Run, StageModel } from '../stages/model';
import { knownValue } from './writtenFiles';

/** A command that removes what scanners read of the image. */
export interface Erasure {
	readonly run: Run;
	readonly invocation: Invocation;
	/** The words that name it. */
	readonly erased: readonly { readonly word: Word; readonly metadata: ImageMetadata }[];
	/** Other things that the command removes, none where the whole command is about that. */
	readonly others: readonly Word[];
}

/** A list of another form takes the place of the database: of Azure Linux and distroless, or a bill of materials. */
const hasManifest = /rpmmanifest|container-manifest|dpkg\/status\.d|\bsbom\b|cyclonedx|\bspdx\b|\bsyft\b/i;

const mayErase = /\/rpm\b|dpkg|\/apk\b|os-release/;

/** The commands that erase it in the image, or in a root that is copied into it; what is written anew later is left out. */
export function erasures(model: Model): readonly Erasure[] {
	return !mayErase.test(model.file.text) || hasManifest.test(model.file.text)
		? []
		: model.stages.flatMap((stage) =>
				!stage.ships && stage.copiedOut.length === 0 ? [] : stage.runs.flatMap((run) => run.invocations.flatMap((invocation) => erasureOf(model, stage, run, invocation) ?? [])),
			);
}

function erasureOf(model: Model, stage: StageModel, run: Run, invocation: Invocation): Erasure | undefined {
	const { program, command, moreArguments } = invocation;
	if (program === 'find' || program === 'rmdir' || moreArguments || command.conditional || command.substituted) return undefined;
	const removed = removalsOf(invocation, run.cwd).map(({ word, path }) => ({ word, found: metadataAt(model, stage, path ?? knownPath(word, run), !word.text.endsWith('*')) }));
	// A link goes; what it points to stays.
	const keepsTarget = !removed.some(({ found }) => found?.path.endsWith('/usr/lib/os-release'));
	const erased = removed.flatMap(({ word, found }) =>
		!found || (keepsTarget && found.path.endsWith('/etc/os-release')) || isWrittenLater(model, command.span.end, found.path) ? [] : [{ word, metadata: found.metadata }],
	);
	if (erased.length === 0) return undefined;
	return { run, invocation, erased, others: removed.flatMap(({ word }) => (erased.some((one) => one.word === word) ? [] : [word])) };
}

function knownPath(word: Word, run: Run): string | undefined {
	const value = knownValue(word, run);
	return value?.startsWith('/') ? normalizePath(value, '/') : undefined;
}

/** Where a link to the rpm database lies on many systems of today: who removes that, and not what is in it, keeps the database. */
const movedDatabase = '/var/lib/rpm';

/** Whether the database surely lies in its old place: Fedora moved it with 36 (Changes/RelocateRPMToUsr), so has EL 10; openSUSE did before. */
function isStillThere({ image, release }: StageModel): boolean {
	if (image === undefined || release === undefined) return false;
	const number = Number.parseInt(release, 10);
	if (image.distribution === 'fedora') return number < 36;
	return /^(?:rhel|ubi|centos|alma|rocky|oracle)$/.test(image.distribution) && number < 10;
}

/** What lies at a path, in the image's own root or in one that becomes it: one that is copied over another base leaves that one's own. `isFolder`: it is named itself, not what is in it. */
function metadataAt({ target }: Model, stage: StageModel, path: string | undefined, isFolder: boolean): { readonly metadata: ImageMetadata; readonly path: string } | undefined {
	if (path === undefined) return undefined;
	for (const metadata of imageMetadata) {
		if (metadata.family !== undefined && stage.family !== undefined && stage.family !== 'scratch' && metadata.family !== stage.family) continue;
		for (const at of metadata.paths) {
			if (!path.endsWith(at) || ((at === `${movedDatabase}*` || (isFolder && at === movedDatabase)) && !isStillThere(stage))) continue;
			const root = path.slice(0, path.length - at.length);
			// Into another root only the package rpm puts the link.
			if (root !== '' && at.startsWith(movedDatabase) && !isStillThere(stage)) continue;
			const ships =
				root === '' ? stage.ships || stage.copiedOut.includes('/') : target?.family === 'scratch' && stage.copiedOut.some((copied) => holds(copied, root) || holds(copied, path));
			if (ships) return { metadata, path };
		}
	}
	return undefined;
}

/** Whether something behind the command names the place, which may fill it again, or starts a database anew. */
function isWrittenLater(model: Model, end: number, path: string): boolean {
	return model.file.text.includes(path.replace(/\*$/, ''), end) || lastRefill(model) > end;
}

const lastRefill = remember(({ file }: Model): number =>
	file.instructions.reduce((last, { keyword, span }) => {
		const refills = keyword === 'RUN' ? /\brpm(?:db)?\b[^&;|\n]*--(?:initdb|rebuilddb|import)|\bapk\b[^&;|\n]*--initdb/ : /os-release|lib\/(?:dpkg|rpm|apk)|sysimage/;
		return keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD' ? (refills.test(file.text.slice(span.start, span.end)) ? Math.max(last, span.end) : last) : last;
	}, -1),
);
