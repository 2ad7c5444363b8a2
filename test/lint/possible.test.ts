import { describe, expect, it } from 'vitest';
import type { Fix } from '../../server/src/advice/advice';
import { analyze } from '../../server/src/lint/analyze';
import { possibleIn } from '../../server/src/lint/possible';
import { unmark } from '../support/rules';

/** A fix that writes `written` over what is «marked». */
function isPossible(marked: string, written: string): boolean {
	const { text, spans } = unmark(`FROM debian:12\n${marked}\n`);
	const fix: Fix = { title: 'x', applicability: 'safe', edits: spans.map((span) => ({ span, text: written })) };
	return possibleIn(analyze(text))(fix);
}

describe('a repair is possible', () => {
	it.each([
		["RUN bash -c 'a«»'", ' --x', true],
		["RUN bash -c 'a«»'", ' "$x"', true],
		["RUN bash -c 'a«»'", " 'x'", false],
		['RUN bash -c "a«»"', " 'x'", true],
		['RUN bash -c "a«»"', ' $x', false],
		['RUN bash -c "a«»"', ' "x"', false],
		['RUN bash -c "a«»"', ' \\\n    && b', true],
		['RUN bash -c "sh -c \'a«»\'"', " 'x'", false],
		['RUN ["bash", "-c", "a«»"]', ' --x', false],
		["RUN bash -c 'a'«»", " 'x'", true],
		["RUN «bash -c 'a'»", "'x'", true],
		["ONBUILD RUN bash -c 'a«»'", " 'x'", false],
		['ENV P="a b"\nRUN apt-get install«» $P', ' -y', true],
		['ENV P="a b"\nRUN apt-get install $P«»', ' c', true],
		['ENV P="a b"\nRUN apt-get install« $P»', '', false],
		['ENV P="a b"\nRUN apt-get install «$P» c', '', false],
		['ENV P="a b"\nRUN «apt-get install $P»', '', true],
		['ARG P="a b"\nRUN apt-get install «$P» c', '', true],
		['ENV O="-y"\nRUN apt-get install «$O» c', '', false],
		['ENV P="apt-get -y"\nRUN «$P» install c', 'apt', false],
	])('%s, %j: %s', (marked, written, expected) => {
		expect(isPossible(marked, written)).toBe(expected);
	});
});
