import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { lint } from '../../server/src/lint/lint';
import { cleanedTooLate as rule } from '../../server/src/rules/cleaned-too-late';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const debian = 'FROM debian:12\n';
const unknown = 'FROM registry.example.com/base\n';

describe('a package manager’s cache', () => {
	it('is found where a later RUN cleans it', () => {
		const [finding] = finds(rule, 'FROM fedora:40\nRUN dnf -y install a\nRUN «dnf clean all»\n');
		expect(finding?.message).toBe('this comes too late to make the image smaller: the layer of an earlier RUN keeps dnf’s repository metadata and package cache');
		expect(finding?.severity).toBeUndefined();
		finds(rule, `${debian}RUN apt-get update && apt-get install -y a\nCOPY b c\nRUN x && «rm -rf /var/lib/apt/lists/*» && y\n`);
		finds(rule, `${debian}RUN apt-get update\nRUN apt-get install -y a && «rm -fr /var/lib/apt/lists»\n`);
		finds(rule, `from alpine:3.20\nrun apk add a\nrun «rm -rf /var/cache/apk/*»\n`);
		finds(rule, `FROM node:20\nRUN npm install -g a\nRUN «npm cache clean --force»\n`);
		finds(rule, `${debian}RUN apt-get update\nRUN «find /var/lib/apt/lists -type f -delete»\n`);
		finds(rule, `${unknown}RUN microdnf install a\nRUN «sudo microdnf clean all»\n`);
		finds(rule, `${debian}RUN apt-get update\nRUN <<EOF\n«rm -rf /var/lib/apt/lists/*»\nEOF\n`);
		finds(rule, `${debian}RUN pip install a\nRUN «rm -rf /root/.cache»\n`);
	});

	it('counts the same bytes as the finding at the RUN that filled it', () => {
		const found = lint('FROM fedora:40\nRUN dnf -y install a\nRUN dnf clean all\n').findings.filter(({ saves }) => saves);
		expect(found.map((one) => one.rule).sort()).toContain('package-cache-kept');
		const mine = found.find((one) => one.rule === rule.id);
		expect(mine?.saves?.atMost).toBeGreaterThan(0);
		expect(found.find((one) => one.rule === 'package-cache-kept')?.saves?.of).toBe(mine?.saves?.of);
		expect(finds(rule, `${unknown}RUN dnf -y install a\nRUN «dnf clean all»\n`)[0]?.saves).toBeUndefined();
	});

	it('is not found where nothing is left to clean', () => {
		silent(rule, 'FROM fedora:40\nRUN dnf -y install a && dnf clean all\nRUN dnf clean all\n');
		silent(rule, 'FROM fedora:40\nRUN --mount=type=cache,target=/var/cache/dnf dnf -y install a\nRUN dnf clean all\n');
		silent(rule, 'FROM fedora:40\nRUN dnf clean all\n');
		silent(rule, `${debian}RUN apt-get install -y a\nRUN apt-get clean\n`);
		silent(rule, 'FROM alpine\nRUN apk add --no-cache a\nRUN rm -rf /var/cache/apk/*\n');
		silent(rule, 'FROM fedora:40\nRUN dnf -y install a\nRUN --mount=type=cache,target=/var/cache/dnf dnf clean all\n');
	});

	it('is not found where the RUN cleans what it filled itself', () => {
		silent(rule, 'FROM fedora:40\nRUN dnf -y install a\nRUN dnf -y install b && dnf clean all\n');
		silent(rule, `${debian}RUN apt-get update\nRUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/*\n`);
	});

	it('is found once however often it is cleaned', () => {
		finds(rule, 'FROM fedora:40\nRUN dnf -y install a\nRUN «dnf clean all»\nRUN dnf clean all && rm -rf /var/cache/dnf\n');
	});

	it('is not found in doubt', () => {
		silent(rule, `${debian}RUN apt-get update\nRUN clean-layer.sh\n`);
		silent(rule, `${debian}RUN apt-get update\nRUN rm -rf $LISTS\n`);
		silent(rule, `${debian}RUN apt-get update\nRUN cd /var/lib && rm -rf lists\n`);
		silent(rule, `${debian}RUN apt-get update\nRUN if x; then rm -rf /var/lib/apt/lists; fi\n`);
		silent(rule, `${debian}RUN apt-get update\nONBUILD RUN rm -rf /var/lib/apt/lists/*\n`);
	});

	it('is no matter in a stage that is thrown away', () => {
		silent(rule, 'FROM fedora:40 AS b\nRUN dnf -y install a\nRUN dnf clean all\nFROM scratch\nCOPY --from=b /x /x\n');
		finds(rule, 'FROM fedora:40 AS b\nRUN dnf -y install a\nFROM b\nRUN «dnf clean all»\n');
	});

	it('is repaired by merging, where that means the same', () => {
		fixes(rule, 'FROM fedora:40\nRUN dnf -y install a\n# clean\nRUN dnf clean all\n', 'FROM fedora:40\nRUN dnf -y install a \\\n    # clean\n    && dnf clean all\n', 'safe');
		fixes(
			rule,
			`${debian}RUN apt-get update\nRUN apt-get install -y \\\n  a\nRUN make\nRUN rm -rf /var/lib/apt/lists/*\n`,
			`${debian}RUN apt-get update \\\n    && apt-get install -y \\\n  a \\\n    && make \\\n    && rm -rf /var/lib/apt/lists/*\n`,
			'safe',
		);
		fixes(
			rule,
			'FROM fedora:40\nRUN dnf -y install a\nENV x=y\nRUN dnf -y install b\nRUN dnf clean all\n',
			'FROM fedora:40\nRUN dnf -y install a\nENV x=y\nRUN dnf -y install b \\\n    && dnf clean all\n',
			'safe',
		);
		unfixable(rule, 'FROM fedora:40\nRUN dnf -y install a\nCOPY b c\nRUN dnf clean all\n');
		unfixable(rule, 'FROM fedora:40\nRUN dnf -y install a\nRUN dnf clean all; x\n');
		unfixable(rule, 'FROM fedora:40\nRUN set -e; dnf -y install a\nRUN dnf clean all\n');
		unfixable(rule, 'FROM fedora:40\nRUN ["dnf", "install", "a"]\nRUN dnf clean all\n');
		unfixable(rule, 'FROM fedora:40 AS b\nRUN dnf -y install a\nFROM b\nRUN dnf clean all\n');
		unfixable(rule, 'FROM fedora:40\nRUN --network=host dnf -y install a\nRUN dnf clean all\n');
	});

	it('that is cleaned at once by another repair needs none', () => {
		const after = fixAll('FROM fedora:40\nRUN dnf -y install a\nCOPY b c\nRUN dnf clean all\n').text;
		expect(after).toContain('dnf -y install a && dnf clean all');
		silent(rule, after);
	});
});

