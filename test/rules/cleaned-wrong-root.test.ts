import { describe, expect, it } from 'vitest';
import { cleanedWrongRoot } from '../../server/src/rules/cleaned-wrong-root';
import { packageCacheKept } from '../../server/src/rules/package-cache-kept';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable, unmark } from '../support/rules';

const install = 'dnf -y --installroot /output --releasever 40 --setopt=install_weak_deps=False --nodocs install glibc-minimal-langpack nginx';
const ship = 'FROM scratch\nCOPY --from=b /output /\n';

/** Both rules at once: the bytes are told exactly once. */
function toldOnce(text: string): void {
	silent(packageCacheKept, unmark(text).text);
	finds(cleanedWrongRoot, text);
}

describe('cleaned-wrong-root finds', () => {
	it('the clean of seed 000, and package-cache-kept leaves it alone', () => {
		const findings = finds(
			cleanedWrongRoot,
			`FROM docker.io/redhat/ubi9 as base\nFROM base as b\nRUN dnf -y \\\n        --setopt=install_weak_deps=0 \\\n        --nodocs \\\n        --releasever 9 \\\n        --installroot /output \\\n          install \\\n          glibc \\\n          glibc-minimal-langpack \\\n          libpq ; \\\n      «yum -y clean» all --enablerepo='*'\n${ship}`,
		);
		expect(findings[0]?.message).toBe('this cleans the builder’s own cache; the one that goes into the image is /output/var/cache/dnf');
		expect(findings[0]?.saves?.of).toBe('dnf4 cache of the stage 1 in /output');
	});

	it.each([
		['on one line', `FROM fedora:40 AS b\nRUN ${install} && «dnf clean» all\n${ship}`],
		['in a later RUN of a stage that is copied from', `FROM fedora:40 AS b\nRUN ${install}\nRUN «dnf clean» all\n${ship}`],
		['on an unknown base', `FROM registry.corp/base AS b\nRUN ${install} && «dnf clean» all\n${ship}`],
		['where the builder installed for itself before', `FROM fedora:40 AS b\nRUN dnf -y install shadow-utils && ${install} && «dnf clean» all\n${ship}`],
		['in a here-document', `FROM fedora:40 AS b\nRUN <<EOF\n${install}\n«dnf clean» all\nEOF\n${ship}`],
		['of zypper', 'FROM opensuse/leap:15.6 AS b\nRUN zypper -n --installroot /output install --no-recommends bash && «zypper clean» -a\nFROM scratch\nCOPY --from=b /output /\n'],
	])('%s', (_what, text) => toldOnce(text));
});

describe('cleaned-wrong-root is silent on', () => {
	it.each([
		['the right root', `FROM fedora:40 AS b\nRUN ${install} && dnf -y --installroot=/output clean all\n${ship}`],
		['the right root in a later RUN of a builder', `FROM fedora:40 AS b\nRUN ${install}\nRUN dnf clean all --installroot /output\n${ship}`],
		['a root that is cleaned by rm as well', `FROM fedora:40 AS b\nRUN ${install} && dnf clean all && rm -rf /output/var/cache/*\n${ship}`],
		['one cleaned by a relative rm', `FROM fedora:40 AS b\nRUN ${install} && dnf clean all && cd /output && rm -rf var/cache\n${ship}`],
		['one cleaned from inside', `FROM fedora:40 AS b\nRUN ${install} && dnf clean all && chroot /output dnf clean all\n${ship}`],
		['a root that nobody copies', `FROM fedora:40 AS b\nRUN ${install} && dnf clean all\nFROM scratch\nCOPY --from=b /etc/hosts /hosts\n`],
		['a clean before the install', `FROM fedora:40 AS b\nRUN dnf clean all && ${install}\n${ship}`],
		['a cache kept elsewhere', `FROM fedora:40 AS b\nRUN ${install} --setopt=cachedir=/tmp/c && dnf clean all\n${ship}`],
		['a mounted cache', `FROM fedora:40 AS b\nRUN --mount=type=cache,target=/output/var/cache/dnf ${install} && dnf clean all\n${ship}`],
		['a root that is not known', 'FROM fedora:40 AS b\nRUN dnf -y --installroot $R install nginx && dnf clean all\nFROM scratch\nCOPY --from=b /output /\n'],
		['no root at all', 'FROM fedora:40\nRUN dnf -y install nginx && dnf clean all\n'],
		['a clean of another tool', `FROM fedora:40 AS b\nRUN ${install} && npm cache clean --force\n${ship}`],
		['ONBUILD', `FROM fedora:40 AS b\nONBUILD RUN ${install} && dnf clean all\n${ship}`],
	])('%s', (_what, text) => silent(cleanedWrongRoot, text));

	it('a clean that the image needs for itself: then the other root is only not cleaned', () => {
		const text = 'FROM fedora:40\nRUN dnf -y install tar && dnf -y --installroot /output install nginx && dnf clean all\n';
		silent(cleanedWrongRoot, text);
		finds(packageCacheKept, 'FROM fedora:40\nRUN dnf -y install tar && «dnf -y --installroot /output install» nginx && dnf clean all\n');
	});

	it.each([
		['the right root in a later RUN of a builder', `FROM fedora:40 AS b\nRUN ${install}\nRUN dnf clean all --installroot /output\n${ship}`],
		['an rm in a later RUN of a builder', `FROM fedora:40 AS b\nRUN ${install}\nRUN rm -rf /output/var/cache/dnf\n${ship}`],
		['a relative rm behind cd', `FROM fedora:40 AS b\nRUN ${install} && cd /output && rm -rf var/cache\n${ship}`],
		['a clean from inside', `FROM fedora:40 AS b\nRUN ${install} && chroot /output dnf clean all\n${ship}`],
		['a builder copied whole that cleans later', 'FROM fedora:40 AS b\nRUN dnf -y install nginx\nRUN dnf clean all\nFROM scratch\nCOPY --from=b / /\n'],
	])('and package-cache-kept too, after %s', (_what, text) => {
		silent(cleanedWrongRoot, text);
		silent(packageCacheKept, text);
	});

	it('but package-cache-kept speaks of a relative rm elsewhere, and of a later RUN of the image itself', () => {
		finds(packageCacheKept, `FROM fedora:40 AS b\nRUN «${install.replace(/ install .*/, ' install»')} nginx && cd /x && rm -rf build\n${ship}`);
		finds(packageCacheKept, 'FROM fedora:40\nRUN «dnf -y install» nginx\nRUN dnf clean all\n');
	});

	it('a clean in a later RUN of the image itself: that is too late', () => {
		silent(cleanedWrongRoot, `FROM fedora:40\nRUN ${install}\nRUN dnf clean all\n`);
	});
});

