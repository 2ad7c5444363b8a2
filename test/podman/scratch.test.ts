import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { busyboxArchive } from './support/busybox';
import { whyNoRealBuilds } from './support/missing';
import { build, podman, removeStore, type Store } from './support/podman';
import { start } from './support/started';

const missing = whyNoRealBuilds();
if (missing !== undefined && !process.env['CI']) console.log(`skipped: real builds of repaired images on scratch, because ${missing}`);

const program = 'FROM localhost/base:1 AS b\nRUN mkdir -p /srv && cat /bin/busybox > /srv/busybox\nFROM scratch\nCOPY --from=b /bin/busybox /bin/busybox\n';

describe('podman builds and starts what is repaired on scratch', { timeout: 300_000 }, () => {
	let folder: string | undefined;
	let store: Store | undefined;
	let context = '';

	beforeAll(async () => {
		if (missing !== undefined) return;
		// Podman takes no path of more than 50 characters for what it keeps while it runs.
		folder = mkdtempSync(join(tmpdir(), 'whittle-'));
		store = { root: join(folder, 'store'), runRoot: join(folder, 'run') };
		context = join(folder, 'context');
		for (const path of [store.runRoot, context]) mkdirSync(path);
		await podman(store, ['import', '--quiet', await busyboxArchive(process.arch === 'arm64' ? 'arm64' : 'amd64'), 'localhost/base:1']);
	}, 300_000);

	afterAll(async () => {
		if (folder !== undefined) await removeStore(folder);
	}, 120_000);

	it.for([
		['CMD in exec form', 'CMD /bin/busybox echo "a  b" \\\n  # why\n  c\n', 'a  b c\n'],
		['ENTRYPOINT in exec form, which takes CMD', 'ENTRYPOINT /bin/busybox echo\nCMD ["a"]\n', 'a\n'],
		['an array in the right quotes', "CMD ['/bin/busybox', 'echo', 'a']\n", 'a\n'],
		['the number of a user', 'USER nobody\nCMD ["/bin/busybox", "id", "-u"]\n', '65534\n'],
		['the numbers of a user and a group', 'USER root:root\nCMD ["/bin/busybox", "id", "-g"]\n', '0\n'],
	])('%s', async ([what = '', lines = '', says = ''], { skip }) => {
		if (missing !== undefined && !process.env['CI']) skip(missing);
		if (!store) throw new Error(`Nothing can be built here: ${missing}`);
		const before = program + lines;
		const after = fixAll(before, undefined, { upTo: 'suggested' }).text;
		const order = { context, tag: `localhost/${what.toLowerCase().replace(/\W+/g, '-')}` };
		expect((await build(store, { ...order, text: before })).code).toBe(0);
		expect((await start(store, order.tag, {})).code, `exit code of what has to fail:\n${before}`).not.toBe(0);
		const built = await build(store, { ...order, text: after });
		expect(built.code, `${after}\n${built.output.slice(-2000)}`).toBe(0);
		const { code, output } = await start(store, order.tag, {});
		expect(output, after).toContain(says);
		expect(code).toBe(0);
	});

	it('the owner of a copied file, which is not built by name', async ({ skip }) => {
		if (missing !== undefined && !process.env['CI']) skip(missing);
		if (!store) throw new Error(`Nothing can be built here: ${missing}`);
		const before = `${program}COPY --from=b --chown=nobody:nobody /srv/busybox /bin/other\nCMD ["/bin/busybox", "stat", "-c", "%u:%g", "/bin/other"]\n`;
		const after = fixAll(before, undefined, { upTo: 'suggested' }).text;
		const order = { context, tag: 'localhost/owner' };
		expect((await build(store, { ...order, text: before })).code, `exit code of a build that has to fail:\n${before}`).not.toBe(0);
		const built = await build(store, { ...order, text: after });
		expect(built.code, `${after}\n${built.output.slice(-2000)}`).toBe(0);
		expect((await start(store, order.tag, {})).output).toContain('65534:65534\n');
	});
});
