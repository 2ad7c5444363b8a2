import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../server/src/lint/analyze';
import { loneFile } from '../../server/src/model/context/context';
import { versionControlShipped as rule } from '../../server/src/rules/version-control-shipped';
import { applyEdits } from '../../server/src/text/edit';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const url = 'https://github.com/acme/tool';
const image = (run: string, rest = '') => `FROM python:3.12-slim\n${run}\n${rest}CMD ["python", "/opt/tool/main.py"]\n`;

describe('version-control-shipped', () => {
	it.each([
		image(`RUN «git clone» ${url} /opt/tool`),
		image(`RUN «git clone» -b v1 --recurse-submodules ${url}.git`),
		image(`RUN «git -c http.sslVerify=false clone» ${url}`),
		image(`RUN «git clone» ${url} /opt/tool && cd /opt/tool && git checkout 1a2b3c && make install`),
		image(`RUN «git clone» --single-branch ${url} /opt/tool`, 'WORKDIR /opt/tool\nRUN make\n'),
		image(`RUN cd /tmp && «git clone» ${url} && cd tool && make install`),
		image(`RUN «git clone» https://example.org/$NAME /opt/$NAME`, 'ARG NAME\n'),
		image('RUN «svn checkout» https://svn.example.org/tool/trunk /opt/tool'),
		image('RUN «svn co» https://svn.example.org/tool/trunk'),
		image('RUN «hg clone» https://hg.example.org/tool /opt/tool'),
		// Something else is removed.
		image(`RUN «git clone» ${url} /opt/tool && rm -rf /tmp/tool /opt/tool/docs /var/lib/apt/lists/*`),
		// Its files and what lies beside them are copied into the image.
		`FROM alpine/git AS src\nRUN «git clone» ${url} /src\nFROM python:3.12-slim\nCOPY --from=src /src /opt/tool\nCMD ["python", "/opt/tool/main.py"]\n`,
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		[`RUN apk add git && «git clone» --depth 1 ${url} /opt/tool && apk del git`, ''],
		[`RUN apk add --virtual .fetch git && «git clone» --depth=50 ${url} /opt/tool && apk del .fetch`, ''],
		[`RUN «git clone» --depth 1 -b v1 ${url} /opt/tool`, 'RUN apt-get purge -y git\n'],
	])('finds a shallow one as a hint where git is gone in the end: %j', (run, rest) => {
		expect(finds(rule, image(run, rest)).map(({ severity, message, fixes }) => [severity, message, fixes?.map(({ title }) => title)])).toEqual([
			['hint', 'this keeps a packed copy of the sources in /opt/tool/.git, and git is removed later; it can go in this RUN', ['Append rm -rf /opt/tool/.git']],
		]);
		expect(checkLaws(image(run, rest).replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		// What can still call git may bring itself up to date.
		`RUN apk add git && git clone --depth 1 ${url} /opt/tool`,
		`RUN apk add git && apk add --virtual .fetch git curl && git clone --depth 1 ${url} /opt/tool && apk del .fetch`,
		`RUN git clone --depth 1 ${url} /opt/tool && apt-get purge -y git && apt-get install -y git`,
		`RUN git clone --depth 1 ${url} /opt/tool && apt-get purge -y gitk`,
		`RUN git clone --depth 1 ${url} /opt/tool && if [ -n "$SMALL" ]; then apk del git; fi`,
		`RUN apk add git && apk del git && git clone --depth 1 ${url} /opt/tool`,
		// Something may ask for it before.
		`RUN git clone --depth 1 ${url} /opt/tool && make -C /opt/tool && apk del git`,
		`RUN git clone --depth 1 ${url} /opt/tool && pip install /opt/tool && apk del git`,
		`RUN git clone --depth 1 ${url} /opt/tool && rm -rf /opt/tool/.git && apk del git`,
		`RUN git clone --depth 1 ${url} "$DIR" && apk del git`,
	])('is silent on %j', (run) => {
		silent(rule, image(run));
	});

	it.each([
		image(`RUN git clone --depth 1 ${url} /opt/tool`),
		image(`RUN git clone --depth=50 ${url} /opt/tool`),
		image(`RUN git clone --filter=blob:none ${url} /opt/tool`),
		image(`RUN git clone --shallow-since=2024-01-01 ${url} /opt/tool`),
		image(`RUN git clone --mirror ${url} /srv/tool.git`),
		image(`ARG GIT_OPTIONS\nRUN git clone $GIT_OPTIONS ${url} /opt/tool`),
		image('RUN svn export https://svn.example.org/tool/trunk /opt/tool'),
		image('RUN git fetch && svn list https://svn.example.org/'),
		// Removed in the same RUN, wholly or its history.
		image(`RUN git clone ${url} /tmp/tool && pip install /tmp/tool && rm -rf /tmp/tool`),
		image(`RUN git clone ${url} /tmp/tool && pip install /tmp/tool && rm -rf /tmp/*`),
		image(`RUN cd /tmp && git clone ${url} && cd tool && make install && cd .. && rm -rf tool`),
		image(`WORKDIR /tmp\nRUN git clone ${url} && cd tool && make install && cd / && rm -rf /tmp`),
		image(`RUN git clone ${url} "$DIR" && make -C "$DIR" install && rm -rf "$DIR"`),
		image(`RUN git clone ${url} /opt/tool && rm -rf /opt/tool/.git`),
		image(`RUN git clone ${url} /opt/tool && cd /opt/tool && git checkout 1a2b3c && rm -rf .git .github`),
		image(`RUN git clone ${url} /opt/tool && find /opt -name .git -type d -exec rm -rf {} +`),
		image(`RUN git clone ${url} /opt/tool && find /opt -name .git | xargs rm -rf`),
		image(`RUN T=$(mktemp -d) && git clone ${url} $T && make -C $T install && rm -rf $T`),
		// What another RUN removes is told there.
		image(`RUN git clone ${url} /opt/tool`, 'RUN rm -rf /opt/tool\n'),
		// Thrown away with its stage, or only a part is copied out of it.
		`FROM alpine/git AS src\nRUN git clone ${url} /src\nFROM python:3.12-slim\nCOPY --from=src /src/app /app\nCMD ["python", "/app/main.py"]\n`,
		`FROM golang:1.23 AS b\nRUN git clone ${url} /src && cd /src && go build -o /x\nFROM scratch\nCOPY --from=b /x /x\nCMD ["/x"]\n`,
		image(`RUN --mount=type=cache,target=/src git clone ${url} /src/tool`),
		// The image itself wants it.
		image(`RUN git clone ${url} /opt/tool`, 'ENTRYPOINT git -C /opt/tool pull && exec "$@"\n'),
		`FROM debian:12\nRUN git clone ${url} /opt/tool\nCMD ["bash"]\n`,
		`FROM debian:12\nRUN git clone ${url} /opt/tool\n`,
		// Not known, or only if somebody wants it.
		image(`RUN if [ -n "$DEV" ]; then git clone ${url} /opt/tool; fi`),
		image(`RUN for one in a b; do git clone https://github.com/acme/$one; done`),
		image(`RUN cat repositories | xargs git clone`),
		image(`RUN echo "git clone ${url}"`),
		image(`ONBUILD RUN git clone ${url} /opt/tool`),
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it.each([
		[`RUN git clone ${url} /opt/tool`, `RUN git clone --depth 1 ${url} /opt/tool`],
		[`RUN git clone -b v1 git@github.com:acme/tool /opt/tool`, `RUN git clone --depth 1 -b v1 git@github.com:acme/tool /opt/tool`],
		[`RUN git clone \\\n    ${url} /opt/tool`, `RUN git clone --depth 1 \\\n    ${url} /opt/tool`],
		[`RUN cd /opt && git clone ${url} && chown -R app /opt/tool`, `RUN cd /opt && git clone --depth 1 ${url} && chown -R app /opt/tool`],
		[`WORKDIR /opt/tool\nRUN git clone ${url} .\nRUN apt-get install -y nginx`, `WORKDIR /opt/tool\nRUN git clone --depth 1 ${url} .\nRUN apt-get install -y nginx`],
		// A commit has to be fetched by its name; then the history can go.
		[`RUN git clone ${url} /opt/tool && cd /opt/tool && git checkout 1a2b3c`, `RUN git clone ${url} /opt/tool && cd /opt/tool && git checkout 1a2b3c && rm -rf /opt/tool/.git`],
		// A server that may know no shallow clones.
		[`RUN git clone https://git.example.org/tool.git /opt/tool`, `RUN git clone https://git.example.org/tool.git /opt/tool && rm -rf /opt/tool/.git`],
		[
			`RUN git clone ${url} /opt/tool; \\\n    git -C /opt/tool checkout v1`,
			`RUN git clone ${url} /opt/tool; \\\n    git -C /opt/tool checkout v1 && \\\n    rm -rf /opt/tool/.git`,
		],
	])('repairs %j', (before, after) => {
		fixes(rule, image(before), image(after), 'suggested');
		expect(checkLaws(image(before))).toEqual([]);
		expect(checkLaws(image(before).replaceAll('\n', '\r\n'))).toEqual([]);
	});

	it('offers to remove the history instead', () => {
		const [finding] = finds(rule, image(`RUN «git clone» ${url} /opt/tool`));
		expect(finding?.fixes?.map(({ title }) => title)).toEqual(['Add --depth 1', 'Append rm -rf /opt/tool/.git']);
		expect(finding?.message).toBe('this brings the whole history, which stays in the image as /opt/tool/.git; --depth 1 brings the last commit only');
	});

	it('says nothing of --depth where submodules come with all of theirs', () => {
		const [finding] = finds(rule, image(`RUN «git clone» --recursive ${url} /opt/tool`));
		expect(finding?.fixes?.map(({ title }) => title)).toEqual(['Append rm -rf /opt/tool/.git']);
		expect(finding?.message).not.toContain('--depth');
	});

	it.each([
		// Build systems ask git for their version.
		image(`RUN git clone ${url} /opt/tool && cd /opt/tool && make`),
		image(`RUN git clone ${url} /opt/tool && pip install -e /opt/tool`),
		image(`RUN git clone ${url} /opt/tool && pip install -r /opt/tool/requirements.txt`),
		image(`RUN git clone ${url} /opt/tool`, 'WORKDIR /opt/tool\nRUN npm install\n'),
		image(`RUN git clone ${url} /opt/tool`, 'RUN /opt/tool/install\n'),
		image(`RUN git clone ${url} /opt/tool`, 'RUN cd /opt && ./build\n'),
		image(`RUN git clone ${url} /opt/tool`, 'COPY setup.sh /\nRUN sh /setup.sh\n'),
		image(`RUN git clone ${url} /opt/tool`, 'RUN git -C /opt/tool describe > /version\n'),
		image(`RUN git clone ${url} /opt/tool`, 'RUN <<EOF python3\nimport tool\nEOF\n'),
		// Its programs lie in PATH: flutter asks git at each start.
		image(`RUN git clone https://github.com/flutter/flutter /opt/flutter`, 'ENV PATH=/opt/flutter/bin:$PATH\n'),
		image(`RUN git clone https://github.com/flutter/flutter /opt/flutter`, 'RUN flutter doctor\n'),
		// It goes elsewhere.
		image(`RUN git clone ${url} /tmp/tool && mv /tmp/tool /opt/tool`),
		image(`RUN git clone ${url} /opt/tool && ln -s /opt/tool/run /usr/local/bin/run`),
		// Another stage takes it.
		`FROM python:3.12 AS a\nRUN git clone ${url} /opt/tool\nFROM a AS b\nRUN make -C /opt/tool\nFROM a\nCOPY --from=b /opt/tool /opt/tool\nCMD ["python", "/opt/tool/main.py"]\n`,
		image(`RUN git clone ${url} ~/tool`),
		image('RUN svn checkout https://svn.example.org/tool/trunk /opt/tool'),
	])('leaves %j to people', (text) => {
		unfixable(rule, text);
		expect(checkLaws(text)).toEqual([]);
	});

	it('looks at the first forty of very many', () => {
		const clones = Array.from({ length: 500 }, (_, index) => `RUN git clone ${url}${index} /opt/tool${index}`);
		const text = image(clones.join('\n'));
		expect([...rule.check(analyze(text, loneFile), loneFile)]).toHaveLength(40);
	});
});

describe.skipIf(spawnSync('git', ['--version']).status !== 0)('its repairs with git itself', () => {
	let folder = '';
	// An address of a forge leads to a repository on this disk.
	const environment = () => ({
		...process.env,
		HOME: folder,
		GIT_CONFIG_NOSYSTEM: '1',
		GIT_CONFIG_COUNT: '3',
		GIT_CONFIG_KEY_0: `url.file://${folder}/forge/.insteadOf`,
		GIT_CONFIG_VALUE_0: 'https://github.com/acme/',
		GIT_CONFIG_KEY_1: 'user.name',
		GIT_CONFIG_VALUE_1: 'a',
		GIT_CONFIG_KEY_2: 'user.email',
		GIT_CONFIG_VALUE_2: 'a@example.org',
	});
	const sh = (script: string) => {
		const { status, stderr } = spawnSync('sh', ['-ec', script], { cwd: folder, env: environment(), encoding: 'utf8' });
		expect({ script, status, stderr: status === 0 ? '' : stderr }).toEqual({ script, status: 0, stderr: '' });
	};
	const filesIn = (at: string) => readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((name) => !/^\.git(?:\/|$)/.test(name));

	beforeAll(() => {
		folder = realpathSync(mkdtempSync(join(tmpdir(), 'whittle-clone-')));
		mkdirSync(join(folder, 'forge/tool/docs'), { recursive: true });
		const commits = [1, 2, 3].map((one) => `echo ${one} > docs/${one}; git add .; git commit -qm ${one}; git tag v${one}`);
		sh(`cd forge/tool; git init -q -b main; ${commits.join('; ')}`);
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it.each([
		[`git clone -q ${url} DIR`, 0],
		[`git clone -q ${url} DIR`, 1],
		[`git clone -q -b v2 ${url} DIR`, 0],
		[`git clone -q ${url} DIR && cd DIR && git checkout -q v1`, 0],
		[`git clone -q ${url} DIR; cd DIR; git checkout -q v1`, 0],
	] as const)('%s, repair %i', (command, index) => {
		const at = join(folder, 'clone');
		const before = image(`RUN ${command.replaceAll('DIR', at)}`);
		const fix = [...rule.check(analyze(before, loneFile), loneFile)][0]?.fixes?.[index];
		const after = applyEdits(before, fix?.edits ?? []);
		const [was, is] = [before, after].map((text) => {
			rmSync(at, { recursive: true, force: true });
			sh((text.split('\n')[1] ?? '').replace('RUN ', ''));
			const history = spawnSync('git', ['-C', at, 'rev-list', '--count', 'HEAD'], { env: { ...environment(), GIT_CEILING_DIRECTORIES: folder }, encoding: 'utf8' });
			return { files: filesIn(at), commits: history.stdout.trim() };
		});
		expect(is?.files).toEqual(was?.files);
		expect(is?.commits).toBe(/--depth 1/.test(after) ? '1' : '');
	});
});

it('version-control-shipped names the folder only where it is known where the RUN works', () => {
	const message = (from: string) => finds(rule, `${from}RUN «git clone» ${url}\nCMD ["python", "main.py"]\n`)[0]?.message;
	expect(message('FROM python:3.12-slim\n')).toContain('as /tool/.git');
	expect(message('FROM corp/x\nWORKDIR /opt\n')).toContain('as /opt/tool/.git');
	expect(message('FROM corp/x\n')).toContain('as .git');
});
