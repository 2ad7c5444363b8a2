import type { Finding, Severity } from '../advice/advice';
import type { Context } from '../model/context';
import { loneFile } from '../model/context';
import type { Problem } from '../syntax/containerfile';

/** A finding with the rule that made it and the severity it has here. */
export interface Reported extends Finding {
	readonly rule: string;
	readonly severity: Severity;
}

/** What Whittle says about a file. */
export interface LintResult {
	/** What does not parse. */
	readonly problems: readonly Problem[];
	/** In the order of their places. */
	readonly findings: readonly Reported[];
}

/** Severities by rule id; a rule that is not named keeps its own. */
export interface LintOptions {
	readonly rules?: Readonly<Record<string, Severity | 'off'>>;
}

/** Runs all rules over a text, after configuration and suppression comments. Never throws, does no IO. */
export function lint(_text: string, _context: Context = loneFile, _options: LintOptions = {}): LintResult {
	return { problems: [], findings: [] };
}
