import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { lint } from '../../server/src/lint/lint';
import { brokenContinuation as rule } from '../../server/src/rules/broken-continuation';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

/** The second stage of the article "Lower your container image size and improve compliance", as printed. */
const printed = `FROM docker.io/redhat/ubi9 as base
FROM base as builder
COPY app-src/requirements.txt /tmp/requirements.txt
RUN dnf -y \\
        --setopt=install_weak_deps=0 \\
        --nodocs \\
        --releasever 9 \\
        --installroot /output \\
          install \\
          glibc 
          glibc-minimal-langpack 
          libstdc++ \\
          python3 \\ # below are the application dependencies
          python3-requests \\
          python3-dateutil \\
          libpq ; \\
      yum -y clean all --enablerepo='*'
RUN pip install --prefix=/usr --root /output -r /tmp/requirements.txt

FROM scratch
COPY --from=builder /output /
`;

describe('a line without its backslash', () => {
	it('is found inside a package list', () => {
		const [finding] = finds(rule, 'FROM fedora:41\nRUN dnf -y install \\\n    «glibc»\n    langpack \\\n    python3\n');
		expect(finding?.message).toBe('this line lacks a backslash at its end, so the RUN ends here and langpack is read as an instruction');
		expect(finding?.severity).toBeUndefined();
	});

	it('is repaired', () => {
		fixes(rule, 'FROM fedora\nRUN dnf -y install \\\n  glibc   \n  langpack\n', 'FROM fedora\nRUN dnf -y install \\\n  glibc \\\n  langpack\n', 'safe');
		fixes(rule, 'from debian\nrun apt-get update && sudo apt-get install -y\n  curl\n', 'from debian\nrun apt-get update && sudo apt-get install -y \\\n  curl\n', 'safe');
		fixes(rule, 'FROM debian\nRUN pip install a\n  "b>=2" \\\n  ./c', 'FROM debian\nRUN pip install a \\\n  "b>=2" \\\n  ./c', 'safe');
		fixes(rule, 'FROM fedora\r\nRUN dnf install \\\r\n  a \r\n  b\r\n', 'FROM fedora\r\nRUN dnf install \\\r\n  a \\\r\n  b\r\n', 'safe');
		fixes(rule, '# escape=`\nFROM fedora\nRUN dnf install `\n  a\n  b\n', '# escape=`\nFROM fedora\nRUN dnf install `\n  a `\n  b\n', 'safe');
		fixes(rule, 'FROM alpine\nRUN apk add \\\n  a\n\n  # why\n  b\n', 'FROM alpine\nRUN apk add \\\n  a \\\n\n  # why\n  b\n', 'safe');
		fixes(
			rule,
			'FROM debian\nRUN apt-get install a\n  --no-install-recommends \\\n  $MORE\n',
			'FROM debian\nRUN apt-get install a \\\n  --no-install-recommends \\\n  $MORE\n',
			'safe',
		);
	});

	it('is found before a line that starts with an operator, whatever the command', () => {
		finds(rule, 'FROM debian\nRUN «make»\n  && make install\n');
		finds(rule, 'FROM debian\nRUN apt-get «update»\n  && apt-get install -y «curl»\n  && rm -rf /var/lib/apt/lists/*\n');
		finds(rule, 'FROM debian\nRUN cat «x»\n  | sh\n');
		finds(rule, 'FROM debian\nRUN test -f x || curl -O «x»\n  ; ls\n');
		finds(rule, 'FROM debian\nONBUILD RUN «make»\n  && make install\n');
		fixes(rule, 'FROM debian\nRUN a\n  && b\n', 'FROM debian\nRUN a \\\n  && b\n', 'safe');
	});

	it('is not repaired where no shell could read the result', () => {
		unfixable(rule, 'FROM debian\nRUN\n  && a\n');
		unfixable(rule, 'FROM debian\nRUN a &&\n  && b\n');
	});

	it('is repaired together with the others of its RUN', () => {
		const text = 'FROM debian\nRUN a &&\n  apt-get install -y c\n  d # e\n  && f\n';
		expect(finds(rule, 'FROM debian\nRUN a «&&»\n  apt-get install -y «c»\n  d «# e»\n  && f\n').map(({ fixes: [fix] = [] }) => fix?.edits.length)).toEqual([4, 4, 4]);
		fixes(rule, text, 'FROM debian\nRUN a && \\\n  apt-get install -y c \\\n  # e\n  d \\\n  && f\n', 'safe');
	});

	it('is found behind an operator', () => {
		finds(rule, 'FROM debian\nRUN apt-get update «&&»\n  apt-get install -y curl\n');
		finds(rule, 'FROM debian\nRUN cat x «|»\n  sh\n');
	});

	it('moves a comment away that would swallow what follows', () => {
		fixes(rule, 'FROM debian\nRUN apt-get install \\\n  curl # needed\n  wget\n', 'FROM debian\nRUN apt-get install \\\n  # needed\n  curl \\\n  wget\n', 'safe');
		fixes(rule, 'FROM debian\nRUN make # all\n  && make install\n', 'FROM debian\n# all\nRUN make \\\n  && make install\n', 'safe');
	});

	it('is not taken for one where an instruction is misspelt or missing', () => {
		for (const line of ['WORDIR /x', 'COPPY a b', 'coppy a b', 'MANTAINER me', 'ENTRYPOINT["sh"]', 'ENTRYPOINT: x', 'INCLUDE x', 'Lable a=b', 'EXPOSED 80'])
			silent(rule, `FROM debian\nRUN apt-get install -y curl\n${line}\n`);
		silent(rule, 'FROM debian\nCOPY a b\n  c\n');
		silent(rule, 'FROM debian\nRUN make\n  install\n');
		silent(rule, 'FROM debian\nRUN apt-get install -y curl && make\n  install\n');
		silent(rule, 'FROM debian\nRUN ["apt-get", "install", "curl"]\n  && x\n');
		silent(rule, 'curl\n && wget\n');
	});

	it('is not repaired where a command seems to follow, not a package', () => {
		for (const line of [
			'rm -rf /var/lib/apt/lists/*',
			'mkdir /x',
			'git clone https://example.com/x',
			'pip install x',
			'make install',
			'curl -sSL x',
			'tar xf a',
			'apt-get clean',
			'x=1',
		])
			silent(rule, `FROM debian\nRUN apt-get install -y curl\n  ${line}\n`);
		finds(rule, 'FROM debian\nRUN apt-get install -y «curl»\n  git make tar\n');
	});
});

