import { describe, expect, it } from 'vitest';
import { singlePlatformDownload } from '../../server/src/rules/single-platform-download';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const says = { download: /^this is for amd64 only, and it is fetched/, package: /^this package is for amd64 only/, path: /^this path is there on amd64 only/ };

describe('single-platform-download finds', () => {
	it.each([
		['download', 'curl', 'FROM debian\nRUN curl -fsSL -o /usr/bin/a «https://x.org/a-linux-amd64» && chmod +x /usr/bin/a\n'],
		['download', 'wget with quotes', 'FROM debian\nRUN cd /tmp && wget -q «"https://x.org/a_${V}_x86_64.tar.gz"»\n'],
		['download', 'a folder of the address', 'FROM debian\nRUN curl -fO «https://x.org/linux/x64/1.0/a.tar.gz»\n'],
		['download', 'what a variable holds the beginning of', 'FROM debian\nENV BASE=https://x.org\nRUN curl -fO «$BASE/a-amd64»\n'],
		['download', 'what searches', 'FROM elasticsearch:7\nRUN curl -fO «https://x.org/$ELASTICSEARCH_VERSION/$ARCHIVE_NAME-amd64.tgz»\n'],
		['download', 'ADD', 'FROM debian\nADD «https://x.org/a-amd64.tgz» /opt/\n'],
		['download', 'an address in a variable of the RUN', 'FROM debian\nRUN URL=«https://x.org/a-amd64.tgz» && curl -f $URL | tar xz\n'],
		['download', 'an address in ENV', 'FROM debian\nENV A_URL=«https://x.org/a-amd64.tgz» B=1\nRUN curl -f "$A_URL" | tar xz\n'],
		['download', 'an address in ENV as it used to be', 'FROM debian\nENV A_URL «https://x.org/a-amd64.tgz»\nRUN curl -f ${A_URL} | tar xz\n'],
		['download', 'an rpm', 'FROM almalinux:9\nRUN dnf -y install «https://x.org/a-1.2-3.el9.x86_64.rpm»\n'],
		['download', 'an rpm that rpm fetches', 'FROM almalinux:9\nRUN rpm -Uvh «https://x.org/a-1.2-3.el9.x86_64.rpm»\n'],
		['download', 'a file once, with its installation', 'FROM debian\nRUN curl -fO «https://x.org/a_amd64.deb» && dpkg -i a_amd64.deb\n'],
		['download', 'a file once, installed in another RUN', 'FROM debian\nADD «https://x.org/a_amd64.deb» /tmp/\nRUN apt-get install -y /tmp/a_amd64.deb\n'],
		['package', 'a file of the build context', 'FROM debian\nCOPY a_amd64.deb /tmp/\nRUN dpkg -i «/tmp/a_amd64.deb»\n'],
		['package', 'a package with its architecture', 'FROM almalinux:9\nRUN yum -y install «java-1.8.0-openjdk.x86_64»\n'],
		['package', 'one of apt', 'FROM debian\nRUN apt-get install -y «libc6:amd64»\n'],
		['path', 'COPY', 'FROM debian AS b\nFROM scratch\nCOPY --from=b «/lib/x86_64-linux-gnu/libc.so.6» /lib/\nCOPY --from=b /lib64/ld-linux-x86-64.so.2 /lib64/\n'],
		['download', 'a stage that is copied from', 'FROM debian AS b\nRUN curl -fo /a «https://x.org/a-amd64»\nFROM debian\nCOPY --from=b /a /\n'],
	] as const)('%s: %s', (kind, _what, text) => {
		const [finding] = finds(singlePlatformDownload, text);
		expect(finding?.message).toMatch(says[kind]);
		expect(finding?.severity).toBeUndefined();
	});

	it('all of a RUN at once', () => {
		const [finding] = finds(singlePlatformDownload, 'FROM debian\nRUN curl -fO «https://x.org/a-amd64» && curl -fO https://x.org/b-amd64\n');
		expect(finding?.related).toHaveLength(1);
	});

	it.each([
		['asks for the platform', 'FROM debian\nARG TARGETARCH\nRUN curl -fO https://x.org/b-$TARGETARCH\nRUN curl -fO «https://x.org/a-amd64»\n'],
		['asks dpkg', 'FROM debian\nRUN a=$(dpkg --print-architecture); curl -fO https://x.org/b-$a\nRUN curl -fO «https://x.org/a-amd64»\n'],
		['asks for the platform in FROM', 'FROM --platform=$TARGETPLATFORM debian\nRUN curl -fO «https://x.org/a-amd64»\n'],
		['has a stage for another one', 'FROM arm64v8/debian AS a\nFROM debian\nRUN curl -fO «https://x.org/a-amd64»\n'],
	])('more than a hint where the file elsewhere %s', (_what, text) => expect(finds(singlePlatformDownload, text)[0]?.severity).toBe('info'));
});

