import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { lint } from '../../server/src/lint/lint';
import { consecutiveRuns as rule } from '../../server/src/rules/consecutive-runs';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent } from '../support/rules';

const from = 'FROM debian:12-slim\n';
const fedora = 'FROM fedora:41\n';
const merges = (before: string, after: string) => fixes(rule, before, after, 'suggested');

describe('RUNs in a row that change packages of rpm', () => {
	it('are one finding each row, at the second of them', () => {
		const [finding] = finds(rule, `${fedora}RUN dnf -y install a\n«RUN» dnf -y install b\n\n# c\nrun dnf -y remove c\nENV x=y\nRUN dnf -y install d\n«run» rpm -Uvh /e.rpm\n`);
		expect(finding?.message).toBe('3 RUNs in a row change packages of rpm, and each of their layers ships the whole rpm database; one RUN would ship it once');
		expect(finding?.saves).toBeUndefined();
		expect(finding?.related?.length).toBe(1);
	});

	it.each(['yum -y update', 'microdnf install -y a', 'tdnf install -y a', 'zypper -n install a', 'rpm -ivh https://example.com/a.rpm', 'rpm -e a', 'sudo dnf -y install a'])(
		'%s',
		(command) => {
			finds(rule, `${fedora}RUN ${command}\n«RUN» dnf -y install x\n`);
		},
	);

	it('are merged from the first to the last of them, with what is between', () => {
		merges(
			`${fedora}RUN mkdir /a\nRUN dnf -y install a\nRUN mkdir /b\nRUN dnf -y install b\nRUN mkdir /c\n`,
			`${fedora}RUN mkdir /a\nRUN dnf -y install a \\\n    && mkdir /b \\\n    && dnf -y install b\nRUN mkdir /c\n`,
		);
	});

	it.each([
		['one alone', 'RUN dnf -y install a\nRUN mkdir /b\n'],
		['only a cleaning', 'RUN dnf -y install a\nRUN dnf clean all\n'],
		['two in one RUN', 'RUN dnf -y install a && dnf -y install b\nRUN mkdir /b\n'],
		['another root', 'RUN dnf -y install a\nRUN dnf -y --installroot /output install b\n'],
		['one for the sake of the answer', 'RUN dnf -y install a\nRUN dnf -y install --downloadonly b\n'],
		['a question', 'RUN dnf -y install a\nRUN rpm -qa > /list\n'],
		['one under a condition', 'RUN dnf -y install a\nRUN (test -e /b && dnf -y install b) || true\n'],
		['an instruction between', 'RUN dnf -y install a\nCOPY b /b\nRUN dnf -y install b\n'],
	])('but not %s', (_what, rest) => silent(rule, fedora + rest));
});

