import { describe, expect, it } from 'vitest';
import { type Context, loneFile } from '../../server/src/model/context/context';
import { packageFileCopied } from '../../server/src/rules/package-file-copied';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const debian = (...lines: readonly string[]) => `FROM debian:12\n${lines.join('\n')}\n`;

describe('package-file-copied finds', () => {
	it.each([
		['a .deb', debian('COPY «a.deb» /tmp/', 'RUN dpkg -i /tmp/a.deb')],
		['a .deb for apt', debian('COPY «a.deb» /tmp/', 'RUN apt-get update && apt-get install -y /tmp/a.deb')],
		['an .rpm', 'FROM fedora:40\nCOPY «x/a.rpm» /a.rpm\nRUN rpm -i /a.rpm\n'],
		['several, by a pattern', 'FROM fedora:40\nCOPY «*.rpm» /tmp/\nRUN dnf -y install /tmp/*.rpm\n'],
		['an .apk', 'FROM alpine:3.20\nCOPY «a.apk» .\nRUN apk add --allow-untrusted a.apk\n'],
		['a wheel', 'FROM python:3.12\nWORKDIR /app\nCOPY «dist/a-1-py3-none-any.whl» ./\nRUN pip install a-1-py3-none-any.whl\n'],
		['a folder of wheels', 'FROM python:3.12 AS b\nFROM python:3.12\nCOPY --from=b «/wheels» /wheels\nRUN pip install /wheels/*\n'],
		['a folder of wheels to look in', 'FROM python:3.12 AS b\nFROM python:3.12\nCOPY --from=b «/src/wheelhouse» /w\nRUN pip install --no-index --find-links=/w app\n'],
		['an archive', debian('COPY «a.tar.gz» /tmp/', 'RUN tar -xzf /tmp/a.tar.gz -C /opt')],
		['what ADD does not unpack', debian('ADD «a.zip» /tmp/', 'RUN unzip /tmp/a.zip')],
		['a stage below', 'FROM debian:12 AS a\nCOPY «a.deb» /\nFROM a\nRUN dpkg -i /a.deb\n'],
	])('%s', (_what, text) => {
		finds(packageFileCopied, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it('one that a pattern removes in vain, which no other rule tells', () => {
		const text = 'FROM fedora:40\nCOPY «*.rpm» /tmp/\nRUN dnf -y install /tmp/*.rpm && rm -f /tmp/*.rpm\n';
		expect(finds(packageFileCopied, text)[0]?.message).toContain('later removal');
		silent(packageFileCopied, text.replace(/[«»]/g, ''), { ...loneFile, oneLayer: 'stage' });
	});
});

describe('package-file-copied is silent on', () => {
	it.each([
		['what nobody installs', debian('COPY a.deb /srv/')],
		['what is removed, which is told there', debian('COPY a.deb /tmp/', 'RUN dpkg -i /tmp/a.deb && rm /tmp/a.deb')],
		['what ADD unpacks', debian('ADD a.tar.gz /opt/')],
		['a mount', debian('RUN --mount=type=bind,source=a.deb,target=/a.deb dpkg -i /a.deb')],
		['a builder', 'FROM debian:12 AS b\nCOPY a.deb /\nRUN dpkg -i /a.deb\nFROM debian:12\nCOPY --from=b /usr/bin/a /usr/bin/a\n'],
		['what is kept elsewhere too', debian('COPY a.tgz /tmp/', 'RUN tar -xf /tmp/a.tgz && cp /tmp/a.tgz /srv/')],
		['what the container needs', debian('COPY a.tgz /srv/a.tgz', 'RUN tar -xf /srv/a.tgz', 'CMD ["serve", "/srv/a.tgz"]')],
		['a jar, which runs as it is', debian('COPY a.jar /', 'RUN java -jar /a.jar --init')],
		['another file of the name', debian('COPY a.deb /x/', 'RUN dpkg -i /y/a.deb')],
		['a package with the address of a repository', debian('COPY app-release_1_all.deb /tmp/', 'RUN dpkg -i /tmp/app-release_1_all.deb')],
		['an install under a condition', debian('COPY a.deb /tmp/', 'RUN if test -e /x; then dpkg -i /tmp/a.deb; fi')],
		['a destination that is not known', debian('ARG D', 'COPY a.deb $D/', 'RUN dpkg -i $D/a.deb')],
		['a package that a project keeps the address of', 'FROM node:22\nWORKDIR /app\nCOPY a.tgz ./\nRUN npm install ./a.tgz\n'],
		['an address', debian('ADD https://e.com/a.deb /a.deb', 'RUN dpkg -i /a.deb')],
		['ONBUILD', debian('ONBUILD COPY a.deb /', 'RUN dpkg -i /a.deb')],
	])('%s', (_what, text) => {
		silent(packageFileCopied, text);
	});
});

describe('package-file-copied mounts', () => {
	it.each([
		['a file of the build’s folder', debian('COPY ./x/a.deb /tmp/', 'RUN dpkg -i /tmp/a.deb'), debian('RUN --mount=type=bind,source=x/a.deb,target=/tmp/a.deb dpkg -i /tmp/a.deb')],
		[
			'a file of a stage, and keeps comments',
			'FROM debian:12 AS b\nFROM debian:12\n# the tool\nCOPY --from=b /out/a.tgz /tmp/\n# unpacked\nRUN tar -xf /tmp/a.tgz -C /opt \\\n    && make\n',
			'FROM debian:12 AS b\nFROM debian:12\n# the tool\n# unpacked\nRUN --mount=type=bind,from=b,source=/out/a.tgz,target=/tmp/a.tgz tar -xf /tmp/a.tgz -C /opt \\\n    && make\n',
		],
		[
			'and leaves a comment with what it speaks of, and one blank line of two',
			debian('# the tool', 'COPY a.tgz /tmp/', '', 'RUN tar -xf /tmp/a.tgz', '', 'COPY b.tgz /tmp/', '', 'RUN tar -xf /tmp/b.tgz').replaceAll('\n', '\r\n'),
			debian('# the tool', 'RUN --mount=type=bind,source=a.tgz,target=/tmp/a.tgz tar -xf /tmp/a.tgz', '', 'COPY b.tgz /tmp/', '', 'RUN tar -xf /tmp/b.tgz').replaceAll(
				'\n',
				'\r\n',
			),
		],
		[
			'a folder',
			'FROM python:3.12 AS b\nFROM python:3.12\nCOPY --from=b /wheels /wheels\nRUN pip install /wheels/*\n',
			'FROM python:3.12 AS b\nFROM python:3.12\nRUN --mount=type=bind,from=b,source=/wheels,target=/wheels pip install /wheels/*\n',
		],
	])('%s', (_what, before, after) => {
		fixes(packageFileCopied, before, after, 'review');
		expect(checkLaws(before)).toEqual([]);
	});

	it('for podman so that it may be read where SELinux is enforcing', () => {
		const context: Context = { builder: { kind: 'podman' } };
		fixes(
			packageFileCopied,
			debian('COPY a.deb /tmp/', 'RUN dpkg -i /tmp/a.deb'),
			debian('RUN --mount=type=bind,source=a.deb,target=/tmp/a.deb,z dpkg -i /tmp/a.deb'),
			'review',
			context,
		);
	});

	it.each([
		['a pattern', debian('COPY *.deb /tmp/', 'RUN dpkg -i /tmp/*.deb')],
		['two files of one COPY', debian('COPY a.deb b.deb /tmp/', 'RUN dpkg -i /tmp/a.deb /tmp/b.deb')],
		['another owner', debian('COPY --chown=1 a.deb /tmp/', 'RUN dpkg -i /tmp/a.deb')],
		['another use', debian('COPY a.deb /tmp/', 'RUN sha256sum /tmp/a.deb', 'RUN dpkg -i /tmp/a.deb')],
		['a second use in the RUN', debian('COPY a.tgz /tmp/', 'RUN tar -xf /tmp/a.tgz && chmod 600 /tmp/a.tgz')],
		['a folder that something else needs', debian('COPY a.deb /debs/', 'RUN dpkg -i /debs/a.deb', 'RUN touch /debs/done')],
		['a folder of which nobody knows where it is', 'FROM acme/x\nCOPY a.tgz .\nRUN tar -xf a.tgz\n'],
		['another mount', debian('COPY a.deb /tmp/', 'RUN --mount=type=cache,target=/var/cache/apt dpkg -i /tmp/a.deb')],
		['a stage below', 'FROM debian:12 AS a\nCOPY a.deb /\nFROM a\nRUN dpkg -i /a.deb\n'],
		['an image that is no stage', debian('COPY --from=acme/x /a.deb /tmp/', 'RUN dpkg -i /tmp/a.deb')],
		['a stage by its number, which mounts do not know', 'FROM debian:12\nFROM debian:12\nCOPY --from=0 /a.tgz /tmp/\nRUN tar -xf /tmp/a.tgz\n'],
		['a path that leads out of the folder', debian('COPY ../a.tgz /tmp/', 'RUN tar -xf /tmp/a.tgz')],
		['a frontend without mounts', `# syntax=docker/dockerfile:1.1\n${debian('COPY a.tgz /tmp/', 'RUN tar -xf /tmp/a.tgz')}`],
		['what a comment speaks of that would then speak of something else', debian('# the tool', 'COPY a.tgz /tmp/', 'RUN true', 'RUN tar -xf /tmp/a.tgz')],
		['ADD', debian('ADD a.deb /tmp/', 'RUN dpkg -i /tmp/a.deb')],
	])('but not %s', (_what, text) => {
		unfixable(packageFileCopied, text);
	});
});
