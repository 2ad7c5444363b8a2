import type { Fix } from '../../server/src/advice/advice';
import type { Rule } from '../../server/src/rules/rule';
import type { Span } from '../../server/src/text/span';

/** A rule for tests that finds a word in the instructions; `fixes` makes the repairs of one place. */
export function wordRule(id: string, word: string, fixes: (at: Span) => readonly Fix[] = () => [], more: Partial<Rule> = {}): Rule {
	return {
		id,
		title: `The word ${word}`,
		severity: 'warning',
		concerns: 'image',
		fixable: 'safe',
		docs: { why: 'A test.', before: `FROM scratch\nRUN ${word}\n` },
		*check({ file }) {
			for (const { span } of file.instructions) {
				for (const { index } of file.text.slice(span.start, span.end).matchAll(new RegExp(`\\b${word}\\b`, 'g'))) {
					const at = { start: span.start + index, end: span.start + index + word.length };
					yield { span: at, message: `here is ${word}`, fixes: fixes(at) };
				}
			}
		},
		...more,
	};
}

/** A repair that puts a text in a place. */
export function replacing(at: Span, text: string, more: Partial<Fix> = {}): Fix {
	return { title: `Write ${text}`, applicability: 'safe', edits: [{ span: at, text }], ...more };
}