describe('a comment behind a backslash', () => {
	it('is found and moved above its line', () => {
		finds(rule, 'FROM fedora\nRUN dnf install \\\n  a «\\ # why»\n  b\n');
		fixes(rule, 'FROM fedora\nRUN dnf install \\\n  a \\ # why\n  b\n', 'FROM fedora\nRUN dnf install \\\n  # why\n  a \\\n  b\n', 'safe');
		fixes(rule, 'FROM fedora\r\nRUN dnf install \\   # first\r\n  a\r\n', 'FROM fedora\r\n# first\r\nRUN dnf install \\\r\n  a\r\n', 'safe');
		fixes(rule, 'FROM fedora\nRUN a && \\ # then\n  apt-get update\n', 'FROM fedora\n# then\nRUN a && \\\n  apt-get update\n', 'safe');
	});

	it('that continues nothing loses its backslash', () => {
		fixes(rule, 'FROM fedora\nRUN dnf install \\\n  a \\ # why\nCMD x\n', 'FROM fedora\nRUN dnf install \\\n  a # why\nCMD x\n', 'safe');
	});

	it('that continues nothing goes together with those that break the RUN off', () => {
		fixes(rule, 'FROM fedora\nRUN a && \\ # then\n  dnf install b \\ # why\n', 'FROM fedora\n# then\nRUN a && \\\n  dnf install b # why\n', 'safe');
		unfixable(rule, 'FROM fedora\nRUN a && \\ # then\n  dnf install b && echo c \\ # why\n');
		unfixable(rule, 'FROM fedora\nRUN a &&\n  dnf install b \\ c\n');
		unfixable(rule, 'FROM fedora\nRUN set -ex;\n  dnf clean all # why \\ # because\n');
		unfixable(rule, 'RUN a && \\ # escape=`\n  dnf install b\n');
	});

	it('is left alone where it is none', () => {
		silent(rule, "FROM fedora\nRUN echo 'a \\ # b' \\\n  c\n");
		fixes(rule, 'FROM fedora\nRUN dnf install a \\ \\ # why\nCMD x\n', 'FROM fedora\nRUN dnf install a # why\nCMD x\n', 'safe');
		silent(rule, 'FROM fedora\nRUN set -ex;\n \\   FROM fedora:33\n');
		silent(rule, 'FROM fedora\nRUN dnf install a | \\ # why\nCMD x\n');
		silent(rule, 'FROM fedora\nRUN dnf install a && \\ # why\nCMD x\n');
		silent(rule, 'FROM fedora\nRUN dnf install a \\\n  # why\n  b\n');
		silent(rule, 'FROM fedora\nRUN echo a \\ # b\nCMD x\n');
		silent(rule, 'FROM fedora\nRUN cat <<EOF > /x\na \\ # b\nEOF\n');
	});
});

