import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { loneFile } from '../../server/src/model/context/context';
import { packageCacheKept as rule } from '../../server/src/rules/package-cache-kept';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

describe('package-cache-kept finds', () => {
	it.each([
		// A pip that is new enough to keep something.
		'FROM ubuntu:16.04\nRUN apt-get update && apt-get install -y python-pip && rm -rf /var/lib/apt/lists/*\nRUN «pip install» flask\n',
		'FROM debian:jessie\nRUN apt-get update && apt-get install -y python-pip curl && rm -rf /var/lib/apt/lists/*\nRUN curl https://bootstrap.pypa.io/get-pip.py | python\nRUN «pip install» flask\n',
		'FROM python:2.7\nRUN «pip install» flask\n',
		'FROM fedora:33\nRUN «dnf -y install» nginx\n',
		'FROM fedora:42\nRUN «dnf install» -y nginx\n',
		'FROM centos:7\nRUN «yum -y update»\n',
		'FROM registry.access.redhat.com/ubi9/ubi-minimal\nRUN «microdnf install» -y nginx\n',
		'FROM mcr.microsoft.com/azurelinux/base/core:3.0\nRUN «tdnf install» -y nginx\n',
		'FROM opensuse/leap:15.6\nRUN «zypper -n install» nginx\n',
		'FROM opensuse/leap:15.6\nRUN «zypper --releasever 15.6 -n install» nginx\n',
		'FROM debian:12\nRUN «apt-get update» && apt-get install -y nginx\n',
		'FROM ubuntu\nRUN «apt update» && apt install -y nginx\n',
		'FROM alpine:3.20\nRUN «apk add» nginx\n',
		'FROM python:3.12\nRUN «pip install» flask\n',
		'FROM python:3.12\nRUN «python3 -m pip install»\n'.replace('«python3 -m pip install»', 'python3 -m «pip install» flask'),
		'FROM node:22\nRUN «npm ci»\n',
		'FROM node:22\nRUN «yarn»\n',
		'FROM node:22\nRUN «pnpm install» --frozen-lockfile\n',
		// An unknown base, another user, a wrapper, lower case, an exec form, a condition.
		'FROM quay.io/acme/base\nRUN «dnf -y install» nginx\n',
		'FROM fedora:33\nrun sudo -E «dnf -y install» nginx\n',
		'FROM fedora:33\nRUN ["dnf", "-y", "install", "nginx"]\n'.replace('"dnf", "-y", "install"', '"«dnf", "-y", "install»"'),
		'FROM fedora:33\nRUN if [ -n "$X" ]; then «dnf -y install» nginx; fi\n',
		'FROM fedora:33\nRUN <<EOF\n«dnf -y install» nginx\nEOF\n',
		// A script in quotes, in the exec form too, a loop, variables, ONBUILD.
		"FROM fedora:33\nRUN bash -c '«dnf -y install» nginx'\n",
		'FROM fedora:33\nRUN sudo /bin/sh -euxo pipefail -c "«dnf -y install» nginx"\n',
		'FROM fedora:33\nRUN bash -lc "echo \\"\\$X\\"; «dnf -y install» $PKGS"\n',
		'FROM fedora:33\nRUN bash -c "sh -c \'«dnf -y install» nginx\'"\n',
		'FROM fedora:33\nRUN ["/bin/bash", "-c", "echo \\"x\\" && «dnf -y install» nginx"]\n',
		'FROM fedora:33\nRUN for p in nginx tar; do «dnf -y install» $p; done\n',
		'FROM fedora:33\nENV PM=dnf\nRUN «$PM -y install» nginx\n',
		'FROM fedora:33\nONBUILD RUN «dnf -y install» nginx\n',
		// Cleaned before, not after.
		'FROM fedora:33\nRUN dnf clean all && «dnf -y install» nginx\n',
		// Something else is removed (hadolint takes any rm -rf for cleaning).
		'FROM debian:12\nRUN «apt-get update» && apt-get install -y --no-install-recommends curl=1 && rm -rf /tmp/build\n',
		'FROM fedora:33\nRUN «dnf install» -y httpd-2 && rm -rf /tmp/x\n',
		// The stage is built on one that leaves a cache: both ship.
		'FROM fedora:33 AS base\nRUN «dnf -y install» nginx\nFROM base\nRUN true\n',
		// dnf 5 keeps its cache elsewhere, so this mount does not help.
		'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/dnf «dnf install» -y httpd\n',
		// Only what was made of the metadata goes.
		'FROM fedora:42\nRUN «dnf -y install» nginx && dnf clean dbcache\n',
		// Values of options that only dnf 5 has are no verb.
		'FROM fedora:42\nRUN «dnf -y --setvar a=b --disable-repo updates install» nginx\n',
		// The root that is copied keeps the cache.
		'FROM fedora:40 AS b\nRUN «dnf --installroot /mnt/rootfs install» -y x\nFROM scratch\nCOPY --from=b /mnt/rootfs/ /\n',
		// docker-clean is gone, so packages stay too.
		'FROM debian:12\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN «apt-get update» && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*\n',
	])('%j', (marked) => {
		finds(rule, marked);
	});

	it('names every folder', () => {
		expect(finds(rule, 'FROM fedora:42\nRUN «dnf -y install» x\n')[0]?.message).toBe('dnf leaves its repository metadata and package cache (/var/cache/libdnf5) in this layer');
	});

	it('gives a number with its source only on a known base', () => {
		expect(finds(rule, 'FROM debian:12\nRUN «apt-get update»\n')[0]?.saves?.source).toContain('19.4 MB');
		expect(finds(rule, 'FROM quay.io/acme/base\nRUN «apt-get update»\n')[0]?.saves).toBeUndefined();
	});
});

