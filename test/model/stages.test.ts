// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a Containerfile's own
import { describe, expect, it } from 'vitest';
import { analyze } from '../../server/src/lint/analyze';
import { type Model, type Run, reachesImage, type StageModel } from '../../server/src/model/stages/model';

const model = (text: string, target?: string): Model => analyze(text, { builder: { kind: 'any' }, ...(target === undefined ? {} : { target }) });
const stages = (text: string, target?: string): readonly StageModel[] => model(text, target).stages;
const base = (text: string): StageModel['base'] | undefined => stages(text).at(-1)?.base;
const ships = (text: string, target?: string) => stages(text, target).map((stage) => stage.ships);
const copied = (text: string, target?: string) => stages(text, target).map((stage) => stage.copiedOut);

describe('what a stage starts from', () => {
	it('is scratch, an image or a stage', () => {
		expect(base('FROM scratch\n')).toEqual({ kind: 'scratch' });
		expect(base('FROM Scratch\n')).toEqual({ kind: 'scratch' });
		expect(base('FROM quay.io/x/y:1\n')).toEqual({ kind: 'image', reference: 'quay.io/x/y:1', image: undefined, release: undefined });
		expect(base('FROM fedora:33\n')).toMatchObject({ kind: 'image', reference: 'fedora:33', image: { family: 'rpm' }, release: '33' });
		expect(base('FROM a AS Build\nFROM build\n')).toEqual({ kind: 'stage', index: 0 });
		expect(base('FROM a AS scratch\nFROM scratch\n')).toEqual({ kind: 'stage', index: 0 });
	});

	it('is the last stage of that name above', () => {
		expect(base('FROM a AS b\nFROM c AS b\nFROM b\n')).toEqual({ kind: 'stage', index: 1 });
		expect(base('FROM b AS b\n')).toMatchObject({ kind: 'image', reference: 'b' });
		expect(stages('FROM b\nFROM a AS b\n')[0]?.base).toMatchObject({ kind: 'image', reference: 'b' });
	});

	it('is named by arguments before the first FROM', () => {
		expect(base('ARG V=33\nFROM fedora:$V\n')).toMatchObject({ reference: 'fedora:33', release: '33' });
		expect(base('ARG V=33\nARG I=fedora:${V}\nFROM ${I}\n')).toMatchObject({ reference: 'fedora:33' });
		expect(base('ARG I="fedora:33"\nFROM $I\n')).toMatchObject({ reference: 'fedora:33' });
		expect(base('FROM ${I:-fedora:33}\n')).toMatchObject({ reference: 'fedora:33' });
		expect(base('ARG S=b\nFROM a AS b\nFROM $S\n')).toEqual({ kind: 'stage', index: 0 });
	});

	it('is not known where an argument has no value, or is one of a stage', () => {
		const unknown = { kind: 'image', reference: undefined, image: undefined, release: undefined };
		expect(base('ARG V\nFROM fedora:$V\n')).toEqual(unknown);
		expect(base('FROM fedora:$V\n')).toEqual(unknown);
		expect(base('FROM a\nARG V=33\nFROM fedora:$V\n')).toEqual(unknown);
		expect(base('FROM\n')).toEqual(unknown);
	});
});

describe('a chain', () => {
	const text = 'FROM fedora:33 AS a\nFROM a AS b\nRUN x\nFROM scratch AS c\nFROM b AS d\n';

	it('goes from the bottom to the stage itself', () => {
		expect(stages(text).map(({ chain }) => chain)).toEqual([[0], [0, 1], [2], [0, 1, 3]]);
	});

	it('passes on the image, its release and its family', () => {
		expect(stages(text).map(({ release, family }) => [release, family])).toEqual([
			['33', 'rpm'],
			['33', 'rpm'],
			[undefined, 'scratch'],
			['33', 'rpm'],
		]);
	});

	it('of an unknown image has the family of the package managers that it calls', () => {
		expect(stages('FROM x AS a\nRUN pip install y && apk add z\nFROM a\n').map(({ family }) => family)).toEqual(['apk', 'apk']);
		expect(stages('FROM x\nRUN pip install y\n')[0]?.family).toBeUndefined();
	});
});