describe('a failure that goes unnoticed', () => {
	it('is found behind an installation', () => {
		const [finding] = finds(rule, 'FROM fedora\nRUN dnf -y install a «;» dnf clean all\n');
		expect(finding?.severity).toBe('warning');
		finds(rule, 'FROM fedora\nRUN dnf -y install \\\n    a «;» \\\n    dnf clean all\n');
		finds(rule, 'FROM debian\nRUN apt-get update; apt-get install -y a«;» make\n');
	});

	it('is repaired exactly where it stands', () => {
		fixes(rule, 'FROM fedora\nRUN dnf install a ; \\\n    dnf clean all\n', 'FROM fedora\nRUN dnf install a && \\\n    dnf clean all\n', 'suggested');
		fixes(rule, 'FROM fedora\nRUN dnf install a;\\\n    dnf clean all\n', 'FROM fedora\nRUN dnf install a && \\\n    dnf clean all\n', 'suggested');
		fixes(rule, 'FROM fedora\nRUN dnf install a;ls\n', 'FROM fedora\nRUN dnf install a && ls\n', 'suggested');
		fixes(rule, 'FROM fedora\nRUN dnf update; dnf install a; ls;\n', 'FROM fedora\nRUN dnf update; dnf install a && ls;\n', 'suggested');
		fixes(rule, 'FROM fedora\nRUN dnf install a; dnf clean all; rm -rf /x\n', 'FROM fedora\nRUN dnf install a && dnf clean all && rm -rf /x\n', 'suggested');
	});

	it('is not repaired where && would mean something else or not be enough', () => {
		unfixable(rule, 'FROM fedora\nRUN dnf install a; b || c\n');
		unfixable(rule, 'FROM fedora\nRUN dnf install a; b & c\n');
		unfixable(rule, 'FROM fedora\nRUN dnf install a; make; make install\n');
		unfixable(rule, 'FROM fedora\nRUN <<EOF\ndnf install a\nmake\nEOF\n');
	});

	it('is none of what is installed anew, which is there all the same', () => {
		silent(rule, 'FROM fedora\nRUN dnf -y reinstall krb5-libs ; \\\n    dnf clean all\n');
		silent(rule, 'FROM debian\nRUN apt-get reinstall -y a; make\n');
	});

	it('is none of another root, of which what follows needs the files', () => {
		silent(rule, 'FROM almalinux:9\nRUN dnf -y --installroot /mnt install a; touch /mnt/etc/hostname\n');
	});

	it('is found once in a here-document', () => {
		finds(rule, 'FROM fedora\nRUN <<EOF\n«dnf install a»\ndnf install b\ndnf clean all\nEOF\n');
		silent(rule, 'FROM fedora\nRUN <<EOF\ndnf install a\nEOF\n');
		silent(rule, "FROM fedora\nRUN /bin/bash <<'EOF'\nset -Eeuxo pipefail\ndnf install a\nmake\nEOF\n");
		silent(rule, 'FROM fedora\nRUN <<EOF\nset -eux\ndnf install a\nmake\nEOF\n');
		silent(rule, 'FROM fedora\nRUN <<EOF\n#!/bin/bash -e\ndnf install a\nmake\nEOF\n');
		silent(rule, 'FROM fedora\nRUN bash -ex <<EOF\ndnf install a\nmake\nEOF\n');
	});

	it('is not seen where the shell stops, the exit code is asked for, or failing does not matter', () => {
		for (const command of [
			'set -e; dnf install a; b',
			'set -o errexit; dnf install a; b',
			'set -euxo pipefail; dnf install a; b',
			'dnf install a; exit $?',
			'dnf install a; true',
			'dnf install a || true; b',
			'dnf install a && b; c',
			'dnf install a;',
			'dnf install a; # b',
			'if x; then dnf install a; b; fi',
			'(dnf install a; b)',
			'dnf clean all; b',
			'echo "dnf install a; b"',
		])
			silent(rule, `FROM fedora\nRUN ${command}\n`);
		silent(rule, 'FROM fedora AS a\nSHELL ["/bin/bash", "-ec"]\nFROM a\nRUN dnf install a; b\n');
		finds(rule, 'FROM fedora\nSHELL ["/bin/bash", "-c"]\nRUN dnf install a«;» b\n');
	});

	it('is not stopped by a SHELL that podman before 6.0 does not heed', () => {
		const text = 'FROM fedora\nSHELL ["/bin/bash", "-ec"]\nRUN dnf install a«;» b\n';
		const podman = (version: readonly [number, number] | undefined, format?: 'docker') => ({
			builder: { kind: 'podman' as const, ...(version ? { version } : {}) },
			...(format ? { format } : {}),
		});
		finds(rule, text, podman([5, 8]));
		for (const context of [podman([6, 0]), podman(undefined), podman([4, 3], 'docker')]) silent(rule, text.replace(/[«»]/g, ''), context);
	});
});

