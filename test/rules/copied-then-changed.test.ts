import { describe, expect, it } from 'vitest';
import { type Context, loneFile } from '../../server/src/model/context/context';
import { copiedThenChanged } from '../../server/src/rules/copied-then-changed';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const debian = (...lines: readonly string[]) => `FROM debian:12\n${lines.join('\n')}\n`;
const podman: Context = { builder: { kind: 'podman' } };

describe('copied-then-changed finds', () => {
	it.each([
		['chown -R of a folder', debian('COPY src /app', 'RUN «chown -R 1000:1000 /app»')],
		['chown -R of a folder above', debian('COPY . /srv/app/', 'RUN «chown -R app /srv»')],
		['chown -R of all that is in it', debian('COPY . /app', 'RUN «chown -R app /app/*»')],
		['the option behind', debian('COPY . /app', 'RUN «chown app:app /app -R»')],
		['the folder of a WORKDIR', debian('WORKDIR /app', 'COPY . .', 'RUN «chown -R app .»')],
		['chmod -R', debian('COPY . /app', 'RUN «chmod -R 777 /app»')],
		['chgrp -R', debian('COPY . /app', 'RUN «chgrp -R app /app»')],
		['find', debian('COPY . /app', 'RUN «find /app -type f -exec chmod 640 {} +»')],
		['mv', debian('COPY dist /tmp/dist', 'RUN «mv /tmp/dist /srv/www»')],
		['a large file', debian('COPY app.jar /app.jar', 'RUN «chown app /app.jar»')],
		['a program that ADD fetches', debian('ADD https://e.com/releases/x-linux-amd64 /usr/local/bin/x', 'RUN «chmod +x /usr/local/bin/x»')],
		['a program of a stage', 'FROM golang:1.22 AS b\nFROM debian:12\nCOPY --from=b /go/bin/x /usr/local/bin/x\nRUN «strip /usr/local/bin/x»\n'],
		['a clone of another RUN', debian('RUN git clone https://e.com/x.git /opt/x', 'RUN «chown -R app /opt/x»')],
		['an archive that another RUN unpacks', debian('RUN curl -L https://e.com/x.tgz | tar -xz -C /opt', 'RUN «chown -R app /opt»')],
		['a program that another RUN fetches', debian('RUN curl -Lo /usr/bin/kubectl https://e.com/bin/linux/amd64/kubectl', 'RUN «chmod +x /usr/bin/kubectl»')],
		['a stage below', 'FROM debian:12 AS a\nCOPY . /app\nFROM a\nRUN «chown -R app /app»\n'],
		['one copy for two changes of a RUN', debian('COPY . /app', 'RUN «chown -R app /app» && chmod -R 700 /app')],
		['a here-document', 'FROM debian:12\nCOPY . /app\nRUN <<EOF\nset -e\n«chown -R 1000 /app»\nEOF\n'],
	])('%s', (_what, text) => {
		finds(copiedThenChanged, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it('and names no place that no earlier layer has', () => {
		const [finding] = finds(copiedThenChanged, debian('COPY . /app', 'RUN mkdir /data && «chown -R 1 /data /app»'));
		expect(finding?.message).toContain('wrote to /app, so');
	});

	it('for podman what changes nothing, too: its layers have what was touched', () => {
		finds(copiedThenChanged, debian('COPY . /app', 'RUN «chown -R root:root /app»'), podman);
		finds(copiedThenChanged, 'FROM golang:1.22 AS b\nFROM debian:12\nCOPY --from=b /go/bin/x /usr/local/bin/x\nRUN «chmod +x /usr/local/bin/x»\n', podman);
	});
});

describe('copied-then-changed is silent on', () => {
	it.each([
		['a script', debian('COPY entrypoint.sh /', 'RUN chmod +x /entrypoint.sh')],
		['a script without an ending', debian('COPY docker-entrypoint /usr/local/bin/', 'RUN chmod +x /usr/local/bin/docker-entrypoint')],
		['a configuration', debian('COPY nginx.conf /etc/nginx/', 'RUN chown -R nginx /etc/nginx')],
		['a folder of configuration', debian('COPY conf /etc/app', 'RUN chown -R app /etc/app')],
		['a folder of scripts', debian('COPY container-scripts/* /opt/scripts/', 'RUN chmod -R +x /opt/scripts')],
		['a key', debian('COPY authorized_keys /home/a/.ssh/', 'RUN chown -R a /home/a')],
		['a folder alone that a large file is in', debian('COPY app.jar /app', 'RUN chown app /app')],
		['a small file by a name without an ending', debian('ADD Caddyfile /etc/caddy/Caddyfile', 'RUN chown -R 1 /etc/caddy')],
		['something for /etc', debian('COPY contrib/enable /opt/app/etc/enable', 'RUN chown -R 1 /opt/app')],
		['a folder alone', debian('COPY . /app', 'RUN chown app /app')],
		['a folder in what was copied', debian('COPY . /app', 'RUN chown -R app /app/storage')],
		['folders alone', debian('COPY . /app', 'RUN find /app -type d -exec chmod 755 {} +')],
		['a folder that nothing was copied to', debian('RUN mkdir /data', 'RUN chown -R app /data')],
		['what the base has', 'FROM nginx:1.27\nRUN chown -R nginx /usr/share/nginx/html\n'],
		['files of its own RUN', debian('RUN git clone https://e.com/x.git /x && chown -R app /x')],
		['what it makes anew', debian('COPY . /app', 'RUN rm -rf /app && mkdir /app && chown -R app /app')],
		['what it removes then', debian('COPY a.tar /a.tar', 'RUN chmod 600 /a.tar && tar -xf /a.tar && rm /a.tar')],
		['what was removed before its layer was done', debian('RUN wget -P /opt https://e.com/a.tgz && tar -xf /opt/a.tgz && rm /opt/a.tgz', 'RUN chown -R app /opt')],
		['a COPY that did it', debian('COPY --chown=app:app . /app', 'RUN chown -R app:app /app')],
		['an owner that it has', debian('COPY . /app', 'RUN chown -R root:root /app')],
		['a mode that files have as a rule', debian('COPY . /app', 'RUN chmod -R a+rX /app')],
		['what it moves and removes then', debian('COPY a.tgz /tmp/', 'RUN mv /tmp/a.tgz /opt/ && cd /opt && tar -xf a.tgz && rm a.tgz')],
		['what it moves under a mount', debian('COPY a.tgz /tmp/', 'RUN --mount=type=cache,target=/c mv /tmp/a.tgz /c/')],
		['a mode that what is fetched has', debian('RUN curl -Lo /opt/x.jar https://e.com/x.jar', 'RUN chmod 0644 /opt/x.jar')],
		['a built program that can be executed', 'FROM golang:1.22 AS b\nFROM debian:12\nCOPY --from=b /go/bin/x /usr/local/bin/x\nRUN chmod +x /usr/local/bin/x\n'],
		['a condition', debian('COPY . /app', 'RUN if test -e /x; then chown -R app /app; fi')],
		['a path that is not known', debian('COPY . /app', 'ARG D', 'RUN chown -R app $D')],
		['a folder of which nobody knows where it is', 'FROM acme/x\nCOPY . .\nRUN chown -R app var\n'],
		['everything', debian('COPY . /app', 'RUN chown -R app /')],
		['a builder', 'FROM debian:12 AS b\nCOPY . /app\nRUN chown -R 1 /app\nFROM debian:12\nCOPY --from=b /app /app\n'],
		['a volume', debian('COPY . /app', 'VOLUME /app', 'RUN chown -R app /app')],
		['a mount', debian('COPY . /app', 'RUN --mount=type=bind,target=/app,rw chown -R app /app')],
		['ONBUILD', debian('ONBUILD COPY . /app', 'ONBUILD RUN chown -R app /app')],
	])('%s', (_what, text) => {
		silent(copiedThenChanged, text);
	});

	it('files of the layer that is made of a stage', () => {
		const text = debian('COPY . /app', 'RUN chown -R app /app');
		silent(copiedThenChanged, text, { ...loneFile, oneLayer: 'stage' });
		silent(copiedThenChanged, `FROM debian:12 AS a\nCOPY . /app\nFROM a\nRUN chown -R app /app\n`, { ...loneFile, oneLayer: 'image' });
	});
});

describe('copied-then-changed lets COPY do it', () => {
	it.each([
		[
			'a user that is there before',
			debian('RUN useradd app', 'COPY src/ /app', 'RUN chown -R app:app /app'),
			debian('RUN useradd app', 'COPY --chown=app:app src/ /app', 'RUN chown app:app /app'),
		],
		['a number', debian('COPY . /app', 'RUN chown -R 1000:1000 /app && ls'), debian('COPY --chown=1000:1000 . /app', 'RUN chown 1000:1000 /app && ls')],
		['a user without a group, which stays 0', debian('COPY . /app', 'RUN chown -R 1000 /app'), debian('COPY --chown=1000:0 . /app', 'RUN chown 1000 /app')],
		['into a WORKDIR', debian('WORKDIR /app', 'COPY . .', 'RUN chown -R 1:1 /app'), debian('WORKDIR /app', 'COPY --chown=1:1 . .', 'RUN chown 1:1 /app')],
		['two COPYs', debian('COPY a/ /app/a', 'COPY b/ /app/b', 'RUN chown -R 1:1 /app'), debian('COPY --chown=1:1 a/ /app/a', 'COPY --chown=1:1 b/ /app/b', 'RUN chown 1:1 /app')],
		[
			'of a stage',
			'FROM node:22 AS b\nFROM node:22\nCOPY --from=b /x/ /app\nRUN chown -R node:node /app\n',
			'FROM node:22 AS b\nFROM node:22\nCOPY --from=b --chown=node:node /x/ /app\nRUN chown node:node /app\n',
		],
		['at the end of a text without a newline', 'FROM debian:12\nCOPY a.jar /a.jar\nRUN chmod 644 /a.jar', 'FROM debian:12\nCOPY --chmod=644 a.jar /a.jar'],
		['behind an empty line there', 'FROM debian:12\nCOPY a.jar /a.jar\n\nRUN chmod 644 /a.jar', 'FROM debian:12\nCOPY --chmod=644 a.jar /a.jar'],
		['a mode', debian('COPY . /app', 'RUN chmod -R 755 /app'), debian('COPY --chmod=755 . /app', 'RUN chmod 755 /app')],
		[
			'a file, and leaves one blank line of two',
			debian('COPY a.jar /a.jar', '', 'RUN chmod 644 /a.jar', '', 'CMD ["x"]'),
			debian('COPY --chmod=644 a.jar /a.jar', '', 'CMD ["x"]'),
		],
		['in the columns of the file', debian('COPY    a.jar /a.jar', 'RUN     chmod 644 /a.jar'), debian('COPY    --chmod=644 a.jar /a.jar')],
		[
			'a user of a file that is copied before',
			debian('COPY passwd /etc/', 'COPY a/ /app', 'RUN chown -R a:a /app'),
			debian('COPY passwd /etc/', 'COPY --chown=a:a a/ /app', 'RUN chown a:a /app'),
		],
		['a file', debian('COPY app.jar /opt/app.jar', 'RUN chmod 644 /opt/app.jar', 'CMD ["x"]'), debian('COPY --chmod=644 app.jar /opt/app.jar', 'CMD ["x"]')],
		[
			'a program that is fetched',
			debian('ADD https://e.com/releases/x-linux-amd64 /usr/bin/x', 'RUN chmod 755 /usr/bin/x'),
			debian('ADD --chmod=755 https://e.com/releases/x-linux-amd64 /usr/bin/x'),
		],
		[
			'a program that is fetched, for its owner',
			debian('ADD https://e.com/releases/x-linux-amd64 /usr/bin/x', 'RUN chmod u+x /usr/bin/x'),
			debian('ADD --chmod=700 https://e.com/releases/x-linux-amd64 /usr/bin/x'),
		],
		[
			'or the RUN that fetched it',
			debian('RUN curl -Lo /usr/bin/x https://e.com/linux/amd64/x', 'RUN chmod +x /usr/bin/x'),
			debian('RUN curl -Lo /usr/bin/x https://e.com/linux/amd64/x \\', '    && chmod +x /usr/bin/x'),
		],
	])('%s', (_what, before, after) => {
		fixes(copiedThenChanged, before, after, 'suggested');
		expect(checkLaws(before)).toEqual([]);
	});

	it('and makes a fetched program executable for all, if a person agrees', () => {
		fixes(
			copiedThenChanged,
			debian('ADD https://e.com/releases/x-linux-amd64 /usr/bin/x', 'RUN chmod +x /usr/bin/x'),
			debian('ADD --chmod=755 https://e.com/releases/x-linux-amd64 /usr/bin/x'),
			'review',
		);
	});

	it.each([
		['a user that comes after it', debian('COPY . /app', 'RUN useradd app && chown -R app:app /app')],
		['a user that a package may make', debian('COPY . /app', 'RUN apt-get install -y nginx', 'RUN chown -R nginx:nginx /app')],
		['a user that may not be there', debian('COPY . /app', 'RUN chown -R app:app /app || true')],
		['the group of a user', debian('COPY . /app', 'RUN chown -R 1000: /app')],
		['the group of files of a stage', 'FROM node:22 AS b\nFROM node:22\nCOPY --from=b /x/ /app\nRUN chown -R node /app\n'],
		['a mode in letters', debian('COPY . /app', 'RUN chmod -R g+w /app')],
		['what a RUN adds', 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm cache clean --force\nRUN chown -R 1000:1000 /app\n'],
		['what its own RUN adds', debian('COPY . /app', 'RUN mkdir /app/log && chown -R 1:1 /app')],
		['what ADD unpacks', debian('ADD a.tar.gz /app', 'RUN chown -R 1:1 /app')],
		['what is copied over everything', debian('COPY rootfs/ /', 'COPY . /app', 'RUN chown -R 1:1 /app')],
		['a home', debian('COPY . /home/app', 'RUN chown -R 1:1 /home/app')],
		['a folder of the base', 'FROM nginx:1.27\nCOPY dist /usr/share/nginx/html\nRUN chown -R 101:101 /usr/share/nginx/html\n'],
		['an unknown base', 'FROM acme/x\nCOPY . /app\nRUN chown -R 1:1 /app\n'],
		['a second folder', debian('COPY . /app', 'RUN chown -R 1:1 /app /data')],
		['all that is in a folder', debian('COPY . /app', 'RUN chown -R 1:1 /app/*')],
		['a folder on the way', debian('COPY . /app/src', 'RUN chmod -R 700 /app')],
		['another owner', debian('COPY --chown=2 . /app', 'RUN chown -R 1:1 /app')],
		['a stage below', 'FROM debian:12 AS a\nCOPY . /app\nFROM a\nRUN chown -R 1:1 /app\n'],
		['what may be a single file', 'FROM golang:1.22 AS b\nFROM debian:12\nCOPY --from=b /x /app\nRUN chown -R 1:1 /app\n'],
		['more options', debian('COPY . /app', 'RUN chown -Rv 1:1 /app')],
		['a folder that WORKDIR makes in it', debian('COPY src/ /app', 'WORKDIR /app/build', 'RUN chown -R 1:1 /app')],
		['a folder that WORKDIR makes in it and leaves', debian('COPY src/ /app', 'WORKDIR /app/build', 'WORKDIR /app', 'RUN chown -R 1:1 /app')],
		['a folder that an earlier RUN makes where it is', debian('COPY src/ /app', 'WORKDIR /app', 'RUN mkdir log', 'RUN chown -R 1:1 /app')],
		['a folder that its own RUN makes where it is', debian('WORKDIR /app', 'COPY src/ .', 'RUN mkdir log && chown -R 1:1 /app')],
		['what is changed once more in its RUN', debian('COPY . /app', 'RUN chown -R 1001:0 /app && chmod -R g=u /app')],
		['what is mounted in it', debian('COPY src/ /app', 'RUN --mount=type=cache,target=/app/cache chown -R 1:1 /app')],
		['a user of a file that is copied later', debian('COPY src/ /app', 'COPY passwd group /etc/', 'RUN chown -R app:app /app')],
		['an option on a line of its own', debian('COPY src/ /app', 'RUN chown 1:1 /app \\', '    -R')],
		['what a comment speaks of', debian('COPY app.jar /opt/app.jar', '# for all', 'RUN chmod 644 /opt/app.jar')],
		['what is looked at in between', debian('COPY app.jar /opt/app.jar', 'RUN java -jar /opt/app.jar', 'RUN chmod 644 /opt/app.jar')],
	])('but not %s', (_what, text) => {
		unfixable(copiedThenChanged, text);
	});
});
