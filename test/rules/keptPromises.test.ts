import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { checkLaws } from '../support/laws';
import { merged } from '../support/merging';

const update = 'RUN apt-get update && apt-get install -y --no-install-recommends curl\n';
const cleaned = update.replace('\n', ' && rm -rf /var/lib/apt/lists/*\n');
const debian = (rest: string) => `FROM debian:12-slim\n${update}${rest}`;
const root = 'dnf -y --installroot /output --releasever 40 --setopt=install_weak_deps=False --nodocs install glibc-minimal-langpack nginx';
const ship = 'FROM scratch\nCOPY --from=b /output /\n';

/** What the safe repairs of a rule make of a text. */
function repaired(rule: string, text: string): string {
	const { text: after, settled } = fixAll(text, undefined, { upTo: 'safe', only: rule });
	expect(settled).toBe(true);
	expect(checkLaws(text)).toEqual([]);
	return after;
}

describe('package lists stay where something later reads them', () => {
	it.each([
		['a program that a variable names', debian('ARG APT=apt-get\nRUN $APT install -y git\n')],
		['a function', debian('RUN i() { apt-get install -y "$@"; }; i git\n')],
		['a script', debian('RUN ./setup\n')],
		['a program that was copied by name', debian('COPY get /usr/local/bin/\nRUN get git\n')],
		['a program that was copied with its folder', debian('COPY rootfs /\nRUN setup-all\n')],
		['a program that the file writes', debian('RUN echo "apt-get install -y git" > /usr/local/bin/get && chmod +x /usr/local/bin/get\nRUN get\n')],
		['another tool for the same lists', debian('RUN rosdep install -y x\n')],
		['another tool’s name for the same manager', debian('RUN aptitude install -y git\n')],
		['a question', debian('RUN apt-cache policy git > /policy\n')],
		['a question of the manager itself', debian('RUN apt list > /list\n')],
		['an update under a condition', debian('RUN if [ -n "$X" ]; then apt-get update; fi; apt-get install -y git && rm -rf /var/lib/apt/lists/*\n')],
		['an update only where something failed', debian('RUN apt-get install -y git || (apt-get update && apt-get install -y git); rm -rf /var/lib/apt/lists/*\n')],
		[
			'an update of some sources only',
			debian('RUN apt-get update -o Dir::Etc::sourcelist=sources.list.d/x.list -o APT::Get::List-Cleanup=0 && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n'),
		],
		['what the container starts', debian('CMD apt-get install -y $PACKAGES && exec app\n')],
		['what the container starts in the exec form', debian('ENTRYPOINT ["apt-get"]\n')],
		['a health check', debian('HEALTHCHECK CMD apt-cache stats\n')],
		['ONBUILD', debian('ONBUILD RUN ./install\n')],
		['one of two stages built on it', `FROM debian:12-slim AS base\n${update}FROM base AS a\nRUN apt-get install -y gcc\nFROM base\nCOPY --from=a /x /x\n`],
		['a COPY of a folder above', `FROM debian:12-slim AS base\n${update}FROM base\nCOPY --from=base /var/lib/apt /apt\n`],
		['a mount of the stage', `FROM debian:12-slim AS base\n${update}FROM base\nRUN --mount=type=bind,from=base,source=/var/lib/apt/lists,target=/lists cp -a /lists /x\n`],
		['nothing but the update in its RUN', 'FROM debian:12-slim\nRUN apt-get update\nCMD ["app"]\n'],
	])('%s', (_what, text) => {
		expect(repaired('package-cache-kept', text)).toBe(text);
	});

	it.each([
		['a RUN that updates', debian('RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\n')],
		['a RUN that updates and installs under the same condition', debian('RUN if [ -n "$X" ]; then apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*; fi\n')],
		['a program of another image', debian('COPY --from=composer /usr/bin/composer /usr/bin/composer\nRUN composer install\n')],
		['what belongs to the system', debian('COPY rootfs /\nRUN chmod +x /start && ln -s /start /usr/bin/start\n')],
		['a removal', debian('RUN apt-get purge -y curl\n')],
		['a command that starts something else', debian('CMD ["bash"]\n')],
	])('but go before %s', (_what, text) => {
		expect(repaired('package-cache-kept', text)).toContain(cleaned);
	});
});

