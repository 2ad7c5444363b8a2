import { describe, expect, it } from 'vitest';
import { docsInstalled } from '../../server/src/rules/docs-installed';
import { installrootIncomplete } from '../../server/src/rules/installroot-incomplete';
import { weakDependenciesInstalled } from '../../server/src/rules/weak-dependencies-installed';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

/** A builder whose root ships. */
const build = (base: string, run: string) => `FROM ${base} AS b\nRUN ${run}\nFROM scratch\nCOPY --from=b /output /\n`;
const told = '--setopt=install_weak_deps=False --nodocs';

describe('the slides of “Building Smaller Container Images”', () => {
	const slide = (lines: string) =>
		`FROM fedora:33 as build-env\n${lines} && \\\ndnf -y --installroot /output --releasever 33 clean all\nFROM scratch\nCOPY --from=build-env /output /\n`;

	it('18: the 450 MB mistake', () => {
		const [finding] = finds(installrootIncomplete, slide('RUN «dnf -y --installroot /output --releasever 33 install» nginx'));
		expect(finding?.saves).toMatchObject({ atMost: 334_000_000, basis: 'catalog' });
		expect(finding?.message).toBe(
			'the install into /output lacks --setopt=install_weak_deps=False, --nodocs and glibc-minimal-langpack: it also gets packages that are only recommended and perhaps every language of glibc',
		);
	});

	it.each([
		['19', `RUN dnf -y --setopt=install_weak_deps=false --nodocs \\\n--installroot /output --releasever 33 \\\ninstall glibc-minimal-langpack coreutils-single nginx`],
		['21', `RUN dnf -y --setopt=install_weak_deps=false --nodocs \\\n--installroot /output --releasever 33 \\\ninstall glibc bash glibc-minimal-langpack coreutils-single`],
		['22', `RUN dnf -y --setopt=install_weak_deps=false --nodocs \\\n--installroot /output --releasever 33 \\\ninstall busybox`],
	])('%s is complete', (_number, lines) => {
		for (const rule of [installrootIncomplete, weakDependenciesInstalled, docsInstalled]) silent(rule, slide(lines));
	});
});

