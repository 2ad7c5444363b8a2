import { describe, expect, test } from 'vitest';
import { builtIns, scopesAt, tokenizer } from './tokens';

const command = 'entity.name.function.call.shell';
const argument = 'string.unquoted.argument.shell';

describe.each(builtIns())('shell in RUN, on the grammars of $name', async (builtIn) => {
	const tokens = await tokenizer(builtIn);

	const cases: readonly (readonly [what: string, script: string, expected: readonly (readonly [string, string])[]])[] = [
		[
			'if and tests',
			'if [ -f /x ]; then make; else exit 1; fi',
			[
				['if', 'keyword.control.shell'],
				['[', command],
				['-f', 'constant.other.option.shell'],
				['then', 'keyword.control.shell'],
				['make', command],
				['exit', 'support.function.builtin.shell'],
				['fi', 'keyword.control.shell'],
			],
		],
		[
			'for',
			'for f in a b; do rm $f; done',
			[
				['for', 'keyword.control.for.shell'],
				['f', 'keyword.control.for.shell'],
				['in', 'keyword.control.in.shell'],
				['a', argument],
				['do', 'keyword.control.shell'],
				['rm', command],
				['done', 'keyword.control.shell'],
			],
		],
		[
			'case',
			'case "$(uname -m)" in x86_64|amd64) ARCH=1 ;; *) exit 1 ;; esac && make',
			[
				['case', 'keyword.control.case.shell'],
				['uname', command],
				['in', 'keyword.control.in.shell'],
				['x86_64|amd64', 'string.unquoted.pattern.shell'],
				['ARCH', 'variable.other.assignment.shell'],
				['esac', 'keyword.control.esac.shell'],
				['make', command],
			],
		],
		[
			'assignments',
			'A=b C="$D" make E=f',
			[
				['A', 'variable.other.assignment.shell'],
				['b', argument],
				['D', 'string.quoted.double.shell variable.other.normal.shell'],
				['make', command],
				['E=f', argument],
			],
		],
		[
			'export',
			'export A=b && set -e',
			[
				['export', 'storage.modifier.shell'],
				['A', 'variable.other.assignment.shell'],
				['set', 'support.function.builtin.shell'],
			],
		],
		[
			'subshells and functions',
			'(cd /x; make) & f() { top; }',
			[
				['cd', command],
				['make', command],
				['f', 'entity.name.function.shell'],
				['top', command],
			],
		],
		[
			'pipes and redirections',
			'curl x 2>&1 | tar -x &> log',
			[
				['2>&1', 'keyword.operator.redirect.shell'],
				['|', 'keyword.operator.pipe.shell'],
				['tar', command],
				['&>', 'keyword.operator.redirect.shell'],
				['log', argument],
			],
		],
		[
			'expansions',
			'echo ${A:-"b"} $((1 << 2)) `date` $1 $?',
			[
				['A', 'variable.other.normal.shell'],
				[':-', 'keyword.operator.expansion.shell'],
				['b', 'string.quoted.double.shell'],
				['<<', 'keyword.operator.arithmetic.shell'],
				['date', command],
				['1', 'constant.numeric.integer.shell'],
				['?', 'variable.language.special.shell'],
			],
		],
		[
			'nested quotes',
			'a="$(b "c d" \'e\')" f',
			[
				['b', command],
				['c d', 'string.quoted.double.shell'],
				['e', 'string.quoted.single.shell'],
				['f', command],
			],
		],
		[
			'comments',
			'make # not a command; top',
			[
				['make', command],
				['not a command', 'comment.line.number-sign.shell'],
			],
		],
		['no comment inside a word', 'curl a#b', [['a#b', argument]]],
		[
			'here-strings',
			'cat <<< "$a" && make',
			[
				['<<<', 'keyword.operator.herestring.shell'],
				['make', command],
			],
		],
		[
			'[[ ]]',
			'[[ $a == b && -n c ]] || make',
			[
				['==', 'keyword.operator.logical.shell'],
				['-n', 'constant.other.option.shell'],
				['make', command],
			],
		],
	];

	test.each(cases)('%s', (_what, script, expected) => {
		const found = tokens(`FROM scratch\nRUN ${script}\nUSER app`);
		for (const [part, scope] of expected) expect(scopesAt(found, 2, part), part).toContain(scope);
		expect(found.depths).toEqual([1, 1, 1]);
	});

	test('a string goes on over a continuation', () => {
		const found = tokens("RUN python3 -c 'import sys; \\\n  # a comment of the Containerfile\n  print(1)' && make");
		expect(scopesAt(found, 1, 'import')).toContain('string.quoted.single.shell');
		expect(scopesAt(found, 2, 'a comment')).toContain('comment.line.number-sign.dockerfile');
		expect(scopesAt(found, 3, 'print')).toContain('string.quoted.single.shell');
		expect(scopesAt(found, 3, 'make')).toContain(command);
	});

	test('a comment of the shell goes on too, as the lines are joined before the shell reads them', () => {
		expect(scopesAt(tokens('RUN make # all \\\n  && top'), 2, 'top')).toContain('comment.line.number-sign.shell');
	});
});
