import { describe, expect, it } from 'vitest';
import { removeStatement } from '../../server/src/advice/removeStatement';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { applyEdits } from '../../server/src/text/edit';

/** A RUN without its command `gone`; undefined where that is not to be taken out. */
function without(run: string): string | undefined {
	const text = `FROM a\n${run}\n`;
	const file = parseContainerfile(text);
	const instruction = file.instructions[1];
	const command = instruction?.script?.commands.find(({ words }) => words[0]?.value === 'gone');
	if (!instruction || !command) throw new Error(`no such command in ${run}`);
	const edit = removeStatement(file, instruction, command);
	return edit && applyEdits(text, [edit]).slice('FROM a\n'.length, -1);
}

describe('a command is taken out', () => {
	it.each([
		['RUN a && gone x && b', 'RUN a && b'],
		['RUN gone; b', 'RUN b'],
		['RUN a \\\n && gone', 'RUN a'],
		['RUN <<EOF\na\ngone\nb\nEOF', 'RUN <<EOF\na\nb\nEOF'],
		['RUN <<EOF\na\ngone\nb <<X\ngone\nX\nEOF', 'RUN <<EOF\na\nb <<X\ngone\nX\nEOF'],
		['RUN <<EOF\ncat <<X > /x; gone; b\nhello\nX\nc\nEOF', 'RUN <<EOF\ncat <<X > /x; b\nhello\nX\nc\nEOF'],
		['RUN cat <<EOF > /x && gone\nhello\nEOF', 'RUN cat <<EOF > /x\nhello\nEOF'],
		['RUN gone && cat <<EOF > /x\nhello\nEOF', 'RUN cat <<EOF > /x\nhello\nEOF'],
		['RUN a <<A && gone && b <<B\n1\nA\n2\nB', 'RUN a <<A && b <<B\n1\nA\n2\nB'],
	])('%j', (run, rest) => expect(without(run)).toBe(rest));
});

describe('a command stays where a here-document would go to another one, or become commands', () => {
	it.each([
		'RUN a && gone <<EOF && b\nhello\nEOF',
		'RUN a && <<EOF gone && b\nhello\nEOF',
		'RUN gone <<EOF && b <<EOF2\nhello\nEOF\nthere\nEOF2',
		'RUN a && gone 3<<EOF\nhello\nEOF',
		"RUN a && gone <<-'EOF'; b\nhello\nEOF",
		'RUN <<EOF\na\ngone <<X\nhello\nX\nb\nEOF',
		'RUN <<EOF\ngone <<X\nhello\nX\nb\nEOF',
		'RUN <<EOF\ncat <<X > /x\nhello\nX\ngone\nb\nEOF',
		'RUN <<EOF\na; gone <<X; b\nhello\nX\nEOF',
	])('%j', (run) => expect(without(run)).toBeUndefined());
});
