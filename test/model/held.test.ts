import { describe, expect, it } from 'vitest';
import { analyze } from '../../server/src/lint/analyze';
import type { Operation } from '../../server/src/model/commands/operation';

const operations = (text: string): readonly Operation[] => analyze(`FROM quay.io/x/y\n${text}\n`).runs.at(-1)?.operations ?? [];
const names = ({ operands }: Operation) => operands.map(({ value }) => value);
const last = (text: string) => operations(text).map(names).at(-1);

describe('packages behind a variable', () => {
	it.each([
		['ENV P="a b"\nRUN dnf install $P c', ['a', 'b', 'c']],
		['ENV P "a b"\nRUN dnf install ${P}', ['a', 'b']],
		['ENV P="a b"\nRUN dnf install "$P"', ['a b']],
		['ENV V=1 P="a b"\nRUN dnf install x-$V-$P-y "z$V"', ['x-1-a', 'b-y', 'z1']],
		['ENV P=" a  b "\nRUN dnf install $P', ['a', 'b']],
		['ENV P=""\nRUN dnf install $P a', ['a']],
		['RUN P="a b" && dnf install $P', ['a', 'b']],
		['RUN P=a; x; dnf install $P', ['a']],
		['RUN export P="a b" Q=c && dnf install $P $Q', ['a', 'b', 'c']],
		['RUN P=a; dnf install $P; P=b; dnf install $P', ['b']],
		['RUN x; P=a; y || z; dnf install $P', ['a']],
		['RUN for p in a "b c"; do dnf install $p; done', ['a', 'b', 'c']],
		['RUN P="a b" && for p in $P c; do dnf install "$p-x"; done', ['a-x', 'b-x', 'c-x']],
		["ENV P=a\nRUN bash -c 'dnf install $P'", ['a']],
		['ENV P=a\nRUN bash -c "dnf install $P"', ['a']],
		["RUN bash -c 'P=a; dnf install $P'", ['a']],
		['RUN bash -c "P=a; dnf install \\$P x"', ['a', 'x']],
	])('%s', (text, expected) => {
		// Where the outer shell may fill, what the inner one sets is not taken either.
		expect(last(text)).toEqual(text.includes('\\$P') ? ['a', 'x'] : expected);
	});

	it.each([
		'ARG P=a\nRUN dnf install $P',
		'ARG A=a\nENV P=$A\nRUN dnf install $P',
		'ENV P=${Q:-a}\nRUN dnf install $P',
		'RUN dnf install $P',
		'RUN P=$(x) && dnf install $P',
		'RUN P=a; P="$P b"; dnf install $P',
		'RUN P=a; P+=b; dnf install $P',
		'RUN if x; then P=a; fi; dnf install $P',
		'RUN P=a; if x; then P=b; fi; dnf install $P',
		'RUN x && P=a; dnf install $P',
		'RUN x || P=a; dnf install $P',
		'RUN P=a & dnf install $P',
		'RUN P=a | true; dnf install $P',
		'RUN (P=a); dnf install $P',
		'RUN dnf install $P; P=a',
		'ENV P=a\nRUN read P && dnf install $P',
		'ENV P=a\nRUN . /x && dnf install $P',
		'ENV P=a\nRUN printf -v P b && dnf install $P',
		'ENV P="a,b"\nRUN IFS=, ; dnf install $P',
		'ENV P="\'a b\'"\nRUN dnf install $P',
		'ENV P=a\nRUN dnf install ${P%x}',
		'ENV P=a\nRUN dnf install ${P:-b}',
		'ENV P=a\nRUN dnf install $P{b,c}',
		'ENV P=a\nRUN dnf install $P$(x)',
		'RUN for p in a $(x); do dnf install $p; done',
		'RUN for p in *.rpm; do dnf install $p; done',
		'RUN for p; do dnf install $p; done',
		'RUN for p in a; do x; done; dnf install $p',
		'RUN for p in a b; do for q in c d; do dnf install $p$q; done; done',
		'RUN P=a; f() { dnf install $P; }; P=b; f',
		"RUN P=a; bash -c 'dnf install $P'",
		"ENV P=a\nRUN P=b bash -c 'dnf install $P'",
		"ENV P=a\nRUN env P=b bash -c 'dnf install $P'",
		"ENV P=a\nRUN sudo bash -c 'dnf install $P'",
		'ENV P=a\nRUN bash -c "P=b; dnf install $P"',
		'ENV P=a\nRUN bash -c "dnf install \'$P\'"',
	])('is not known: %s', (text) => {
		const found = operations(text).find(({ action }) => action === 'install');
		expect(found && names(found)).toEqual([undefined]);
	});
});

describe('options behind a variable', () => {
	const options = (text: string) => operations(text)[0]?.options.map(({ text: option, value }) => [option, value]);

	it('are the command’s, and the verb behind them is found', () => {
		expect(options('ENV O="-y --installroot /r"\nRUN dnf $O install a')).toEqual([
			['-y', undefined],
			['--installroot=/r', '/r'],
		]);
		expect(operations('ENV O="-y"\nRUN dnf $O install a').map(({ action }) => action)).toEqual(['install']);
	});

	it('of a build argument are possible ones, whose values are not known', () => {
		expect(options('ARG O="--installroot=/r a"\nRUN dnf install $O')).toEqual([['--installroot=/r', undefined]]);
		expect(last('ARG O="--nodocs"\nRUN dnf install $O a')).toEqual([undefined, 'a']);
		expect(operations('ARG O="-y"\nRUN dnf $O install a')).toEqual([]);
	});
});

describe('a program behind a variable', () => {
	const programs = (text: string) =>
		analyze(`FROM quay.io/x/y\n${text}\n`)
			.runs.at(-1)
			?.invocations.map(({ program, prefix }) => prefix + program);

	it('is known where no build can be given another', () => {
		expect(programs('ENV PM="dnf -y"\nRUN $PM install a')).toEqual(['dnf']);
		expect(programs('ENV S=sudo PM=dnf\nRUN $S $PM install a')).toEqual(['sudo dnf']);
		expect(programs('ENV S=\nRUN $S dnf install a')).toEqual(['dnf']);
		expect(programs('RUN PM=dnf; $PM install a')).toEqual(['undefined', 'dnf']);
		expect(programs('ARG PM=dnf\nRUN $PM install a')).toEqual(['undefined']);
		expect(programs('RUN for p in dnf yum; do $p install a; done')).toEqual(['undefined']);
	});
});
