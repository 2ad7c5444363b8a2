import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { lint } from '../../server/src/lint/lint';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { checkLaws } from '../support/laws';
import { hadolintComplaints } from './field/hadolint';
import { otherComplaints } from './field/others';
import { tallyComplaints } from './field/tally';

/** The text with one row of lines replaced, which has to be there exactly once. */
function replaced(text: string, change: readonly [string, string] | undefined): string {
	if (!change) return text;
	const pieces = text.split(change[0]);
	expect(pieces.length).toBe(2);
	return pieces.join(change[1]);
}

describe('what other tools get wrong', () => {
	for (const { tool, case: what, text, says, safe, suggested } of [...tallyComplaints, ...hadolintComplaints, ...otherComplaints]) {
		it(`${tool}: Whittle ${what}`, () => {
			expect([...new Set(lint(text).findings.map(({ rule }) => rule))].join(' ')).toBe(says);
			const withSafe = replaced(text, safe);
			const withSuggested = replaced(withSafe, suggested);
			for (const [upTo, after] of [
				['safe', withSafe],
				['suggested', withSuggested],
			] as const) {
				const result = fixAll(text, undefined, { upTo });
				expect(result.text).toBe(after);
				expect(result.settled).toBe(true);
				expect(parseContainerfile(result.text).problems).toEqual(parseContainerfile(text).problems);
			}
			expect(checkLaws(text)).toEqual([]);
		});
	}
});
