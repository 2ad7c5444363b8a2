import type { LintResult } from '../../lint/lint';
import type { Problem } from '../../syntax/containerfile';

/** What does not parse, without what a finding explains already: a line that a lost backslash made an instruction is told once. */
export function untold({ problems, findings }: LintResult): readonly Problem[] {
	const explained = new Set(findings.filter(({ severity }) => severity === 'error').flatMap(({ related = [] }) => related.map(({ span }) => `${span.start} ${span.end}`)));
	return problems.filter(({ span }) => !explained.has(`${span.start} ${span.end}`));
}