describe('package-cache-kept is silent', () => {
	it.each([
		// Somebody asks the program where its cache is.
		'FROM node:22\nRUN npm ci && rm -rf "$(npm config get cache)"\n',
		'FROM node:22\nRUN yarn && rm -rf $(yarn cache dir)\n',
		'FROM node:22\nRUN npm set cache /x && npm ci\n',
		// pip kept nothing and knew no --no-cache-dir before its version 6.
		'FROM ubuntu:14.04\nRUN apt-get update && apt-get install -y python-pip && rm -rf /var/lib/apt/lists/*\nRUN pip install flask\n',
		'FROM debian:jessie\nRUN apt-get update && apt-get install -y python3-pip && rm -rf /var/lib/apt/lists/*\nRUN pip3 install --upgrade pip\n',
		'FROM ruby:2.1.10\nRUN apt-get update && apt-get install -y python-pip && rm -rf /var/lib/apt/lists/*\nRUN pip install littlechef\n',
		'FROM phusion/baseimage:0.9.18\nRUN apt-get update && apt-get install -y python-pip && rm -rf /var/lib/apt/lists/* && pip install flask\n',
		'FROM fedora:33\nRUN dnf -y install nginx && dnf clean all\n',
		'FROM fedora:33\nRUN dnf -y install nginx && dnf -y clean all --enablerepo="*"\n',
		'FROM fedora:33\nRUN dnf -y install nginx; rm -rf /var/cache/dnf\n',
		'FROM centos:7\nRUN yum -y install nginx && rm -rf /var/cache/yum\n',
		'FROM fedora:33\nRUN dnf -y install nginx && rm -rf /var/cache/* /tmp/*\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -fr /var/lib/apt/lists\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -r /var/lib/apt/lists/* -f\n',
		'FROM debian:13\nRUN apt-get update && apt-get install -y x && apt-get dist-clean\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y x && find /var/lib/apt/lists -type f -delete\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -rf /var/{cache/apt,lib/apt/lists}/*\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y x && /autoware/cleanup_apt.sh\n',
		'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y x\n',
		'FROM debian:12\nRUN --mount=type="tmpfs",target=/var apt-get update && apt-get install -y x\n',
		'FROM redhat/ubi9\nRUN --mount=type=cache,target=/var/cache/dnf dnf install -y httpd-2\n',
		'FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum yum install -y httpd-2\n',
		'FROM quay.io/acme/base\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y httpd-2\n',
		'FROM redhat/ubi9 AS b\nRUN dnf install -y gcc-1\nFROM scratch\nCOPY --from=b /x /x\n',
		'FROM redhat/ubi9-minimal\nRUN microdnf clean all && microdnf install -y nginx-1 && microdnf clean all\n',
		'FROM redhat/ubi9-minimal\nRUN INSTALL_PKGS="a b" && microdnf -y --setopt=tsflags=nodocs install $INSTALL_PKGS && rpm -V $INSTALL_PKGS && microdnf -y clean all --enablerepo="*"\n',
		'FROM fedora:40 AS b\nRUN dnf --installroot /mnt/rootfs install -y x && dnf --installroot /mnt/rootfs clean all\nFROM scratch\nCOPY --from=b /mnt/rootfs/ /\n',
		'FROM fedora:40 AS b\nRUN dnf --installroot=/r --setopt=cachedir=/tmp/c install -y x\nFROM scratch\nCOPY --from=b /r /\n',
		'FROM alpine\nRUN apk add --no-cache x\n',
		'FROM alpine\nRUN apk --no-cache add x\n',
		// Without the network no index is fetched, as the official images of Python and Ruby do it.
		'FROM alpine\nRUN apk add --no-cache --virtual .b gcc; deps="$(scanelf x)"; apk add --no-network --virtual .r $deps; apk del --no-network .b\n',
		"FROM alpine\nRUN find /usr/local -type f -exec scanelf '{}' + | xargs -rt apk add --no-network --virtual .r\n",
		'FROM alpine\nRUN apk add --update x && rm -rf /var/cache/apk/*\n',
		'FROM alpine\nRUN apk del x\n',
		'FROM python:3.12\nRUN pip install --no-cache-dir flask\n',
		'FROM python:3.12\nENV PIP_NO_CACHE_DIR=off\nRUN pip install flask\n',
		'FROM python:3.12 AS a\nENV A=1 PIP_NO_CACHE_DIR=1\nFROM a\nRUN pip install flask\n',
		'FROM python:3.12\nRUN PIP_NO_CACHE_DIR=1 pip install flask\n',
		'FROM python:3.12\nRUN export PIP_NO_CACHE_DIR=1; pip install flask\n',
		'FROM python:3.12\nRUN pip config set global.no-cache-dir true\nRUN pip install flask\n',
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache pip install flask\n',
		'FROM python:3.12\nRUN pip install flask && rm -rf ~/.cache\n',
		'FROM python:3.12\nRUN pip install flask && rm -rf $HOME/.cache/pip\n',
		'FROM python:3.12\nRUN pip install --no-index --find-links=/wheels x\n',
		'FROM python:3.12\nRUN pip install x && pip cache purge\n',
		'FROM node:22\nRUN npm ci --omit=dev && npm cache clean --force\n',
		'FROM node:22\nENV npm_config_cache=/tmp/npm\nRUN npm ci\n',
		'FROM node:22\nRUN npm run build\n',
		'FROM node:22\nRUN yarn build\n',
		'FROM node:22\nRUN yarn install && yarn cache clean --all\n',
		// The options that variables hold, the scripts that clean, and stages that nobody builds on.
		'FROM alpine\nENV OPTS="--no-cache"\nRUN apk add $OPTS nginx\n',
		'FROM alpine\nARG OPTS="--no-cache --virtual x"\nRUN apk add $OPTS nginx\n',
		'FROM alpine\nRUN bash -c "apk add --no-cache nginx"\n',
		'FROM fedora:33\nRUN bash -c "dnf -y install nginx && dnf clean all"\n',
		"FROM fedora:33\nRUN sh -c 'dnf -y install nginx'; sh -c 'dnf clean all'\n",
		'FROM python:3.12\nRUN PIP_NO_CACHE_DIR=1 bash -c "pip install flask"\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y curl && curl -sS https://example.org/bin/clean_caches.sh | sh\n',
		'FROM fedora:33\nRUN bash -n -c "dnf -y install nginx"\n',
		'FROM fedora:33\nRUN bash "dnf -y install nginx"\n',
		'FROM fedora:33 AS a\nONBUILD RUN dnf -y install nginx\nFROM a\n',
		// It fails for want of rights.
		'FROM debian:12\nUSER 1000\nRUN apt-get update && apt-get install vim\n',
		'FROM fedora:33\nONBUILD RUN dnf -y install nginx && dnf clean all\n',
		'FROM fedora:33\nRUN echo "dnf -y install nginx"\n',
		'FROM fedora:33\nRUN chroot /x dnf -y install nginx\n',
		"FROM fedora:33\nRUN dnf -y install 'open\n",
		'# escape=`\nFROM mcr.microsoft.com/windows/servercore\nSHELL ["powershell"]\nRUN apt-get update\n',
		'FROM scratch\nCOPY x /x\n',
		'',
	])('%j', (text) => {
		silent(rule, text);
	});

	it('where another stage is built', () => {
		silent(rule, 'FROM debian:12 AS a\nRUN true\nFROM a AS test\nRUN apt-get update && apt-get install -y x\n', { builder: { kind: 'any' }, target: 'a' });
	});
});