describe('RUNs in a row that install from lists of an earlier one', () => {
	const update = 'RUN apt-get update\n';

	it('are one finding, at the first that installs', () => {
		const [finding] = finds(rule, `${from}${update}# the editor\n«RUN» apt-get install -y --no-install-recommends vim\nRUN mkdir /a\nRUN apt-get install -y b\nRUN mkdir /c\n`);
		expect(finding?.message).toBe(
			'this installs from package lists that an earlier RUN fetched: from the build cache they come old, and name packages that are gone; one RUN fetches them whenever it installs',
		);
		expect(finding?.related?.map(({ message }) => message)).toEqual(['the package lists are fetched here']);
	});

	it('are merged from the one that fetches to the last that installs, and then clean up', () => {
		merges(
			`${from}RUN mkdir /0\nRUN apt-get update && apt-get clean\n# the editor\nRUN apt-get install -y vim\nRUN mkdir /a\nRUN apt install -y b\nRUN mkdir /c\n`,
			`${from}RUN mkdir /0\nRUN apt-get update && apt-get clean \\\n    # the editor\n    && apt-get install -y vim \\\n    && mkdir /a \\\n    && apt install -y b\nRUN mkdir /c\n`,
		);
		expect(fixAll(`${from}${update}RUN apt-get install -y --no-install-recommends a\n`, undefined, { upTo: 'suggested' }).text).toBe(
			`${from}RUN apt-get update \\\n    && apt-get install -y --no-install-recommends a \\\n    && rm -rf /var/lib/apt/lists/*\n`,
		);
	});

	it('also of a base that nobody knows, and once for each fetching', () => {
		finds(rule, `FROM example.com/base\n${update}«RUN» apt-get install -y a\nRUN apt-get update -q\n«RUN» sudo apt-get install -y b\n`);
	});

	it.each([
		['lists that the same RUN fetches', `${update}RUN apt-get update && apt-get install -y a\n`],
		['a RUN that installs, too', 'RUN apt-get update && apt-get install -y a\nRUN apt-get install -y b\n'],
		['a RUN that brings the system up to date', 'RUN apt-get update && apt-get upgrade -y\nRUN apt-get install -y b\n'],
		['an instruction between', `${update}COPY a.deb /\nRUN apt-get install -y /a.deb\n`],
		['RUNs that cannot be one', `${update}RUN export A=b && apt-get install -y a\n`],
		['another user’s mount', `${update}RUN --mount=type=cache,target=/x apt-get install -y a\n`],
		['lists in a mount', 'RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get install -y a\n'],
		['lists that go at once', 'RUN apt-get update && rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y a\n'],
		['an installation under a condition', `${update}RUN if [ "$X" ]; then apt-get install -y a; fi\n`],
		['some sources alone', 'RUN apt-get update -o Dir::Etc::sourcelist=/etc/apt/x.list\nRUN apt-get install -y a\n'],
		['no installation', `${update}RUN apt-cache policy\n`],
		['dpkg', `${update}RUN dpkg -i /a.deb\n`],
	])('but not %s', (_what, rest) => silent(rule, from + rest));

	it.each(['RUN apk update\nRUN apk add a\n', 'RUN dnf makecache\nRUN dnf -y install a\n', 'RUN zypper refresh\nRUN zypper -n install a\n'])(
		'not where the manager fetches what is old: %s',
		(rest) => silent(rule, `FROM example.com/base\n${rest}`),
	);

	it.each([
		['in the RUN that installs', `${update}RUN apt-get install -y --no-install-recommends a && rm -rf /var/lib/apt/lists/*\n`],
		['in a RUN behind it', `${update}RUN apt-get install -y --no-install-recommends a\nRUN rm -rf /var/lib/apt/lists/*\n`],
	])('are left to cleaned-too-late where lists are cleaned %s', (_what, rest) => {
		const rules = lint(`FROM debian:12-slim\n${rest}`).findings.map((finding) => finding.rule);
		expect(rules).toContain('cleaned-too-late');
		expect(rules).not.toContain('consecutive-runs');
		expect(fixAll(from + rest, undefined, { upTo: 'safe' }).text.match(/^RUN/gm)?.length).toBe(1);
	});

	it('keep the laws', () => {
		for (const text of [
			`${from}${update}# x\nRUN apt-get install -y a\n`,
			`${from}RUN apt-get -qq update\\\n  # y\n  && mkdir /a\nRUN apt-get install -y \\\n  # z\n  a\nRUN chown -R a /a\n`,
			'FROM ubuntu:24.04\r\nRUN apt-get update\r\nRUN apt-get install -y a\r\nRUN apt-get install -y b',
		])
			expect(checkLaws(text)).toEqual([]);
	});
});

