import { describe, expect, it } from 'vitest';
import { localeDataShipped as rule } from '../../server/src/rules/locale-data-shipped';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const fedora = (packages: string, environment = 'ENV LANG=en_US.UTF-8\n') => `FROM fedora:40\n${environment}RUN dnf -y install ${packages} && dnf clean all\nCMD ["app"]\n`;
const debian = (packages: string, environment = 'ENV LANG=en_US.UTF-8\n') =>
	`FROM debian:12\n${environment}RUN apt-get update && apt-get install -y ${packages} && rm -rf /var/lib/apt/lists/*\nCMD ["app"]\n`;

describe('locale-data-shipped', () => {
	it.each([
		fedora('nginx «glibc-all-langpacks»'),
		fedora('«glibc-all-langpacks.x86_64» nginx'),
		fedora('nginx «glibc-all-langpacks»', 'ENV LC_ALL C.UTF-8\n'),
		debian('nginx «locales-all»'),
		debian('«locales-all»', 'ENV LANG=de_DE.UTF-8 LANGUAGE=de_DE:de LC_ALL=de_DE.UTF-8\n'),
		debian('nginx «locales-all»', "RUN echo 'LANG=en_US.UTF-8' > /etc/default/locale\n"),
		'FROM ubuntu:24.04\nENV LANG=C.UTF-8\nRUN apt-get update && apt-get install -y «language-pack-de» nginx\nCMD ["app"]\n',
		'FROM fedora:40 AS b\nRUN dnf -y --installroot /output install «glibc-all-langpacks» nginx\nFROM scratch\nENV LANG=en_US.UTF-8\nCOPY --from=b /output /\nCMD ["/usr/sbin/nginx"]\n',
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		// Nobody says which it needs: a web application speaks what its users do.
		debian('nginx locales-all', ''),
		fedora('nginx glibc-all-langpacks', ''),
		debian('php-fpm locales-all', 'ENV LANG=$LANG\n'),
		// Several.
		debian('locales-all', 'ENV LANG=en_US.UTF-8\nENV LC_TIME=de_DE.UTF-8\n'),
		debian('locales-all', 'ENV LANG=en_US.UTF-8\nRUN app --languages de_DE,fr_FR\n'),
		debian('locales-all', 'ARG COUNTRY=en_GB\nENV LANG=$COUNTRY.UTF-8\n'),
		fedora('glibc-all-langpacks', 'ENV LANG=C.UTF-8 KEY=app_ID\n'),
		// One of its own.
		fedora('glibc-langpack-en nginx'),
		fedora('glibc-minimal-langpack nginx'),
		debian('locales nginx'),
		'FROM alpine:3.20\nENV LANG=de_DE.UTF-8\nRUN apk add --no-cache musl-locales icu-data-full\nCMD ["app"]\n',
		'FROM ubuntu:24.04\nENV LANG=de_DE.UTF-8\nRUN apt-get update && apt-get install -y language-pack-de\nCMD ["app"]\n',
		'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y language-pack-de\nCMD ["app"]\n',
		// Somebody takes care of them.
		debian('locales-all && rm -rf /usr/lib/locale/[a-df-z]*'),
		debian('nginx locales-all && localepurge'),
		debian('postgresql locales-all', 'ENV LANG=en_US.UTF-8\nRUN initdb --locale=en_US.UTF-8\n'),
		'FROM fedora:40\nENV LANG=en_US.UTF-8\nRUN dnf -y swap glibc-minimal-langpack glibc-all-langpacks\nCMD ["app"]\n',
		debian('gettext locales-all && make && apt-get purge -y --auto-remove gettext locales-all'),
		// Thrown away, or a place where people work.
		'FROM debian:12 AS b\nENV LANG=en_US.UTF-8\nRUN apt-get update && apt-get install -y locales-all\nFROM debian:12\nCOPY --from=b /x /x\nCMD ["/x"]\n',
		'FROM fedora:40\nENV LANG=en_US.UTF-8\nRUN dnf -y install glibc-all-langpacks\nCMD ["/bin/bash"]\n',
		debian('fonts-noto'),
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it.each([
		[fedora('nginx glibc-all-langpacks'), fedora('nginx glibc-langpack-en'), 'suggested'],
		[fedora('glibc-all-langpacks', 'ENV LC_ALL=de_DE.UTF-8\n'), fedora('glibc-langpack-de', 'ENV LC_ALL=de_DE.UTF-8\n'), 'suggested'],
		[fedora('glibc-all-langpacks \\\n    glibc-langpack-en nginx'), fedora('\\\n    glibc-langpack-en nginx'), 'suggested'],
		[fedora('nginx glibc-all-langpacks', 'ENV LANG=C.UTF-8\n'), fedora('nginx glibc-minimal-langpack', 'ENV LANG=C.UTF-8\n'), 'review'],
		[debian('nginx \\\n      locales-all', 'ENV LANG=C.UTF-8\n'), debian('nginx', 'ENV LANG=C.UTF-8\n'), 'review'],
	] as const)('repairs %j', (before, after, applicability) => {
		fixes(rule, before, after, applicability);
		expect(checkLaws(before)).toEqual([]);
	});

	it.each([
		debian('nginx locales-all'),
		debian('locales-all', 'ENV LANG=C.UTF-8\n'),
		// Written to a file: who reads it is not known.
		fedora('glibc-all-langpacks', 'RUN echo LANG=en_US.UTF-8 > /etc/locale.conf\n'),
		fedora('"glibc-all-langpacks" nginx'),
		// A continuation is glued to the word before.
		debian('nginx\\\n locales-all', 'ENV LANG=C.UTF-8\n'),
	])('leaves %j to people', (text) => {
		unfixable(rule, text);
		expect(checkLaws(text)).toEqual([]);
	});

	it('gives a number only where it was weighed', () => {
		expect(finds(rule, debian('«locales-all»'))[0]?.saves?.atLeast).toBe(232_800_000);
		expect(finds(rule, debian('«locales-all»').replace('debian:12', 'debian:11'))[0]?.saves).toBeUndefined();
		expect(finds(rule, fedora('«glibc-all-langpacks»'))[0]?.saves?.atMost).toBe(200_000_000);
		expect(finds(rule, fedora('«glibc-all-langpacks»').replace('fedora:40', 'almalinux:9'))[0]?.saves).toBeUndefined();
	});
});