describe('package-cache-kept repairs', () => {
	it.each([
		['FROM fedora:33\nRUN dnf -y install nginx', 'FROM fedora:33\nRUN dnf -y install nginx && dnf clean all'],
		['FROM fedora:33\nRUN sudo dnf -y install nginx # web\n', 'FROM fedora:33\nRUN sudo dnf -y install nginx && sudo dnf clean all # web\n'],
		['FROM centos:7\nRUN yum -y install nginx;\n', 'FROM centos:7\nRUN yum -y install nginx && yum clean all;\n'],
		[
			'FROM debian:12\nRUN apt-get update && apt-get install -y \\\n    curl \\\n    git\n',
			'FROM debian:12\nRUN apt-get update && apt-get install -y \\\n    curl \\\n    git \\\n    && rm -rf /var/lib/apt/lists/*\n',
		],
		[
			'FROM debian:12\r\nRUN apt-get update \\\r\n && apt-get install -y \\\r\n    # the tool\r\n    curl\r\n',
			'FROM debian:12\r\nRUN apt-get update \\\r\n && apt-get install -y \\\r\n    # the tool\r\n    curl \\\r\n && rm -rf /var/lib/apt/lists/*\r\n',
		],
		[
			'FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl\n',
			'FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl && \\\n    rm -rf /var/lib/apt/lists/*\n',
		],
		[
			'FROM debian:12\nRUN apt-get update; \\\n    apt-get install -y curl\n',
			'FROM debian:12\nRUN apt-get update; \\\n    apt-get install -y curl && \\\n    rm -rf /var/lib/apt/lists/*\n',
		],
		[
			'# escape=`\nFROM debian:12\nRUN apt-get update `\n && apt-get install -y curl\n',
			'# escape=`\nFROM debian:12\nRUN apt-get update `\n && apt-get install -y curl `\n && rm -rf /var/lib/apt/lists/*\n',
		],
		[
			'FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nEOF\n',
			'FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl && rm -rf /var/lib/apt/lists/*\nEOF\n',
		],
		['FROM alpine\nRUN apk add x && apk add y\n', 'FROM alpine\nRUN apk add --no-cache x && apk add --no-cache y\n'],
		['FROM alpine\nRUN apk update && apk add x\n', 'FROM alpine\nRUN apk update && apk add x && rm -rf /var/cache/apk/*\n'],
		['FROM python:3.12\nRUN pip3 install \\\n  flask\n', 'FROM python:3.12\nRUN pip3 install --no-cache-dir \\\n  flask\n'],
		['FROM alpine\nRUN apk update && apk upgrade \\\n\n', 'FROM alpine\nRUN apk update && apk upgrade && rm -rf /var/cache/apk/* \\\n\n'],
		['FROM alpine\nRUN apk update \\\n && apk add \\\n  lib \\\n', 'FROM alpine\nRUN apk update \\\n && apk add \\\n  lib \\\n && rm -rf /var/cache/apk/* \\\n'],
		['FROM node:22\nRUN npm ci || npm install\n', 'FROM node:22\nRUN npm ci || npm install && npm cache clean --force\n'],
		['FROM fedora:40\nRUN if true; then dnf -y install x; fi\n', 'FROM fedora:40\nRUN if true; then dnf -y install x; fi && dnf clean all\n'],
		[
			'FROM debian:12\nRUN apt-get update && apt-get install -y x\nRUN apt-get update && apt-get install -y y && rm -rf /var/lib/apt/lists/*\n',
			'FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y y && rm -rf /var/lib/apt/lists/*\n',
		],
		['FROM quay.io/acme/base\nRUN apt-get update && apt-get install -y x\n', 'FROM quay.io/acme/base\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n'],
		[
			'FROM fedora:40 AS b\nRUN dnf --installroot=/r -y install x\nFROM scratch\nCOPY --from=b /r /\n',
			'FROM fedora:40 AS b\nRUN dnf --installroot=/r -y install x && dnf --installroot=/r clean all && rm -rf /r/var/cache/dnf /r/var/log/dnf* /r/var/log/hawkey.log\nFROM scratch\nCOPY --from=b /r /\n',
		],
		[
			'FROM fedora:40 AS b\nRUN dnf --installroot /root/r/ -y install x\nFROM scratch\nCOPY --from=b /root/r /\n',
			'FROM fedora:40 AS b\nRUN dnf --installroot /root/r/ -y install x && dnf --installroot /root/r/ clean all && rm -rf /root/r/var/cache/dnf /root/r/var/log/dnf* /root/r/var/log/hawkey.log\nFROM scratch\nCOPY --from=b /root/r /\n',
		],
		// In a script in quotes, at its end, or behind it where that does not matter.
		["FROM fedora:40\nRUN bash -c 'dnf -y install x'\n", "FROM fedora:40\nRUN bash -c 'dnf -y install x && dnf clean all'\n"],
		['FROM fedora:40\nRUN sudo bash -lc "dnf -y install \\"$P\\""\n', 'FROM fedora:40\nRUN sudo bash -lc "dnf -y install \\"$P\\" && dnf clean all"\n'],
		[
			'FROM debian:12\nRUN bash -c "apt-get update && \\\n    apt-get install -y x \\\n    "\n',
			'FROM debian:12\nRUN bash -c "apt-get update && \\\n    apt-get install -y x && \\\n    rm -rf /var/lib/apt/lists/* \\\n    "\n',
		],
		["FROM fedora:40\nRUN <<EOF\nbash -c 'dnf -y install x\ntrue'\nEOF\n", "FROM fedora:40\nRUN <<EOF\nbash -c 'dnf -y install x\ntrue && dnf clean all'\nEOF\n"],
		['FROM fedora:40\nRUN bash -c "sh -c \'dnf -y install x\'"\n', 'FROM fedora:40\nRUN bash -c "sh -c \'dnf -y install x && dnf clean all\'"\n'],
		['FROM debian:12\nRUN sh -c "apt-get update" && apt-get install -y x\n', 'FROM debian:12\nRUN sh -c "apt-get update" && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n'],
		['FROM debian:12\nRUN sudo sh -c "apt-get update" && ./x\n', 'FROM debian:12\nRUN sudo sh -c "apt-get update" && ./x && sudo rm -rf /var/lib/apt/lists/*\n'],
		["FROM python:3.12\nRUN bash -c 'pip install x' && ./x\n", "FROM python:3.12\nRUN bash -c 'pip install --no-cache-dir x' && ./x\n"],
		// A script whose commands are all there reads nothing that nobody sees.
		[
			'FROM debian:12\nRUN apt-get update && apt-get install -y x\nRUN bash -c "echo x > /y"\n',
			'FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\nRUN bash -c "echo x > /y"\n',
		],
		['FROM fedora:40\nRUN for p in a b; do dnf -y install $p; done\n', 'FROM fedora:40\nRUN for p in a b; do dnf -y install $p; done && dnf clean all\n'],
		['FROM fedora:40\nENV PM=dnf\nRUN $PM -y install x\n', 'FROM fedora:40\nENV PM=dnf\nRUN $PM -y install x && dnf clean all\n'],
		['FROM fedora:40\nENV PM="sudo dnf -y"\nRUN $PM install x\n', 'FROM fedora:40\nENV PM="sudo dnf -y"\nRUN $PM install x && sudo dnf clean all\n'],
	])('%j', (before, after) => {
		fixes(rule, before, after, 'safe');
		expect(checkLaws(before)).toEqual([]);
	});

	it.each([
		['FROM fedora:40\nONBUILD RUN dnf -y install x\n', 'FROM fedora:40\nONBUILD RUN dnf -y install x && dnf clean all\n'],
		['FROM python:3.12\nONBUILD RUN if [ -s r ]; then pip install -r r; fi\n', 'FROM python:3.12\nONBUILD RUN if [ -s r ]; then pip install --no-cache-dir -r r; fi\n'],
	])('not for sure what others build on: %j', (before, after) => {
		fixes(rule, before, after, 'suggested');
		expect(checkLaws(before)).toEqual([]);
	});

	it('all of a long row of RUNs at once where an earlier one has fetched what they read', () => {
		const rows = Array.from({ length: 14 }, (_, index) => `RUN apk add p${index}\n`).join('');
		const text = `FROM alpine\nRUN apk update\n${rows}COPY . /srv\nRUN rm -rf /var/cache/*\n`;
		const result = fixAll(text, loneFile, { upTo: 'safe', only: rule.id });
		expect([result.settled, result.text]).toEqual([true, text.replaceAll('apk add', 'apk add --no-cache')]);
	});

	it('not the first of them where only it fetches what the others read', () => {
		const fixed = (text: string) =>
			fixAll(text, loneFile, { upTo: 'safe', only: rule.id })
				.applied.filter(({ pass }) => pass === 1)
				.map(({ line }) => line);
		expect(fixed('FROM alpine\nRUN apk add -U x\nRUN apk add y\n')).toEqual([2]);
		expect(fixed('FROM alpine\nRUN apk update\nRUN rm -rf /var/cache/apk/*\nRUN apk add x\nRUN apk add y\n')).toEqual([4]);
		expect(fixed('FROM alpine\nRUN apk update || true\nRUN apk add x\nRUN apk add y\n')).toEqual([2, 3]);
		expect(fixed('FROM alpine\nRUN true || apk update\nRUN apk add x\nRUN apk add y\n')).toEqual([3]);
	});
});