describe('cleaned-wrong-root repairs', () => {
	it('with the option as the install has it, keeping the other options', () => {
		const before = `FROM fedora:40 AS b\nRUN ${install} ; \\\n      yum -y clean all --enablerepo='*'\n${ship}`;
		const after = `FROM fedora:40 AS b\nRUN ${install} ; \\\n      yum --installroot /output -y clean all --enablerepo='*' && \\\n      rm -rf /output/var/cache/dnf /output/var/log/dnf* /output/var/log/hawkey.log\n${ship}`;
		fixes(cleanedWrongRoot, before, after, 'safe');
		expect(checkLaws(before)).toEqual([]);
		silent(cleanedWrongRoot, after);
		silent(packageCacheKept, after);
	});

	it('with dnf 5’s own cache folder, on one line, in front of what follows', () => {
		const before = `FROM fedora:42 AS b\nRUN dnf -y --installroot=/output --use-host-config install nginx && dnf clean all || true; echo done\n${ship}`;
		const after = `FROM fedora:42 AS b\nRUN dnf -y --installroot=/output --use-host-config install nginx && dnf --installroot=/output clean all && rm -rf /output/var/cache/libdnf5 /output/var/log/dnf* || true; echo done\n${ship}`;
		fixes(cleanedWrongRoot, before, after, 'safe');
	});

	it('with sudo, in CRLF and in a here-document', () => {
		const rest = 'rm -rf /output/var/cache/dnf /output/var/log/dnf* /output/var/log/hawkey.log';
		fixes(
			cleanedWrongRoot,
			`FROM fedora:40 AS b\r\nRUN sudo ${install} && \\\r\n    sudo dnf clean all\r\n${ship}`,
			`FROM fedora:40 AS b\r\nRUN sudo ${install} && \\\r\n    sudo dnf --installroot /output clean all && \\\r\n    sudo ${rest}\r\n${ship}`,
			'safe',
		);
		fixes(
			cleanedWrongRoot,
			`FROM fedora:40 AS b\nRUN <<EOF\n${install}\ndnf clean all\nEOF\n${ship}`,
			`FROM fedora:40 AS b\nRUN <<EOF\n${install}\ndnf --installroot /output clean all && ${rest}\nEOF\n${ship}`,
			'safe',
		);
	});

	it.each([
		['a pipe', `FROM fedora:40 AS b\nRUN ${install} && yes | dnf clean all\n${ship}`],
		['a condition', `FROM fedora:40 AS b\nRUN ${install} && if true; then dnf clean all; fi\n${ship}`],
		['the exec form', 'FROM fedora:40 AS b\nRUN dnf -y --installroot /output install nginx\nRUN ["dnf", "clean", "all"]\nFROM scratch\nCOPY --from=b /output /\n'],
		['a cache that a later step copies', `FROM fedora:40 AS b\nRUN ${install} && dnf clean all\n${ship}COPY --from=b /output/var/cache/dnf /cache\n`],
		['a RUN that a lost backslash cuts off', `FROM fedora:40 AS b\nRUN ${install} && dnf clean all\n  && echo done\n${ship}`],
		['a root in quotes', `FROM fedora:40 AS b\nRUN ${install.replace('/output', '"/output"')} && dnf clean all\n${ship}`],
	])('not in %s', (_what, text) => unfixable(cleanedWrongRoot, text));
});