describe('a file that an earlier RUN wrote', () => {
	it('is found where its place is exactly known', () => {
		const cases = [
			['curl -sSLo /tmp/a.tgz https://example.com/x', 'rm /tmp/a.tgz'],
			['curl --output=/tmp/a.tgz https://example.com/x', 'rm -f -- /tmp/a.tgz'],
			['curl -fsSLO https://example.com/d/a.tgz?x=y', 'rm a.tgz'],
			['curl https://example.com/d/a.tgz > /a.tgz', 'rm ./a.tgz'],
			['wget https://example.com/a.tgz', 'rm *.tgz'],
			['wget -qO /tmp/a.tgz https://example.com/x', 'rm -rf /tmp/*'],
			['wget -P /opt https://example.com/a.tgz', 'rm /opt/a.tgz'],
			['git clone --depth 1 -b v1 https://example.com/x/repo.git', 'rm -rf /repo'],
			['git clone https://example.com/x/repo.git /src', 'rm -rf /src/.git'],
			['tar -xzf /a.tgz -C /opt/a', 'rm -rf /opt/a'],
			['unzip -q a.zip -d /opt/a', 'rm -rf /opt/a/*'],
			['cp -r /usr/lib/a /b/', 'rm -rf /b/a'],
			['mv /a /b/c', 'unlink /b/c'],
			['mysqldump x >> /dump', 'rm /dump'],
			['sudo curl -o "/tmp/a.tgz" x', "sudo rm '/tmp/a.tgz'"],
		];
		for (const [write, remove] of cases) {
			finds(rule, `${unknown}RUN ${write}\nRUN «${remove}»\n`);
			finds(rule, `${unknown}RUN ${write}\nRUN x && \\\n  «${remove}» && y\n`);
		}
	});

	it('is found below WORKDIR and with values of ENV and ARG', () => {
		finds(rule, `${unknown}WORKDIR /opt\nRUN curl -O https://example.com/a.tgz\nWORKDIR a\nRUN «rm /opt/a.tgz ../b»\n`);
		finds(rule, `${unknown}ARG V=1\nENV DIR=/opt\nRUN curl -o \${DIR}/a-$V.tgz x\nRUN «rm "$DIR/a-1.tgz"»\n`);
		finds(rule, `${unknown}WORKDIR /home/a\nRUN curl -O https://example.com/a.tgz\nRUN «rm a.tgz»\n`);
		silent(rule, `${unknown}RUN curl -o /root/a.tgz x\nRUN rm /home/b/a.tgz\n`);
	});

	it('is not found where it is not sure to be there or to go', () => {
		const cases = [
			['curl -o /tmp/a x', 'rm /tmp/b'],
			['curl -o /tmp/a x && rm /tmp/a', 'rm -f /tmp/a'],
			['curl -o /tmp/a x && mv /tmp/a /b', 'rm -rf /tmp/a'],
			['cd /x && curl -O https://example.com/a', 'rm a'],
			['curl -O https://example.com/a', 'cd /x && rm a'],
			['curl -o $X/a y', 'rm $X/a'],
			['test -f a || curl -o /tmp/a x', 'rm /tmp/a'],
			['curl -o /tmp/a x', 'test -f x || rm /tmp/a'],
			['curl -o - x', 'rm -f -'],
			['curl x 2>/dev/null', 'rm -f /dev/null'],
			['echo "curl -o /tmp/a x"', 'rm -f /tmp/a'],
			['echo a > /tmp/a', 'rm /tmp/a'],
			['curl -o /tmp/a x', 'curl -o /tmp/a y && rm /tmp/a'],
			['curl -o /tmp/a x', 'find /tmp -name b -delete'],
			['curl -o /tmp/a x', 'ls | xargs rm'],
			['curl -o /tmp/a x', 'echo rm /tmp/a'],
		];
		for (const [write, remove] of cases) silent(rule, `${unknown}RUN ${write}\nRUN ${remove}\n`);
	});

	it('is not found below a mount', () => {
		silent(rule, `${unknown}RUN --mount=type=tmpfs,target=/tmp curl -o /tmp/a x\nRUN rm -f /tmp/a\n`);
		silent(rule, `${unknown}RUN curl -o /tmp/a x\nRUN --mount=type=cache,dst=/tmp rm -f /tmp/a\n`);
		silent(rule, `${unknown}RUN --mount=type=bind,source=x,target=$X curl -o /tmp/a x\nRUN rm -f /tmp/a\n`);
		finds(rule, `${unknown}RUN --mount=type=secret,id=x curl -o /tmp/a x\nRUN «rm -f /tmp/a»\n`);
	});

	it('is found again when it is written again', () => {
		finds(rule, `${unknown}RUN curl -o /a x\nRUN «rm /a»\nRUN rm -f /a\nRUN curl -o /a y\nRUN «rm /a»\n`);
	});

	it('is repaired by merging, where that means the same', () => {
		fixes(rule, `${unknown}RUN curl -o /a.tgz x\nRUN tar xf /a.tgz\nRUN rm /a.tgz\n`, `${unknown}RUN curl -o /a.tgz x \\\n    && tar xf /a.tgz \\\n    && rm /a.tgz\n`, 'safe');
		unfixable(rule, `${unknown}RUN curl -o /a.tgz x\nRUN cd /b && tar xf /a.tgz\nRUN rm /a.tgz\n`);
	});
});