describe('package-cache-kept leaves a here-document to its command', () => {
	it.each([
		['cat > /x <<EOF', 'cat > /x <<EOF && dnf clean all'],
		["bash -e 3<<-'EOF'", "bash -e 3<<-'EOF' && dnf clean all"],
		['if a; then b; fi <<EOF', 'if a; then b; fi <<EOF && dnf clean all'],
		['cat <<EOF > /x', 'cat <<EOF > /x && dnf clean all'],
		['cat > /x <<EOF && b', 'cat > /x <<EOF && b && dnf clean all'],
	])('%s', (before, after) => {
		const text = (command: string) => `FROM fedora:40\nRUN dnf -y install nginx && ${command}\na\nEOF\n`;
		fixes(rule, text(before), text(after), 'safe');
		expect(checkLaws(text(before))).toEqual([]);
	});
});

describe('package-cache-kept does not repair', () => {
	it.each([
		// The program is gone at the end.
		'FROM alpine:3.20\nRUN apk add --no-cache --virtual build-dependencies npm && npm install -g x && apk del build-dependencies\n',
		'FROM alpine:3.20\nRUN apk add --no-cache -t tools npm && npm install -g x && apk del tools\n',
		'FROM alpine:3.20\nRUN apk add --no-cache --virtual=build go && go mod download && go build -o /app . && apk del build\nCMD ["/app"]\n',
		'FROM alpine:3.20\nRUN apk add --no-cache ruby && gem install x && apk del ruby\n',
		'FROM fedora:40\nRUN dnf -y install golang && go mod download && go build -o /app . && dnf -y remove golang && dnf clean all\nCMD ["/app"]\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y ruby && gem install x && apt-mark auto ruby && apt-get purge -y --auto-remove && rm -rf /var/lib/apt/lists/*\n',
		// Later steps need the lists.
		'FROM debian:12\nRUN apt-get update\nRUN apt-get install -y x && rm -rf /var/lib/apt/lists/*\n',
		'FROM debian:12 AS a\nRUN apt-get update\nFROM a\nRUN apt-get install -y x && rm -rf /var/lib/apt/lists/*\n',
		'FROM debian:12\nRUN apt-get update\nRUN ./install.sh\n',
		'FROM debian:12\nRUN apt-get update\nRUN bash /tmp/x\n',
		'FROM debian:12\nRUN apt-get update\nRUN ls /var/lib/apt/lists\n',
		'FROM debian:12\nRUN apt-get update\nONBUILD RUN apt-get install -y x\n',
		'FROM debian:12\nONBUILD RUN apt-get update && apt-get install -y x\n',
		// A script in quotes that something follows, that runs often or never, or whose quotes would not hold it.
		'FROM fedora:40\nRUN bash -c "dnf -y install x" && ./x\n',
		"FROM node:22\nRUN sudo sh -c 'npm ci' && ./x\n",
		'FROM fedora:40\nRUN cat list | xargs sh -c "dnf -y install x"\n',
		'FROM fedora:40\nRUN ["sh", "-c", "dnf -y install x"]\n',
		'FROM fedora:40\nRUN bash -c "dnf -y install x; exit 0"\n',
		'FROM fedora:40\nRUN bash -c "dnf -y install x &"\n',
		'FROM fedora:40\nRUN bash -ec "dnf -y install x; for i in 1 2; do a && b; done"\n',
		'FROM debian:12\nRUN apt-get update\nRUN bash -c "$(cat /x)"\n',
		'FROM debian:12\nRUN apt-get update\nRUN bash -c "./x"\n',
		'FROM node:22\nRUN npm ci\nRUN npm install --offline\n',
		'FROM node:22 AS a\nRUN npm ci\nCOPY --from=a /root/.npm /x\n'.replace('COPY', 'FROM a\nCOPY'),
		'FROM fedora:33\nRUN dnf makecache\nRUN dnf -C search x\n',
		// The end of the RUN is not reached, or is not exactly known.
		'FROM fedora:33\nRUN dnf -y install x; exit 0\n',
		'FROM fedora:33\nRUN dnf -y install x &\n',
		'FROM fedora:33\nRUN ["dnf", "-y", "install", "x"]\n',
		'FROM fedora:33\nRUN dnf -y install x && exec true\n',
		// A backslash too many: the RUN goes on into the ENV.
		'FROM debian:12\nRUN apt-get update && apt-get install -y x && unzip y \\\n\n# why\nENV A=1\n\nRUN true\n',
		// A path that needs quotes goes into no rm -rf.
		'FROM fedora:40 AS b\nRUN dnf --installroot "/a b" -y install x\nFROM scratch\nCOPY --from=b ["/a b", "/"]\n',
	])('%j', (text) => {
		unfixable(rule, text);
	});
});

