import { Keyword } from 'dockerfile-ast';

/** The instructions that builders know, in upper case. */
export const instructionKeywords: ReadonlySet<string> = new Set(Object.values(Keyword).map((keyword) => String(keyword).toUpperCase()));
