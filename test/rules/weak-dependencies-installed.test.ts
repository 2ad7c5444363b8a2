import { describe, expect, it } from 'vitest';
import { weakDependenciesInstalled } from '../../server/src/rules/weak-dependencies-installed';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

describe('weak-dependencies-installed finds', () => {
	it.each([
		['apt-get', 'FROM debian:12\nRUN apt-get update && «apt-get install» -y nginx\n'],
		['apt', 'FROM ubuntu:22.04\nRUN «apt install» -y nginx\n'],
		['dnf', 'FROM fedora:40\nRUN «dnf -y install» nginx && dnf clean all\n'],
		['yum that is dnf', 'FROM almalinux:9\nRUN «yum -y install» nginx\n'],
		['a package that recommends something beside those that do not', 'FROM debian:12\nRUN «apt-get install» -y make git\n'],
		['the settings of EPEL', 'FROM oraclelinux:9\nRUN «dnf -y install» epel-release\n'],
		['a group', 'FROM fedora:40\nRUN «dnf -y group install» development-tools\n'],
		['an application built on Debian', 'FROM python:3.12\nRUN «apt-get install» -y nginx\n'],
		['a variable list', 'FROM debian:12\nARG PACKAGES="nginx tar"\nRUN «apt-get install» -y $PACKAGES $OTHER\n'],
		['a list of another command', 'FROM debian:12\nRUN cat list | xargs «apt-get install» -y nginx\n'],
		['sudo, lower case, in a here-document', 'from debian:12\nrun <<EOF\nsudo «apt-get install» -y nginx\nEOF\n'],
		['one command whose neighbour is told', 'FROM debian:12\nRUN apt-get install -y --no-install-recommends tar && «apt-get install» -y nginx\n'],
		['one whose neighbour is told by a setting', 'FROM fedora:40\nRUN dnf -y install --setopt=install_weak_deps=0 tar && «dnf -y install» nginx\n'],
		['the stage that the image is built on', 'FROM debian:12 AS a\nRUN «apt-get install» -y nginx\nFROM a\nRUN true\n'],
		['a stage whose whole root is copied', 'FROM debian:12 AS a\nRUN «apt-get install» -y nginx\nFROM scratch\nCOPY --from=a / /\n'],
		['what is removed without its dependencies', 'FROM debian:12\nRUN «apt-get install» -y gcc && make && apt-get purge -y gcc\n'],
		['a line that comes later', 'FROM debian:12\nRUN «apt-get install» -y nginx\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/x\n'],
		['the scripts copied to the root folder', 'FROM debian:12\nCOPY entrypoint.sh start.sh /\nRUN «apt-get install» -y nginx\n'],
	])('%s', (_what, text) => {
		finds(weakDependenciesInstalled, text);
	});

	it('with a number only on Debian itself', () => {
		expect(finds(weakDependenciesInstalled, 'FROM debian:12\nRUN «apt-get install» -y ffmpeg git\n')[0]?.saves).toMatchObject({
			atLeast: 0,
			atMost: 163_000_000,
			basis: 'catalog',
		});
		expect(finds(weakDependenciesInstalled, 'FROM python:3.12\nRUN «apt-get install» -y ffmpeg\n')[0]?.saves).toBeUndefined();
		expect(finds(weakDependenciesInstalled, 'FROM debian:12\nRUN «apt-get install» -y supervisor\n')[0]?.saves).toBeUndefined();
	});
});

const apt = (command: string, before = '') => `FROM debian:12\n${before}RUN ${command}\n`;

