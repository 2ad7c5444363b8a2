import { describe, expect, it } from 'vitest';
import { analyze, analyzeWritten } from '../../server/src/lint/analyze';
import { loneFile } from '../../server/src/model/context/context';

const textOf = (run: string) => `FROM quay.io/x/y\nRUN ${run}\n`;
const called = (run: string) => analyze(textOf(run)).runs[0]?.invocations.map(({ program, args }) => [program, ...args.map(({ text }) => text)].join(' '));

describe('the script of a shell', () => {
	it.each([
		["bash -c 'a b; c'", ['a b', 'c']],
		["sh -c 'a'", ['a']],
		["/bin/sh -c 'a'", ['a']],
		["bash -lc 'a'", ['a']],
		["bash -euxo pipefail -c 'a'", ['a']],
		["bash -o pipefail -ec 'a' name x", ['a']],
		["bash --login -c 'a'", ['a']],
		["bash -ceuo pipefail 'a'", ['a']],
		["sudo -u x bash -c 'a'", ['a']],
		['env A=1 bash -c "a"', ['a']],
		['bash -c "a $(b)"', ['a $(b)', 'b']],
		['bash -c "sh -c \'a\'"', ["sh -c 'a'", 'a']],
		['["/bin/bash", "-c", "a \\"b c\\""]', ['a "b c"']],
		['bash -c a', ['a']],
	])('%s', (run, inner) => {
		expect(called(run)?.slice(1)).toEqual(inner);
	});

	it.each(['bash x', "bash -n -c 'a'", "bash -x 'a'", "bash -c 'a'b", 'bash -c "$X"b', "bash -c $'a'", "bash $OPTS -c 'a'", "zsh -c 'a'", "su -c 'a'", "bash -c 'a \"b'"])(
		'not %s',
		(run) => {
			expect(called(run)?.filter((one) => one.startsWith('a'))).toEqual([]);
		},
	);

	it('stands where the command stands that runs it', () => {
		const [outer, first, second] = analyze(textOf('x && sudo bash -c "a || b" | y')).runs[0]?.invocations.slice(1) ?? [];
		expect([outer?.program, first?.program, second?.program]).toEqual(['bash', 'a', 'b']);
		expect([first?.command.statement, first?.command.topLevel, first?.command.conditional, second?.command.conditional]).toEqual([1, false, false, true]);
		expect([first?.within?.shell === outer, first?.within?.command.statement, first?.within?.command.topLevel]).toEqual([true, 0, true]);
	});

	it('may never run behind xargs', () => {
		const inner = analyze(textOf('x | xargs sh -c "a"')).runs[0]?.invocations.at(-1);
		expect([inner?.program, inner?.command.conditional]).toEqual(['a', true]);
	});

	it('is no command for a rewrite', () => {
		const [run] = analyzeWritten(textOf("bash -c 'dnf install x' && $X y"), loneFile).runs;
		expect([run?.invocations.map(({ program }) => program), run?.operations]).toEqual([['bash', undefined], []]);
	});
});
