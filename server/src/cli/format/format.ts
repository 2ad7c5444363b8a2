import type { Look } from '../look';
import type { Style } from '../style';
import { githubReport } from './github';
import { jsonReport } from './json';
import { sarifReport } from './sarif';
import { textReport } from './text';

/** The whole output of a lint: what was looked at, and sentences about what could not be. */
export type Report = (looks: readonly Look[], refusals: readonly string[], style: Style) => string;

/** Every output format by its name. */
export const reports: Readonly<Record<string, Report>> = { text: textReport, json: jsonReport, sarif: sarifReport, github: githubReport };
