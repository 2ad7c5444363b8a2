import type { Invocation } from '../../model/commands/invocation';
import type { Context } from '../../model/context/context';
import { type Model, type Run, reachesImage, type StageModel } from '../../model/stages/model';
import type { Edit } from '../../text/edit';
import type { Span, Word } from '../../text/span';
import type { Saving, Severity } from '../advice';

/** A command that makes a program, with what decides on it. */
export interface Compile {
	readonly model: Model;
	readonly context: Context;
	readonly stage: StageModel;
	readonly run: Run;
	readonly invocation: Invocation;
	/** The folder in which it runs; undefined where that is not known. */
	readonly folder: string | undefined;
}

/** What a command leaves in the image that only developers look at. */
export interface Unstripped {
	readonly span: Span;
	readonly message: string;
	readonly severity?: Severity;
	readonly saves?: Saving;
	readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
}

/** Whether a file that a command writes gets into the image; one for a test, in a folder for what is thrown away, does not. */
export function ships({ stage }: Compile, path: string | undefined): boolean {
	return path !== undefined && !/^\/(?:dev|tmp|var\/tmp)\//.test(path) && reachesImage(stage, path);
}

/** Whether a repair may be written into a command: not where its text is quoted once more, or more arguments come from elsewhere. */
export function isWritable({ run, invocation }: Compile): boolean {
	return run.instruction.exec === undefined && !invocation.moreArguments && !invocation.command.substituted;
}

/** From a program's name to a word of its arguments: `go build`. */
export function headTo({ invocation }: Compile, word: Word | undefined): Span {
	const { start, end } = invocation.name?.span ?? invocation.command.span;
	return { start, end: word?.span.end ?? end };
}