describe('RUNs in a row that write the same', () => {
	it.each([
		['a folder of dependencies with another owner', 'RUN npm ci\n«RUN» chown -R node:node .\n', 'gives another owner to node_modules'],
		['an environment with another owner', 'RUN python3 -m venv /venv\n«RUN» chown -R app /venv\n', 'gives another owner to /venv'],
		['a copy of a folder with another mode', 'RUN cp -r /x/lib /opt/lib\n«RUN» chmod -R g+w /opt\n', 'gives another mode to /opt/lib'],
		['a program that is stripped', 'RUN cat /x /y > /usr/local/bin/tool\n«RUN» strip /usr/local/bin/tool\n', 'strips /usr/local/bin/tool'],
		['an archive that grows', 'RUN gen > /srv/a.bin\n«RUN» cat /more >> /srv/a.bin\n', 'edits /srv/a.bin'],
	])('%s', (_what, rest, says) => {
		const [finding] = finds(rule, `FROM example.com/base\n${rest}`);
		expect(finding?.message).toBe(`this ${says}, which an earlier RUN wrote, so both layers ship it; one RUN would ship it once`);
	});

	it('and what is removed from a folder that is not known', () => {
		const [finding] = finds(rule, 'FROM example.com/base\nARG V\nRUN curl -fsSLO https://example.com/a-$V.tgz\nRUN tar -xf a-$V.tgz -C /opt\n«RUN» rm a-$V.tgz\n');
		expect(finding?.message).toBe('this removes a-$V.tgz, but the layer of an earlier RUN keeps it; one RUN would ship none of it');
	});

	it('are merged from the one that writes to the one that changes, and no others', () => {
		merges(
			`${from}WORKDIR /app\nRUN huge\nRUN gen > /a.bin\n# b\nRUN mkdir /b\nRUN chmod 600 /a.bin\nRUN mkdir /c\n`,
			`${from}WORKDIR /app\nRUN huge\nRUN gen > /a.bin \\\n    # b\n    && mkdir /b \\\n    && chmod 600 /a.bin\nRUN mkdir /c\n`,
		);
		finds(rule, `${from}RUN gen > /a.bin\n«RUN» chmod 600 /a.bin\nRUN huge\nRUN gen > /b.bin\n«RUN» chmod 600 /b.bin\n`);
	});

	it.each([
		['steps that have nothing in common', 'RUN mkdir /a\nRUN mkdir /b\nRUN huge\n'],
		['packages of apt, whose database is small', 'RUN apt-get install -y a\nRUN apt-get install -y b\n'],
		['packages of apk', 'RUN apk add a\nRUN apk add b\n'],
		['a line or two', 'RUN echo a > /etc/a\nRUN echo b >> /etc/a\nRUN sed -i s/a/b/ /etc/a\n'],
		['an empty folder', 'RUN mkdir -p /app\nRUN chown -R app /app\n'],
		['a script', 'RUN curl -o /usr/local/bin/wait.sh https://example.com/wait.sh\nRUN chmod +x /usr/local/bin/wait.sh\n'],
		['a text of many sources', 'RUN git clone https://example.com/a /a\nRUN sed -i s/a/b/ /a/Makefile\n'],
		['another folder', 'RUN npm ci\nRUN chown -R node /data\n'],
		['the folder alone', 'RUN cp -r /x/lib /opt/lib\nRUN chown app /opt/lib\n'],
		['what goes in its own RUN', 'RUN git clone https://example.com/a /a && rm -rf /a\nRUN chown -R app /a\n'],
		['dependencies of the whole system', 'RUN npm install -g x\nRUN chown -R node .\n'],
		['a folder in which another RUN only looks for itself', 'RUN (cd $X; npm ci)\nRUN chown -R node node_modules\n'],
		['a mount', 'RUN --mount=type=cache,target=/app/node_modules cd /app\nRUN chown -R node /app\n'],
	])('but not %s', (_what, rest) => silent(rule, from + rest));

	it.each([
		['cleaned-too-late', 'RUN curl -fsSLo /tmp/a.tgz https://example.com/a.tgz\nRUN tar -C /opt -xzf /tmp/a.tgz\nRUN rm /tmp/a.tgz\n'],
		['copied-then-changed', 'RUN git clone --depth 1 https://example.com/a /a && rm -rf /a/.git\nRUN chown -R app /a\n'],
		['copied-then-changed', 'RUN unzip /tmp/a.zip -d /app\nRUN chown -R 1001:0 /app && chmod -R ug+rwx /app\n'],
		['copied-then-changed', 'RUN curl -fsSLo /usr/local/bin/a https://example.com/linux-amd64/a\nRUN chmod +x /usr/local/bin/a\n'],
	])('are left to %s where that says so', (other, rest) => {
		const rules = lint(from + rest).findings.map((finding) => finding.rule);
		expect(rules.filter((id) => id === other || id === 'consecutive-runs')).toEqual([other]);
	});

	it('are left alone in a stage that is thrown away', () => {
		silent(rule, 'FROM fedora:41 AS b\nRUN dnf -y install a\nRUN dnf -y install b\nFROM scratch\nCOPY --from=b /x /x\n');
		finds(rule, 'FROM fedora:41 AS b\nRUN dnf -y install a\n«RUN» dnf -y install b\nFROM b\nRUN c\n');
	});

	it('keep the laws', () => {
		for (const text of [
			`${from}RUN a > /a.bin\n# x\nRUN \\\n  # y\n  chmod 600 /a.bin \\\n  && c\nRUN dnf -y install x\n`,
			`${from}RUN npm ci\n# x\nRUN chown -R node .\nRUN rm -rf node_modules\n`,
			'FROM fedora:40\r\nRUN dnf install -y a\r\nRUN dnf install -y b\r\nRUN dnf clean all',
		])
			expect(checkLaws(text)).toEqual([]);
	});
});
