// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a Containerfile's own
import { describe, expect, it } from 'vitest';
import { expand, type Variables } from '../../server/src/model/basics/expand';

const variables: Variables = new Map([
	['A', 'a'],
	['EMPTY', ''],
	['LATER', undefined],
	['A_1', 'one'],
]);

describe('variables', () => {
	it.each([
		['plain', 'plain'],
		['$A', 'a'],
		['x$A/y', 'xa/y'],
		['$A_1', 'one'],
		['${A}_1', 'a_1'],
		['$A$A', 'aa'],
		['$EMPTY', ''],
		['\\$A', '$A'],
		['\\${A}', '${A}'],
		['5$', '5$'],
		['$1', '$1'],
		['a-$-b', 'a-$-b'],
		['${A:-x}', 'a'],
		['${A-x}', 'a'],
		['${EMPTY:-x}', 'x'],
		['${EMPTY-x}', ''],
		['${LATER:-x}', 'x'],
		['${LATER-x}', 'x'],
		['${NOBODY:-x}', 'x'],
		['${NOBODY:-}', ''],
		['${NOBODY:-$A}', 'a'],
		['${A:+x}', 'x'],
		['${EMPTY:+x}', ''],
		['${EMPTY+x}', 'x'],
		['${NOBODY:+x}', ''],
		['${A:+$A_1}', 'one'],
		['${NOBODY:+$NOBODY}', ''],
		['${A:-$NOBODY}', 'a'],
		['docker.io/${A}:${A_1}', 'docker.io/a:one'],
	])('%s is %j', (text, value) => {
		expect(expand(text, variables)).toBe(value);
	});

	it.each([
		'$NOBODY',
		'x${NOBODY}',
		'$LATER',
		'${LATER}',
		'${NOBODY:-$LATER}',
		'${A:+$LATER}',
		'${A#x}',
		'${A%%x}',
		'${A/a/b}',
		'${',
		'${A',
		'${1}',
		'${NOBODY:-${A}}',
		'${NOBODY:?no}',
	])('%s is not known', (text) => {
		expect(expand(text, variables)).toBeUndefined();
	});
});
