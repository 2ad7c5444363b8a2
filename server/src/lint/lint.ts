import type { Finding, Fix, Severity } from '../advice/advice';
import { type Context, loneFile } from '../model/context';
import type { Model } from '../model/model';
import { rules } from '../rules';
import type { Rule } from '../rules/rule';
import type { Problem } from '../syntax/containerfile';
import { analyze } from './analyze';
import { unusedIgnore } from './configurable';
import { possibleIn } from './possible';
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

/** Severities by rule id; a rule that is not named keeps its own. */
export interface LintOptions {
	readonly rules?: Readonly<Record<string, Severity | 'off'>>;
}

/** Runs all rules over a text, after configuration and suppression comments. Never throws, does no IO. */
export function lint(text: string, context: Context = loneFile, options: LintOptions = {}): LintResult {
	const model = analyze(text, context);
	const active = rules.filter((rule) => options.rules?.[rule.id] !== 'off');
	const isPossible = possibleIn(model);
	const found = active.flatMap((rule) => report(rule, model, context, options, isPossible));
	const findings = suppress(model.file, found, active, options.rules?.[unusedIgnore.id]);
	return { problems: model.file.problems, findings: [...findings].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end) };
}

function report(rule: Rule, model: Model, context: Context, options: LintOptions, isPossible: (fix: Fix) => boolean): readonly Reported[] {
	const configured = options.rules?.[rule.id];
	return [...rule.check(model, context)].map((finding) => ({
		...finding,
		...(finding.fixes ? { fixes: finding.fixes.filter(isPossible) } : {}),
		rule: rule.id,
		severity: configured && configured !== 'off' ? configured : (finding.severity ?? rule.severity),
	}));
}