describe('a cache stays where something later reads it', () => {
	it.each([
		['pip’s, copied with the folder above', 'FROM python:3.12 AS b\nRUN pip install -r r.txt\nFROM b\nCOPY --from=b /root/.cache /root/.cache\n'],
		['npm’s, in a RUN without a network', 'FROM node:22\nRUN npm ci\nRUN --network=none npm ci && npm cache clean --force\n'],
		['dnf’s logs in another root', `FROM fedora:40 AS b\nRUN ${root}\nRUN cat /output/var/log/dnf.log\n${ship}`],
		['apk’s, in a cache mount at its other place', 'FROM alpine:3.20\nRUN --mount=type=cache,target=/etc/apk/cache apk add curl\n'],
		['yarn’s, that Plug’n’Play runs from', 'FROM node:22\nCOPY .yarn .yarn\nRUN yarn install\n'],
		['yarn’s, with an option of yarn 2', 'FROM node:22\nRUN yarn install --immutable\n'],
	])('%s', (_what, text) => {
		expect(repaired('package-cache-kept', text)).toBe(text);
	});

	it('and yarn’s is removed without yarn, whose cleaning means something else since version 2', () => {
		expect(repaired('package-cache-kept', 'FROM node:22\nRUN yarn install --frozen-lockfile\n')).toContain(
			'--frozen-lockfile && rm -rf /usr/local/share/.cache/yarn ~/.cache/yarn\n',
		);
	});
});

describe('no command is appended that could not run', () => {
	it.each([
		['npm is removed', 'FROM node:22\nRUN npm ci && rm -rf /usr/local/lib/node_modules/npm /usr/local/bin/npm\n'],
		['npm is purged', 'FROM debian:12-slim\nRUN npm ci && apt-get purge -y npm\n'],
		['npm goes with a group of packages', 'FROM alpine:3.20\nRUN apk add --no-cache --virtual .build npm && npm ci && apk del .build\n'],
		['microdnf is erased', 'FROM redhat/ubi9-minimal\nRUN microdnf install -y x && rpm -e microdnf\n'],
		['the folder of programs is emptied', 'FROM fedora:40\nRUN dnf install -y x && rm -rf /usr/bin/*\n'],
		['yum 3 has no repository left', 'FROM centos:7\nRUN yum install -y x && rm -f /etc/yum.repos.d/*.repo\n'],
		['zypper has no repository left', 'FROM opensuse/leap:15.6\nRUN zypper -n in x && zypper rr -a\n'],
		['the base may not have it', 'FROM acme/base\nRUN if command -v dnf; then dnf install -y x; fi\n'],
		['another one is there instead', 'FROM acme/base\nRUN dnf install -y x || yum install -y x\n'],
		['a subshell finds it', 'FROM debian:12-slim\nRUN (. /nvm.sh && npm ci)\n'],
		['sudo may not be there', 'FROM debian:12-slim\nRUN if [ -x /usr/bin/sudo ]; then sudo apt-get update && sudo apt-get install -y x; fi\n'],
		['something runs beside it', 'FROM debian:12-slim\nRUN redis-server & apt-get update && apt-get install -y x\n'],
	])('%s', (_what, text) => {
		expect(repaired('package-cache-kept', text)).toBe(text);
	});

	it('and a command of another user stays that user’s', () => {
		expect(repaired('package-cache-kept', 'FROM node:22\nRUN sudo -u app -H npm ci\n')).toContain('npm ci && sudo -u app -H npm cache clean --force\n');
	});

	it('but a condition on a base that has the program is no reason', () => {
		expect(repaired('package-cache-kept', 'FROM node:22\nRUN if [ -f x ]; then npm ci; else npm i; fi\n')).toContain('fi && npm cache clean --force\n');
		expect(repaired('package-cache-kept', 'FROM fedora:40\nRUN dnf install -y x || yum install -y x\n')).toContain('yum install -y x && dnf clean all\n');
	});
});

describe('the cleaning of another root', () => {
	it.each([
		['keeps logs that a later RUN reads', `FROM fedora:40 AS b\nRUN ${root} && dnf clean all\nRUN grep nginx /output/var/log/dnf.log\n${ship}`],
		['keeps logs that a COPY takes', `FROM fedora:40 AS b\nRUN ${root} && dnf clean all\n${ship}COPY --from=b /output/var/log /logs\n`],
		['is not given to microdnf, which would refuse it', `FROM acme/base AS b\nRUN ${root} && microdnf clean all\n${ship}`],
		['is none where the root is the system', 'FROM fedora:40\nRUN dnf -y --installroot / install nginx && dnf clean all\n'],
		[
			'leaves the builder’s own cleaning where all of the builder is copied',
			`FROM fedora:40 AS b\nRUN dnf -y install rpm\nRUN ${root} && dnf clean all\nFROM scratch\nCOPY --from=b / /\n`,
		],
	])('%s', (_what, text) => {
		expect(repaired('cleaned-wrong-root', text)).toBe(text);
	});

	it('lets a shell that stops at failures do so', () => {
		expect(repaired('cleaned-wrong-root', `FROM fedora:40 AS b\nRUN set -e; ${root}; dnf clean all; touch /output/x\n${ship}`)).toContain(
			'; dnf --installroot /output clean all; rm -rf /output/var/cache/dnf /output/var/log/dnf* /output/var/log/hawkey.log; touch /output/x\n',
		);
	});
});

