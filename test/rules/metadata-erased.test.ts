import { describe, expect, it } from 'vitest';
import { metadataErased as rule } from '../../server/src/rules/metadata-erased';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const root = (run: string, rest = 'FROM scratch\nCOPY --from=b /output /\n') => `FROM almalinux:9 AS b\nRUN dnf -y --installroot /output install nginx && \\\n    ${run}\n${rest}`;

describe('metadata-erased', () => {
	it.each([
		'FROM fedora:40\nRUN dnf -y install nginx && rm -rf «/var/lib/rpm»\n',
		'FROM fedora:40\nRUN dnf -y install nginx && rm -rf /var/cache/dnf «/usr/lib/sysimage/rpm»\n',
		'FROM fedora:40\nRUN rm -f «/var/lib/rpm/rpmdb.sqlite*»\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y nginx && rm -rf /var/lib/apt/lists/* «/var/lib/dpkg/*»\n',
		'FROM debian:12\nRUN rm -r «/var/lib/dpkg/status» /tmp/x\n',
		'FROM debian:12\nRUN rm -rf «/var/lib/dpkg/info/*» /var/log/*\n',
		'FROM alpine:3.20\nRUN apk del apk-tools && rm -rf /etc/apk «/lib/apk»\n',
		'FROM alpine:3.20\nRUN rm -rf «/lib/apk/db/*»\n',
		'FROM fedora:40\nRUN rm -f «/etc/os-release» /usr/lib/os-release\n',
		'FROM fedora:40\nENV DB=/var/lib/rpm\nRUN rm -rf «$DB»\n',
		'FROM acme/base\nUSER root\nRUN sudo rm -rf «/var/lib/rpm»\n',
		root('rm -rf «/output/var/lib/rpm»'),
		root('rm -rf /output/var/cache/dnf «/output/var/lib/rpm/*»'),
		'FROM alpine:3.20 AS b\nRUN apk add --root /out --initdb musl\nRUN rm -rf «/out/lib/apk» /out/var/cache\nFROM scratch\nCOPY --from=b /out/ /\n',
		// All of the stage is copied.
		'FROM debian:12 AS b\nRUN rm -rf «/var/lib/dpkg»\nFROM scratch\nCOPY --from=b / /\n',
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		// Caches, logs, lists, copies, locks.
		'FROM debian:12\nRUN rm -rf /var/lib/apt/lists/* /var/lib/dpkg/*-old /var/lib/dpkg/status-old /var/log/dpkg.log /var/cache/debconf/*-old\n',
		'FROM fedora:40\nRUN rm -rf /var/lib/rpm/__db* /var/lib/rpm/.rpm.lock /var/lib/dnf /var/cache/dnf /var/log/dnf*\n',
		'FROM alpine:3.20\nRUN rm -rf /var/cache/apk/* /etc/apk/cache /lib/apk/exec\n',
		'FROM debian:12\nRUN rm -f /var/lib/dpkg/info/libc-bin.postinst /var/lib/dpkg/info/*.postrm\n',
		'FROM debian:12\nRUN rm -f /var/lib/dpkg/info/${package}.*\n',
		'FROM alpine:3.20\nRUN apk del apk-tools\n',
		'FROM fedora:40\nRUN rpm --rebuilddb\n',
		// A link; what it points to stays.
		'FROM fedora:40\nRUN rm -f /etc/os-release\n',
		// Written anew.
		'FROM fedora:40\nRUN rm -f /etc/os-release /usr/lib/os-release\nCOPY os-release /usr/lib/os-release\n',
		'FROM fedora:40\nRUN rm -f /usr/lib/os-release && echo NAME=acme > /usr/lib/os-release\n',
		'FROM fedora:40\nRUN rm -rf /var/lib/rpm && rpm --initdb && rpm -i /x.rpm\n',
		'FROM fedora:40\nRUN rm -rf /var/lib/rpm\nCOPY --from=acme/db /db /var/lib/rpm\n',
		// A list of another form.
		root('rpm -qa --root /output > /output/var/lib/rpmmanifest/container-manifest-2 && rm -rf /output/var/lib/rpm'),
		'FROM debian:12\nRUN syft / -o spdx-json > /sbom.json && rm -rf /var/lib/dpkg\n',
		// Thrown away, or copied over a base that has its own.
		'FROM fedora:40 AS b\nRUN rm -rf /var/lib/rpm\nFROM fedora:40\nCOPY --from=b /usr/bin/x /usr/bin/x\n',
		root('rm -rf /output/var/lib/rpm', 'FROM almalinux:9-minimal\nCOPY --from=b /output /\n'),
		root('rm -rf /output/var/lib/rpm', 'FROM scratch\nCOPY --from=b /output/usr/sbin/nginx /nginx\n'),
		'FROM fedora:40\nRUN rm -rf /build/var/lib/rpm\n',
		// Of another system, where it is not known, or only if somebody wants it.
		'FROM alpine:3.20\nRUN rm -rf /var/lib/dpkg\n',
		'FROM debian:12\nRUN rm -rf /var/lib/{apt,dpkg,cache,log}/\n',
		'FROM fedora:40\nARG R\nRUN rm -rf $R/var/lib/rpm\n',
		'FROM fedora:40\nARG SMALL\nRUN if [ -n "$SMALL" ]; then rm -rf /var/lib/rpm; fi\n',
		'FROM fedora:40\nRUN find /var/lib/rpm -name "*.lock" -delete\n',
		'FROM fedora:40\nRUN echo rm -rf /var/lib/rpm\n',
		'FROM fedora:40\nONBUILD RUN rm -rf /var/lib/rpm\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it.each([
		['FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/* /var/lib/dpkg /tmp/x\n', 'FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/* /tmp/x\n'],
		['FROM debian:12\nRUN x && rm -rf /var/lib/dpkg && y\n', 'FROM debian:12\nRUN x && y\n'],
		['FROM debian:12\nRUN x \\\n && y \\\n && rm -rf /var/lib/dpkg/*\n', 'FROM debian:12\nRUN x \\\n && y\n'],
		[
			'FROM debian:12\nRUN x && \\\n    rm -rf \\\n      /tmp/x \\\n      /var/lib/dpkg \\\n      /tmp/y\n',
			'FROM debian:12\nRUN x && \\\n    rm -rf \\\n      /tmp/x \\\n      /tmp/y\n',
		],
		['FROM debian:12\nRUN rm -rf /var/lib/dpkg && x\n', 'FROM debian:12\nRUN x\n'],
		['FROM debian:12\nRUN rm -rf /var/lib/dpkg; x\n', 'FROM debian:12\nRUN x\n'],
		['FROM debian:12\nRUN x; rm -rf /var/lib/dpkg; y\n', 'FROM debian:12\nRUN x; y\n'],
		['FROM debian:12\r\nRUN x && \\\r\n    rm -rf /var/lib/dpkg && \\\r\n    y\r\n', 'FROM debian:12\r\nRUN x && \\\r\n    y\r\n'],
		['FROM debian:12\nRUN <<EOF\nx\nrm -rf /var/lib/dpkg\ny\nEOF\n', 'FROM debian:12\nRUN <<EOF\nx\ny\nEOF\n'],
		['FROM fedora:40\nRUN x && rm -f /etc/os-release /usr/lib/os-release /x\n', 'FROM fedora:40\nRUN x && rm -f /x\n'],
	])('repairs %j', (before, after) => {
		fixes(rule, before, after, 'suggested');
		expect(checkLaws(before)).toEqual([]);
	});

	it.each([
		// Nothing would be left, or a failure of the command before would no longer be hidden.
		'FROM debian:12\nRUN rm -rf /var/lib/dpkg\n',
		'FROM debian:12\nRUN x; rm -rf /var/lib/dpkg\n',
		'FROM debian:12\nRUN x && rm -rf /var/lib/dpkg || y\n',
		'FROM debian:12\nRUN x && rm -rf /var/lib/dpkg; y\n',
		'FROM debian:12\nRUN x && (rm -rf /var/lib/dpkg) && y\n',
		'FROM debian:12\nRUN x && rm -rf /var/lib/dpkg > /log && y\n',
		'FROM debian:12\nRUN rm -rf /var/lib/dpkg & y\n',
		// A comment speaks of it.
		'FROM debian:12\nRUN x && \\\n    # not needed\n    rm -rf /var/lib/dpkg && \\\n    y\n',
		'FROM debian:12\nRUN rm -rf /tmp/x \\\n    # not needed\n    /var/lib/dpkg\n',
		// A continuation is glued to a word: it would stay behind, or be missing.
		'FROM debian:12\nRUN x\\\n && rm -rf /var/lib/dpkg\nCMD ["y"]\n',
		'FROM debian:12\nRUN x y\\\n && rm -rf /var/lib/dpkg\\\n    # then\n && z\nCMD ["y"]\n',
		'FROM debian:12\nRUN x && rm -rf /var/lib/dpkg\\\n    # then\n && z\nCMD ["y"]\n',
		'FROM debian:12\nRUN x && rm -rf /tmp/x\\\n /var/lib/dpkg\nCMD ["y"]\n',
		'FROM debian:12\nRUN x && rm -rf /tmp/x /var/lib/dpkg\\\n    # then\n && z\nCMD ["y"]\n',
	])('leaves %j to people', (text) => {
		unfixable(rule, text);
		expect(checkLaws(text)).toEqual([]);
	});

	it('says what is lost', () => {
		const loss = (path: string) => finds(rule, `FROM debian:12\nRUN rm -rf «${path}»\n`)[0]?.message;
		expect(loss('/var/lib/dpkg')).toBe('this removes dpkg’s list of packages: scanners no longer see what the image is made of, and report no vulnerability of it');
		expect(loss('/var/lib/dpkg/info/*')).toMatch(/which files packages brought/);
	});
});
