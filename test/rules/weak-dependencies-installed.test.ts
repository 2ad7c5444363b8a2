import { describe, expect, it } from 'vitest';
import { weakDependenciesInstalled } from '../../server/src/rules/weak-dependencies-installed';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

describe('weak-dependencies-installed finds', () => {
	it.each([
		['apt-get', 'FROM debian:12\nRUN apt-get update && «apt-get install» -y ffmpeg\n'],
		['apt', 'FROM ubuntu:22.04\nRUN «apt install» -y ffmpeg\n'],
		['dnf', 'FROM fedora:40\nRUN «dnf -y install» nginx && dnf clean all\n'],
		['yum that is dnf', 'FROM almalinux:9\nRUN «yum -y install» nodejs\n'],
		['a package that recommends something beside those that do not', 'FROM debian:12\nRUN «apt-get install» -y make git\n'],
		['what little Enterprise Linux recommends', 'FROM registry.access.redhat.com/ubi9/ubi\nRUN «dnf -y install» tar java-17-openjdk\n'],
		['its groups', 'FROM oraclelinux:9\nRUN «dnf -y groupinstall» "Development Tools"\n'],
		['a group', 'FROM fedora:40\nRUN «dnf -y group install» development-tools\n'],
		['an application built on Debian', 'FROM python:3.12\nRUN «apt-get install» -y ffmpeg\n'],
		['a variable list', 'FROM debian:12\nENV PACKAGES="ffmpeg tar"\nRUN «apt-get install» -y $PACKAGES $OTHER\n'],
		['a list of another command', 'FROM debian:12\nRUN cat list | xargs «apt-get install» -y ffmpeg\n'],
		['sudo, lower case, in a here-document', 'from debian:12\nrun <<EOF\nsudo «apt-get install» -y ffmpeg\nEOF\n'],
		['one command whose neighbour is told', 'FROM debian:12\nRUN apt-get install -y --no-install-recommends tar && «apt-get install» -y ffmpeg\n'],
		['one whose neighbour is told by a setting', 'FROM fedora:40\nRUN dnf -y install --setopt=install_weak_deps=0 tar && «dnf -y install» nginx\n'],
		['the stage that the image is built on', 'FROM debian:12 AS a\nRUN «apt-get install» -y ffmpeg\nFROM a\nRUN true\n'],
		['a stage whose whole root is copied', 'FROM debian:12 AS a\nRUN «apt-get install» -y ffmpeg\nFROM scratch\nCOPY --from=a / /\n'],
		['what is removed without its dependencies', 'FROM debian:12\nRUN «apt-get install» -y cmake ffmpeg && make && apt-get purge -y cmake ffmpeg\n'],
		['a line that comes later', 'FROM debian:12\nRUN «apt-get install» -y ffmpeg\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/x\n'],
		['the scripts copied to the root folder', 'FROM debian:12\nCOPY entrypoint.sh start.sh /\nRUN «apt-get install» -y ffmpeg\n'],
	])('%s', (_what, text) => {
		finds(weakDependenciesInstalled, text);
	});

	it('with the packages that are to blame, and what comes with them', () => {
		const message = (text: string) => finds(weakDependenciesInstalled, text)[0]?.message;
		expect(message('FROM debian:12\nRUN «apt-get install» -y curl python3-pip\n')).toBe(
			'apt-get also installs what is only recommended along with python3-pip, such as build-essential',
		);
		expect(message('FROM debian:12\nRUN «apt-get install» -y git ffmpeg\n')).toBe(
			'apt-get also installs what is only recommended along with ffmpeg and git, such as va-driver-all and vdpau-driver-all',
		);
		expect(message('FROM debian:12\nRUN «apt-get install» -y ffmpeg libglib2*\n')).toBe('apt-get also installs what is only recommended along with ffmpeg');
		expect(message('FROM almalinux:9\nRUN «dnf install» -y ruby rubygem-bundler\n')).toBe('dnf also installs what is only recommended along with ruby, such as rubygem-rdoc');
		expect(message('FROM rockylinux:9\nRUN «dnf install» -y java-21-openjdk\n')).toBe('dnf also installs what is only recommended along with java-21-openjdk, such as gtk3');
		expect(message('FROM fedora:43\nRUN «dnf install» -y nginx\n')).toBe('dnf also installs what these packages recommend but do not need');
	});

	it('with a number only on Debian and Ubuntu themselves', () => {
		const saves = (text: string) => finds(weakDependenciesInstalled, text).map((finding) => finding.saves);
		expect(saves('FROM debian:12\nRUN «apt-get install» -y ffmpeg git\n')).toMatchObject([{ atLeast: 31_300_000, basis: 'catalog' }]);
		expect(saves('FROM python:3.12\nRUN «apt-get install» -y ffmpeg\n')).toEqual([undefined]);
		expect(saves('FROM fedora:43\nRUN «dnf install» -y ffmpeg\n')).toEqual([undefined]);
	});

	it('once where one package recommends it, and counts the same bytes once', () => {
		const saves = (text: string) => finds(weakDependenciesInstalled, text).map((finding) => finding.saves);
		// What libc6-dev recommends came with the first one, or was left out there.
		expect(saves('FROM debian:12\nRUN «apt-get install» -y build-essential\nRUN apt-get install -y libpcre3-dev\n')).toHaveLength(1);
		expect(saves('FROM debian:12\nRUN apt-get install -y --no-install-recommends build-essential\nRUN apt-get install -y libpcre3-dev\n')).toHaveLength(0);
		const [npm] = saves('FROM debian:12\nRUN «apt-get install» -y npm\n');
		const [, after] = saves('FROM debian:12\nRUN «apt-get install» -y python3-pip\nRUN «apt-get install» -y npm\n');
		expect(after?.atLeast).toBe(0);
		expect(after?.atMost).toBeCloseTo((npm?.atMost ?? 0) - 289_600_000);
	});
});

