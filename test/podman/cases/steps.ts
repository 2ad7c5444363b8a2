import { lines, type RepairCase } from './repairCase';

/** RUNs that become one. */
export const stepCases: readonly RepairCase[] = [
	{
		name: 'merged RUNs keep comments, users, folders and variables',
		text: lines(
			'FROM debian:12',
			'RUN head -c 1000000 /dev/zero > /srv/a.bin && groupadd --gid 2000 app',
			'# nobody logs in',
			'RUN useradd --no-log-init --uid 2000 -g app -m -s /usr/sbin/nologin app',
			'RUN mkdir /srv/app && \\',
			'    # the user writes there',
			'    chown app:app /srv/app && echo "made" > /srv/app/log && chmod 640 /srv/a.bin',
			'WORKDIR /srv/app',
			'ENV WHO="the user"',
			'USER app',
			'RUN id -un > who || true',
			'RUN echo "$WHO # $HOME" >> who',
			'RUN umask 077 && touch private',
			'RUN touch public',
		),
		safe: [],
		suggested: ['consecutive-runs'],
		check: 'cat log who && stat -c "%n %a %U" private public . && pwd && echo $WHO && id -un',
		says: 'made\napp\nthe user # /home/app\nprivate 600 app\npublic 644 app\n. 755 app\n/srv/app\nthe user\napp\n',
	},
	{
		name: 'a failing alternative and a condition stay what they are when RUNs are merged',
		text: lines(
			'FROM debian:12',
			'RUN head -c 1000 /dev/zero > /a.bin; test -e /nowhere && echo there > /a || echo not there > /a',
			'RUN if [ -e /a ]; then cp /a /b; fi',
			'RUN cat /a /b | sort | uniq -c > /c && chmod 600 /a.bin',
		),
		safe: [],
		suggested: ['consecutive-runs'],
		check: 'cat /a /b && grep -o "2 not there" /c',
		says: 'not there\nnot there\n2 not there\n',
	},
];