describe('installroot-incomplete finds', () => {
	it.each([
		['a release that is not named', build('fedora:40', `«dnf -y --installroot /output install» ${told} glibc-minimal-langpack nginx`), '--releasever 40'],
		['a language pack', build('registry.access.redhat.com/ubi9/ubi', `«dnf -y --installroot /output install» ${told} nginx`), 'glibc-minimal-langpack'],
		['weak dependencies among variables', build('fedora:40', '«dnf -y --installroot /output --releasever $V install» --nodocs $PKGS'), '--setopt=install_weak_deps=False'],
		['the host’s configuration', build('fedora:42', `«dnf -y --installroot /output install» ${told} glibc-minimal-langpack nginx`), '--use-host-config'],
		[
			'an option of another command',
			build('fedora:40', `«dnf -y --installroot /output --releasever 40 install» --nodocs glibc-minimal-langpack nginx && dnf install -y ${told} tar`),
			'weak_deps',
		],
		['yum 3', build('centos:7', '«yum -y --installroot /output install» bash'), '--releasever 7'],
		[
			'a root that module enable only names',
			build('fedora:40', `dnf -y --installroot /output --releasever 40 module enable nginx:1 && «dnf -y --installroot /output --releasever 40 install» ${told} nginx`),
			'langpack',
		],
		['a root made by mkdir', build('fedora:40', `mkdir -p /output && «dnf -y --installroot /output --releasever 40 install» ${told} nginx`), 'langpack'],
		[
			'documentation of dnf 4 on a base without a setting',
			build('almalinux:9', '«dnf -y --installroot /output --releasever 9 install» --setopt=install_weak_deps=0 glibc-minimal-langpack nginx'),
			'documentation',
		],
	])('%s', (_what, text, message) => {
		const findings = finds(installrootIncomplete, text);
		expect(findings).toHaveLength(1);
		expect(findings[0]?.message).toContain(message);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it('microdnf without its companions, and has no repair for it', () => {
		const text = build('registry.access.redhat.com/ubi9/ubi-minimal', 'microdnf install -y --installroot /output --noplugins nginx');
		unfixable(installrootIncomplete, text);
		expect(finds(installrootIncomplete, text.replace('microdnf install', '«microdnf install»'))[0]?.message).toBe(
			'microdnf refuses --installroot without --config=, --setopt=cachedir=, --setopt=reposdir= and --setopt=varsdir=',
		);
	});

	it('what microdnf with its companions is not told', () => {
		const options = '--installroot /output --noplugins --config= --setopt=cachedir=/c --setopt=reposdir=/etc/yum.repos.d --setopt=varsdir=/v';
		const before = build('registry.access.redhat.com/ubi9/ubi-minimal', `microdnf install -y ${options} nginx`);
		fixes(
			installrootIncomplete,
			before,
			build('registry.access.redhat.com/ubi9/ubi-minimal', `microdnf install --setopt=install_weak_deps=0 --nodocs -y ${options} nginx glibc-minimal-langpack`),
			'suggested',
		);
	});
});

describe('installroot-incomplete is silent on', () => {
	it.each([
		[
			'the recipe of ubi-micro',
			build(
				'quay.io/centos/centos:stream9',
				'dnf install --installroot /output coreutils-single glibc-minimal-langpack --releasever 9 --setopt install_weak_deps=false --nodocs -y && dnf -y --installroot /output clean all',
			),
		],
		[
			'the recipe of Fedora 42',
			build(
				'quay.io/fedora/fedora:42',
				'P="coreutils-single glibc-minimal-langpack" && dnf install --installroot /output $P --releasever 42 --use-host-config --setopt install_weak_deps=false --nodocs -y',
			),
		],
		['UBI without a release', build('redhat/ubi9', `dnf -y ${told} --installroot /output install glibc-minimal-langpack nginx`)],
		['a group, which is no list of packages', build('fedora:40', `dnf -y ${told} --installroot /output --releasever 40 group install core`)],
		['any language pack', build('fedora:40', `dnf -y ${told} --installroot /output --releasever 40 install glibc-langpack-en nginx`)],
		['a list that is not known', build('fedora:40', `dnf -y ${told} --installroot /output --releasever 40 install $PKGS`)],
		['repositories of its own', build('fedora:42', `dnf -y ${told} --installroot /output --setopt=reposdir=/etc/yum.repos.d install glibc-minimal-langpack nginx`)],
		[
			'a line before',
			build('fedora:40', 'echo install_weak_deps=0 >> /etc/dnf/dnf.conf && dnf -y --nodocs --installroot /output --releasever 40 install glibc-minimal-langpack nginx'),
		],
		['Amazon’s glibc, which asks for the minimal pack', build('amazonlinux:2023', `dnf -y ${told} --installroot /output --releasever 2023 install nginx`)],
		['yum 3, which knows neither', build('centos:7', 'yum -y --installroot=/output --releasever=/ install bash')],
		[
			'a second transaction',
			`FROM fedora:40 AS b\nRUN dnf -y ${told} --installroot /output --releasever 40 install glibc-minimal-langpack\nRUN dnf -y ${told} --installroot /output install nginx\nFROM scratch\nCOPY --from=b /output /\n`,
		],
		[
			'a root that another image filled',
			`FROM fedora:40 AS b\nCOPY --from=registry.access.redhat.com/ubi9/ubi-micro / /output\nRUN dnf -y ${told} --installroot /output install nginx\nFROM scratch\nCOPY --from=b /output /\n`,
		],
		['a root that nobody copies', 'FROM fedora:40 AS b\nRUN dnf -y --installroot /sysroot install glibc-devel\nFROM scratch\nCOPY --from=b /x /x\n'],
		['a root that is not known', build('fedora:40', 'dnf -y --installroot $R install nginx')],
		['an unknown base', build('registry.corp/x', 'dnf -y --installroot /output install nginx')],
		['zypper, of whose settings nobody knows', build('opensuse/leap:15.6', 'zypper -n --installroot /output install nginx')],
		['tdnf', build('photon:5.0', 'tdnf -y --installroot /output install nginx')],
		['a list that a lost backslash cuts off', build('fedora:40', `dnf -y ${told} --installroot /output --releasever 40 install \\\n  glibc\n  glibc-minimal-langpack`)],
		['a reinstall', build('fedora:40', 'dnf -y --installroot /output reinstall krb5-libs')],
		['ONBUILD', 'FROM fedora:40 AS b\nONBUILD RUN dnf -y --installroot /output install nginx\nFROM scratch\nCOPY --from=b /output /\n'],
	])('%s', (_what, text) => silent(installrootIncomplete, text));

	it('a second transaction’s language pack only: the rest is told each time', () => {
		const [finding] = finds(
			installrootIncomplete,
			`FROM fedora:40 AS b\nRUN dnf -y ${told} --installroot /output --releasever 40 install glibc-minimal-langpack\nRUN «dnf -y --installroot /output install» nginx\nFROM scratch\nCOPY --from=b /output /\n`,
		);
		expect(finding?.message).not.toMatch(/langpack|releasever/);
		expect(finding?.saves).toBeUndefined();
	});
});

describe('installroot-incomplete repairs', () => {
	it('everything at once, in the layout of the list', () => {
		const before = build('fedora:40', 'dnf -y --installroot /output install \\\n      nginx \\\n      tar');
		const after = build('fedora:40', `dnf -y --installroot /output install --releasever 40 ${told} \\\n      nginx \\\n      tar \\\n      glibc-minimal-langpack`);
		fixes(installrootIncomplete, before, after, 'suggested');
		silent(installrootIncomplete, after);
	});

	it('dnf 5 with the host’s configuration, which knows the release', () => {
		fixes(
			installrootIncomplete,
			build('fedora:42', 'dnf -y --installroot /output install nginx'),
			build('fedora:42', `dnf -y --installroot /output install --use-host-config ${told.replace('--nodocs', '--no-docs')} nginx glibc-minimal-langpack`),
			'suggested',
		);
	});

	it('without --nodocs where the documentation is read', () => {
		const read = (text: string) => text.replace('FROM scratch', 'RUN cp /output/usr/share/doc/x /y\nFROM scratch');
		fixes(
			installrootIncomplete,
			read(build('fedora:40', 'dnf -y --installroot /output --releasever 40 install nginx')),
			read(build('fedora:40', 'dnf -y --installroot /output --releasever 40 install --setopt=install_weak_deps=False nginx glibc-minimal-langpack')),
			'suggested',
		);
	});

	it('not in the exec form', () =>
		unfixable(installrootIncomplete, 'FROM fedora:40 AS b\nRUN ["dnf", "-y", "--installroot", "/output", "install", "nginx"]\nFROM scratch\nCOPY --from=b /output /\n'));
});
