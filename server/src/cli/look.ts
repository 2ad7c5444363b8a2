import { basename } from 'node:path';
import { readBuildContext } from '../disk/context';
import { type Config, plainContext } from '../lint/config';
import { type LintResult, lint } from '../lint/lint';
import { withOffered } from '../lint/propose';
import { findStage } from '../model/basics/references';
import { wantedPaths, wantedTexts } from '../model/context/buildContext';
import type { BuildContext, Context } from '../model/context/context';
import { parseContainerfile } from '../syntax/parse';
import { lineStarts, positionAt } from '../text/lines';
import type { Span } from '../text/span';
import type { Input } from './inputs';

/** A file that was looked at, with what is said about it. */
export interface Look {
	/** Its name as people know it. */
	readonly file: string;
	readonly text: string;
	readonly starts: readonly number[];
	readonly result: LintResult;
	/** What the person has to know about how it was looked at, a sentence each. */
	readonly notes: readonly string[];
}

/** Lints a text. */
export function lookAt(file: string, text: string, context: Context, config: Config): Look {
	const { problems, findings } = lint(text, context, config);
	return { file, text, starts: lineStarts(text), result: { problems, findings: withOffered(findings, text, context) }, notes: missingTarget(file, text, config) };
}

/** What to say where the stage that is to be built is not there: nothing, or one sentence. */
export function missingTarget(shown: string, text: string, { target }: Config): readonly string[] {
	const file = parseContainerfile(text);
	const last = file.stages.at(-1);
	if (target === undefined || last === undefined || findStage(file, target, file.stages.length) !== undefined) return [];
	return [`${shown} has no stage ${target}, which is to be built; its last stage${last.name === undefined ? '' : `, ${last.name},`} is taken for what ships`];
}

/** What is known about a text beyond it. The folder of a file is taken for its build context; that of standard input is not known. `adjust` says what has become of the folder since. */
export function contextOf(input: Input, text: string, config: Config, adjust: (found: BuildContext, folder: string) => BuildContext = (found) => found): Context {
	const context = plainContext(config);
	if (input.path === undefined) return context;
	const fileName = basename(input.path);
	const wanted = wantedPaths(parseContainerfile(text), fileName);
	return { ...context, buildContext: adjust(readBuildContext(input.folder, fileName, wanted), input.folder) };
}

/** The same with the files of the build context that rewrites read. */
export function rewriteContextOf(input: Input, text: string, config: Config): Context {
	const context = plainContext(config);
	if (input.path === undefined) return context;
	const fileName = basename(input.path);
	const file = parseContainerfile(text);
	return { ...context, buildContext: readBuildContext(input.folder, fileName, wantedPaths(file, fileName), wantedTexts(file)) };
}

/** A text with the offsets of its lines. */
export type Lines = Pick<Look, 'text' | 'starts'>;

/** A place as people count it: from 1, a byte order mark not counted. */
export function placeOf(look: Lines, at: Span): { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number } {
	const [line, column] = countFromOne(look, at.start);
	const [endLine, endColumn] = countFromOne(look, at.end);
	return { line, column, endLine, endColumn };
}

function countFromOne({ text, starts }: Lines, offset: number): readonly [line: number, column: number] {
	const { line, character } = positionAt(starts, offset);
	const mark = line === 0 && offset > 0 && text.startsWith('\uFEFF') ? 1 : 0;
	return [line + 1, character + 1 - mark];
}
