import { describe, expect, it } from 'vitest';
import { mergeRuns } from '../../server/src/advice/mergeRuns';
import { mergeableRows } from '../../server/src/model/layers/mergeable';
import { consecutiveRuns } from '../../server/src/rules/consecutive-runs';
import type { Rule } from '../../server/src/rules/rule';
import { finds, fixes, silent } from '../support/rules';

/** Merges every row, whether or not it is worth it. */
const rule: Rule = {
	...consecutiveRuns,
	*check(model) {
		for (const row of model.stages.filter(({ ships }) => ships).flatMap((stage) => mergeableRows(model, stage))) {
			const runs = row.map(({ instruction }) => instruction);
			const [, second] = runs;
			if (second) yield { span: second.keywordSpan, message: `${runs.length} RUNs`, fixes: [{ title: 'Merge', applicability: 'suggested', edits: mergeRuns(model.file, runs) }] };
		}
	},
};

const from = 'FROM debian:12\n';
const merges = (before: string, after: string) => fixes(rule, from + before, from + after, 'suggested');

describe('RUNs in a row that can be one', () => {
	it('are one finding each row, at the second RUN', () => {
		const [finding] = finds(rule, `${from}RUN mkdir /a\n«RUN» mkdir /b\n\n# c\nrun mkdir /c\nENV x=y\nRUN mkdir /d\n«run» mkdir /e\n`);
		expect(finding?.message).toBe('3 RUNs');
	});

	it('are merged in the layout that the file has', () => {
		merges('RUN a\nRUN b\nRUN c && d\n', 'RUN a \\\n    && b \\\n    && c && d\n');
		merges('RUN a \\\n && b\nRUN c\n', 'RUN a \\\n && b \\\n && c\n');
		merges('RUN a && \\\n\tb\nRUN c \\\n\t--d\n', 'RUN a && \\\n\tb && \\\n\tc \\\n\t--d\n');
		merges('RUN a\nRUN b\nUSER x\nRUN c &&\\\n  d\n', 'RUN a && \\\n  b\nUSER x\nRUN c &&\\\n  d\n');
		merges('run a\n\n\nRun   b', 'run a \\\n    && b');
		fixes(rule, 'FROM debian\r\nRUN a\r\n# x\r\nRUN b\r\n', 'FROM debian\r\nRUN a \\\r\n    # x\r\n    && b\r\n', 'suggested');
		fixes(rule, '# escape=`\nFROM debian\nRUN a\nRUN b\n', '# escape=`\nFROM debian\nRUN a `\n    && b\n', 'suggested');
	});

	it('keep their comments and the flags that they share', () => {
		merges('RUN a\n# one\n  # two \\\nRUN \\\n  # three\n  b\n', 'RUN a \\\n    # one\n    # two \\\n    # three\n    && b\n');
		merges('RUN a && \\\n  b\n# one\nRUN c\n', 'RUN a && \\\n  b && \\\n  # one\n  c\n');
		merges(
			'RUN --network=none --mount=type=cache,target=/x a\nRUN --network=none --mount=type=cache,target=/x b\n',
			'RUN --network=none --mount=type=cache,target=/x a \\\n    && b\n',
		);
	});

	it('are merged where the first may do what it likes but the others only join with &&', () => {
		merges('RUN a || true; b | c\nRUN (d) > /x && ! e\n', 'RUN a || true; b | c \\\n    && (d) > /x && ! e\n');
		for (const last of ['b || c', 'b; c', 'b;', 'b &', 'b & c', 'if x; then y & fi']) silent(rule, `${from}RUN a\nRUN ${last}\n`);
		for (const first of ['a;', 'a &', 'a # why', 'f() { a; }', 'A=1', 'A=1; b', 'for x in a b; do c; done', `echo $\{A:=b}`, 'echo "', 'a && ('])
			silent(rule, `${from}RUN ${first}\nRUN b\n`);
	});

	it('are left alone where the shell’s state would be another', () => {
		for (const command of [
			'export A=b',
			'set -e',
			'umask 022',
			'trap x EXIT',
			'exec a',
			'exit 0',
			'. /x',
			'source x',
			'cd /x',
			'pushd x',
			'eval x',
			'ulimit -n 1',
			'read x',
			'(cd /x && y)',
			'sudo service x start',
			'/etc/init.d/x start',
			'$X y',
			'echo $?',
			'wait',
			'apachectl start',
			'mongod --fork',
		]) {
			silent(rule, `${from}RUN ${command}\nRUN b\n`);
			silent(rule, `${from}RUN a\nRUN ${command}\n`);
		}
	});

	it('are left alone where they differ in kind', () => {
		silent(rule, `${from}RUN ["a"]\nRUN b\n`);
		silent(rule, `${from}RUN a\nRUN ["b"]\n`);
		silent(rule, `${from}RUN <<EOF\na\nEOF\nRUN b\n`);
		silent(rule, `${from}RUN a\nRUN cat <<EOF > /x\nb\nEOF\n`);
		silent(rule, `${from}RUN a\nONBUILD RUN b\n`);
		silent(rule, `${from}RUN --mount=type=cache,target=/x a\nRUN b\n`);
		silent(rule, `${from}RUN --network=none a\nRUN --network=host b\n`);
		silent(rule, `${from}SHELL ["/bin/bash", "-e", "-c"]\nRUN a\nRUN b\n`);
		silent(rule, `${from}SHELL ["powershell", "-Command"]\nRUN a\nRUN b\n`);
	});

	it('are left alone where an instruction stands between, known or not', () => {
		for (const between of ['COPY a b', 'ENV a=b', 'WORKDIR /x', 'USER x', 'SHELL ["/bin/bash", "-c"]', 'ARG x', 'oops']) silent(rule, `${from}RUN a\n${between}\nRUN b\n`);
		silent(rule, `${from}RUN a\nRUN apt-get install b\n  c \\\n  d\n`);
	});

	it('are left alone where one swallows an instruction', () => {
		silent(rule, `${from}RUN a\nRUN b \\\n\n# c\nENV d=e\nRUN f\n`);
	});

	it('are left alone where a comment between is for a tool', () => {
		silent(rule, `${from}RUN a\n# hadolint ignore=DL3008\nRUN b\n`);
		silent(rule, `${from}RUN a\n# whittle-ignore package-cache-kept -- kept\nRUN b\n`);
	});

	it('are left alone in a stage that is thrown away', () => {
		silent(rule, 'FROM golang AS b\nRUN a\nRUN b\nFROM scratch\nCOPY --from=b /x /x\n');
		finds(rule, 'FROM debian AS b\nRUN a\n«RUN» b\nFROM b\nRUN c\n');
	});

	it('stay apart where dependencies end and sources begin', () => {
		silent(rule, `${from}RUN apt-get install -y gcc\nRUN make\n`);
		silent(rule, `${from}RUN pip install -r /r.txt\nRUN pip install .\n`);
		silent(rule, `${from}RUN npm ci\nRUN npm run build\n`);
		silent(rule, `${from}RUN go mod download\nRUN go build ./...\n`);
		silent(rule, `${from}RUN dnf install -y a && make\nRUN dnf install -y b\n`);
		finds(rule, `${from}RUN apt-get install -y gcc\n«RUN» mkdir /x\nRUN make\n`);
		finds(rule, `${from}RUN apt-get update\n«RUN» apt-get install -y gcc\nRUN pip install x\nRUN make\n«RUN» make install\n`);
	});

	it('stay apart where the shell would start a program that was replaced', () => {
		silent(rule, `${from}RUN pip install --upgrade pip\nRUN pip install x\n`);
		silent(rule, `${from}RUN npm install -g npm@9\nRUN npm install -g x\n`);
	});
});
