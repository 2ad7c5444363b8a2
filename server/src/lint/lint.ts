import type { Finding, Fix, Severity } from '../advice/advice';
import { type Context, loneFile } from '../model/context/context';
import type { Model } from '../model/stages/model';
import { rules } from '../rules';
import type { Rule } from '../rules/rule';
import type { Problem } from '../syntax/containerfile';
import { analyze } from './analyze';
import { unusedIgnore } from './configurable';
import { possibleIn } from './possible';
import { type Loudness, levelOf } from './presets';
import { suppress } from './suppress';

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

/** How loudly the rules speak; every one at its own level where nothing is said. */
export type LintOptions = Loudness;

/** Runs all rules over a text, after configuration and suppression comments. Never throws, does no IO. */
export function lint(text: string, context: Context = loneFile, options: LintOptions = {}): LintResult {
	const model = analyze(text, context);
	const active = rules.filter((rule) => levelOf(rule, rule.severity, options) !== 'off');
	const isPossible = possibleIn(model);
	const found = active.flatMap((rule) => report(rule, model, context, options, isPossible));
	const findings = suppress(model.file, found, active, levelOf(unusedIgnore, unusedIgnore.severity, options));
	return { problems: model.file.problems, findings: [...findings].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end) };
}

function report(rule: Rule, model: Model, context: Context, options: LintOptions, isPossible: (fix: Fix) => boolean): readonly Reported[] {
	return [...rule.check(model, context)].flatMap((finding) => {
		const severity = levelOf(rule, finding.severity ?? rule.severity, options);
		const fixes = finding.fixes?.filter(isPossible);
		return severity === 'off' ? [] : [{ ...finding, ...(fixes ? { fixes } : {}), rule: rule.id, severity }];
	});
}