describe('single-platform-download is silent on', () => {
	const fetch = 'RUN curl -fO https://x.org/a-amd64\n';
	it.each([
		['a program that is for amd64 alone', 'FROM debian\nRUN curl -fsSL https://x.org/phantomjs-2.1.1-linux-x86_64.tar.bz2 | tar xj\n'],
		['a RUN with case', 'FROM debian\nRUN case $(uname -m) in x86_64) curl -fO https://x.org/a-amd64 ;; aarch64) curl -fO https://x.org/a-arm64 ;; esac\n'],
		['a RUN with if', 'FROM debian\nARG TARGETARCH\nRUN if [ "$TARGETARCH" = amd64 ]; then curl -fO https://x.org/a-x86_64; fi\n'],
		['a RUN that asks uname', 'FROM debian\nRUN if [ `uname -m` = x86_64 ]; then curl -fO https://x.org/a-amd64; fi\n'],
		['a RUN that asks a program called arch', 'FROM debian\nRUN curl -fO https://x.org/a$(arch --amd64 64 --arm arm32)\n'],
		['a RUN that asks dpkg', 'FROM debian\nRUN ARCH=$(dpkg --print-architecture) && curl -fO https://x.org/amd64/a-$ARCH\n'],
		['a RUN that fetches another one too', 'FROM debian\nRUN curl -fO https://x.org/a-amd64 && curl -fO https://x.org/a-arm64\n'],
		['a stage with a platform', `FROM --platform=linux/amd64 debian\n${fetch}`],
		['a stage on one with a platform', `FROM --platform=linux/amd64 debian AS a\nFROM a\n${fetch}`],
		['a stage on the building machine’s platform', `FROM --platform=$BUILDPLATFORM debian AS a\n${fetch}FROM scratch\nCOPY --from=a /a-amd64 /\n`],
		['an image that nobody knows, and which may be for one platform', `FROM circleci/php:7.2.11-cli-stretch-node\n${fetch}`],
		['an image that is for one platform', `FROM centos:6\n${fetch}`],
		['what was never there for another platform', 'FROM debian\nRUN curl -fO https://dl.google.com/linux/direct/google-chrome-stable_current_amd64.deb\n'],
		['a name that a program gives', 'FROM debian\nRUN curl -fO "https://x.org/a-$(xinfo --amd64 x86_64).tgz"\n'],
		['an image for one platform', `FROM amd64/debian\n${fetch}`],
		['a tag for one platform', `FROM quay.io/x/y:1.2-x86_64\n${fetch}`],
		['an image by digest', `FROM debian@sha256:${'0'.repeat(64)}\n${fetch}`],
		['an image by architecture', `ARG ARCH=amd64\nFROM \${ARCH}/debian\n${fetch}`],
		['a stage for one platform by its name', `FROM debian AS base-amd64\n${fetch}FROM base-amd64\n`],
		['Windows', 'FROM mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-ltsc2022\nADD https://x.org/a-amd64.zip /\n'],
		['a stage that is thrown away', `FROM debian AS a\n${fetch}FROM debian\nRUN true\n`],
		['a file for every architecture', 'FROM almalinux:9\nRUN rpm -Uvh https://x.org/epel/9/x86_64/epel-release-9.noarch.rpm\nRUN curl -fO https://x.org/amd64/a_1_all.deb\n'],
		['keys and lists', 'FROM almalinux:9\nRUN rpm --import https://x.org/x86_64/RPM-GPG-KEY-a && curl -fo /etc/yum.repos.d/a.repo https://x.org/x86_64/a.repo\n'],
		['a program for Windows', 'FROM debian\nRUN curl -fO https://x.org/a-windows-amd64.zip && curl -fO https://x.org/a-amd64.exe\n'],
		['where a file is put', 'FROM debian\nRUN curl -fo /usr/local/bin/a-amd64 https://x.org/a && curl -fo "$HOME/a-amd64" https://x.org/a\n'],
		['an address in an ARG', 'FROM debian\nARG URL=https://x.org/a-amd64\nRUN curl -fO $URL\n'],
		['an ENV that nothing fetches', 'FROM debian\nENV A=https://x.org/a-amd64\nRUN echo $A\n'],
		['a path that is not copied', 'FROM debian\nENV LD_LIBRARY_PATH=/usr/lib/x86_64-linux-gnu\nCOPY lib/x86_64-linux-gnu /lib/\n'],
		['another word', 'FROM debian\nRUN curl -fO https://x.org/icon-64x64.png && curl -fO https://x.org/maxx64.tgz\n'],
		['a stage for an image for one platform', `FROM debian AS a\n${fetch}FROM debian:12-amd64\nCOPY --from=a /a-amd64 /\n`],
		['a compiler for another system', 'FROM debian\nRUN apt-get install -y g++-mingw-w64-x86-64 gcc-x86-64-linux-gnu\n'],
		['ONBUILD', `FROM debian\nONBUILD ${fetch}`],
		['a LABEL', 'FROM debian\nLABEL url=https://x.org/a-amd64\n'],
	])('%s', (_what, text) => silent(singlePlatformDownload, text));
});