describe('what ships', () => {
	const text = 'FROM a AS one\nFROM one AS two\nFROM b AS three\nFROM two\n';

	it('is the last stage with what it is built on', () => {
		expect(ships(text)).toEqual([true, true, false, true]);
		expect(model(text).target?.index).toBe(3);
	});

	it.each([
		['three', [false, false, true, false], 2],
		['THREE', [false, false, true, false], 2],
		['two', [true, true, false, false], 1],
		['0', [true, false, false, false], 0],
		['3', [true, true, false, true], 3],
		['nobody', [true, true, false, true], 3],
		['9', [true, true, false, true], 3],
	])('is another one where the target is %s', (target, expected, index) => {
		expect(ships(text, target)).toEqual(expected);
		expect(model(text, target).target?.index).toBe(index);
	});

	it('is nothing where there is no stage', () => {
		expect([model('').target, model('ARG A\n').target]).toEqual([undefined, undefined]);
	});

	it('is the stage of the name before that of the number', () => {
		expect(model('FROM a AS x\nFROM b AS 0\nFROM c\n', '0').target?.index).toBe(1);
	});
});

describe('what is copied out', () => {
	it.each([
		['by name', 'FROM a AS b\nFROM scratch\nCOPY --from=b /output /\n', [['/output'], []]],
		['by name, other letters', 'FROM a AS Build\nFROM scratch\nCOPY --from=BUILD /output/ /\n', [['/output'], []]],
		['by number', 'FROM a\nFROM scratch\nCOPY --from=0 /x /y/* /z/\n', [['/x', '/y'], []]],
		['from a folder that is relative to the root', 'FROM a AS b\nWORKDIR /w\nFROM scratch\nCOPY --from=b x /\n', [['/x'], []]],
		['all of it', 'FROM a AS b\nFROM scratch\nCOPY --from=b / /\n', [['/'], []]],
		['nobody knows what', 'FROM a AS b\nFROM scratch\nCOPY --from=b $X /\n', [['/'], []]],
		['by a variable of ENV', 'FROM a AS b\nFROM c\nENV HOME_DIR=/opt/x BIN=${HOME_DIR}/bin\nCOPY --from=b $HOME_DIR ${BIN}/y /z/\n', [['/opt/x', '/opt/x/bin/y'], []]],
		['by a variable of a stage below', 'FROM a AS b\nFROM c AS d\nENV X=/opt/x\nFROM d\nCOPY --from=b $X /\n', [['/opt/x'], [], []]],
		['by an argument of the file', 'ARG X=/opt/x\nFROM a AS b\nFROM c\nARG X\nCOPY --from=b $X /\n', [['/opt/x'], []]],
		['by one that the stage does not declare', 'ARG X=/opt/x\nFROM a AS b\nFROM c\nCOPY --from=b $X /\n', [['/'], []]],
		['in the exec form', 'FROM a AS b\nFROM scratch\nCOPY --from=b ["/x y", "/z"]\n', [['/x y'], []]],
		['from an image', 'FROM a AS b\nFROM scratch\nCOPY --from=busybox /x /\n', [[], []]],
		['from a stage below', 'FROM scratch\nCOPY --from=b /x /\nFROM a AS b\n', [[], []]],
		['from itself', 'FROM a AS b\nCOPY --from=b /x /\n', [[]]],
		['by what is built on it', 'FROM a AS b\nONBUILD COPY --from=0 /x /\nFROM scratch\n', [[], []]],
	])('%s', (_what, text, expected) => {
		expect(copied(text)).toEqual(expected);
	});

	it('through several stages', () => {
		const text = (taken: string) => `FROM a AS one\nFROM b AS two\nCOPY --from=one /x /from-one/\nCOPY --from=one /y /other\nFROM scratch\nCOPY --from=two ${taken} /\n`;
		expect(copied(text('/from-one'))).toEqual([['/x'], ['/from-one'], []]);
		expect(copied(text('/from-one/file'))).toEqual([['/x'], ['/from-one/file'], []]);
		expect(copied(text('/other'))).toEqual([['/y'], ['/other'], []]);
		expect(copied(text('/'))).toEqual([['/x', '/y'], ['/'], []]);
		expect(copied(text('/elsewhere'))).toEqual([[], ['/elsewhere'], []]);
	});

	it('through a stage that copies to its working directory', () => {
		const text = 'FROM a AS one\nFROM b AS two\nWORKDIR /w\nCOPY --from=one /x app\nFROM scratch\nCOPY --from=two /w/app /\n';
		expect(copied(text)).toEqual([['/x'], ['/w/app'], []]);
	});

	it('of the stages below too, whose files it has', () => {
		expect(copied('FROM a AS one\nFROM one AS two\nFROM scratch\nCOPY --from=two /x /\n')).toEqual([['/x'], ['/x'], []]);
	});

	it('and a circle of copies ends', () => {
		expect(copied('FROM a AS b\nCOPY --from=b /x /y\nFROM b AS b\nCOPY --from=b /y /x\nFROM scratch\nCOPY --from=b / /\n')[0]).toContain('/');
	});

	it('only for the stage that is built', () => {
		const text = 'FROM a AS one\nFROM b AS two\nCOPY --from=one /x /\nFROM scratch\nCOPY --from=one /y /\n';
		expect(copied(text)).toEqual([['/y'], [], []]);
		expect(copied(text, 'two')).toEqual([['/x'], [], []]);
	});

	it('reaches the image, and so do the layers of what ships', () => {
		const [one, last] = stages('FROM a AS one\nFROM b\nCOPY --from=one /var/cache /c\n') as [StageModel, StageModel];
		expect(['/var/cache', '/var/cache/dnf', '/var', '/var/cachet', '/etc'].map((path) => reachesImage(one, path))).toEqual([true, true, true, false, false]);
		expect(reachesImage(last, '/etc')).toBe(true);
	});
});