describe('package-cache-kept names the place of the cache', () => {
	it.each([
		['of dnf, where the base has it', 'FROM centos:8\nRUN «yum -y install» httpd\n', 'yum leaves its repository metadata and package cache (/var/cache/dnf) in this layer'],
		['of yum, where the base has it', 'FROM centos:7\nRUN «yum -y install» httpd\n', 'yum leaves its repository metadata and package cache (/var/cache/yum) in this layer'],
		['not where nobody knows which of the two it is', 'FROM corp/x\nRUN «yum -y install» httpd\n', 'yum leaves its repository metadata and package cache in this layer'],
	])('%s', (_what, text, message) => {
		expect(finds(rule, text)[0]?.message).toBe(message);
	});
});

it('package-cache-kept counts the lists of a distribution once for a stage, and what a language fetches for each RUN', () => {
	const bytes = (text: string) => new Set(finds(rule, text).map(({ saves }) => saves?.of)).size;
	expect(bytes('FROM debian:12\nRUN «apt-get update»\nRUN «apt-get update» && make\n')).toBe(1);
	expect(bytes('FROM python:3.12\nRUN «pip install» flask\nRUN «pip install» django\n')).toBe(2);
});

it('package-cache-kept tells of what a user does with the rights of root, or as root again', () => {
	finds(rule, 'FROM debian:12\nUSER app\nRUN sudo «apt-get update»\n');
	finds(rule, 'FROM debian:12\nUSER app\nUSER root\nRUN «apt-get update»\n');
	finds(rule, 'FROM debian:12\nARG NAME\nUSER $NAME\nRUN «apt-get update»\n');
});
