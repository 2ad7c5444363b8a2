import { describe, expect, it } from 'vitest';
import { parseContainerfile } from '../../server/src/syntax/parse';

/** Keyword and text of every instruction. */
function instructions(text: string): string[] {
	return parseContainerfile(text).instructions.map(({ keyword, span }) => `${keyword}: ${text.slice(span.start, span.end)}`);
}

/** The commands of the first RUN, words joined by blanks. */
function commands(text: string): string[] | undefined {
	const file = parseContainerfile(text);
	return file.instructions.find(({ keyword }) => keyword === 'RUN')?.script?.commands.map(({ words }) => words.map((word) => word.text).join(' '));
}

/** The top-level statements of the first RUN with what joins them. */
function statements(text: string): (readonly [string, string | undefined])[] | undefined {
	const file = parseContainerfile(text);
	return file.instructions.find(({ keyword }) => keyword === 'RUN')?.script?.statements.map(({ span, joiner }) => [text.slice(span.start, span.end), joiner] as const);
}

describe('instructions', () => {
	it('keeps what follows a here-document', () => {
		const text = 'FROM a\nRUN <<EOF\ndnf -y install x\n# not a comment of the file\nEOF\n# a comment\nCOPY a b\n';
		expect(instructions(text)).toEqual(['FROM: FROM a', 'RUN: RUN <<EOF\ndnf -y install x\n# not a comment of the file\nEOF', 'COPY: COPY a b']);
		expect(commands(text)).toEqual(['dnf -y install x']);
		expect(parseContainerfile(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# a comment']);
	});

	it.each([
		['<<-EOF\n\tapk add x\n\tEOF', ['apk add x']],
		["<<'EOF'\napk add $x\nEOF", ['apk add $x']],
		['<<"EOF"\napk add x\nEOF', ['apk add x']],
		['<<EOF bash\napk add x\nEOF', ['apk add x']],
		['bash -ex <<EOF\napk add x\nEOF', ['apk add x']],
		['--mount=type=cache,target=/x <<EOF\napk add x\nEOF', ['apk add x']],
		['<<EOF\r\napk add x\r\nEOF\r', ['apk add x']],
		["cat << 'EOF' > /x && apk add y\nbody\nEOF", ['cat', 'apk add y']],
		['cat <<A <<B > /x\na\nA\nb\nB', ['cat']],
		['python3 <<EOF\nimport os\nEOF', ['python3']],
		['<<EOF\n#!/usr/bin/env python3\nimport os\nEOF', undefined],
	])('reads RUN %s', (run, expected) => {
		const text = `FROM a\nRUN ${run}\nUSER 1\n`;
		expect(commands(text)).toEqual(expected);
		expect(instructions(text).at(-1)).toBe('USER: USER 1');
		expect(parseContainerfile(text).problems).toEqual([]);
	});

	it.each(['RUN echo "see <<EOF here"', 'RUN echo $((1<<2))', 'RUN cat <<<"here"', 'RUN cat <<NEVER', "RUN echo 'a <<B'"])('takes %s for one line', (run) => {
		expect(instructions(`FROM a\n${run}\nUSER 1\n`)).toEqual(['FROM: FROM a', `RUN: ${run}`, 'USER: USER 1']);
	});

	it('reads COPY here-documents', () => {
		expect(instructions('FROM a\nCOPY <<EOF /x\nRUN no\nEOF\nRUN yes\n').map((one) => one.slice(0, 4))).toEqual(['FROM', 'COPY', 'RUN:']);
	});

	it('skips comments and blank lines in continuations, and sees blanks behind a backslash', () => {
		const text = "FROM a\nRUN apt-get update && \\  \n  # first, `see` it's\n\n  apt-get install \\\n# second\n  x\nUSER 1\n";
		expect(commands(text)).toEqual(['apt-get update', 'apt-get install x']);
		expect(instructions(text)).toHaveLength(3);
		expect(parseContainerfile(text).instructions[1]?.comments.map(({ start, end }) => text.slice(start, end))).toEqual(["# first, `see` it's", '# second']);
	});

	it('reads CRLF', () => {
		const text = 'FROM a\r\nRUN apt-get update \\\r\n  # c\r\n  && apt-get install x\r\nUSER 1\r\n';
		expect(parseContainerfile(text).newline).toBe('\r\n');
		expect(commands(text)).toEqual(['apt-get update', 'apt-get install x']);
		expect(instructions(text).at(-1)).toBe('USER: USER 1');
	});

	it('reads a BOM, lower case, no final newline', () => {
		expect(instructions('\uFEFFfrom a\nrun apk add x')).toEqual(['FROM: from a', 'RUN: run apk add x']);
		expect(commands('\uFEFFfrom a\nrun apk add x')).toEqual(['apk add x']);
	});

	it('reads another escape', () => {
		const text = '# escape=`\nFROM a\nRUN apk add x `\n && echo c:\\\nUSER 1\n';
		expect(commands(text)).toEqual(['apk add x', 'echo c:\\']);
		expect(instructions(text)).toHaveLength(3);
	});

	it.each([
		[
			'two',
			'# syntax=a\n# escape=`\n',
			[
				['syntax', 'a'],
				['escape', '`'],
			],
			[],
		],
		[
			'Windows, after a byte order mark',
			'\ufeff# SYNTAX = a/b:1  \r\n#escape=`\r\n',
			[
				['syntax', 'a/b:1'],
				['escape', '`'],
			],
			[],
		],
		['a comment in the value', '# syntax=a # b=c\n', [['syntax', 'a # b=c']], []],
		['none: an address', '# see https://a/?b=c\n# escape=`\n', [], ['# see https://a/?b=c', '# escape=`']],
		["none: hadolint's comments", '# hadolint global ignore=DL3008\n', [], ['# hadolint global ignore=DL3008']],
		['one, then a comment', '# syntax=a\n# hadolint ignore=DL3008\n', [['syntax', 'a']], ['# hadolint ignore=DL3008']],
	])('knows directives from comments: %s', (_what, head, directives, comments) => {
		const text = `${head}FROM a\nRUN b \`\n c\n`;
		const file = parseContainerfile(text);
		expect(file.directives.map(({ name, value }) => [name, value])).toEqual(directives);
		expect(file.comments.map(({ start, end }) => text.slice(start, end))).toEqual(comments);
		expect(file.escape).toBe(head.includes('escape') && directives.length > 0 ? '`' : '\\');
		expect(file.instructions[0]?.keyword).toBe('FROM');
	});

	it('drops a continuation that continues nothing', () => {
		for (const end of ['', '\n', '\n\n', '\n# c\n', ' \n  \n']) {
			expect(commands(`FROM alpine\nRUN apk update \\${end}`)).toEqual(['apk update']);
			expect(statements(`FROM alpine\nRUN apk update; \\${end}`)).toEqual([['apk update', ';']]);
		}
	});

	it('starts an instruction behind a lone continuation', () => {
		const text = 'FROM a\n# c\n \\\nRUN apk add x\n';
		expect(parseContainerfile(text).problems).toEqual([]);
		expect(commands(text)).toEqual(['apk add x']);
	});

	it('looks into ONBUILD', () => {
		const file = parseContainerfile('FROM a\nONBUILD RUN --network=host apk add x\nONBUILD COPY . /\n');
		expect(file.instructions.map(({ keyword, onbuild }) => [keyword, onbuild])).toEqual([
			['FROM', false],
			['RUN', true],
			['COPY', true],
		]);
		expect(file.instructions[1]?.script?.commands).toHaveLength(1);
	});

	it('reads flags and what follows them', () => {
		const text =
			'FROM --platform=$BUILDPLATFORM a AS Build\nRUN --mount=type=cache,target=/var/cache/dnf \\\n  --mount=type="tmpfs",target=/tmp dnf -y install x\nCOPY --from=build --chown=1:1 /a "/b c" /d\n';
		const [from, run, copy] = parseContainerfile(text).instructions;
		expect(from?.flags.map(({ name, value }) => [name, value])).toEqual([['platform', '$BUILDPLATFORM']]);
		expect(run?.flags.map(({ value }) => value)).toEqual(['type=cache,target=/var/cache/dnf', 'type=tmpfs,target=/tmp']);
		expect(run?.script?.commands.map(({ words }) => words[0]?.text)).toEqual(['dnf']);
		expect(copy?.words.map(({ value }) => value)).toEqual(['/a', '/b c', '/d']);
		expect(parseContainerfile(text).stages[0]?.name).toBe('build');
	});

	it('reads the exec form', () => {
		const text = 'FROM a\nRUN ["apt-get", "install", "a b"]\nCMD ["x", "--y"]\n';
		expect(parseContainerfile(text).instructions[1]?.script?.commands[0]?.words.map(({ value }) => value)).toEqual(['apt-get', 'install', 'a b']);
		expect(parseContainerfile(text).instructions[1]?.script?.statements).toEqual([]);
		expect(parseContainerfile(text).instructions[2]?.exec?.map(({ span }) => text.slice(span.start, span.end))).toEqual(['x', '--y']);
	});

	it('does not read another shell', () => {
		expect(commands('FROM a\nSHELL ["powershell", "-Command"]\nRUN apt-get update\n')).toBeUndefined();
		expect(commands('FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN apt-get update\n')).toEqual(['apt-get update']);
	});

	it('loses a broken RUN only', () => {
		const file = parseContainerfile("FROM a\nRUN echo 'open\nRUN apk add x\n");
		expect(file.instructions.map(({ script }) => script?.broken)).toEqual([undefined, true, false]);
	});

	it.each([
		['', 'there is no FROM instruction, so nothing can be built'],
		['Hello world\n', 'HELLO is not an instruction'],
		['FROM a\nRUN x \\\n y\n  z a\n', 'Z is not an instruction'],
		['RUN x\nFROM a\n', 'RUN stands before the first FROM'],
		['FROM\n', 'FROM needs an image'],
		['FROM a BROKEN b\n', 'FROM takes an image, or an image, AS and a name'],
		['FROM a b\n', 'FROM takes an image, or an image, AS and a name'],
	])('names what is wrong in %j', (text, message) => {
		expect(parseContainerfile(text).problems.map((problem) => problem.message)).toContain(message);
	});
});

describe('scripts', () => {
	it('lists top-level statements with what joins them', () => {
		expect(statements('FROM a\nRUN set -ex; a && b || c; (d; e) \\\n  ; f & g # end\n')).toEqual([
			['set -ex', ';'],
			['a', '&&'],
			['b', '||'],
			['c', ';'],
			['(d; e)', ';'],
			['f', '&'],
			['g', undefined],
		]);
	});

	it('lists here-document lines', () => {
		expect(statements('FROM a\nRUN <<EOF\nset -e\na\n\nb\nEOF\n')).toEqual([
			['set -e', '\n'],
			['a', '\n'],
			['b', undefined],
		]);
	});

	it('tells commands that may not run', () => {
		const file = parseContainerfile('FROM a\nRUN a; if b; then c; fi; d || e; for x in 1; do f; done; case $x in y) g;; esac; h=$(i) j; (k); l | m\n');
		const run = file.instructions[1]?.script;
		expect(run?.commands.filter((command) => command.conditional).map((command) => command.words[0]?.text)).toEqual(['c', 'e', 'f', 'g']);
		expect(run?.commands.filter((command) => command.topLevel).map((command) => command.words[0]?.text)).toEqual(['a', 'd', 'e', 'j']);
		expect(run?.commands.find((command) => command.words[0]?.text === 'i')?.substituted).toBe(true);
		expect(run?.assigns).toEqual(['x']);
	});

	it('knows values only where nothing is expanded', () => {
		const file = parseContainerfile('FROM a\nRUN dnf install "a b" c$D \'e\'f {g,h} $(i) j* "k$L" m\\ n\n');
		expect(file.instructions[1]?.script?.commands[0]?.words.map((word) => word.value)).toEqual([
			'dnf',
			'install',
			'a b',
			undefined,
			'ef',
			undefined,
			undefined,
			'j*',
			undefined,
			'm n',
		]);
	});
});