describe('RUNs', () => {
	const runs = (text: string): readonly Run[] => model(text).runs;
	const value = (text: string, name: string) => runs(text).at(-1)?.variables.get(name);

	it('know the variables in force', () => {
		expect(value('FROM a\nENV A=1 B="2 3"\nRUN x\n', 'B')).toBe('2 3');
		expect(value('FROM a\nENV A some text\nRUN x\n', 'A')).toBe('some text');
		expect(value('FROM a\nENV A=1\nENV B=${A}2\nRUN x\n', 'B')).toBe('12');
		expect(value('FROM a\nENV A=1\nENV A=2 B=$A\nRUN x\n', 'B')).toBe('1');
		expect(value('FROM a\nRUN x\nENV A=1\n', 'A')).toBeUndefined();
		expect(value('FROM a AS b\nENV A=1\nFROM b\nRUN x\n', 'A')).toBe('1');
		expect(value('FROM a AS b\nENV A=1\nFROM c\nRUN x\n', 'A')).toBeUndefined();
		expect(value('FROM a\nONBUILD ENV A=1\nRUN x\n', 'A')).toBeUndefined();
	});

	it('know arguments of before the first FROM only where a stage asks for them', () => {
		expect(value('ARG V=1\nFROM a\nRUN x\n', 'V')).toBeUndefined();
		expect(value('ARG V=1\nFROM a\nARG V\nRUN x\n', 'V')).toBe('1');
		expect(value('ARG V=1\nFROM a\nARG V=2\nRUN x\n', 'V')).toBe('2');
	});

	it.each([
		['FROM a\nRUN x\n', '/'],
		['FROM a\nWORKDIR /w\nWORKDIR v/..\nRUN x\n', '/w'],
		['FROM a\nENV W=/w\nWORKDIR $W/v\nRUN x\n', '/w/v'],
		['FROM a AS b\nWORKDIR /w\nFROM b\nWORKDIR v\nRUN x\n', '/w/v'],
		['FROM a\nWORKDIR $W\nRUN x\n', undefined],
		['FROM a\nWORKDIR $W\nWORKDIR v\nRUN x\n', undefined],
		['FROM a\nWORKDIR $W\nWORKDIR /v\nRUN x\n', '/v'],
	])('know the working directory: %j', (text, cwd) => {
		expect(runs(text).at(-1)?.cwd).toBe(cwd);
	});

	it('know their mounts', () => {
		const text = 'FROM a\nENV C=/c\nRUN --mount=type=cache,target=/var/cache/dnf/ --mount=target=x,source=. --mount=type=cache,dst=$C --mount=type=tmpfs,destination=$D x\n';
		expect(runs(text)[0]?.mounts).toEqual([
			{ type: 'cache', target: '/var/cache/dnf' },
			{ type: 'bind', target: '/x' },
			{ type: 'cache', target: '/c' },
			{ type: 'tmpfs', target: undefined },
		]);
	});
});
