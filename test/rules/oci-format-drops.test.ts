import { describe, expect, it } from 'vitest';
import type { Context } from '../../server/src/model/context/context';
import { ociFormatDrops as rule } from '../../server/src/rules/oci-format-drops';
import { finds, silent } from '../support/rules';

const podman: Context = { builder: { kind: 'podman' } };
const recent: Context = { builder: { kind: 'podman', version: [6, 0] } };
const bash = '["/bin/bash", "-o", "pipefail", "-c"]';

describe('oci-format-drops finds', () => {
	it.each([
		['HEALTHCHECK', 'FROM a\n«HEALTHCHECK» CMD b\n', 'nothing checks the container'],
		['the last HEALTHCHECK', 'FROM a\nHEALTHCHECK CMD b\n«HEALTHCHECK» --interval=5s CMD ["c"]\n', 'nothing checks'],
		['what is inherited', 'FROM a AS b\n«HEALTHCHECK» CMD b\nFROM b\n', 'nothing checks'],
		['the first ONBUILD', 'FROM a\n«ONBUILD» COPY . .\nONBUILD RUN make\n', 'do not run it'],
		['ONBUILD of a stage that others are built on', 'FROM a AS b\n«ONBUILD» RUN c\nFROM b\nRUN d\n', 'do not run it'],
	])('%s', (_what, text, cost) => {
		expect(finds(rule, text, podman)[0]?.message).toContain(cost);
		expect(finds(rule, text, recent)[0]?.message).toContain(cost);
	});

	it('SHELL, to which podman before 6.0 does not listen', () => {
		const text = `FROM debian\nRUN a\n«SHELL» ${bash}\nRUN a | b\nRUN c\n`;
		expect(finds(rule, text, podman)[0]?.message).toContain('runs these RUNs with /bin/sh');
		finds(rule, text, { builder: { kind: 'podman', version: [5, 4] } });
		silent(rule, text.replace(/[«»]/g, ''), recent);
		finds(rule, `FROM debian\n«SHELL» ["/bin/bash", "-c"]\nRUN a\nSHELL ["/bin/sh", "-c"]\nRUN b\n`, podman);
	});

	it('SHELL that a stage would inherit', () => {
		expect(finds(rule, `FROM debian AS b\n«SHELL» ${bash}\nFROM b\nRUN a | b\n`, recent)[0]?.message).toContain('the stage that is built on this one');
		silent(rule, `FROM debian AS b\nSHELL ${bash}\nFROM b\nSHELL ${bash}\nRUN a | b\n`, recent);
		silent(rule, `FROM debian AS b\nSHELL ${bash}\nFROM b\nRUN ["a"]\n`, recent);
	});
});

describe('oci-format-drops is silent on', () => {
	it.each([
		['no check', 'FROM a\nHEALTHCHECK NONE\n'],
		['a check of a stage that is thrown away', 'FROM a AS b\nHEALTHCHECK CMD c\nRUN x\nFROM d\nCOPY --from=b /x /x\n'],
		['ONBUILD of a stage that nothing is built on', 'FROM a AS b\nONBUILD RUN c\nFROM d\nCOPY --from=b /x /x\n'],
		['a SHELL that nothing runs in', `FROM a\nSHELL ${bash}\nCMD a\n`],
		['a SHELL behind all RUNs', `FROM a\nRUN b\nSHELL ${bash}\nRUN ["c"]\n`],
		['the usual shell', 'FROM a\nSHELL ["/bin/sh", "-c"]\nRUN b\n'],
		['bash where /bin/sh is bash', 'FROM fedora\nSHELL ["/bin/bash", "-c"]\nRUN b\n'],
		['a shell of Windows', 'FROM a\nSHELL ["powershell", "-Command"]\nRUN b\n'],
	])('%s', (_what, text) => silent(rule, text, podman));

	it('builders that keep it, and a format that does', () => {
		const text = 'FROM a\nHEALTHCHECK CMD b\nONBUILD RUN c\n';
		silent(rule, text);
		silent(rule, text, { builder: { kind: 'buildkit' } });
		silent(rule, text, { ...podman, format: 'docker' });
		finds(rule, 'FROM a\n«HEALTHCHECK» CMD b\n', { ...podman, format: 'oci' });
	});
});
