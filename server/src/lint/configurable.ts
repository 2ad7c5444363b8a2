import { rules } from '../rules';
import type { Rule } from '../rules/rule';
import { nearest } from '../text/distance';

/** What people read about a rule. */
export type RuleDescription = Omit<Rule, 'check'>;

/** What is said about Whittle's own comments: not a rule, as it needs to know what all rules found. */
export const unusedIgnore: RuleDescription = {
	id: 'unused-ignore',
	title: 'An ignore comment ignores nothing',
	severity: 'hint',
	concerns: 'build',
	fixable: 'review',
	docs: {
		why: 'A `# whittle-ignore` comment says that somebody looked at a piece of waste and wants to keep it. Once the waste is gone, or where the rule is misspelt, the comment only misleads readers, and it would hide the next waste of that kind. Rules that are switched off and `# hadolint ignore=` comments are not looked at.',
		before: 'FROM scratch\n# whittle-ignore package-cache-kept -- the next image needs it\nCOPY app /app\n',
		after: 'FROM scratch\nCOPY app /app\n',
	},
};

/** Everything that can be found and whose level can be set, in the order in which it is documented. */
export const configurable: readonly RuleDescription[] = [...rules, unusedIgnore];

/** Their ids: what `rules` of a configuration may name. */
export const configurableIds: ReadonlySet<string> = new Set(configurable.map(({ id }) => id));

/** The sentence for an id that is none of them, without a full stop; with the one that may have been meant. */
export function unknownRule(id: string): string {
	const meant = nearest(id, configurableIds);
	return `there is no rule "${id}"${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
}