describe('the build as the article prints it', () => {
	it('is found in each broken place', () => {
		const found = lint(printed).findings.filter((finding) => finding.rule === rule.id);
		expect(found.map(({ span, severity }) => [printed.slice(span.start, span.end), severity])).toEqual([
			['glibc', 'error'],
			['glibc-minimal-langpack', 'error'],
			['\\ # below are the application dependencies', 'error'],
			[';', 'warning'],
		]);
	});

	it.each([printed, printed.replaceAll('\n', '\r\n')])('parses after the safe repairs, with its comment', (text) => {
		expect(parseContainerfile(text).problems).not.toEqual([]);
		const { text: after, settled } = fixAll(text, undefined, { upTo: 'safe', only: rule.id });
		expect(parseContainerfile(after).problems).toEqual([]);
		expect(settled).toBe(true);
		expect(after.replaceAll('\r\n', '\n')).toContain(
			'          glibc \\\n          glibc-minimal-langpack \\\n          libstdc++ \\\n          # below are the application dependencies\n          python3 \\\n          python3-requests \\\n',
		);
	});

	it('is whole after all repairs together', () => {
		const after = fixAll(printed, undefined, { upTo: 'suggested' }).text;
		expect(parseContainerfile(after).problems).toEqual([]);
		expect(after).toContain('libpq && \\\n');
		expect(lint(after).findings.filter((finding) => finding.rule === rule.id)).toEqual([]);
	});

	it('keeps the laws', () => {
		expect(checkLaws(printed)).toEqual([]);
	});
});