describe('weak-dependencies-installed is silent on', () => {
	it.each([
		['packages that recommend nothing', apt('apt-get install -y make unzip=6.0-28 xz-utils jq')],
		['python2, which needs no more', 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python2\n'],
		['the nodejs of NodeSource', apt('curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y nodejs')],
		['settings of repositories', 'FROM oraclelinux:9\nRUN dnf -y install oracle-instantclient-release-el9 && dnf clean all\n'],
		['--no-install-recommends', apt('apt-get install -y --no-install-recommends nginx')],
		['it behind the list', apt('apt-get install -y nginx --no-install-recommends')],
		['it before the verb', apt('apt-get -y --no-install-recommends install nginx')],
		['-o with 0', apt('apt-get install -y -o APT::Install-Recommends=0 nginx')],
		['-o with false', apt('apt-get -o APT::Install-Recommends=false install -y nginx')],
		['-o without a blank', apt('apt-get -oAPT::Install-Recommends=no install -y nginx')],
		['-o= in quotes', apt('apt-get -o="APT::Install-Recommends=false" install -y nginx')],
		['-o in quotes', apt('apt-get -o "APT::Get::Install-Recommends=false" install -y nginx')],
		['--option', apt('apt-get --option=APT::Install-Recommends=0 install -y nginx')],
		['--install-recommends, which asks for them', apt('apt-get install -y --install-recommends wine')],
		['an option in ENV', apt('apt-get install $APT_OPTS nginx', 'ENV APT_OPTS="-y --no-install-recommends"\n')],
		['an option in a shell variable', apt('O="--no-install-recommends -y" && apt-get install $O nginx')],
		['options that are not known', apt('apt-get install -y $APT_INSTALL_OPTIONS nginx')],
		['apt.conf.d by echo', apt('apt-get install -y nginx', 'RUN echo \'APT::Install-Recommends "false";\' > /etc/apt/apt.conf.d/99x\n')],
		['apt.conf.d by printf in the same RUN', apt('printf "APT::Install-Recommends \\"0\\";\\n" | tee /etc/apt/apt.conf.d/x && apt-get install -y nginx')],
		['apt.conf.d by a here-document', apt('apt-get install -y nginx', 'RUN cat <<EOF > /etc/apt/apt.conf.d/x\nAPT{Install-Recommends="false";};\nEOF\n')],
		['apt.conf.d by COPY of a here-document', apt('apt-get install -y nginx', 'COPY <<EOF /etc/apt/apt.conf.d/x\nAPT::Install-Recommends "0";\nEOF\n')],
		['apt.conf.d by COPY of a file', apt('apt-get install -y nginx', 'COPY 01norecommends /etc/apt/apt.conf.d/\n')],
		['a folder copied over the root', apt('apt-get install -y nginx', 'COPY rootfs /\n')],
		['a file moved there', apt('cp /tmp/apt.conf /etc/apt/apt.conf.d/x && apt-get install -y nginx')],
		['a file mounted there', 'FROM debian:12\nRUN --mount=type=bind,source=apt.conf,target=/etc/apt/apt.conf apt-get install -y nginx\n'],
		['the stage below', 'FROM debian:12 AS a\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/x\nFROM a\nRUN apt-get install -y nginx\n'],
		['a simulation', apt('apt-get install -y --download-only nginx')],
		['a repair of what dpkg left', apt('apt-get install -fy')],
		['build dependencies, which take none', apt('apt-get build-dep -y nginx')],
		['what the same RUN removes again', apt('apt-get install -y gcc make && make && apt-get purge -y --auto-remove gcc make')],
		['the same in a variable', apt('apt-get install -y $DEPS && make && apt-get purge -y --auto-remove $DEPS')],
		['dnf with a blank', 'FROM fedora:40\nRUN dnf install -y --setopt install_weak_deps=0 nginx\n'],
		['dnf with a star', "FROM fedora:40\nRUN dnf install -y --setopt='*.install_weak_deps=False' nginx\n"],
		['dnf.conf', 'FROM fedora:40\nRUN echo install_weak_deps=False >> /etc/dnf/dnf.conf\nRUN dnf install -y nginx\n'],
		['dnf.conf by sed', 'FROM fedora:40\nRUN sed -i "s/^best.*/install_weak_deps = false/" /etc/dnf/dnf.conf && dnf install -y nginx\n'],
		['a copied dnf.conf', 'FROM fedora:40\nCOPY dnf.conf /etc/dnf/dnf.conf\nRUN dnf install -y nginx\n'],
		['a copied drop-in of dnf 5', 'FROM fedora:42\nCOPY x.conf /etc/dnf/libdnf5.conf.d/\nRUN dnf install -y nginx\n'],
		['another configuration file', 'FROM fedora:40\nRUN dnf -c /x/dnf.conf install -y nginx\n'],
		['yum 3, which knows none', 'FROM centos:7\nRUN yum install -y nginx\n'],
		['tdnf, which has no switch', 'FROM photon:5.0\nRUN tdnf install -y nginx\n'],
		['a base of which nobody knows', 'FROM registry.suse.com/bci/bci-base:15.6\nRUN zypper -n install nginx\n'],
		['an unknown base', 'FROM registry.corp/x\nRUN apt-get install -y nginx\n'],
		['an unknown dnf', 'FROM centos:7\nRUN dnf install -y nginx\n'],
		['Alpine', 'FROM alpine:3.20\nRUN apk add nginx\n'],
		['a builder', 'FROM debian:12 AS a\nRUN apt-get install -y gcc\nFROM scratch\nCOPY --from=a /x /x\n'],
		['another root', 'FROM fedora:40 AS b\nRUN dnf -y --installroot /o install nginx\nFROM scratch\nCOPY --from=b /o /\n'],
		['an option that a variable holds', 'FROM debian:12\nENV OPTS="-y --no-install-recommends"\nRUN apt-get install $OPTS nginx\n'],
		['an option that a build argument holds by default', 'FROM debian:12\nARG OPTS="-y --no-install-recommends"\nRUN apt-get install $OPTS nginx\n'],
		['a command that a variable holds', 'FROM debian:12\nENV GET="apt-get install -y --no-install-recommends"\nRUN $GET nginx\n'],
	])('%s', (_what, text) => silent(weakDependenciesInstalled, text));
});

describe('weak-dependencies-installed repairs', () => {
	const repaired = (before: string, after: string) => {
		expect(checkLaws(before)).toEqual([]);
		return fixes(weakDependenciesInstalled, before, after, 'suggested');
	};

	it.each([
		[
			'a script in quotes',
			"FROM debian:12\nRUN bash -c 'apt-get install -y git nginx'\n",
			"FROM debian:12\nRUN bash -c 'apt-get install --no-install-recommends -y git ca-certificates nginx'\n",
		],
		[
			'what a variable holds',
			'FROM debian:12\nENV P="git nginx"\nRUN apt-get install -y $P\n',
			'FROM debian:12\nENV P="git nginx"\nRUN apt-get install --no-install-recommends -y $P ca-certificates\n',
		],
		[
			'a command of a variable',
			'FROM debian:12\nENV GET="apt-get -y install"\nRUN $GET nginx\n',
			'FROM debian:12\nENV GET="apt-get -y install"\nRUN $GET --no-install-recommends nginx\n',
		],
		['ONBUILD', 'FROM debian:12\nONBUILD RUN apt-get install -y nginx\n', 'FROM debian:12\nONBUILD RUN apt-get install --no-install-recommends -y nginx\n'],
	])('%s', (_what, before, after) => {
		expect(repaired(before, after).title).toContain('Add --no-install-recommends');
	});

	it('nothing where a build argument names the packages', () => {
		unfixable(weakDependenciesInstalled, 'FROM debian:12\nARG P=git\nRUN apt-get install -y $P\n');
		// At every turn of a loop once more.
		unfixable(weakDependenciesInstalled, 'FROM debian:12\nRUN for p in nginx git; do apt-get install -y $p; done\n');
		unfixable(weakDependenciesInstalled, "FROM debian:12\nRUN bash -c 'for p in nginx git; do apt-get install -y $p; done'\n");
	});

	it('dnf and microdnf, each with what it understands', () => {
		repaired('FROM fedora:40\nRUN dnf -y install nginx\n', 'FROM fedora:40\nRUN dnf -y install --setopt=install_weak_deps=False nginx\n');
		repaired('FROM almalinux:9-minimal\nRUN microdnf -y install nginx\n', 'FROM almalinux:9-minimal\nRUN microdnf -y install --setopt=install_weak_deps=0 nginx\n');
	});

	it('with the recommended packages that are usually meant, named in the title', () => {
		const fix = repaired(apt('apt-get install -y curl wget gcc'), apt('apt-get install --no-install-recommends -y curl ca-certificates wget gcc libc6-dev'));
		expect(fix.title).toBe('Add --no-install-recommends, ca-certificates, libc6-dev');
	});

	it('with what those need in turn', () => {
		const after = apt('apt-get install --no-install-recommends -y cmake gcc make libc6-dev');
		const { edits } = fixes(weakDependenciesInstalled, apt('apt-get install -y cmake'), after, 'suggested');
		expect(edits).toHaveLength(4);
	});

	it('a list with lines of its own in its layout, comments and line ends kept', () => {
		repaired(
			'FROM debian:12\r\nRUN apt-get install -y \\\r\n      # for https\r\n      curl \\\r\n      nginx\r\n',
			'FROM debian:12\r\nRUN apt-get install --no-install-recommends -y \\\r\n      # for https\r\n      curl \\\r\n      ca-certificates \\\r\n      nginx\r\n',
		);
	});

	it('without what is named anyway, here or before', () => {
		repaired(apt('apt-get install -y curl=7.* ca-certificates'), apt('apt-get install --no-install-recommends -y curl=7.* ca-certificates'));
		repaired(
			apt('apt-get install -y curl', 'RUN apt-get install -y --no-install-recommends ca-certificates\n'),
			apt('apt-get install --no-install-recommends -y curl', 'RUN apt-get install -y --no-install-recommends ca-certificates\n'),
		);
		repaired(apt('apt-get install -y gcc build-essential'), apt('apt-get install --no-install-recommends -y gcc build-essential'));
		repaired(apt('apt-get install -y gcc g++'), apt('apt-get install --no-install-recommends -y gcc g++'));
		repaired('FROM fedora:40\nRUN dnf install -y nodejs nodejs-npm\n', 'FROM fedora:40\nRUN dnf install --setopt=install_weak_deps=False -y nodejs nodejs-npm\n');
		repaired('FROM fedora:40\nRUN dnf install -y nodejs\n', 'FROM fedora:40\nRUN dnf install --setopt=install_weak_deps=False -y nodejs npm\n');
	});

	it.each([
		['a variable', 'curl $MORE'],
		['what another command prints', 'curl $(cat /list)'],
		['a desktop', 'xfce4'],
		['a task', 'lamp-server^'],
	])('not where the list holds %s: what is recommended is not known, or is what is wanted', (_what, list) => {
		unfixable(weakDependenciesInstalled, apt(`apt-get install -y ${list}`));
	});

	it('a module without packages beside it', () => {
		repaired('FROM almalinux:9\nRUN dnf -y module install nodejs:20\n', 'FROM almalinux:9\nRUN dnf -y module install --setopt=install_weak_deps=False nodejs:20\n');
	});

	it('aptitude in its own words', () => {
		repaired(apt('aptitude install -y nginx'), apt('aptitude install --without-recommends -y nginx'));
	});

	it('not in the exec form', () => unfixable(weakDependenciesInstalled, 'FROM debian:12\nRUN ["apt-get", "install", "-y", "nginx"]\n'));
});
