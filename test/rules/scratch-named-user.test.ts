import { describe, expect, it } from 'vitest';
import { scratchNamedUser as rule } from '../../server/src/rules/scratch-named-user';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const app = 'FROM scratch\nCOPY app /usr/bin/app\nENTRYPOINT ["/usr/bin/app"]\n';

describe('scratch-named-user finds', () => {
	it.each([
		['a user', `${app}USER «app»\n`],
		['the one that everybody knows', `${app}USER «root»\n`],
		['a group', `${app}USER «1001:app»\n`],
		['only the last', `${app}USER a\nUSER «b»\n`],
		['what is inherited', 'FROM scratch AS a\nUSER «app»\nFROM a\nCOPY app /bin/app\nCMD ["app"]\n'],
		['a group although users are known', 'FROM scratch\nCOPY --from=b /etc/passwd /etc/passwd\nCMD ["/app"]\nUSER «app:app»\n'],
		['an owner', 'FROM scratch\nCOPY «--chown=app» app /app\n'],
		['an owner’s group', 'FROM scratch\nADD «--chown=1001:app» app /app\n'],
		['an owner before the list comes', 'FROM scratch\nCOPY «--chown=app» app /app\nCOPY --from=b /etc/passwd /etc/\nCOPY --chown=app c /c\n'],
		['owners of a stage that does not ship', 'FROM scratch AS a\nCOPY «--chown=app» app /app\nFROM alpine\nCOPY --from=a / /\n'],
	])('%s', (_what, text) => {
		finds(rule, text);
	});

	it('and says who fails', () => {
		const owner = 'FROM scratch\nCOPY «--chown=app» app /app\n';
		expect(finds(rule, owner)[0]?.message).toContain('podman does not build this, and BuildKit makes root the owner');
		expect(finds(rule, owner, { builder: { kind: 'podman' } })[0]?.message).not.toContain('BuildKit');
		expect(finds(rule, owner, { builder: { kind: 'buildkit' } })[0]?.message).not.toContain('podman');
		expect(finds(rule, owner.replace('=app', '=root'))[0]?.message).not.toContain('BuildKit');
		expect(finds(rule, `${app}USER «app»\n`)[0]?.message).toBe('the image has no /etc/passwd that says who “app” is: the container does not start');
	});
});

describe('scratch-named-user is silent on', () => {
	it.each([
		['numbers', `${app}USER 1001\n`],
		['numbers of both', `${app}USER 1001:0\n`],
		['a variable', `${app}ARG WHO\nUSER $WHO\n`],
		['a list of users', 'FROM scratch\nCOPY --from=b /etc/passwd /etc/passwd\nCMD ["/app"]\nUSER app\n'],
		['a list by another name', 'FROM scratch\nCOPY --from=b /etc_passwd /etc/passwd\nCMD ["/app"]\nUSER app\n'],
		['lists in a folder', 'FROM scratch\nCOPY --from=b /user/group /user/passwd /etc/\nCMD ["/app"]\nUSER app:app\n'],
		['a list from here', 'FROM scratch\nCOPY <<EOF /etc/passwd\napp:x:1:1::/:/x\nEOF\nCMD ["/app"]\nUSER app\n'],
		['a whole root', 'FROM scratch\nCOPY --from=b /rootfs /\nCMD ["/app"]\nUSER app\n'],
		['a folder that may be a root', 'FROM scratch\nCOPY --from=b /export /\nCMD ["/app"]\nUSER app\n'],
		['a step that may write one', 'FROM scratch\nCOPY app /app\nRUN ["/app", "setup"]\nCMD ["/app"]\nUSER app\n'],
		['another base', 'FROM gcr.io/distroless/static\nCOPY --chown=nonroot app /app\nCMD ["/app"]\nUSER nonroot\n'],
		['another stage on scratch', 'FROM debian AS a\nUSER app\nFROM scratch\nCOPY app /bin/app\nCMD ["app"]\n'],
		['an image that starts nothing', 'FROM scratch\nCOPY a.json /\nUSER app\n'],
		['an earlier USER', `${app}USER app\nUSER 1001\n`],
	])('%s', (_what, text) => silent(rule, text));

	it('root as an owner where BuildKit builds', () => {
		silent(rule, 'FROM scratch\nCOPY --chown=root:root app /app\n', { builder: { kind: 'buildkit' } });
	});
});

describe('scratch-named-user repairs', () => {
	it.each([
		['useradd --uid 1001 app', 'app', '1001'],
		['useradd -u 1001 app', 'app', '1001'],
		['useradd --uid=1001 --gid=7 app', 'app', '1001:7'],
		['groupadd -g 7 web && useradd -rmu 1001 -g web -s /bin/false app', 'app', '1001:7'],
		['addgroup -g 7 app && adduser -S -D -H -u 1001 -G app -g "who" app', 'app', '1001:7'],
		['addgroup --gid 7 app && adduser --disabled-password --gecos "" --uid 1001 --ingroup app app', 'app:app', '1001:7'],
		['true', 'nobody', '65534:65534'],
		['true', 'root', '0:0'],
		['true', 'root:root', '0:0'],
		['groupadd -g 7 web', '33:web', '33:7'],
	])('after %s: %s', (command, name, ids) => {
		const before = `FROM debian:12 AS b\nRUN ${command}\n${app}`;
		fixes(rule, `${before}USER ${name}\n`, `${before}USER ${ids}\n`, 'suggested');
		const owner = `FROM debian:12 AS b\nRUN ${command}\nFROM scratch\nCOPY --from=b --chown=${name} /bin/a /bin/a\n`;
		fixes(rule, owner, owner.replace(`=${name}`, `=${ids}`), 'suggested');
		expect(checkLaws(`${before}USER ${name}\n`)).toEqual([]);
		expect(checkLaws(owner)).toEqual([]);
	});

	it.each([
		['true', 'app'],
		['adduser -D app', 'app'],
		['useradd -u $ID app', 'app'],
		['useradd -u 1 app && userdel app && useradd -u 2 app', 'app'],
		['useradd -u 1001 app', 'app:web'],
		['useradd -u 99 nobody && useradd nobody', 'nobody'],
		['true', 'nobody:nogroup'],
		['adduser app web', 'web'],
	])('not after %s: %s', (command, name) => {
		unfixable(rule, `FROM debian:12 AS b\nRUN ${command}\n${app}USER ${name}\n`);
	});
});

it('scratch-named-user keeps the laws where another repair has to come first', () => {
	expect(checkLaws(`FROM debian:12 AS b\nRUN apt-get install -y curl \\\n    git\n    make\n${app}USER nobody\n`)).toEqual([]);
});
