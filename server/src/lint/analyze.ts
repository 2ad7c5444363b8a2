import { type Context, loneFile } from '../model/context/context';
import { buildModel, type Model } from '../model/stages/model';
import { parseContainerfile } from '../syntax/parse';

/** The largest text that is looked at, in bytes of UTF-8: a line of many megabytes would take the parser minutes. */
export const sizeLimit = 1024 * 1024;

/** Parses a text and reads what it means. Total: never throws, does no IO. */
export function analyze(text: string, context: Context = loneFile): Model {
	return buildModel(parseContainerfile(text), context);
}

/** The same for rewrites, which move commands to another place: they see only those that stand in the text as commands. */
export function analyzeWritten(text: string, context: Context): Model {
	return buildModel(parseContainerfile(text), context, 'written');
}

/** How much of a text does not parse: a count of places. */
export function damage(text: string): number {
	const { file } = analyze(text);
	return file.problems.length + file.instructions.filter((instruction) => instruction.script?.broken).length;
}
