import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import fc from '../support/properties';
import { builtIns, injectionPath, tokenizer } from './tokens';

const openings = [
	'"',
	"'",
	'`',
	'$(',
	'${',
	'$((',
	'(',
	'{',
	'[',
	'[[ ',
	'<(',
	'>(',
	"$'",
	'$"',
	'"$(',
	'"${a',
	'"$(b "',
	'`a "',
	'case a in',
	'case a',
	'case ',
	'for a in',
	'if [ "',
	'a=',
	'a=(',
	'a="',
	'export a="',
	'# "',
	'f() {',
	'\\',
	'\\\\x',
	'["a',
	'["a", "b',
	'[',
	'>',
	'2>',
	'<',
	'|',
	'&&',
	';',
	'$',
	'!',
	'--a="',
	"--a='b",
];
const carriers = [
	'RUN ',
	'RUN a ',
	'RUN --mount=type=tmpfs ',
	'RUN a && ',
	'RUN "a" ',
	'RUN a \\\n  ',
	'RUN a \\\n# c\n\n',
	'ONBUILD RUN ',
	'CMD ',
	'ENTRYPOINT ',
	'HEALTHCHECK CMD ',
	'HEALTHCHECK --interval=5s ',
	'SHELL ',
	'ENV A ',
	'LABEL a=',
	'COPY ',
	'ADD --chown=',
	'FROM ',
	'MAINTAINER ',
	'RUN <<EOF\n',
];

describe.each(builtIns())('nothing leaks, on the grammars of $name', async (builtIn) => {
	const tokens = await tokenizer(builtIn);
	const next = 'USER app "x"';
	const alone = tokens(next).lines[0];

	/** The line behind an instruction is coloured as if it stood alone, and no rule is open behind it. */
	function isClean(instruction: string): void {
		const closing = /<<EOF\n/.test(instruction) ? '\nEOF' : '';
		const found = tokens(`${instruction}${closing}\n${next}`);
		expect(found.lines.at(-1)).toEqual(alone);
		expect(found.depths.slice(-2)).toEqual([1, 1]);
	}

	test.each(openings)('out of an instruction with %s', (opening) => {
		for (const carrier of carriers) {
			for (const tail of ['x', '" x', ') x', ' #']) {
				if (!isComment(`${carrier}${opening}${tail}`)) isClean(`${carrier}${opening}${tail}`);
			}
		}
	});

	test('out of any instruction', () => {
		const piece = fc.constantFrom(...openings, 'make', ' ', 'esac', ' in ', 'do ', ')', '}', ']]', '))', '"', ' -x', '=', '\t', '1>&2', ' \\\n ', '\\\n\n', '\\\n# "comment\n');
		const instruction = fc.tuple(fc.constantFrom(...carriers), fc.array(piece, { maxLength: 12 })).map(([carrier, pieces]) => `${carrier}${pieces.join('')}.`);
		fc.assert(
			fc.property(
				instruction.filter((text) => !isComment(text) && !opensHeredoc(text)),
				isClean,
			),
			{ numRuns: 500 },
		);
	});

	test('out of a stray line with a quote: the next instruction gets its colours', () => {
		const found = tokens(`RUN apt-get install\n  it's-missing-a-backslash\nRUN make\n`);
		expect(found.lines[2]?.map((token) => [token.text, token.scopes.at(-1)])).toEqual([
			['RUN', 'keyword.other.special-method.dockerfile'],
			[' ', 'meta.embedded.line.shell'],
			['make', 'entity.name.command.shell'],
		]);
	});
});

/** Whether the last line is a comment inside a continuation: then the instruction goes on behind it. */
function isComment(instruction: string): boolean {
	return /\n[ \t]*#.*$/.test(instruction.replace('RUN <<EOF\n', ''));
}

/** Whether there is a here-document that has no closing line, which rightly goes on. */
function opensHeredoc(instruction: string): boolean {
	return /<<-?\s*["']?[\w.+@%~^]/.test(instruction.replace('RUN <<EOF\n', ''));
}

interface RawRule {
	readonly begin?: string;
	readonly end?: string;
	readonly while?: string;
	readonly patterns?: readonly RawRule[];
	readonly include?: string;
}

describe('the grammar itself', () => {
	const grammar = JSON.parse(readFileSync(injectionPath, 'utf8')) as RawRule & { readonly scopeName: string; readonly repository: Readonly<Record<string, RawRule>> };
	const rules = [...Object.values(grammar.repository), grammar].flatMap(withInner);

	test('every rule that can be open at the end of an instruction ends there', () => {
		const instructionEnd = '(?<=.)(?=\\n)';
		const others = ['(?!)', '(?=[\\s;&|)])', '^(?!\\d*<<)\\t*(\\S+)(?=\\n)', grammar.repository['directives']?.end];
		const open = rules.filter((rule) => rule.begin !== undefined && rule.while === undefined && !rule.end?.endsWith(instructionEnd) && !others.includes(rule.end));
		expect(open).toEqual([]);
	});

	test('every include is there, and every rule is included', () => {
		const included = new Set(rules.flatMap((rule) => (rule.include?.startsWith('#') ? [rule.include.slice(1)] : [])));
		expect([...included].sort()).toEqual(Object.keys(grammar.repository).sort());
	});

	test('the manifest contributes it', () => {
		const root = join(import.meta.dirname, '../..');
		const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { contributes: { grammars: { scopeName: string; path: string; injectTo: string[] }[] } };
		expect(manifest.contributes.grammars.map((each) => ({ ...each, path: join(root, each.path) }))).toEqual([
			{ scopeName: grammar.scopeName, path: injectionPath, injectTo: ['source.dockerfile'] },
		]);
	});
});

function withInner(rule: RawRule): RawRule[] {
	return [rule, ...(rule.patterns ?? []).flatMap(withInner)];
}