it('nothing is appended behind a loop where only SHELL, which not every builder heeds, stops at a failure', () => {
	const text = (first: string, shell: string) => `FROM debian:12-slim\n${shell}RUN ${first}apt-get update; for p in a b; do apt-get install -y $p; done\n`;
	const asked = text('', 'SHELL ["/bin/bash", "-ec"]\n');
	expect(repaired('package-cache-kept', asked)).toBe(asked);
	expect(repaired('package-cache-kept', text('set -e; ', ''))).toContain('done; rm');
	expect(repaired('package-cache-kept', text('', ''))).toContain('done && rm');
});

describe('RUNs stay apart where the next one needs a container or a shell of its own', () => {
	it.each([
		['another /bin/sh by ln', 'ln -sf /bin/bash /bin/sh', '[[ -f /x ]]'],
		['another /bin/sh by ln, from within its folder', 'ln -sf bash /usr/bin/sh', 'echo {a,b} > /x'],
		['another /bin/sh by rm and ln', 'rm /bin/sh && ln -s /bin/bash /bin/sh', 'echo {a,b} > /x'],
		['another /bin/sh by mv', 'mv /bin/sh /bin/sh.old', 'true'],
		['another /bin/sh by cp', 'cp /bin/bash /bin/sh', 'echo {a,b} > /x'],
		['another /bin/sh by update-alternatives', 'update-alternatives --install /bin/sh sh /bin/bash 1', 'echo {a,b} > /x'],
		['another /bin/sh by dpkg-divert', 'dpkg-divert --rename /bin/sh', 'true'],
		['another /bin/sh by dpkg-reconfigure', 'echo dash dash/sh boolean false | debconf-set-selections && dpkg-reconfigure dash', 'echo {a,b} > /x'],
		['another program of the same name', 'python -V && ln -sf /opt/python /usr/local/bin/python', 'python /x.py'],
		['other groups', 'usermod -aG docker root', 'id'],
		['files that are made anew', 'echo 1.2.3.4 example.com >> /etc/hosts', 'curl example.com'],
		['a device folder that is made anew', 'touch /dev/shm/x', 'test ! -e /dev/shm/x'],
		['an agent that goes on', 'gpg --recv-keys X', 'rm -rf /root/.gnupg'],
		['a daemon that goes on', './gradlew build', 'rm -rf /root/.gradle'],
		['the number of the process', 'echo $$', 'mkdir /tmp/$$'],
	])('%s', (_what, first, second) => {
		const text = `FROM debian:12-slim\nRUN curl -o /tmp/a https://example.com/a && ${first}\nRUN ${second} && rm /tmp/a\n`;
		expect(repaired('cleaned-too-late', text)).toBe(text);
		expect(merged(text)).toBe(text);
	});

	it.each([
		['a shell that reads its profile', 'SHELL ["/bin/bash", "-lc"]\n', ''],
		['a shell that BASH_ENV starts', 'ENV BASH_ENV=/env\nSHELL ["/bin/bash", "-c"]\n', ''],
		['a file system that is gone', '', '--mount=type=tmpfs,target=/opt '],
		['a mount that takes no changes', '', '--mount=type=bind,source=x,target=/opt,rw '],
		['a volume', 'VOLUME /tmp\n', ''],
	])('%s', (_what, before, flag) => {
		const text = `FROM debian:12-slim\n${before}RUN ${flag}curl -o /tmp/a https://example.com/a\nRUN ${flag}rm /tmp/a\n`;
		expect(repaired('cleaned-too-late', text)).toBe(text);
	});

	it.each(['gpg --dearmor -o /k < /x', 'ln -s /bin/bash /opt/shell', 'cat /etc/hosts > /x', 'useradd app', 'nginx -t', 'sed -i s/a/b/ /etc/app.conf'])(
		'but not for %s',
		(first) => {
			const text = `FROM debian:12-slim\nRUN curl -o /tmp/a https://example.com/a && ${first}\nRUN rm /tmp/a\n`;
			expect(repaired('cleaned-too-late', text)).toBe(text.replace('\nRUN rm', ' \\\n    && rm'));
		},
	);
});

describe('a line behind an installation is not taken for a package', () => {
	it.each(['/app/run.sh', 'include common', 'import os', 'gunicorn app:app', '{{ end }}'])('%s', (line) => {
		const text = `FROM debian:12-slim\nRUN apt-get install -y curl\n${line}\nCMD x\n`;
		expect(repaired('broken-continuation', text)).toBe(text);
	});

	it('unless it stands in a list', () => {
		expect(repaired('broken-continuation', 'FROM debian:12-slim\nRUN apt-get install -y curl\n    git\n')).toBe('FROM debian:12-slim\nRUN apt-get install -y curl \\\n    git\n');
		expect(repaired('broken-continuation', 'FROM debian:12-slim\nRUN apt-get install -y \\\ncurl\ngit\n')).toBe('FROM debian:12-slim\nRUN apt-get install -y \\\ncurl \\\ngit\n');
	});
});
