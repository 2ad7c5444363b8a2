import { describe, expect, it } from 'vitest';
import { scratchShellForm as rule } from '../../server/src/rules/scratch-shell-form';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const app = 'FROM scratch\nCOPY app /usr/bin/app\n';

describe('scratch-shell-form finds', () => {
	it.each([
		['CMD', `${app}«CMD» /usr/bin/app\n`],
		['ENTRYPOINT', `${app}«ENTRYPOINT» /usr/bin/app\n`],
		['both', `${app}«ENTRYPOINT» /usr/bin/app\n«CMD» --help\n`],
		['HEALTHCHECK', `${app}«HEALTHCHECK» --interval=5s CMD /usr/bin/app check || exit 1\nCMD ["/usr/bin/app"]\n`],
		['only the last of several', `${app}CMD a\n«CMD» b\n`],
		['what is inherited', `FROM scratch AS a\nCOPY app /app\n«CMD» /app\nFROM a\nLABEL b=c\n`],
		['RUN', 'FROM scratch\n«RUN» echo\n'],
		['RUN behind a file', 'FROM scratch\nCOPY --from=b /etc/passwd /etc/\n«RUN» chmod 600 /etc/passwd\nRUN true\n'],
		['RUN with a cache', 'FROM scratch\n«RUN» --mount=type=cache,target=/c true\n'],
		['an array in the wrong quotes', `${app}«CMD» ['/usr/bin/app']\n`],
		['an array without commas', `${app}«CMD» ["/usr/bin/app" "-v"]\n`],
		['distroless', 'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY app /app\n«ENTRYPOINT» /app\n'],
		['distroless by another tag', 'FROM gcr.io/distroless/java17-debian12\nCOPY app.jar /\n«CMD» app.jar\n'],
		['chiselled .NET', 'FROM mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled\nWORKDIR /app\nCOPY --from=b /app .\n«ENTRYPOINT» ./app\n'],
		['Chainguard’s', 'FROM cgr.dev/chainguard/static\nCOPY app /srv/app\n«CMD» /srv/app\n'],
		['a program that is started from the root', 'FROM scratch\nCOPY --from=b /src/server /\n«CMD» ./server\n'],
		['what a compiler made', 'FROM golang AS b\nRUN go build -o /src/server .\nFROM scratch\nCOPY --from=b /src/server /\nENTRYPOINT ["/x"]\n«CMD» a b\n'],
		['a file by its name', 'FROM scratch\nCOPY a.json b.pem /\n«CMD» x\n'],
		['an address', 'FROM scratch\nADD https://example.org/app /\n«CMD» x\n'],
		['a program in the folder of programs', 'FROM scratch\nCOPY --from=b /go/bin/app /bin/\n«CMD» app\n'],
	])('%s', (_what, text) => {
		finds(rule, text);
	});

	it('and says what it costs', () => {
		expect(finds(rule, `${app}«ENTRYPOINT» /usr/bin/app\n«CMD» x\n`).map(({ message }) => message)).toEqual([
			'ENTRYPOINT in shell form is given to /bin/sh, and no shell is in this image: the container does not start',
			'CMD in shell form is given to /bin/sh, and no shell is in this image: the container does not start',
		]);
		expect(finds(rule, `${app}ENTRYPOINT ["/usr/bin/app"]\n«CMD» x\n`)[0]?.message).toContain('gives ENTRYPOINT the words /bin/sh -c');
		expect(finds(rule, `${app}«CMD» ['x']\n`)[0]?.message).toContain('no JSON array');
	});
});

