import { describe, expect, it, vi } from 'vitest';
import { unusedIgnore } from '../../server/src/lint/configurable';
import { type LintOptions, lint } from '../../server/src/lint/lint';
import { ignoreEdit } from '../../server/src/lint/suppress';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { applyEdits } from '../../server/src/text/edit';

vi.mock('../../server/src/rules', async () => {
	const { wordRule } = await import('../support/wordRule');
	return { rules: [wordRule('no-apple', 'APPLE', undefined, { hadolint: ['DL1001', 'DL1002'] }), wordRule('no-pear', 'PEAR')] };
});

/** What is found, each as its rule and the word or id that it is about. */
function said(text: string, options: LintOptions = {}): readonly string[] {
	return lint(text, undefined, options).findings.map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

const messages = (text: string) => lint(text).findings.map(({ message }) => message);

describe('a comment above an instruction', () => {
	it.each([
		['plain', '# whittle-ignore no-apple'],
		['with a reason', '# whittle-ignore no-apple -- they keep, no-pear too'],
		['without a blank', '#whittle-ignore no-apple'],
		['with a colon', '# whittle-ignore: no-apple'],
		['with a colon and without a blank', '# whittle-ignore:no-apple'],
		['with a reason after another dash', '# whittle-ignore no-apple — they keep'],
		['with blanks and tabs', '#  whittle-ignore \t no-apple  '],
		['indented', '  # whittle-ignore no-apple'],
		['with blank lines and other comments between', '# whittle-ignore no-apple\n\n# fruit'],
	])('%s', (_what, comment) => {
		expect(said(`FROM a\n${comment}\nRUN APPLE PEAR APPLE\nRUN APPLE\n`)).toEqual(['no-pear: PEAR', 'no-apple: APPLE']);
	});

	it.each([['no-apple, no-pear'], ['no-apple no-pear'], ['no-pear,no-apple -- both']])('of several rules: %s', (ids) => {
		expect(said(`FROM a\n# whittle-ignore ${ids}\nRUN APPLE PEAR\n`)).toEqual([]);
	});

	it('of Windows line ends, and the last of a file', () => {
		expect(said('FROM a\r\n# whittle-ignore no-apple\r\nRUN APPLE')).toEqual([]);
	});

	it('holds for the whole instruction: continuations and here-documents', () => {
		expect(said('FROM a\n# whittle-ignore no-apple\nRUN a \\\n  APPLE\nRUN PEAR\n')).toEqual(['no-pear: PEAR']);
		expect(said('FROM a\n# whittle-ignore no-apple\nRUN <<EOF\nAPPLE\nEOF\n')).toEqual([]);
	});

	it('does not hold for the one above it', () => {
		expect(said('FROM a\nRUN APPLE\n# whittle-ignore no-apple\nRUN b\n')).toEqual(['no-apple: APPLE', 'unused-ignore: no-apple']);
	});
});

describe('a comment inside continuations', () => {
	it('holds for its instruction', () => {
		expect(said('FROM a\nRUN APPLE \\\n# whittle-ignore no-apple -- they keep\n  && PEAR\nRUN APPLE\n')).toEqual(['no-pear: PEAR', 'no-apple: APPLE']);
	});

	it('holds in a script that is written as a here-document', () => {
		expect(said('FROM a\nRUN <<EOF\n# whittle-ignore no-apple -- they keep\nAPPLE\nPEAR\nEOF\nRUN APPLE\n')).toEqual(['no-pear: PEAR', 'no-apple: APPLE']);
		expect(said('FROM a\r\nRUN <<-EOF\r\n\tAPPLE\r\n\t# whittle-ignore no-apple\r\n\tEOF\r\n')).toEqual([]);
		expect(said('FROM a\nRUN <<EOF\n# whittle-ignore no-apple\nb\nEOF\n')).toEqual(['unused-ignore: no-apple']);
	});

	it.each([['RUN cat <<EOF > /x && APPLE'], ['COPY <<EOF APPLE'], ['RUN <<EOF python3 APPLE']])('that is text of a here-document is none: %s', (line) => {
		expect(said(`FROM a\n${line}\n# whittle-ignore no-apple\nEOF\n`)).toEqual(['no-apple: APPLE']);
	});
});

describe('a comment for the file', () => {
	it.each([
		['at the top', '# whittle-ignore-file no-apple -- all\nFROM a\nRUN APPLE\nRUN PEAR\n'],
		['anywhere', 'FROM a\nRUN APPLE\nRUN PEAR\n# whittle-ignore-file no-apple\n'],
		['inside of continuations', 'FROM a\nRUN APPLE\nRUN a \\\n# whittle-ignore-file: no-apple\n PEAR\n'],
	])('%s', (_what, text) => {
		expect(said(text)).toEqual(['no-pear: PEAR']);
	});
});

describe("hadolint's comments", () => {
	it.each([
		['one id', '# hadolint ignore=DL1001'],
		['another id of the rule', '# hadolint ignore=DL1002'],
		['several', '# hadolint ignore=DL3008,DL1001'],
		['small letters and blanks', '#hadolint  ignore = SC2086, dl1001'],
	])('hold for the instruction below: %s', (_what, comment) => {
		expect(said(`FROM a\n${comment}\nRUN APPLE PEAR\nRUN APPLE\n`)).toEqual(['no-pear: PEAR', 'no-apple: APPLE']);
	});

	it('hold for the file where they are global', () => {
		expect(said('# hadolint global ignore=DL1001\nFROM a\nRUN APPLE\nRUN APPLE PEAR\n')).toEqual(['no-pear: PEAR']);
	});

	it('are never called unused, and know no ids of ours', () => {
		expect(said('FROM a\n# hadolint ignore=DL1001,DL9999\nRUN b\n')).toEqual([]);
		expect(said('FROM a\n# hadolint ignore=no-apple\nRUN APPLE\n')).toEqual(['no-apple: APPLE']);
		expect(said('FROM a\n# whittle-ignore DL1001\nRUN APPLE\n')).toEqual(['unused-ignore: DL1001', 'no-apple: APPLE']);
	});
});

describe('a comment that ignores nothing', () => {
	it('is reported, each id by itself', () => {
		const text = 'FROM a\n# whittle-ignore no-apple, no-pear\nRUN APPLE\n';
		expect(said(text)).toEqual(['unused-ignore: no-pear']);
		expect(messages(text)).toEqual(['this comment ignores no-pear, which finds nothing here']);
	});

	it('is reported for the file and inside continuations', () => {
		expect(said('# whittle-ignore-file no-pear\nFROM a\nRUN a \\\n# whittle-ignore no-apple\n b\n')).toEqual(['unused-ignore: no-pear', 'unused-ignore: no-apple']);
	});

	it('of a rule that does not exist says which may be meant', () => {
		expect(messages('FROM a\n# whittle-ignore no-aple\nRUN APPLE\n')).toEqual(['there is no rule "no-aple" (did you mean no-apple?)', 'here is APPLE']);
		expect(messages('FROM a\n# whittle-ignore unused-ignore\nRUN b\n')).toEqual(['no comment ignores unused-ignore; its level is set in the configuration']);
	});

	it.each([
		['nothing', '# whittle-ignore'],
		['only a reason', '# whittle-ignore -- they keep'],
		['a star', '# whittle-ignore *'],
		['nothing for the file', '# whittle-ignore-file:'],
	])('is reported where it names no rule: %s', (_what, comment) => {
		const text = `FROM a\n${comment}\nRUN APPLE\n`;
		expect(said(text)).toEqual([`unused-ignore: ${comment}`, 'no-apple: APPLE']);
		expect(messages(text)[0]).toBe('this comment ignores nothing, as it names no rule: # whittle-ignore RULE -- reason');
	});

	it('is reported once for a reason without its dashes', () => {
		const text = 'FROM a\n# whittle-ignore no-apple because they keep all winter\nRUN APPLE\n';
		expect(said(text)).toEqual(['unused-ignore: because']);
		expect(messages(text)).toEqual(['there is no rule "because"; a reason is written after --']);
	});

	it('is none of ours where it only begins alike', () => {
		expect(said('FROM a\n# whittle-ignored no-apple\n# whittle-ignore-files no-apple\nRUN APPLE\n')).toEqual(['no-apple: APPLE']);
	});

	it('of a rule that is switched off is not reported', () => {
		expect(said('FROM a\n# whittle-ignore no-apple, no-pear\nRUN b\n', { rules: { 'no-apple': 'off' } })).toEqual(['unused-ignore: no-pear']);
	});

	it('has the level that the configuration gives it', () => {
		const text = 'FROM a\n# whittle-ignore no-apple\nRUN b\n';
		expect(lint(text).findings.map(({ severity }) => severity)).toEqual(['hint']);
		expect(lint(text, undefined, { rules: { 'unused-ignore': 'error' } }).findings.map(({ severity }) => severity)).toEqual(['error']);
		expect(said(text, { rules: { 'unused-ignore': 'off' } })).toEqual([]);
	});

	it.each([
		['a line of its own', 'FROM a\n# whittle-ignore no-apple -- was\nRUN b\n', 'FROM a\nRUN b\n'],
		['Windows line ends', 'FROM a\r\n# whittle-ignore no-apple\r\nRUN b\r\n', 'FROM a\r\nRUN b\r\n'],
		['the first line, after a byte order mark', '\ufeff# whittle-ignore-file no-apple\nFROM a\n', '\ufeffFROM a\n'],
		['an indented one', 'FROM a\n\t# whittle-ignore no-apple\nRUN b\n', 'FROM a\nRUN b\n'],
		['inside continuations', 'FROM a\nRUN a \\\n  # whittle-ignore no-apple\n  b\n', 'FROM a\nRUN a \\\n  b\n'],
	])('can be removed: %s', (_what, text, after) => {
		const [fix] = lint(text).findings.flatMap(({ fixes = [] }) => fixes);
		expect(fix?.applicability).toBe('review');
		expect(applyEdits(text, fix?.edits ?? [])).toBe(after);
	});

	it('is not removed where it names several rules, as the others may be right', () => {
		expect(lint('FROM a\n# whittle-ignore no-apple, no-pear\nRUN APPLE\n').findings.flatMap(({ fixes = [] }) => fixes)).toEqual([]);
	});

	it('is what the docs of its rule show', () => {
		const { before, after } = unusedIgnore.docs;
		const text = before.replace('package-cache-kept', 'no-apple');
		const [finding] = lint(text).findings;
		expect(finding?.rule).toBe(unusedIgnore.id);
		expect(applyEdits(text, finding?.fixes?.[0]?.edits ?? [])).toBe(after);
		expect(finding?.fixes?.[0]?.applicability).toBe(unusedIgnore.fixable);
	});
});

it('no comment goes whose place another one would take as a directive', () => {
	const unused = (text: string) => lint(text).findings.find(({ rule }) => rule === unusedIgnore.id)?.fixes;
	expect(unused('# whittle-ignore no-apple\n# escape=`\nFROM a\n')).toEqual([]);
	expect(unused('# syntax=x\n# whittle-ignore no-apple\n# escape=`\nFROM a\n')).toEqual([]);
	expect(unused('# whittle-ignore no-apple\n# a comment\nFROM a\n')).toHaveLength(1);
	expect(unused('FROM a\n# whittle-ignore no-apple\n# a = b\nUSER 1\n')).toHaveLength(1);
});

describe('writing a comment', () => {
	const cases: readonly (readonly [what: string, scope: 'here' | 'file', before: string, after: string])[] = [
		['above the instruction', 'here', 'FROM a\nRUN b && APPLE\n', 'FROM a\n# whittle-ignore no-apple\nRUN b && APPLE\n'],
		['above the whole of it', 'here', 'FROM a\nRUN b \\\n && APPLE\n', 'FROM a\n# whittle-ignore no-apple\nRUN b \\\n && APPLE\n'],
		['as far in as the instruction', 'here', 'FROM a\n  RUN APPLE\n', 'FROM a\n  # whittle-ignore no-apple\n  RUN APPLE\n'],
		['above the first line', 'here', 'FROM APPLE\n', '# whittle-ignore no-apple\nFROM APPLE\n'],
		['after a byte order mark', 'here', '\ufeffFROM APPLE\n', '\ufeff# whittle-ignore no-apple\nFROM APPLE\n'],
		['with Windows line ends', 'here', 'FROM a\r\nRUN APPLE\r\n', 'FROM a\r\n# whittle-ignore no-apple\r\nRUN APPLE\r\n'],
		['below directives', 'here', '# syntax=docker/dockerfile:1\nFROM APPLE\n', '# syntax=docker/dockerfile:1\n# whittle-ignore no-apple\nFROM APPLE\n'],
		[
			'beside what is ignored there',
			'here',
			'FROM a\n# whittle-ignore no-pear -- sweet\nRUN APPLE PEAR\n',
			'FROM a\n# whittle-ignore no-pear, no-apple -- sweet\nRUN APPLE PEAR\n',
		],
		['beside what is ignored inside', 'here', 'FROM a\nRUN APPLE \\\n# whittle-ignore no-pear\n PEAR\n', 'FROM a\nRUN APPLE \\\n# whittle-ignore no-pear, no-apple\n PEAR\n'],
		[
			'not beside what the file ignores',
			'here',
			'# whittle-ignore-file no-pear\nFROM a\nRUN APPLE PEAR\n',
			'# whittle-ignore-file no-pear\nFROM a\n# whittle-ignore no-apple\nRUN APPLE PEAR\n',
		],
		["not beside hadolint's", 'here', 'FROM a\n# hadolint ignore=DL3008\nRUN APPLE\n', 'FROM a\n# hadolint ignore=DL3008\n# whittle-ignore no-apple\nRUN APPLE\n'],
		['for the file at its top', 'file', 'FROM a\nRUN APPLE\n', '# whittle-ignore-file no-apple\nFROM a\nRUN APPLE\n'],
		['for the file after a byte order mark', 'file', '\ufeffFROM a\nRUN APPLE\n', '\ufeff# whittle-ignore-file no-apple\nFROM a\nRUN APPLE\n'],
		['for the file with Windows line ends', 'file', 'FROM a\r\nRUN APPLE', '# whittle-ignore-file no-apple\r\nFROM a\r\nRUN APPLE'],
		[
			'for the file below directives',
			'file',
			'# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nRUN APPLE `\n b\n',
			'# syntax=docker/dockerfile:1\n# escape=`\n# whittle-ignore-file no-apple\nFROM a\nRUN APPLE `\n b\n',
		],
		[
			'for the file below directives of Windows after a byte order mark',
			'file',
			'\ufeff# escape=`\r\nFROM a\r\nRUN APPLE `\r\n b\r\n',
			'\ufeff# escape=`\r\n# whittle-ignore-file no-apple\r\nFROM a\r\nRUN APPLE `\r\n b\r\n',
		],
		['for the file beside what it ignores', 'file', 'FROM a\n# whittle-ignore-file no-pear\nRUN APPLE PEAR\n', 'FROM a\n# whittle-ignore-file no-pear, no-apple\nRUN APPLE PEAR\n'],
	];
	it.each(cases)('%s', (_what, scope, before, after) => {
		const edit = ignoreEdit(before, 'no-apple', before.indexOf('APPLE'), scope);
		expect(applyEdits(before, [edit])).toBe(after);
		expect(said(before).length).toBeGreaterThan(0);
		expect(said(after)).toEqual([]);
		expect(parseContainerfile(after).directives.map(({ name, value }) => [name, value])).toEqual(parseContainerfile(before).directives.map(({ name, value }) => [name, value]));
	});

	it('twice for one instruction, once for each rule', () => {
		let text = 'FROM a\nRUN APPLE PEAR\n';
		for (const rule of ['no-apple', 'no-pear']) text = applyEdits(text, [ignoreEdit(text, rule, text.indexOf('APPLE'), 'here')]);
		expect(text).toBe('FROM a\n# whittle-ignore no-apple, no-pear\nRUN APPLE PEAR\n');
		expect(said(text)).toEqual([]);
	});

	it('between instructions goes above the next one', () => {
		const text = '# escape=`\n# a comment\nFROM a\n';
		expect(applyEdits(text, [ignoreEdit(text, 'no-apple', text.indexOf('a comment'), 'here')])).toBe('# escape=`\n# a comment\n# whittle-ignore no-apple\nFROM a\n');
	});
});