const apt = (command: string, before = '') => `FROM debian:12\n${before}RUN ${command}\n`;

describe('weak-dependencies-installed is silent on', () => {
	it.each([
		['what is there already: the base has it', 'FROM python:3.12\nRUN apt-get install -y alien fakeroot curl dbus\n'],
		['what is there already: what curl needs, with which the base was made', 'FROM php:8.3-cli\nRUN apt-get install -y apache2\n'],
		['what the base has for building, and what that needs', 'FROM node:22\nRUN apt-get install -y libxext-dev libpcre3-dev\n'],
		['tools for version control that the base has', 'FROM golang:1.24\nRUN apt-get install -y git mercurial\n'],
		['what goes again in the same RUN, beside others', apt('apt-get install -y ca-certificates g++ && make && apt-get purge -y g++ && apt-get autoremove -y')],
		['Python of Fedora', 'FROM fedora:43\nRUN dnf -y install python python-pip python-eventlet unzip && dnf clean all\n'],
		[
			'releases that were not looked up',
			'FROM ubuntu:14.04\nRUN apt-get install -y ffmpeg\nFROM debian:jessie\nRUN apt-get install -y ffmpeg\nFROM debian:8.11\nRUN apt-get install -y ffmpeg\n',
		],
		['languages, whose recommendation is what is wanted', 'FROM fedora:43\nRUN dnf -y install langpacks-en && dnf clean all\n'],
		['small tools of Fedora', 'FROM fedora:43\nRUN dnf -y install net-tools lsof nmap glibc-langpack-en && dnf clean all\n'],
		['what may be there already', apt('apt-get install -y ansible', 'RUN apt-get install -y --no-install-recommends python3\n')],
		['manuals where the base keeps none', 'FROM debian:12-slim\nRUN apt-get install -y libpcre3-dev\n'],
		['manuals, which Ubuntu leaves out', 'FROM ubuntu:22.04\nRUN apt-get install -y libpcre3-dev\n'],
		['manuals where somebody wants them', 'FROM debian:12\nRUN apt-get install -y man-db libpcre3-dev\n'],
		['what is there already: another install named it', apt('apt-get install -y wget', 'RUN apt-get install -y --no-install-recommends ca-certificates\n')],
		['what is there already: another package needs it', apt('apt-get install -y --no-install-recommends software-properties-common && apt-get install -y python3')],
		['packages that recommend what is nearly always meant', apt('apt-get install -y curl cmake')],
		['packages that are less than a megabyte more', 'FROM ubuntu:22.04\nRUN apt-get install -y zip nginx\n'],
		['a list that a build argument may change', 'FROM debian:12\nARG P=git\nRUN apt-get install -y $P\n'],
		['packages of others, of which nobody knows', apt('apt-get install -y google-chrome-stable')],
		['names of the language itself', apt('apt-get install -y constructor __proto__')],
		['packages of Enterprise Linux, which recommend next to nothing', 'FROM registry.access.redhat.com/ubi9/ubi\nRUN dnf install -y tar gzip openssl fontconfig tzdata\n'],
		['haproxy of EL 8', 'FROM oraclelinux:8\nRUN dnf -y install haproxy && dnf clean all\n'],
		['the settings of EPEL, which bring a plugin of dnf', 'FROM oraclelinux:9\nRUN dnf -y install epel-release\n'],
		['packages that recommend nothing', apt('apt-get install -y make unzip=6.0-28 xz-utils jq')],
		['python2, which needs no more', 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python2\n'],
		['the nodejs of NodeSource', apt('curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y nodejs')],
		['settings of repositories', 'FROM oraclelinux:9\nRUN dnf -y install oracle-instantclient-release-el9 && dnf clean all\n'],
		['--no-install-recommends', apt('apt-get install -y --no-install-recommends ffmpeg')],
		['it behind the list', apt('apt-get install -y ffmpeg --no-install-recommends')],
		['it before the verb', apt('apt-get -y --no-install-recommends install ffmpeg')],
		['-o with 0', apt('apt-get install -y -o APT::Install-Recommends=0 ffmpeg')],
		['-o with false', apt('apt-get -o APT::Install-Recommends=false install -y ffmpeg')],
		['-o without a blank', apt('apt-get -oAPT::Install-Recommends=no install -y ffmpeg')],
		['-o= in quotes', apt('apt-get -o="APT::Install-Recommends=false" install -y ffmpeg')],
		['-o in quotes', apt('apt-get -o "APT::Get::Install-Recommends=false" install -y ffmpeg')],
		['--option', apt('apt-get --option=APT::Install-Recommends=0 install -y ffmpeg')],
		['--install-recommends, which asks for them', apt('apt-get install -y --install-recommends wine')],
		['an option in ENV', apt('apt-get install $APT_OPTS ffmpeg', 'ENV APT_OPTS="-y --no-install-recommends"\n')],
		['an option in a shell variable', apt('O="--no-install-recommends -y" && apt-get install $O ffmpeg')],
		['options that are not known', apt('apt-get install -y $APT_INSTALL_OPTIONS ffmpeg')],
		['apt.conf.d by echo', apt('apt-get install -y ffmpeg', 'RUN echo \'APT::Install-Recommends "false";\' > /etc/apt/apt.conf.d/99x\n')],
		['apt.conf.d by printf in the same RUN', apt('printf "APT::Install-Recommends \\"0\\";\\n" | tee /etc/apt/apt.conf.d/x && apt-get install -y ffmpeg')],
		['apt.conf.d by a here-document', apt('apt-get install -y ffmpeg', 'RUN cat <<EOF > /etc/apt/apt.conf.d/x\nAPT{Install-Recommends="false";};\nEOF\n')],
		['apt.conf.d by COPY of a here-document', apt('apt-get install -y ffmpeg', 'COPY <<EOF /etc/apt/apt.conf.d/x\nAPT::Install-Recommends "0";\nEOF\n')],
		['apt.conf.d by COPY of a file', apt('apt-get install -y ffmpeg', 'COPY 01norecommends /etc/apt/apt.conf.d/\n')],
		['a folder copied over the root', apt('apt-get install -y ffmpeg', 'COPY rootfs /\n')],
		['a file moved there', apt('cp /tmp/apt.conf /etc/apt/apt.conf.d/x && apt-get install -y ffmpeg')],
		['a file mounted there', 'FROM debian:12\nRUN --mount=type=bind,source=apt.conf,target=/etc/apt/apt.conf apt-get install -y ffmpeg\n'],
		['the stage below', 'FROM debian:12 AS a\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/x\nFROM a\nRUN apt-get install -y ffmpeg\n'],
		['a simulation', apt('apt-get install -y --download-only ffmpeg')],
		['a repair of what dpkg left', apt('apt-get install -fy')],
		['build dependencies, which take none', apt('apt-get build-dep -y ffmpeg')],
		['what the same RUN removes again', apt('apt-get install -y gcc make && make && apt-get purge -y --auto-remove gcc make')],
		['the same in a variable', apt('apt-get install -y $DEPS && make && apt-get purge -y --auto-remove $DEPS')],
		['dnf with a blank', 'FROM fedora:40\nRUN dnf install -y --setopt install_weak_deps=0 nginx\n'],
		['dnf with a star', "FROM fedora:40\nRUN dnf install -y --setopt='*.install_weak_deps=False' nginx\n"],
		['dnf.conf', 'FROM fedora:40\nRUN echo install_weak_deps=False >> /etc/dnf/dnf.conf\nRUN dnf install -y nginx\n'],
		['dnf.conf by sed', 'FROM fedora:40\nRUN sed -i "s/^best.*/install_weak_deps = false/" /etc/dnf/dnf.conf && dnf install -y nginx\n'],
		['a copied dnf.conf', 'FROM fedora:40\nCOPY dnf.conf /etc/dnf/dnf.conf\nRUN dnf install -y nginx\n'],
		['a copied drop-in of dnf 5', 'FROM fedora:42\nCOPY x.conf /etc/dnf/libdnf5.conf.d/\nRUN dnf install -y nginx\n'],
		['another configuration file', 'FROM fedora:40\nRUN dnf -c /x/dnf.conf install -y nginx\n'],
		['yum 3, which knows none', 'FROM centos:7\nRUN yum install -y ffmpeg\n'],
		['tdnf, which has no switch', 'FROM photon:5.0\nRUN tdnf install -y nginx\n'],
		['a base of which nobody knows', 'FROM registry.suse.com/bci/bci-base:15.6\nRUN zypper -n install ffmpeg\n'],
		['an unknown base', 'FROM registry.corp/x\nRUN apt-get install -y ffmpeg\n'],
		['an unknown dnf', 'FROM centos:7\nRUN dnf install -y nginx\n'],
		['Alpine', 'FROM alpine:3.20\nRUN apk add ffmpeg\n'],
		['a builder', 'FROM debian:12 AS a\nRUN apt-get install -y gcc\nFROM scratch\nCOPY --from=a /x /x\n'],
		['another root', 'FROM fedora:40 AS b\nRUN dnf -y --installroot /o install nginx\nFROM scratch\nCOPY --from=b /o /\n'],
		['an option that a variable holds', 'FROM debian:12\nENV OPTS="-y --no-install-recommends"\nRUN apt-get install $OPTS ffmpeg\n'],
		['an option that a build argument holds by default', 'FROM debian:12\nARG OPTS="-y --no-install-recommends"\nRUN apt-get install $OPTS ffmpeg\n'],
		['a command that a variable holds', 'FROM debian:12\nENV GET="apt-get install -y --no-install-recommends"\nRUN $GET ffmpeg\n'],
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
			"FROM debian:12\nRUN bash -c 'apt-get install -y git ffmpeg'\n",
			"FROM debian:12\nRUN bash -c 'apt-get install --no-install-recommends -y git ca-certificates ffmpeg'\n",
		],
		[
			'what a variable holds',
			'FROM debian:12\nENV P="git ffmpeg"\nRUN apt-get install -y $P\n',
			'FROM debian:12\nENV P="git ffmpeg"\nRUN apt-get install --no-install-recommends -y $P ca-certificates\n',
		],
		[
			'a command of a variable',
			'FROM debian:12\nENV GET="apt-get -y install"\nRUN $GET ffmpeg\n',
			'FROM debian:12\nENV GET="apt-get -y install"\nRUN $GET --no-install-recommends ffmpeg\n',
		],
		['ONBUILD', 'FROM debian:12\nONBUILD RUN apt-get install -y ffmpeg\n', 'FROM debian:12\nONBUILD RUN apt-get install --no-install-recommends -y ffmpeg\n'],
	])('%s', (_what, before, after) => {
		expect(repaired(before, after).title).toContain('Add --no-install-recommends');
	});

	it('nothing where a build argument names the packages', () => {
		unfixable(weakDependenciesInstalled, 'FROM debian:12\nARG P=git\nRUN apt-get install -y ffmpeg $P\n');
		// At every turn of a loop once more.
		unfixable(weakDependenciesInstalled, 'FROM debian:12\nRUN for p in ffmpeg git; do apt-get install -y $p; done\n');
		unfixable(weakDependenciesInstalled, "FROM debian:12\nRUN bash -c 'for p in ffmpeg git; do apt-get install -y $p; done'\n");
	});

	it('dnf and microdnf, each with what it understands', () => {
		repaired('FROM fedora:40\nRUN dnf -y install nginx\n', 'FROM fedora:40\nRUN dnf -y install --setopt=install_weak_deps=False nginx\n');
		repaired('FROM almalinux:9-minimal\nRUN microdnf -y install nodejs npm\n', 'FROM almalinux:9-minimal\nRUN microdnf -y install --setopt=install_weak_deps=0 nodejs npm\n');
	});

	it('with the recommended packages that are usually meant, named in the title', () => {
		const fix = repaired(apt('apt-get install -y curl wget gcc ffmpeg'), apt('apt-get install --no-install-recommends -y curl ca-certificates wget gcc libc6-dev ffmpeg'));
		expect(fix.title).toBe('Add --no-install-recommends, ca-certificates, libc6-dev');
	});

	it('with what those need in turn', () => {
		const after = apt('apt-get install --no-install-recommends -y cmake gcc make libc6-dev ffmpeg');
		const { edits } = fixes(weakDependenciesInstalled, apt('apt-get install -y cmake ffmpeg'), after, 'suggested');
		expect(edits).toHaveLength(4);
	});

	it('a list with lines of its own in its layout, comments and line ends kept', () => {
		repaired(
			'FROM debian:12\r\nRUN apt-get install -y \\\r\n      # for https\r\n      curl \\\r\n      ffmpeg\r\n',
			'FROM debian:12\r\nRUN apt-get install --no-install-recommends -y \\\r\n      # for https\r\n      curl \\\r\n      ca-certificates \\\r\n      ffmpeg\r\n',
		);
	});

	it('without what is named anyway, here or before', () => {
		repaired(apt('apt-get install -y curl=7.* ca-certificates npm'), apt('apt-get install --no-install-recommends -y curl=7.* ca-certificates npm'));
		repaired(
			apt('apt-get install -y curl npm', 'RUN apt-get install -y --no-install-recommends ca-certificates\n'),
			apt('apt-get install --no-install-recommends -y curl npm', 'RUN apt-get install -y --no-install-recommends ca-certificates\n'),
		);
		repaired(apt('apt-get install -y gcc build-essential'), apt('apt-get install --no-install-recommends -y gcc build-essential'));
		repaired(apt('apt-get install -y gcc g++ git'), apt('apt-get install --no-install-recommends -y gcc g++ git ca-certificates'));
		repaired('FROM fedora:40\nRUN dnf install -y nodejs nodejs-npm\n', 'FROM fedora:40\nRUN dnf install --setopt=install_weak_deps=False -y nodejs nodejs-npm\n');
		repaired('FROM fedora:40\nRUN dnf install -y nodejs\n', 'FROM fedora:40\nRUN dnf install --setopt=install_weak_deps=False -y nodejs npm\n');
	});

	it.each([
		['a variable', 'git $MORE'],
		['what another command prints', 'git $(cat /list)'],
		['a desktop', 'xfce4'],
		['a task', 'git lamp-server^'],
	])('not where the list holds %s: what is recommended is not known, or is what is wanted', (_what, list) => {
		unfixable(weakDependenciesInstalled, apt(`apt-get install -y ${list}`));
	});

	it('a module without packages beside it', () => {
		repaired('FROM almalinux:9\nRUN dnf -y module install nodejs:20\n', 'FROM almalinux:9\nRUN dnf -y module install --setopt=install_weak_deps=False nodejs:20\n');
	});

	it('aptitude in its own words', () => {
		repaired(apt('aptitude install -y ffmpeg'), apt('aptitude install --without-recommends -y ffmpeg'));
	});

	it('not in the exec form', () => unfixable(weakDependenciesInstalled, 'FROM debian:12\nRUN ["apt-get", "install", "-y", "ffmpeg"]\n'));
});
