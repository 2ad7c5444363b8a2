import { describe, expect, it } from 'vitest';
import { docsInstalled } from '../../server/src/rules/docs-installed';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

describe('docs-installed finds', () => {
	it.each([
		['dnf on a base that does not switch them off', 'FROM almalinux:9\nRUN «dnf -y install» nginx && dnf clean all\n'],
		['microdnf', 'FROM almalinux:9-minimal\nRUN «microdnf -y install» nginx\n'],
		['every command that could say it', 'FROM almalinux:9\nRUN «dnf -y install» nginx\nRUN «dnf install» -y tar\n'],
		['one whose neighbour says it', 'FROM almalinux:9\nRUN dnf -y install --nodocs tar && «dnf -y install» nginx\n'],
		['one among variables', 'FROM almalinux:9\nARG PKGS\nRUN «dnf -y install» $PKGS\n'],
	])('%s', (_what, text) => {
		const [finding] = finds(docsInstalled, text);
		expect(finding?.severity).toBeUndefined();
	});

	it('dnf 5 in another root, where the base’s setting is not read', () => {
		const [finding] = finds(docsInstalled, 'FROM fedora:42 AS b\nRUN «dnf -y --installroot /output install» nginx\nFROM scratch\nCOPY --from=b /output /\n');
		expect(finding?.message).toContain('does not read the base image’s own settings for /output');
	});
});

describe('docs-installed is silent on', () => {
	it.each([
		['a base that says it', 'FROM fedora:40\nRUN dnf -y install nginx\n'],
		['apt and zypper, which have no option for it', 'FROM debian:12\nRUN apt-get install -y nginx\nFROM opensuse/leap:15.6\nRUN zypper -n install nginx\n'],
		['what goes again in the same RUN', 'FROM almalinux:9\nRUN dnf -y install gcc && make && dnf -y remove gcc\n'],
		['man-db', 'FROM almalinux:9\nRUN dnf -y install man-db nginx\n'],
		['documentation removed by hand', 'FROM almalinux:9\nRUN dnf -y install nginx && rm -rf /usr/share/doc/*\n'],
		['a base of which nobody knows', 'FROM rockylinux:9\nRUN dnf -y install nginx\n'],
		['an unknown base', 'FROM registry.corp/x\nRUN dnf -y install nginx\n'],
		['Alpine', 'FROM alpine:3.20\nRUN apk add nginx\n'],
		['a builder', 'FROM almalinux:9 AS b\nRUN dnf -y install gcc\nFROM scratch\nCOPY --from=b /x /x\n'],
		['--nodocs', 'FROM almalinux:9\nRUN dnf install -y --nodocs nginx\n'],
		['--no-docs', 'FROM almalinux:9\nRUN dnf install -y --no-docs nginx\n'],
		['--setopt tsflags', 'FROM almalinux:9\nRUN dnf install -y --setopt tsflags=nodocs zsh httpd && dnf clean all\n'],
		['--setopt=tsflags', "FROM almalinux:9\nRUN dnf install -y '--setopt=tsflags=nodocs' zsh\n"],
		['an option in a variable', 'FROM almalinux:9\nENV DNF_OPTS="-y --nodocs"\nRUN dnf install $DNF_OPTS nginx\n'],
		['a line before', 'FROM almalinux:9\nRUN echo tsflags=nodocs >> /etc/dnf/dnf.conf && dnf -y install nginx\n'],
		['config-manager', 'FROM almalinux:9\nRUN dnf config-manager --setopt=tsflags=nodocs --save\nRUN dnf -y install nginx\n'],
		['a copied configuration', 'FROM almalinux:9\nCOPY dnf.conf /etc/dnf/dnf.conf\nRUN dnf -y install nginx\n'],
		['a line of the stage below', 'FROM almalinux:9 AS a\nRUN echo "%_excludedocs 1" > /etc/rpm/macros.x\nFROM a\nRUN dnf -y install nginx\n'],
		['man pages that are read', 'FROM almalinux:9\nRUN dnf -y install nginx && man nginx > /x\n'],
		['a licence that is copied out of the documentation', 'FROM almalinux:9\nRUN dnf -y install nginx\nFROM scratch\nCOPY --from=0 / /\nCOPY --from=0 /usr/share/doc/nginx /doc\n'],
		['another root with the host’s configuration', 'FROM fedora:42 AS b\nRUN dnf -y --installroot /o --use-host-config install nginx\nFROM scratch\nCOPY --from=b /o /\n'],
		['another root of dnf 4', 'FROM almalinux:9 AS b\nRUN dnf -y --installroot /o install nginx\nFROM scratch\nCOPY --from=b /o /\n'],
		['an option that a variable holds', 'FROM almalinux:9\nENV OPTS="-y --nodocs"\nRUN dnf $OPTS install nginx\n'],
		['an option that a build argument holds by default', 'FROM almalinux:9\nARG OPTS="-y --nodocs"\nRUN dnf install $OPTS nginx\n'],
		['an option that the RUN puts into a variable', 'FROM almalinux:9\nRUN MORE="--nodocs" && dnf -y install $MORE nginx\n'],
		['ONBUILD, where another ONBUILD decides', 'FROM almalinux:9\nONBUILD RUN echo tsflags=nodocs >> /etc/dnf/dnf.conf\nONBUILD RUN dnf -y install nginx\n'],
		['ONBUILD, where a later line of the image decides', 'FROM almalinux:9\nONBUILD RUN dnf -y install nginx\nRUN echo tsflags=nodocs >> /etc/dnf/dnf.conf\n'],
		['ONBUILD of a stage that nobody builds on', 'FROM almalinux:9 AS a\nONBUILD RUN dnf -y install nginx\nFROM a\n'],
		['a script in quotes that says so', 'FROM almalinux:9\nRUN bash -c "dnf -y install --nodocs nginx"\n'],
	])('%s', (_what, text) => silent(docsInstalled, text));

	it.each([
		'FROM almalinux:9\nONBUILD RUN «dnf -y install» nginx\n',
		'FROM almalinux:9\nRUN bash -c "«dnf -y install» nginx"\n',
		'FROM almalinux:9\nENV OPTS="-y"\nRUN «dnf $OPTS install» nginx\n',
		'FROM almalinux:9\nRUN for p in nginx tar; do «dnf -y install» $p; done\n',
	])('but not on %j', (text) => {
		finds(docsInstalled, text);
	});

	it.each([['/usr/share/licenses'], ['/usr/share/nginx']])('not where only %s is read', (path) => {
		finds(docsInstalled, `FROM almalinux:9\nRUN «dnf -y install» nginx && cp ${path}/x /y\n`);
	});
});

describe('docs-installed repairs', () => {
	it('behind the verb, whatever the layout', () => {
		const before = 'from almalinux:9\r\nrun dnf install \\\r\n    # the server\r\n    nginx \\\r\n    $MORE\r\n';
		fixes(docsInstalled, before, 'from almalinux:9\r\nrun dnf install --nodocs \\\r\n    # the server\r\n    nginx \\\r\n    $MORE\r\n', 'suggested');
		expect(checkLaws(before)).toEqual([]);
	});

	it('not in the exec form', () => unfixable(docsInstalled, 'FROM almalinux:9\nRUN ["dnf", "-y", "install", "nginx"]\n'));
});
