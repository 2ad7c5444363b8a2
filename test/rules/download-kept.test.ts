import { describe, expect, it } from 'vitest';
import { downloadKept } from '../../server/src/rules/download-kept';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const run = (script: string, before = 'FROM debian:12\n') => `${before}RUN ${script}\n`;

describe('download-kept finds', () => {
	it.each([
		['what curl names', run('curl -o /tmp/a.tgz https://e.com/x && tar -xzf «/tmp/a.tgz» -C /opt')],
		['what curl names among its short options', run('curl -fsSLo a.tgz https://e.com/x && tar xzf «a.tgz»')],
		['what the address names', run('wget https://e.com/a.zip && unzip «a.zip»')],
		['curl -O', run('curl -fsSLO https://e.com/a.tar.xz && tar --extract --file «a.tar.xz»')],
		['a redirection', run('curl https://e.com/a > /a.tar && tar -xf «/a.tar»')],
		['wget -P', run('wget -P /tmp https://e.com/a.tgz && tar -xf «/tmp/a.tgz»')],
		['the folder of a WORKDIR', run('wget https://e.com/a.tgz && tar -xf «/src/a.tgz»', 'FROM debian:12\nWORKDIR /src\n')],
		['the folder of cd', run('cd /src && wget https://e.com/a.tgz && cd / && tar -xf «/src/a.tgz»')],
		['a folder that is not known', run('cd $X && wget https://e.com/a.tgz && tar -xf «a.tgz»')],
		['a version that is known', run('wget https://e.com/a-${V}.tgz && tar -xf «a-1.tgz»', 'FROM debian:12\nENV V=1\n')],
		['a version that is not known', run('wget https://e.com/a-${V}.tgz && tar -xf «"a-$V.tgz"»', 'FROM debian:12\nARG V\n')],
		['a version of the RUN itself', run('V=1; wget "https://e.com/a-$V.tgz" && tar -xf «a-$V.tgz»')],
		['a pattern', run('wget https://e.com/a-1.tgz && tar -xf «a-*.tgz»')],
		['dpkg', run('wget https://e.com/a.deb && dpkg -i «a.deb»')],
		['apt', run('wget https://e.com/a.deb && apt-get install -y «./a.deb»')],
		['rpm', run('curl -LO https://e.com/a.rpm && rpm -Uvh «a.rpm»', 'FROM fedora:40\n')],
		['dnf', run('curl -Lo /tmp/a.rpm https://e.com/a && dnf -y install «/tmp/a.rpm»', 'FROM fedora:40\n')],
		['apk', run('wget https://e.com/a.apk && apk add --allow-untrusted «a.apk»', 'FROM alpine:3.20\n')],
		['a self-extracting installer', run('wget -O ~/miniconda.sh https://e.com/Miniconda3.sh && bash «~/miniconda.sh» -b -p /opt/conda')],
		['gunzip that keeps it', run('wget https://e.com/a.gz && gunzip -k «a.gz»')],
		['a checksum before', run('wget https://e.com/a.tgz && echo "1  a.tgz" | sha256sum -c && tar -xf «a.tgz»')],
		['the removal of something else', run('wget https://e.com/a.tgz && tar -xf «a.tgz» && rm -rf /var/lib/apt/lists/* /usr/share/doc/*')],
		['a here-document', 'FROM debian:12\nRUN <<EOF\nwget https://e.com/a.tgz\ntar -xf «a.tgz»\nEOF\n'],
		['a builder of which the folder is copied', 'FROM debian:12 AS b\nRUN cd /opt && wget https://e.com/a.tgz && tar -xf «a.tgz»\nFROM debian:12\nCOPY --from=b /opt /opt\n'],
	])('%s', (_what, text) => {
		finds(downloadKept, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it('what is fetched twice to one place once', () => {
		finds(downloadKept, run('wget -O a.tgz https://e.com/1 && tar -xf a.tgz && wget -O a.tgz https://e.com/2 && tar -xf «a.tgz»'));
	});

	it('ADD of an address, at the address', () => {
		const text = 'FROM debian:12\nADD «https://e.com/a.tgz» /tmp/\nRUN tar -xf /tmp/a.tgz -C /opt\n';
		expect(finds(downloadKept, text)[0]?.message).toBe('ADD keeps a.tgz in a layer of its own, where it ships beside what tar makes of it');
		unfixable(downloadKept, text.replace(/[«»]/g, ''));
	});
});

describe('download-kept is silent on', () => {
	it.each([
		['a removal', run('wget https://e.com/a.tgz && tar -xf a.tgz && rm a.tgz')],
		['a removal with its folder', run('wget -P /tmp/x https://e.com/a.tgz && tar -xf /tmp/x/a.tgz -C / && rm -rf /tmp/x')],
		['a removal by a pattern', run('cd /tmp && wget https://e.com/a.tgz && tar -xf a.tgz && rm -rf /tmp/*')],
		['a removal by a pattern of its end', run('wget https://e.com/a.tgz && tar -xf a.tgz && rm -f *.tgz')],
		['a removal of which the folder is not known', run('cd $X && wget https://e.com/a.tgz && tar -xf a.tgz && cd / && rm -rf "$X"')],
		['a removal of a name that is not known', run('wget -O $F https://e.com/a.tgz && tar -xf $F && rm $(ls)')],
		['a removal under a condition', run('wget https://e.com/a.tgz && tar -xf a.tgz; if true; then rm a.tgz; fi')],
		['a removal by find', run('wget https://e.com/a.tgz && tar -xf a.tgz && find / -name "*.tgz" -delete')],
		['a removal by another shell', run('wget https://e.com/a.tgz && tar -xf a.tgz && bash -c "rm *.tgz"')],
		['a trap', run('trap "rm -f a.tgz" EXIT; wget https://e.com/a.tgz && tar -xf a.tgz')],
		['a removal by xargs', run('wget https://e.com/a.tgz && tar -xf a.tgz && ls | xargs rm')],
		['a removal that comes too late, which is told there', run('wget https://e.com/a.tgz && tar -xf a.tgz\nRUN rm /a.tgz')],
		['a later removal of its folder', run('wget -P /tmp https://e.com/a.tgz && tar -xf /tmp/a.tgz\nRUN rm -rf /tmp/*')],
		['a pipe', run('curl -fsSL https://e.com/a.tgz | tar -xz')],
		['a pipe of wget', run('wget -qO- https://e.com/a.tgz | tar -xz')],
		['gunzip, which takes it away', run('wget https://e.com/a.gz && gunzip a.gz')],
		['what is not unpacked', run('curl -Lo /usr/local/bin/x https://e.com/x && chmod +x /usr/local/bin/x')],
		['a list of its contents', run('wget https://e.com/a.zip && unzip -l a.zip')],
		['a copy elsewhere', run('wget https://e.com/a.tgz && tar -xf a.tgz && mv a.tgz /srv/')],
		['a later RUN that uses it', run('wget https://e.com/a.tgz && tar -xf a.tgz\nRUN sha256sum a.tgz > /sum')],
		['a later RUN that uses all of its kind', run('wget https://e.com/a.deb && dpkg -i a.deb\nRUN apt-get install -y ./*.deb')],
		['a stage that takes it', `${run('wget -P /x https://e.com/a.tgz && tar -xf /x/a.tgz')}FROM debian:12\nCOPY --from=0 /x/a.tgz /a.tgz\n`],
		['what the container starts with', run('wget https://e.com/a.tgz && tar -tf a.tgz && tar -xf a.tgz\nCMD ["serve", "/a.tgz"]')],
		['a builder', 'FROM debian:12 AS b\nRUN wget https://e.com/a.tgz && tar -xf a.tgz -C /opt\nFROM debian:12\nCOPY --from=b /opt /opt\n'],
		['a mount in memory', run('--mount=type=tmpfs,target=/tmp wget -P /tmp https://e.com/a.tgz && tar -xf /tmp/a.tgz -C /opt')],
		['a cache mount', run('--mount=type=cache,target=/dl curl -o /dl/a.tgz https://e.com/a && tar -xf /dl/a.tgz')],
		['the memory that every RUN has', run('cd /dev/shm && wget https://e.com/a.deb && dpkg -i a.deb')],
		['another name', run('wget https://e.com/a.tgz && tar -xf b.tgz')],
		['an unpacking under a condition', run('wget https://e.com/a.tgz; test -f x && (tar -xf b.tgz) || tar -xf a.tgz')],
		['a loop', run('for f in a b; do wget https://e.com/$f.tgz && tar -xf $f.tgz; done')],
		['a name that is assigned twice', run('V=1; wget https://e.com/a-$V.tgz; V=2; tar -xf a-$V.tgz')],
		['a name that the server gives', run('curl -OJ https://e.com/a.tgz && tar -xf a.tgz')],
		['a package with the address of a repository', run('wget https://e.com/erlang-solutions_1.0_all.deb && dpkg -i erlang-solutions_1.0_all.deb')],
		['a package that a project keeps the address of', run('wget https://e.com/a.tgz && npm install ./a.tgz', 'FROM node:22\nWORKDIR /app\n')],
		['the sources of a package that is built', run('wget https://e.com/a_1.orig.tar.gz && tar -xf a_1.orig.tar.gz && cd a-1 && debuild')],
		['the folder of sources of rpmbuild', run('wget -P /r/SOURCES https://e.com/a.tgz && tar -xf /r/SOURCES/a.tgz a.spec && rpmbuild -ba a.spec')],
		['Windows', '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\nRUN curl -o a.zip https://e.com/a.zip; tar -xf a.zip\n'],
		['ONBUILD', 'FROM debian:12\nONBUILD RUN wget https://e.com/a.tgz && tar -xf a.tgz\n'],
		['ADD that nobody unpacks', 'FROM debian:12\nADD https://e.com/a.tgz /srv/\nCMD ["serve"]\n'],
		['ADD of a local archive', 'FROM debian:12\nADD a.tgz /opt/\n'],
		['ADD that is unpacked and removed, which is told there', 'FROM debian:12\nADD https://e.com/a.tgz /a.tgz\nRUN tar -xf /a.tgz && rm /a.tgz\n'],
	])('%s', (_what, text) => {
		silent(downloadKept, text);
	});
});

describe('download-kept removes the file', () => {
	it.each([
		['at the end', run('wget https://e.com/a.tgz && tar -xf a.tgz'), run('wget https://e.com/a.tgz && tar -xf a.tgz && rm a.tgz')],
		[
			'before what follows',
			run('wget https://e.com/a.tgz \\\n    && tar -xf a.tgz \\\n    && make'),
			run('wget https://e.com/a.tgz \\\n    && tar -xf a.tgz \\\n    && rm a.tgz \\\n    && make'),
		],
		[
			'in a layout with the operator behind',
			run('wget https://e.com/a.tgz && \\\n    tar -xf a.tgz && \\\n    make'),
			run('wget https://e.com/a.tgz && \\\n    tar -xf a.tgz && \\\n    rm a.tgz && \\\n    make'),
		],
		['before a cd', run('wget https://e.com/a.tgz && tar -xf a.tgz && cd a && make'), run('wget https://e.com/a.tgz && tar -xf a.tgz && rm a.tgz && cd a && make')],
		['between semicolons', run('set -e; wget https://e.com/a.tgz; tar -xf a.tgz; make'), run('set -e; wget https://e.com/a.tgz; tar -xf a.tgz; rm a.tgz; make')],
		['with its variable and its quotes', run('wget "https://e.com/a-$V.tgz" && tar -xf "a-$V.tgz"'), run('wget "https://e.com/a-$V.tgz" && tar -xf "a-$V.tgz" && rm "a-$V.tgz"')],
		[
			'with all others of the command',
			run('wget https://e.com/a.deb https://e.com/b.deb && dpkg -i a.deb b.deb'),
			run('wget https://e.com/a.deb https://e.com/b.deb && dpkg -i a.deb b.deb && rm a.deb b.deb'),
		],
		[
			'with the rights of what fetched it',
			run('sudo wget -P /tmp https://e.com/a.tgz && sudo -u app tar -xf /tmp/a.tgz'),
			run('sudo wget -P /tmp https://e.com/a.tgz && sudo -u app tar -xf /tmp/a.tgz && sudo rm /tmp/a.tgz'),
		],
		['with the same rights', run('sudo wget https://e.com/a.deb && sudo dpkg -i a.deb'), run('sudo wget https://e.com/a.deb && sudo dpkg -i a.deb && sudo rm a.deb')],
		[
			'in a here-document',
			'FROM debian:12\nRUN <<EOF\nset -e\nwget https://e.com/a.tgz\n  tar -xf a.tgz\nmake\nEOF\n',
			'FROM debian:12\nRUN <<EOF\nset -e\nwget https://e.com/a.tgz\n  tar -xf a.tgz\n  rm a.tgz\nmake\nEOF\n',
		],
		[
			'with the line endings of the file',
			'FROM debian:12\r\nRUN wget https://e.com/a.tgz \\\r\n && tar -xf a.tgz \\\r\n && make\r\n',
			'FROM debian:12\r\nRUN wget https://e.com/a.tgz \\\r\n && tar -xf a.tgz \\\r\n && rm a.tgz \\\r\n && make\r\n',
		],
	])('%s', (_what, before, after) => {
		fixes(downloadKept, before, after, 'suggested');
		expect(checkLaws(before)).toEqual([]);
	});

	it.each([
		['whose failure is meant not to matter', run('wget https://e.com/a.tgz && tar -xf a.tgz || true')],
		['that a pattern names', run('wget https://e.com/a-1.tgz && tar -xf a-*.tgz')],
		['that is read once more', run('wget https://e.com/a.tgz && tar -xf a.tgz && sha256sum a.tgz')],
		['that may be read once more by a pattern', run('wget https://e.com/a.tgz && tar -xf a.tgz && ls -l *.tgz')],
		['that a list of checksums may name', run('wget https://e.com/a.tgz && tar -xf a.tgz && sha256sum -c sums')],
		['that runs in the background', run('wget https://e.com/a.tgz && tar -xf a.tgz & wait')],
	])('but none %s', (_what, text) => {
		unfixable(downloadKept, text);
	});
});
