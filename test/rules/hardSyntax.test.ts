import { describe, expect, it } from 'vitest';
import { textOf } from '../../server/src/disk/read';
import { sizeLimit } from '../../server/src/lint/analyze';
import { fixAll } from '../../server/src/lint/fix';
import { lint } from '../../server/src/lint/lint';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { checkLaws } from '../support/laws';
import { unmark } from '../support/rules';

/** What it is, the text with its «finding» of package-cache-kept, and the text after the safe repairs; absent where there is none. */
type Case = readonly [what: string, marked: string, after?: string | undefined];

const lists = 'rm -rf /var/lib/apt/lists/*';
const curl = 'apt-get install -y --no-install-recommends curl';

const cases: readonly Case[] = [
	// Here-documents.
	[
		'a here-document as the whole RUN',
		`FROM debian:12\nRUN <<EOF\n«apt-get update»\n${curl}\nEOF\nCMD x\n`,
		`FROM debian:12\nRUN <<EOF\napt-get update\n${curl} && ${lists}\nEOF\nCMD x\n`,
	],
	['a quoted delimiter', `FROM debian:12\nRUN <<'EOF'\n«apt-get update»\n${curl}\nEOF\n`, `FROM debian:12\nRUN <<'EOF'\napt-get update\n${curl} && ${lists}\nEOF\n`],
	[
		'a delimiter in double quotes',
		'FROM fedora:40\nRUN <<"E-O-F"\n«dnf -y install» nginx\nE-O-F\n',
		'FROM fedora:40\nRUN <<"E-O-F"\ndnf -y install nginx && dnf clean all\nE-O-F\n',
	],
	['a blank before the delimiter', `FROM debian:12\nRUN << EOF\n«apt-get update»\n${curl}\nEOF\n`, `FROM debian:12\nRUN << EOF\napt-get update\n${curl} && ${lists}\nEOF\n`],
	[
		'tabs before the lines and the end',
		`FROM debian:12\nRUN <<-EOF\n\t«apt-get update»\n\t${curl}\n\tEOF\n`,
		`FROM debian:12\nRUN <<-EOF\n\tapt-get update\n\t${curl} && ${lists}\n\tEOF\n`,
	],
	[
		'an interpreter before the here-document',
		`FROM debian:12\nRUN bash -ex <<EOF\n«apt-get update»\n${curl}\nEOF\n`,
		`FROM debian:12\nRUN bash -ex <<EOF\napt-get update\n${curl} && ${lists}\nEOF\n`,
	],
	[
		'a shebang of a shell',
		`FROM debian:12\nRUN <<EOF\n#!/bin/bash -e\n«apt-get update»\n${curl}\nEOF\n`,
		`FROM debian:12\nRUN <<EOF\n#!/bin/bash -e\napt-get update\n${curl} && ${lists}\nEOF\n`,
	],
	['a shebang of another language', 'FROM python:3.12\nRUN <<EOF\n#!/usr/bin/env python3\nprint("apt-get update")\nEOF\n'],
	[
		'a here-document for another command',
		`FROM debian:12\nRUN «apt-get update» && ${curl} && cat <<EOF > /x\napt-get update\nEOF\n`,
		`FROM debian:12\nRUN apt-get update && ${curl} && cat <<EOF > /x && ${lists}\napt-get update\nEOF\n`,
	],
	[
		'two here-documents in one RUN',
		`FROM debian:12\nRUN «apt-get update» && cat <<A > /a && cat <<B > /b && ${curl}\na\nA\nb\nB\n`,
		`FROM debian:12\nRUN apt-get update && cat <<A > /a && cat <<B > /b && ${curl} && ${lists}\na\nA\nb\nB\n`,
	],
	[
		'a here-document of COPY',
		`FROM debian:12\nCOPY <<EOF /x\nRUN apt-get update\nEOF\nRUN «apt-get update» && ${curl}\n`,
		`FROM debian:12\nCOPY <<EOF /x\nRUN apt-get update\nEOF\nRUN apt-get update && ${curl} && ${lists}\n`,
	],
	[
		'a here-document that ends where the file ends',
		'FROM fedora:40\nRUN <<EOF\n«dnf -y install» nginx\nEOF',
		'FROM fedora:40\nRUN <<EOF\ndnf -y install nginx && dnf clean all\nEOF',
	],
	[
		'a here-document in CRLF',
		'FROM fedora:40\r\nRUN <<EOF\r\n«dnf -y install» nginx\r\nEOF\r\nCMD x\r\n',
		'FROM fedora:40\r\nRUN <<EOF\r\ndnf -y install nginx && dnf clean all\r\nEOF\r\nCMD x\r\n',
	],
	[
		'a here-string',
		'FROM fedora:40\nRUN cat <<< "dnf -y install" > /x && «dnf -y install» nginx\n',
		'FROM fedora:40\nRUN cat <<< "dnf -y install" > /x && dnf -y install nginx && dnf clean all\n',
	],
	[
		'<< in quotes and in arithmetic',
		'FROM fedora:40\nRUN echo "<<EOF" $((1<<2)) && «dnf -y install» nginx\n',
		'FROM fedora:40\nRUN echo "<<EOF" $((1<<2)) && dnf -y install nginx && dnf clean all\n',
	],
	// Continuations.
	[
		'comments in continuations',
		'FROM fedora:40\nRUN «dnf -y install» \\\n    # the web server\n    nginx \\\n  # and its tools\n    tar\n',
		'FROM fedora:40\nRUN dnf -y install \\\n    # the web server\n    nginx \\\n  # and its tools\n    tar \\\n    && dnf clean all\n',
	],
	[
		'a comment that ends in a backslash',
		'FROM fedora:40\nRUN «dnf -y install» \\\n# a \\\n    nginx\n',
		'FROM fedora:40\nRUN dnf -y install \\\n# a \\\n    nginx \\\n    && dnf clean all\n',
	],
	[
		'a comment in the last line of a continuation',
		'FROM fedora:40\nRUN «dnf -y install» \\\n    nginx \\\n    # no more\n',
		'FROM fedora:40\nRUN dnf -y install \\\n    nginx \\\n    && dnf clean all \\\n    # no more\n',
	],
	[
		'blank lines in continuations',
		'FROM fedora:40\nRUN «dnf -y install» \\\n\n    nginx \\\n  \n    tar\n',
		'FROM fedora:40\nRUN dnf -y install \\\n\n    nginx \\\n  \n    tar \\\n    && dnf clean all\n',
	],
	[
		'blanks after a backslash',
		'FROM fedora:40\nRUN «dnf -y install» \\ \t\n    nginx\\  \n    tar\n',
		'FROM fedora:40\nRUN dnf -y install \\ \t\n    nginx\\  \n    tar \\\n    && dnf clean all\n',
	],
	['CRLF', 'FROM fedora:40\r\nRUN «dnf -y install» \\\r\n    nginx\r\n', 'FROM fedora:40\r\nRUN dnf -y install \\\r\n    nginx \\\r\n    && dnf clean all\r\n'],
	['a byte order mark', '\uFEFFFROM fedora:40\nRUN «dnf -y install» nginx\n', '\uFEFFFROM fedora:40\nRUN dnf -y install nginx && dnf clean all\n'],
	[
		'another escape character',
		'# escape=`\nFROM fedora:40\nRUN «dnf -y install» `\n    nginx\n',
		'# escape=`\nFROM fedora:40\nRUN dnf -y install `\n    nginx `\n    && dnf clean all\n',
	],
	['a keyword that is continued', 'FROM fedora:40\nRU\\\nN dnf -y install nginx\n'],
	['no last newline', 'FROM fedora:40\nRUN «dnf -y install» nginx', 'FROM fedora:40\nRUN dnf -y install nginx && dnf clean all'],
	['a backslash at the end of the file', 'FROM fedora:40\nRUN «dnf -y install» nginx \\', 'FROM fedora:40\nRUN dnf -y install nginx && dnf clean all \\'],
	// Instructions.
	['ONBUILD', 'FROM fedora:40\nONBUILD RUN «dnf -y install» nginx\n'],
	['the exec form', 'FROM fedora:40\nRUN ["«dnf", "-y", "install»", "nginx"]\n'],
	['an exec form that starts a shell', `FROM debian:12\nRUN ["/bin/bash", "-c", "«apt-get update» && ${curl}"]\n`],
	[
		'a script in quotes over several lines, with a comment line between',
		`FROM debian:12\nRUN bash -c ' \\\n    set -eux && \\\n    # lists\n    «apt-get update» && \\\n    ${curl} \\\n    '\n`,
		`FROM debian:12\nRUN bash -c ' \\\n    set -eux && \\\n    # lists\n    apt-get update && \\\n    ${curl} && \\\n    ${lists} \\\n    '\n`,
	],
	[
		'a script in quotes, CRLF',
		'FROM fedora:40\r\nRUN sh -c "«dnf -y install» \\\r\n    nginx"\r\n',
		'FROM fedora:40\r\nRUN sh -c "dnf -y install \\\r\n    nginx \\\r\n    && dnf clean all"\r\n',
	],
	[
		'a script in quotes, another escape character',
		'# escape=`\nFROM fedora:40\nRUN sh -c "«dnf -y install» `\n    nginx"\n',
		'# escape=`\nFROM fedora:40\nRUN sh -c "dnf -y install `\n    nginx `\n    && dnf clean all"\n',
	],
	[
		'RUN --mount over several lines',
		'FROM fedora:40\nRUN --mount=type=bind,source=x,target=/x \\\n    --network=host \\\n    «dnf -y install» nginx\n',
		'FROM fedora:40\nRUN --mount=type=bind,source=x,target=/x \\\n    --network=host \\\n    dnf -y install nginx \\\n    && dnf clean all\n',
	],
	['a cache mount', 'FROM fedora:40\nRUN --mount=type=cache,target=/var/cache/dnf dnf -y install nginx\n'],
	['lower-case instructions', 'from fedora:40\nrun «dnf -y install» nginx\ncmd x\n', 'from fedora:40\nrun dnf -y install nginx && dnf clean all\ncmd x\n'],
	['tabs and blanks around an instruction', 'FROM fedora:40\n  \tRUN\t «dnf -y install» nginx\n', 'FROM fedora:40\n  \tRUN\t dnf -y install nginx && dnf clean all\n'],
	// The shell.
	['set -ex;', `FROM debian:12\nRUN set -ex; «apt-get update»; ${curl};\n`, `FROM debian:12\nRUN set -ex; apt-get update; ${curl} && ${lists};\n`],
	[
		'set -eux; over several lines',
		`FROM debian:12\nRUN set -eux; \\\n    «apt-get update»; \\\n    ${curl}; \\\n    curl --version\n`,
		`FROM debian:12\nRUN set -eux; \\\n    apt-get update; \\\n    ${curl}; \\\n    curl --version && \\\n    ${lists}\n`,
	],
	['a subshell', `FROM debian:12\nRUN («apt-get update» && ${curl})\n`, `FROM debian:12\nRUN (apt-get update && ${curl}) && ${lists}\n`],
	['a group', 'FROM fedora:40\nRUN { «dnf -y install» nginx; } > /log\n', 'FROM fedora:40\nRUN { dnf -y install nginx; } > /log && dnf clean all\n'],
	[
		'if',
		`FROM debian:12\nRUN if [ -n "$X" ]; then \\\n      «apt-get update»; ${curl}; \\\n    fi\n`,
		`FROM debian:12\nRUN if [ -n "$X" ]; then \\\n      apt-get update; ${curl}; \\\n    fi \\\n    && ${lists}\n`,
	],
	['for', 'FROM fedora:40\nRUN for p in nginx tar; do «dnf -y install» $p; done\n', 'FROM fedora:40\nRUN for p in nginx tar; do dnf -y install $p; done && dnf clean all\n'],
	[
		'case',
		`FROM debian:12\nRUN case "$(arch)" in \\\n      x86_64) «apt-get update» && ${curl} ;; \\\n      *) exit 1 ;; \\\n    esac\n`,
		`FROM debian:12\nRUN case "$(arch)" in \\\n      x86_64) apt-get update && ${curl} ;; \\\n      *) exit 1 ;; \\\n    esac \\\n    && ${lists}\n`,
	],
	['a pipe', 'FROM fedora:40\nRUN yes | «dnf install» nginx\n', 'FROM fedora:40\nRUN yes | dnf install nginx && dnf clean all\n'],
	[
		'strings over several lines',
		"FROM fedora:40\nRUN printf 'a \\\n  # b \\\n  c' > /x && «dnf -y install» nginx\n",
		"FROM fedora:40\nRUN printf 'a \\\n  # b \\\n  c' > /x && dnf -y install nginx \\\n  && dnf clean all\n",
	],
	[
		'variables in the package list',
		'FROM fedora:40\nARG MORE\nRUN «dnf -y install» nginx $MORE ${OTHER:-tar}\n',
		'FROM fedora:40\nARG MORE\nRUN dnf -y install nginx $MORE ${OTHER:-tar} && dnf clean all\n',
	],
	['$(…) in the package list', 'FROM fedora:40\nRUN «dnf -y install» $(cat /list) `cat /more`\n', 'FROM fedora:40\nRUN dnf -y install $(cat /list) `cat /more` && dnf clean all\n'],
	['a script that is no shell’s', "FROM fedora:40\nRUN dnf -y install 'nginx\n"],
	// No Containerfile.
	['another language', '#include <stdio.h>\nint main(void) { return puts("dnf -y install"); }\n'],
	['prose', 'To install it, run\n\n    dnf -y install nginx\n'],
	['an ignore file', '**\n!src\n# RUN dnf -y install nginx\n'],
	['nothing', ''],
	['blanks', ' \n\t\r\n'],
	['a comment', '# FROM fedora:40\n'],
	['control characters', 'FROM fedora:40\nRUN echo \u0000\u0007\n'],
];