describe('scratch-shell-form is silent on', () => {
	it.each([
		['the exec form', `${app}HEALTHCHECK CMD ["/usr/bin/app", "check"]\nENTRYPOINT ["/usr/bin/app"]\nCMD []\n`],
		['no health check', `${app}HEALTHCHECK NONE\n`],
		['a base with a shell', 'FROM alpine\nCMD app\n'],
		['a base that is not known', 'FROM acme/static\nCMD app\n'],
		['busybox', 'FROM busybox\nRUN echo\nCMD app\n'],
		['debug tags of distroless', 'FROM gcr.io/distroless/base:debug\nCMD app\n'],
		['distroless for Python, which had a shell', 'FROM gcr.io/distroless/python3-debian11\nCMD app.py\n'],
		['distroless by its digest alone', 'FROM gcr.io/distroless/base@sha256:0000000000000000000000000000000000000000000000000000000000000000\nCMD app\n'],
		['a whole root', 'FROM scratch\nCOPY --from=b /rootfs /\nRUN ldconfig\nCMD app\n'],
		['a whole root into the folder at hand', 'FROM scratch\nCOPY --from=b /rootfs .\nCMD app\n'],
		['a root by an archive', 'FROM scratch\nADD rootfs.tar.xz /\nCMD bash\n'],
		['a folder that is called like an architecture', 'FROM scratch\nCOPY --from=b /root.x86_64/ /\nCMD bash\n'],
		['a name that is not known', 'FROM scratch\nARG ROOT\nADD $ROOT /\nCMD bash\n'],
		['a place that is not known', 'FROM scratch\nARG TO\nCOPY a $TO\nCMD bash\n'],
		['a folder of programs', 'FROM scratch\nCOPY --from=b /usr /usr\nCMD app\n'],
		['a shell', 'FROM scratch\nCOPY --from=b /bin/sh /bin/\nRUN true\nCMD app\n'],
		['busybox, copied', 'FROM scratch\nCOPY --from=busybox /bin/busybox /bin/sh\nRUN true\nCMD app\n'],
		['busybox, installed', 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\nRUN true\nCMD app\n'],
		['a shell that a mount brings', 'FROM scratch\nRUN --mount=from=busybox,target=/bin true\nCMD app\n'],
		['another shell', 'FROM scratch\nCOPY busybox /busybox\nSHELL ["/busybox", "sh", "-c"]\nRUN true\nCMD app\n'],
		['a shell in a stage above', 'FROM scratch AS a\nCMD app\nFROM a\nCOPY rootfs/ /\n'],
		['what --parents may bring', 'FROM scratch\nCOPY --parents bin/sh /\nCMD app\n'],
		['a CMD that ENTRYPOINT takes back', 'FROM scratch AS a\nCMD app\nFROM a\nENTRYPOINT ["/app"]\n'],
		['an image that starts nothing', 'FROM scratch\nCOPY a.json /\nCMD ""\n'],
		['a stage that does not ship', 'FROM scratch AS a\nCMD app\nFROM alpine\nCOPY --from=a / /\n'],
		['what is for images built on it', 'FROM scratch\nONBUILD RUN true\nONBUILD CMD app\n'],
		['an archive of Windows', '# escape=`\nFROM scratch\nCMD cmd\n'],
		['a platform of Windows', 'FROM --platform=windows/amd64 scratch\nCMD cmd\n'],
		['a text that is not yet a Containerfile', 'FROM scratch\n{{ template }}\nCMD app\n'],
		['output of dotnet, which is a folder', 'FROM sdk AS b\nRUN dotnet publish -o /rootfs\nFROM scratch\nCOPY --from=b /rootfs /\nCMD app\n'],
		['output in a folder', 'FROM golang AS b\nRUN go build -o out ./...\nFROM scratch\nCOPY --from=b /src/out /\nCMD app\n'],
	])('%s', (_what, text) => silent(rule, text));
});

describe('scratch-shell-form repairs', () => {
	it.each([
		['words', 'CMD /usr/bin/app -c /etc/app.yaml --level=info', 'CMD ["/usr/bin/app", "-c", "/etc/app.yaml", "--level=info"]'],
		['quotes that only hold together', `CMD app "a b" 'c d' --e="f g"`, 'CMD ["app", "a b", "c d", "--e=f g"]'],
		['lines with their comments', 'ENTRYPOINT app \\\n  # why\n  --a \\\n  --b', 'ENTRYPOINT ["app", \\\n  # why\n  "--a", \\\n  "--b"]'],
		['a health check', 'HEALTHCHECK --interval=5s CMD app check', 'HEALTHCHECK --interval=5s CMD ["app", "check"]'],
		['an array in the wrong quotes', "CMD ['app', '--a']", 'CMD ["app", "--a"]'],
		['small letters', 'cmd app', 'cmd ["app"]'],
	])('%s', (_what, before, after) => {
		fixes(rule, `${app}${before}\n`, `${app}${after}\n`, 'suggested');
		expect(checkLaws(`${app}${before}\n`)).toEqual([]);
		const windows = (text: string) => text.replaceAll('\n', '\r\n');
		fixes(rule, windows(`${app}${before}\n`), windows(`${app}${after}\n`), 'suggested');
	});

	it.each([
		'app $PORT',
		'app "$PORT"',
		'app `x`',
		'app && b',
		'app; b',
		'app | b',
		'app > /log',
		'app &',
		'app *.conf',
		'app ~/x',
		'app {a,b}',
		'app a\\ b',
		'app # x',
		'(app)',
		'A=b app',
		'exec app',
		'cd /x',
		'sh -c app',
		'/bin/bash',
		'app "it\'s" "\\"x"',
		'app [a]',
		'echo hi',
		'env A=b app',
		'nohup app',
		'"/app x"',
		`'["/app"]'`,
	])('nothing that needs a shell: %s', (command) => {
		unfixable(rule, `${app}CMD ${command}\n`);
	});

	it.each([
		`${app}ENTRYPOINT ["/usr/bin/app"]\nCMD app --x\n`,
		'FROM gcr.io/distroless/java17-debian12\nCOPY app.jar /\nCMD java -jar app.jar\n',
		'FROM gcr.io/distroless/nodejs22-debian12\nCOPY app.js /\nCMD node app.js\n',
		`${app}HEALTHCHECK CMD curl http://localhost\nCMD ["/app"]\n`,
	])('nothing that would not start all the same: %j', (text) => unfixable(rule, text));
});