describe('packages that an earlier RUN installed', () => {
	it('are found where a later RUN removes them', () => {
		const [finding] = finds(rule, `${debian}RUN apt-get install -y gcc make=4.3 curl\nRUN make && «apt-get purge -y gcc make» && x\n`);
		expect(finding?.message).toContain('the layer of an earlier RUN keeps gcc and make');
		finds(rule, 'FROM alpine\nRUN apk add --no-cache --virtual .build gcc musl-dev\nRUN x\nRUN «apk del .build»\n');
		silent(rule, 'FROM alpine\nRUN apk add --no-cache gcc\nRUN apk add --no-cache --virtual .build g++ && x && apk del .build\n');
		silent(rule, `${debian}RUN apt-get install -y gcc\nRUN apt-get purge -y vim && apt-get autoremove -y\n`);
		silent(rule, `${debian}RUN apt-get install -y $PKGS\nRUN apt-get purge -y $PKGS\n`);
	});
});

describe('what does not come from a RUN', () => {
	it('is found without a repair where a COPY or ADD brought it', () => {
		for (const [copy, remove] of [
			['COPY a.tgz /tmp/', 'rm /tmp/a.tgz'],
			['COPY a.tgz b.tgz /tmp/', 'rm -rf /tmp/*.tgz'],
			['COPY . /tmp/src', 'rm -rf /tmp/src'],
			['ADD https://example.com/a.tgz /a.tgz', 'rm /a.tgz'],
			['COPY --from=x ["/a.rpm", "/tmp/a.rpm"]', 'rm /tmp/a.rpm'],
			['WORKDIR /opt\nCOPY a.tgz ./', 'rm a.tgz'],
		]) {
			finds(rule, `${unknown}${copy}\nRUN x && «${remove}»\n`);
			unfixable(rule, `${unknown}${copy}\nRUN x && ${remove}\n`);
		}
		expect(finds(rule, `${unknown}COPY a.json /tmp/\nRUN x /tmp/a.json && «rm /tmp/a.json»\n`)[0]?.severity).toBe('info');
	});

	it('is not worth a word where a script, a configuration or a line takes a few kB', () => {
		silent(rule, `${unknown}COPY a.sh /tmp/\nRUN /tmp/a.sh && rm /tmp/a.sh\n`);
		silent(rule, `${unknown}COPY a.sh b.sh x.patch /tmp/\nRUN /tmp/a.sh && rm /tmp/a.sh /tmp/b.sh /tmp/x.patch\n`);
		silent(rule, `${unknown}COPY oraInst.loc install.file tuxedo12.2.2.rsp /u01/\nRUN x && rm /u01/oraInst.loc /u01/install.file /u01/tuxedo12.2.2.rsp\n`);
		silent(rule, `${unknown}RUN printf '#!/bin/sh\\nx\\n' > /usr/bin/x && cp /usr/bin/x /usr/bin/y\nUSER a\nRUN rm /usr/bin/y\n`);
		finds(rule, `${unknown}COPY a.sh a.tgz /tmp/\nRUN /tmp/a.sh && «rm /tmp/a.sh /tmp/a.tgz»\n`);
		finds(rule, `${unknown}COPY Anaconda3-4.2.0-Linux-x86_64.sh /\nRUN x && «rm /Anaconda3-4.2.0-Linux-x86_64.sh»\n`);
		finds(rule, `${unknown}COPY get-pip.py /\nRUN python /get-pip.py && «rm /get-pip.py»\n`);
	});

	it('is not found where its place is not known', () => {
		silent(rule, `${unknown}COPY . /app\nRUN rm -rf /app/node_modules\n`);
		silent(rule, `${unknown}COPY src /app\nRUN rm -rf /app/src\n`);
		silent(rule, `${unknown}COPY a.tgz $X\nRUN rm a.tgz\n`);
		silent(rule, `${unknown}COPY a.tgz .\nWORKDIR /x\nRUN rm a.tgz\n`);
		silent(rule, `${unknown}ONBUILD COPY a.tgz /a.tgz\nRUN rm /a.tgz\n`);
	});

	it('is a hint where the base is known to have it', () => {
		const [finding] = finds(rule, 'FROM ubuntu:24.04\nRUN «rm -rf /usr/share/locale/* /usr/share/locale»\n');
		expect(finding?.severity).toBe('hint');
		silent(rule, 'FROM ubuntu:24.04\nRUN apt-get install -y a && rm -rf /usr/share/doc /usr/share/man /usr/share/locale\n');
		silent(rule, `${unknown}RUN rm -rf /usr/share/doc\n`);
		silent(rule, 'FROM scratch\nRUN rm -rf /usr/share/doc\n');
		silent(rule, 'FROM alpine\nRUN rm -rf /usr/share/man\n');
	});
});

it('keeps the laws', () => {
	for (const text of [
		`${debian}RUN apt-get update\n# x\nRUN apt-get install -y \\\n    a \\\n    # b\n    c\nRUN rm -rf /var/lib/apt/lists/*\n`,
		`FROM fedora:40\r\nRUN dnf install -y a\r\nRUN curl -o /x y\r\nRUN dnf clean all && rm /x`,
		'# escape=`\nFROM alpine\nRUN apk add gcc\nRUN make\nRUN apk del gcc && rm -rf /var/cache/apk/*\n',
	])
		expect(checkLaws(text)).toEqual([]);
});

it('cleaned-too-late is silent where a RUN moves elsewhere what it then removes', () => {
	silent(rule, 'FROM debian:12\nCOPY data.tar /data/\nRUN mv /data /srv/data && rm -rf /data && ln -s /srv/data /data\n');
});
