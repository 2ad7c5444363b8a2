import { describe, expect, it } from 'vitest';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { strayHeredoc } from '../support/heredocLaw';
import { checkLaws } from '../support/laws';

const stray = (before: string, after: string) => strayHeredoc(parseContainerfile(`FROM a\n${before}\n`), parseContainerfile(`FROM a\n${after}\n`));

describe('the law of here-documents', () => {
	it.each([
		['of a command that goes alone', 'RUN a && gone <<EOF && b\nhello\nEOF', 'RUN a && b\nhello\nEOF', 'a line of a here-document is a command: hello'],
		['that goes to the next command', 'RUN gone <<A && b <<B\n1\nA\n2\nB', 'RUN b <<A\n1\nA\n2\nB', 'another command reads a here-document: b A'],
		['of a script, of a command that goes alone', 'RUN <<EOF\na\ngone <<X\nhello\nX\nb\nEOF', 'RUN <<EOF\na\nhello\nX\nb\nEOF', 'a line of a here-document is a command: hello'],
		['whose body goes alone', 'RUN <<EOF\ncat <<X > /x\nhello\nX\nb\nEOF', 'RUN <<EOF\ncat > /x\nb\nEOF', undefined],
		['that stays', 'RUN cat <<EOF > /x && gone\nhello\nEOF', 'RUN cat <<EOF > /x\nhello\nEOF', undefined],
		['whose command is another one', 'COPY <<EOF /x\nhello\nEOF', 'RUN cat <<EOF > /x\nhello\nEOF', 'another command reads a here-document: cat EOF'],
	])('%s', (_what, before, after, says) => expect(stray(before, after)).toBe(says));

	it('holds for repairs beside here-documents', () => {
		for (const run of [
			'apt-get update && apt-get install -y a && cat <<EOF > /x\nhello\nEOF',
			'cat <<EOF > /x && rm -rf /var/lib/dpkg && a\nhello\nEOF',
			'a && rm -rf /var/lib/dpkg <<EOF && b\nhello\nEOF',
			'<<EOF\ncat <<X > /x\nhello\nX\nrm -rf /var/lib/dpkg\nb\nEOF',
			'dnf -y install a\nRUN <<EOF\ndnf -y install b\ndnf clean all\nEOF',
			'--mount=type=cache,target=/var/cache/apt <<EOF\ncat <<X > /x\nhello\nX\napt-get clean\nb\nEOF',
		])
			expect(checkLaws(`FROM debian:12\nRUN ${run}\n`)).toEqual([]);
	});
});