describe('hard syntax, through rules and repairs', () => {
	it.each(cases.map(([what, marked, after]) => ({ what, marked, after })))('$what', ({ marked, after }) => {
		const { text, spans } = unmark(marked);
		const found = lint(text).findings.filter(({ rule }) => rule === 'package-cache-kept');
		expect(found.map(({ span }) => span)).toEqual(spans);
		const result = fixAll(text, undefined, { upTo: 'safe' });
		expect(result.text).toBe(after ?? text);
		expect(result.settled).toBe(true);
		expect(checkLaws(text)).toEqual([]);
		// What was no Containerfile before has not become one, and the other way round.
		expect(parseContainerfile(result.text).problems.length).toBe(parseContainerfile(text).problems.length);
	});

	it('repairs a text of just under the size limit', () => {
		const padding = `# ${'x'.repeat(98)}\n`.repeat(10_000);
		const { text, applied } = fixAll(`FROM fedora:40\n${padding}RUN dnf -y install nginx\n`, undefined, { upTo: 'safe', only: 'package-cache-kept' });
		expect(applied.length).toBe(1);
		expect(text).toBe(`FROM fedora:40\n${padding}RUN dnf -y install nginx && dnf clean all\n`);
	});

	it('does not look at a text over the size limit', () => {
		expect(textOf(new Uint8Array(sizeLimit + 1).fill(35), 'Containerfile')).toEqual({ because: 'Containerfile is larger than 1 MiB and is not looked at' });
	});

	it('says what it does not know as an instruction, and finds the rest', () => {
		const { problems, findings } = lint('FROM fedora:40\nINSTALL nginx\nRUN dnf -y install nginx\n');
		expect(problems.map(({ message }) => message)).toEqual(['INSTALL is not an instruction']);
		expect(findings.map(({ rule }) => rule)).toContain('package-cache-kept');
	});
});
