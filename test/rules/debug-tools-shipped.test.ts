import { describe, expect, it } from 'vitest';
import { debugToolsShipped as rule } from '../../server/src/rules/debug-tools-shipped';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const apt = (packages: string, rest = 'CMD ["app"]\n') => `FROM debian:12\nRUN apt-get update && apt-get install -y ${packages} && rm -rf /var/lib/apt/lists/*\n${rest}`;

describe('debug-tools-shipped', () => {
	it.each([
		apt('nginx «vim»'),
		apt('nginx «strace» vim-tiny'),
		apt('«net-tools» lsof nmap'),
		apt('«vim» telnet'),
		'FROM fedora:40\nRUN dnf -y install nginx «gdb» && dnf clean all\nENTRYPOINT ["nginx"]\n',
		'FROM alpine:3.20\nRUN apk add --no-cache nginx «nano»\nCMD ["nginx", "-g", "daemon off;"]\n',
		'FROM nginx:1.27\nRUN apt-get update && apt-get install -y curl «vim=2:9*»\n',
		// A shell that runs a script is no place to work.
		apt('nginx «vim»', 'CMD ["/bin/bash", "-c", "nginx"]\n'),
		apt('nginx «vim»', 'CMD ["bash", "start.sh"]\n'),
		// A word of a longer name is no use of it.
		apt('nginx «vim»', 'COPY vim-free.conf /etc/\nCMD ["nginx"]\n'),
	])('finds %j', (text) => {
		finds(rule, text);
	});

	it.each([
		// Something uses it.
		apt('nginx vim', 'ENV EDITOR=vim\nCMD ["nginx"]\n'),
		apt('nginx nano', 'ENV EDITOR=/bin/nano\nCMD ["nginx"]\n'),
		apt('vim nginx', 'COPY vimrc /root/.vimrc\nCMD ["nginx"]\n'),
		apt('gdb app', 'ENTRYPOINT ["gdb", "-batch", "-ex", "run", "app"]\n'),
		apt('nginx strace', 'RUN strace -o /trace nginx -t\nCMD ["nginx"]\n'),
		apt('app gdb', 'HEALTHCHECK CMD gdb -p 1 -batch\nCMD ["app"]\n'),
		// A pager of the clients that are there.
		apt('less postgresql-client', 'CMD ["psql"]\n'),
		apt('less vim', 'RUN pip install awscli\nENV EDITOR vi\nCMD ["aws"]\n'),
		// What a program may call.
		apt('nginx less'),
		apt('nginx iputils-ping'),
		apt('smokeping dnsutils traceroute'),
		apt('zabbix-server nmap traceroute iputils-ping net-tools'),
		apt('nginx procps netcat-openbsd curl iproute2 socat'),
		// Somebody says why.
		'FROM debian:12\n# vim for the people of support\nRUN apt-get update && apt-get install -y nginx vim\nCMD ["nginx"]\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y nginx \\\n    # gdb: the crash handler calls it\n    gdb\nCMD ["nginx"]\n',
		// Removed again; what comes too late is told there.
		apt('nginx vim', 'RUN apt-get purge -y vim\nCMD ["nginx"]\n'),
		apt('nginx vim && apt-get purge -y vim'),
		'FROM alpine:3.20\nRUN apk add --no-cache --virtual .tools strace && ./trace && apk del .tools\nCMD ["app"]\n',
		// Not in the image, or only if somebody wants it.
		'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y vim gcc\nFROM debian:12\nCOPY --from=build /x /x\nCMD ["/x"]\n',
		apt('nginx', 'ARG DEBUG\nRUN if [ -n "$DEBUG" ]; then apt-get update && apt-get install -y vim; fi\nCMD ["nginx"]\n'),
		'FROM debian:12 AS app\nRUN apt-get update && apt-get install -y nginx\nCMD ["nginx"]\nFROM app AS debug\nRUN apt-get update && apt-get install -y vim\n',
		// People work there.
		apt('nginx vim', ''),
		apt('git vim', 'CMD ["/bin/bash"]\n'),
		apt('git vim', 'COPY x /x\nCMD bash -l\n'),
		apt('r-base vim', 'COPY x /x\nCMD ["R"]\n'),
		apt('git vim', 'COPY x /x\nCMD service ssh start && bash\n'),
		apt('git vim', 'COPY x /x\nCMD ["sleep", "infinity"]\n'),
		apt('git vim', 'COPY x /x\nCMD tail -f /dev/null\n'),
		apt('openssh-server vim', 'CMD ["/usr/sbin/sshd", "-D"]\n'),
		apt('zsh vim', 'COPY x /x\nCMD ["app"]\n'),
		'FROM mcr.microsoft.com/devcontainers/base:bookworm\nRUN apt-get update && apt-get install -y vim\nCMD ["app"]\n',
		'FROM quay.io/jupyter/base-notebook\nRUN apt-get update && apt-get install -y vim\nCMD ["start"]\n',
		'FROM quay.io/acme/base\nRUN yum -y install vim\nCOPY x /x\n',
		apt('vim nginx', 'ONBUILD COPY . /app\nCMD ["app"]\n'),
		// Not known.
		apt('nginx $TOOLS'),
		apt('vim-common vimix-icons less-than nanoc'),
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it.each([
		[apt('nginx vim'), apt('nginx')],
		[apt('vim nginx'), apt('nginx')],
		[apt('vim nginx strace curl htop'), apt('nginx curl')],
		[apt('nginx \\\n    vim \\\n    curl \\\n'), apt('nginx \\\n    curl \\\n')],
		[apt('\\\n    vim \\\n    nginx'), apt('\\\n    nginx')],
		[apt('nginx \\\n    # editors are next\n    curl vim'), apt('nginx \\\n    # editors are next\n    curl')],
		['FROM fedora:40\r\nRUN dnf -y install nginx \\\r\n    nano\r\nCMD ["nginx"]\r\n', 'FROM fedora:40\r\nRUN dnf -y install nginx\r\nCMD ["nginx"]\r\n'],
		['FROM fedora:40\nRUN <<EOF\ndnf -y install nginx nano\nEOF\nCMD ["nginx"]\n', 'FROM fedora:40\nRUN <<EOF\ndnf -y install nginx\nEOF\nCMD ["nginx"]\n'],
		['FROM debian:12\r\nRUN apt-get install -y nginx\\\r\n vim\r\nCMD ["nginx"]\r\n', 'FROM debian:12\r\nRUN apt-get install -y nginx\r\nCMD ["nginx"]\r\n'],
		// What a program may call is another matter.
		[apt('nginx vim net-tools'), apt('nginx net-tools')],
	])('repairs %j', (before, after) => {
		fixes(rule, before, after, 'suggested');
		expect(checkLaws(before)).toEqual([]);
	});

	it('asks to look where a program may call it', () => {
		const before = apt('nginx net-tools lsof nmap');
		fixes(rule, before, apt('nginx'), 'review');
		expect(checkLaws(before)).toEqual([]);
		const [finding] = finds(rule, apt('nginx «telnet» vim'));
		expect(finding?.fixes?.map(({ title, applicability }) => [title, applicability])).toEqual([
			['Remove vim', 'suggested'],
			['Remove telnet and vim', 'review'],
		]);
	});

	it.each([
		apt('vim nano'),
		apt('vim $PACKAGES'),
		apt('nginx \\\n    # for us\n    vim \\\n    curl'),
		'FROM debian:12\nRUN echo nginx | xargs apt-get install -y curl vim\nCMD ["nginx"]\n',
		// A continuation glued to a word is a part of it: it would stay behind, or be missing.
		'FROM debian:12\nRUN apt-get install -y nginx\\\n vim\nCMD ["nginx"]\n',
		'FROM debian:12\nRUN apt-get install -y nginx vim\\\n    # for the web\n    curl\nCMD ["nginx"]\n',
		'FROM debian:12\nRUN apt-get install -y nginx vim\\\n && echo done\nCMD ["nginx"]\n',
		'# escape=`\nFROM debian:12\nRUN apt-get install -y nginx`\n vim\nCMD ["nginx"]\n',
	])('leaves %j to people', (text) => {
		unfixable(rule, text);
		expect(checkLaws(text)).toEqual([]);
	});

	it('names three and counts the rest', () => {
		const [finding] = finds(rule, apt('nginx «vim» nano htop strace'));
		expect(finding?.message).toBe('vim, nano, htop and 1 more help a person who looks around in the container, and nothing in this file uses them');
	});
});