describe('single-platform-download repairs', () => {
	const address = (arch: string) => `https://dl.k8s.io/release/v1.31.0/bin/linux/${arch}/kubectl`;
	it.each([
		['ADD', `FROM debian\nADD ${address('amd64')} /a\n`, `FROM debian\nARG TARGETARCH\nADD ${address('${TARGETARCH}')} /a\n`],
		['a declared variable', `FROM debian\nARG TARGETARCH\nRUN curl -fO ${address('amd64')}\n`, `FROM debian\nARG TARGETARCH\nRUN curl -fO ${address('${TARGETARCH}')}\n`],
		[
			'the latest version',
			'FROM debian\nRUN curl -fLO "https://dl.k8s.io/release/$(curl -fLs https://dl.k8s.io/release/stable.txt)/bin/linux/amd64/kubectl"\n',
			'FROM debian\nARG TARGETARCH\nRUN curl -fLO "https://dl.k8s.io/release/$(curl -fLs https://dl.k8s.io/release/stable.txt)/bin/linux/${TARGETARCH}/kubectl"\n',
		],
		[
			'the file and its folder',
			'FROM debian\nENV V=v3.16.2\nRUN wget -q https://get.helm.sh/helm-$V-linux-amd64.tar.gz && tar xf helm-$V-linux-amd64.tar.gz && mv linux-amd64/helm /usr/bin\n',
			'FROM debian\nENV V=v3.16.2\nARG TARGETARCH\nRUN wget -q https://get.helm.sh/helm-$V-linux-${TARGETARCH}.tar.gz && tar xf helm-$V-linux-${TARGETARCH}.tar.gz && mv linux-${TARGETARCH}/helm /usr/bin\n',
		],
	])('%s', (_what, before, after) => {
		fixes(singlePlatformDownload, before, after, 'review');
		expect(checkLaws(before)).toEqual([]);
		silent(singlePlatformDownload, after);
	});

	it.each([
		['a project that is not known', 'FROM debian\nADD https://x.org/a-amd64 /a\n'],
		['a version that was not published for arm64', 'FROM debian\nADD https://get.helm.sh/helm-v2.1.0-linux-amd64.tar.gz /a/\n'],
		['a version that is not known', 'FROM debian\nARG V\nADD https://get.helm.sh/helm-$V-linux-amd64.tar.gz /a/\n'],
		['a checksum', `FROM debian\nRUN curl -fO ${address('amd64')} && echo "${'0'.repeat(64)} kubectl" | sha256sum -c\n`],
		['a checksum of ADD', `FROM debian\nADD --checksum=sha256:${'0'.repeat(64)} ${address('amd64')} /a\n`],
		['a second one that is not known', `FROM debian\nRUN curl -fO ${address('amd64')} && curl -fO https://x.org/a-amd64\n`],
		['single quotes', `FROM debian\nRUN curl -fO '${address('amd64')}'\n`],
		['a file that another instruction names', 'FROM debian\nADD https://get.helm.sh/helm-v3.0.0-linux-amd64.tar.gz /a/\nRUN tar xf /a/helm-v3.0.0-linux-amd64.tar.gz\n'],
		['a comment about it', `FROM debian\nRUN true \\\n  # amd64\n  && curl -fO ${address('amd64')}\n`],
		['the exec form', `FROM debian\nRUN ["curl", "-fO", "${address('amd64')}"]\n`],
		['an address in ENV', `FROM debian\nENV U=${address('amd64')}\nRUN curl -fO $U\n`],
		['a package', 'FROM debian\nRUN apt-get install -y libc6:amd64\n'],
	])('not %s', (_what, text) => unfixable(singlePlatformDownload, text));
});
