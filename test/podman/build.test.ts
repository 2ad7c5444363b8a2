import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askEngine } from '../../server/src/podman/askEngine';
import type { BuildEvent, BuildOutcome } from '../../server/src/podman/events';
import { type Execution, execute } from '../../server/src/podman/execute';
import { locate } from '../../server/src/podman/locate';
import { isPlanRefusal, type Plan } from '../../server/src/podman/plan';
import { prepareBuild } from '../../server/src/podman/prepareBuild';
import type { BuildRequest } from '../../server/src/podman/request';
import { shellOf } from '../../server/src/podman/shell';
import { slice } from '../../server/src/text/span';
import { program } from '../support/commandLine';
import { type Local, startLocal } from './support/local';
import { whyNoPlatformBuilds } from './support/missing';
import { podman } from './support/podman';
import { attempt, run } from './support/programs';
import { fileAt, fileIn, listedAt } from './support/registry';
import { startService } from './support/services';

const missing = whyNoPlatformBuilds();
const platforms = ['linux/amd64', 'linux/arm64'];

describe('building for real', { timeout: 120_000 }, () => {
	let local: Local | undefined;

	beforeAll(async () => {
		if (missing === undefined) local = await startLocal();
		else if (process.env['CI']) throw new Error(`Nothing can be built here: ${missing}`);
	}, 120_000);

	afterAll(() => local?.close());

	function machine(skip: (why?: string) => void): Local {
		if (!local) skip(missing);
		return local as Local;
	}

	it('gives a registry a list of each platform once, with its own contents, and builds it anew without what was there', async ({ skip }) => {
		const on = machine(skip);
		const repository = `${on.registry.address}/team/app`;
		const context = folderOf(on, stages(on.base), { greeting: 'one' });
		const first = await build(on, { context, name: `${repository}:1`, platforms, push: true });
		expect(first.outcome).toMatchObject({ kind: 'built', name: `${repository}:1`, pushed: true, images: platforms.map((platform) => ({ platform, size: expect.any(Number) })) });
		expect(await contents(on, repository, '1')).toEqual([
			{ platform: 'linux/amd64', machine: 'x86_64\n', greeting: 'one' },
			{ platform: 'linux/arm64', machine: 'aarch64\n', greeting: 'one' },
		]);

		writeFileSync(join(context, 'greeting'), 'two');
		await build(on, { context, name: `${repository}:1`, platforms, push: true });
		expect(await contents(on, repository, '1')).toEqual([
			{ platform: 'linux/amd64', machine: 'x86_64\n', greeting: 'two' },
			{ platform: 'linux/arm64', machine: 'aarch64\n', greeting: 'two' },
		]);

		// What has a name stays when somebody makes room.
		await podman(on.store, ['image', 'prune', '--force']);
		await podman(on.store, ['manifest', 'push', '--all', '--tls-verify=false', `${repository}:1`, `docker://${repository}:2`]);
		expect(await contents(on, repository, '2')).toHaveLength(2);
		expect(await leftovers(on)).toEqual([]);
	});

	it('keeps the good list when a build fails, and says where and with which status', async ({ skip }) => {
		const on = machine(skip);
		const context = folderOf(on, stages(on.base), { greeting: 'good' });
		await build(on, { context, name: 'keeps', platforms });
		const before = await podman(on.store, ['manifest', 'inspect', 'localhost/keeps']);
		const text = stages(on.base).replace('RUN cat', 'RUN [ "$(uname -m)" = x86_64 ] || exit 42\nRUN cat');
		writeFileSync(join(context, 'Containerfile'), text);
		const { outcome } = await build(on, { context, name: 'keeps', platforms });
		expect(outcome).toMatchObject({ kind: 'failed', status: 42, step: 'Build for linux/amd64 and linux/arm64', at: { platform: 'linux/arm64', stage: { number: 2, of: 3 } } });
		expect(outcome.kind === 'failed' && outcome.because).toBe('The command of a RUN ended with exit status 42: RUN [ "$(uname -m)" = x86_64 ] || exit 42');
		const at = outcome.kind === 'failed' && outcome.at ? locate(text, outcome.at) : undefined;
		expect(at && slice(text, at)).toBe('RUN [ "$(uname -m)" = x86_64 ] || exit 42');
		expect(await podman(on.store, ['manifest', 'inspect', 'localhost/keeps'])).toBe(before);
		expect(await leftovers(on)).toEqual([]);
	});

	it('leaves no process, no half list and no working container when somebody cancels', async ({ skip }) => {
		const on = machine(skip);
		const context = folderOf(on, `FROM ${on.base}\nRUN echo begun && sleep 3141\n`, {});
		const abort = new AbortController();
		const onEvent = (event: BuildEvent) => event.kind === 'line' && event.text === 'begun' && abort.abort();
		const { outcome } = await build(on, { context, name: 'cancelled', platforms }, { signal: abort.signal, onEvent });
		expect(outcome).toEqual({ kind: 'cancelled' });
		expect(await run('sh', ['-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "'])).not.toContain('sleep 3141');
		expect(await leftovers(on)).toEqual([]);
		expect((await attempt('podman', [...on.engine.options, 'image', 'exists', 'localhost/cancelled'], on.environment)).code).toBe(1);
	});

	it('refuses the name of a single image before it builds', async ({ skip }) => {
		const on = machine(skip);
		const context = folderOf(on, 'FROM scratch\nCOPY greeting /\n', { greeting: 'hello' });
		expect((await build(on, { context, name: 'single', platforms: [] })).outcome).toMatchObject({ kind: 'built', images: [{ platform: on.engine.machine.platform }] });
		const { outcome, events } = await build(on, { context, name: 'single', platforms });
		expect(outcome).toMatchObject({ kind: 'failed', because: expect.stringContaining('localhost/single:latest is a single image') });
		expect(events.filter(({ kind }) => kind === 'progress')).toEqual([]);
		expect((await build(on, { context, name: 'single', platforms: ['linux/arm64'] })).outcome).toMatchObject({ kind: 'built', images: [{ platform: 'linux/arm64' }] });
	});

	it('builds what begins with the same files for each platform', async ({ skip }) => {
		const on = machine(skip);
		const context = folderOf(on, 'FROM scratch\nCOPY greeting /\n', { greeting: 'the same' });
		const { plan, outcome } = await build(on, { context, name: 'same', platforms });
		expect(plan.remarks).toEqual([expect.stringMatching(/uses no cache/)]);
		expect(outcome).toMatchObject({ kind: 'built', images: platforms.map((platform) => ({ platform })) });
	});

	it.for(['-t; rm -rf ~', '--squash $(id) `id`', `it's "quoted", twice`, 'two\nlines: Grüße 💥', 'x'.repeat(250)])(
		'builds files and folders with hostile names: %j',
		async (name, { skip }) => {
			const on = machine(skip);
			const context = join(mkdtempSync(join(on.folder, 'context-')), name);
			mkdirSync(context);
			writeFileSync(join(context, name), 'FROM scratch\nCOPY greeting /\n');
			writeFileSync(join(context, 'greeting'), name);
			const { outcome } = await build(on, { file: join(context, name), context, name: 'hostile', platforms: [] });
			expect(outcome).toMatchObject({ kind: 'built' });
			expect(await fileIn(on.store, 'hostile', 'greeting')).toBe(name);
		},
	);

	it('prints a shell that does the same', async ({ skip }) => {
		const on = machine(skip);
		const repository = `${on.registry.address}/team/shell`;
		const context = folderOf(on, stages(on.base), { greeting: 'from a shell' });
		const plan = await planOf(on, { context, name: `${repository}:1`, platforms, push: true });
		await run('sh', ['-c', shellOf(plan).join('\n')], on.environment);
		expect(await contents(on, repository, '1')).toEqual([
			{ platform: 'linux/amd64', machine: 'x86_64\n', greeting: 'from a shell' },
			{ platform: 'linux/arm64', machine: 'aarch64\n', greeting: 'from a shell' },
		]);
		expect(await leftovers(on)).toEqual([]);
	});

	it('builds on another machine one platform after another', async ({ skip }) => {
		const on = machine(skip);
		const service = await startService(mkdtempSync(join(on.folder, 's-')));
		try {
			const engine = await askEngine('podman', ['--url', `unix://${service.socket}`], { environment: on.environment });
			if (isPlanRefusal(engine)) throw new Error(engine.because);
			const context = folderOf(on, stages(on.base), { greeting: 'from afar', secret: 's', Ignored: 'i' });
			// Podman itself leaves this out where the context has an ignore file too.
			writeFileSync(join(context, '.dockerignore'), 'greeting\n');
			writeFileSync(join(context, 'Containerfile.containerignore'), 'secret\n');
			const repository = `${on.registry.address}/team/afar`;
			const { plan, outcome } = await build({ ...on, engine }, { context, name: `${repository}:1`, platforms, push: true });
			expect(plan.strategy).toBe('loop');
			expect(outcome).toMatchObject({ kind: 'built', images: platforms.map((platform) => ({ platform })) });
			expect(await contents(on, repository, '1')).toEqual([
				{ platform: 'linux/amd64', machine: 'x86_64\n', greeting: 'from afar' },
				{ platform: 'linux/arm64', machine: 'aarch64\n', greeting: 'from afar' },
			]);
		} finally {
			await service.close();
		}
	});

	it('ends the command line with the status of podman, at the line that failed', async ({ skip }) => {
		const on = machine(skip);
		const context = folderOf(on, `FROM ${on.base}\n\nRUN true\nRUN exit 42\n`, {});
		const words = ['build', 'Containerfile', '--tag', 'app', '--platform', platforms.join(), '--tls-verify=false', '--network', 'host', '--json'];
		const { status, stdout, stderr } = await commandLine(words, context, on);
		expect(status).toBe(42);
		expect(JSON.parse(stdout)).toMatchObject({ kind: 'failed', status: 42 });
		expect(stderr).toMatch(/^Containerfile:4:1 error Build for linux\/amd64 and linux\/arm64 failed \(linux\/\w+\)\n 4 \| RUN exit 42\n {3}\| \^{11}$/m);
		expect(stderr).toMatch(/^\[linux\/amd64\] STEP 2\/3 RUN true$/m);
		expect(stderr).toMatch(/^whittle: The command of a RUN ended with exit status 42: RUN exit 42\.$/m);
	});

	it('ends the command line at Ctrl-C with 130, and cleans up', async ({ skip }) => {
		const on = machine(skip);
		const context = folderOf(on, `FROM ${on.base}\nRUN echo begun && sleep 2718\n`, {});
		const words = ['build', 'Containerfile', '--tag', 'app', '--platform', 'linux/amd64', '--tls-verify=false', '--network', 'host'];
		const { status, stderr } = await commandLine(words, context, on, 'begun');
		expect({ status, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({ status: 130, last: 'whittle: cancelled; what was half made is removed.' });
		expect(await run('sh', ['-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "'])).not.toContain('sleep 2718');
		expect(await leftovers(on)).toEqual([]);
	});
});

/** A stage that is passed over, one that asks the machine what it is, and a final one without a base. */
function stages(base: string): string {
	return `ARG BASE=${base}
FROM $BASE AS unused
RUN exit 7
FROM $BASE AS builder
RUN mkdir /output && uname -m > /output/machine
COPY greeting /output/
RUN cat /output/greeting
FROM scratch
COPY --from=builder /output /
`;
}

function folderOf({ folder }: Local, containerfile: string, files: Readonly<Record<string, string>>): string {
	const context = mkdtempSync(join(folder, 'context-'));
	for (const [name, text] of Object.entries({ ...files, Containerfile: containerfile })) writeFileSync(join(context, name), text);
	return context;
}

type Wanted = Omit<BuildRequest, 'file'> & { readonly file?: string };

async function planOf({ engine, environment }: Local, wanted: Wanted): Promise<Plan> {
	const request = { file: join(wanted.context, 'Containerfile'), ...wanted, options: { network: 'host', tlsVerify: false, ...wanted.options } };
	const plan = await prepareBuild(request, engine, { environment });
	if (isPlanRefusal(plan)) throw new Error(plan.because);
	return plan;
}

async function build(on: Local, wanted: Wanted, execution: Execution = {}): Promise<{ plan: Plan; outcome: BuildOutcome; events: readonly BuildEvent[] }> {
	const plan = await planOf(on, wanted);
	const events: BuildEvent[] = [];
	const onEvent = (event: BuildEvent) => {
		events.push(event);
		execution.onEvent?.(event);
	};
	return { plan, outcome: await execute(plan, { ...execution, environment: on.environment, onEvent }), events };
}

async function contents({ folder }: Local, repository: string, tag: string): Promise<readonly { platform: string; machine: string; greeting: string }[]> {
	const found = [];
	for (const entry of (await listedAt(`${repository}:${tag}`)) ?? []) {
		found.push({ platform: entry.platform, machine: await fileAt(repository, entry, 'machine', folder), greeting: await fileAt(repository, entry, 'greeting', folder) });
	}
	return found;
}

/** Working names and working containers that are still there. */
async function leftovers({ store }: Local): Promise<readonly string[]> {
	const images = (await podman(store, ['images', '--format', '{{.Repository}}:{{.Tag}}'])).split('\n').filter((name) => name.includes('whittle-build'));
	const containers = (await podman(store, ['ps', '--all', '--external', '--format', '{{.Names}}'])).split('\n').filter((name) => name !== '');
	return [...images, ...containers];
}

/** Runs the command line; as soon as it has written `until`, it gets what Ctrl-C sends. */
function commandLine(words: readonly string[], cwd: string, { environment }: Local, until?: string): Promise<{ status: number | null; stdout: string; stderr: string }> {
	return new Promise((done) => {
		const child = spawn(process.execPath, [program, ...words], { cwd, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
		const texts = { stdout: '', stderr: '' };
		for (const stream of ['stdout', 'stderr'] as const) {
			child[stream].setEncoding('utf8').on('data', (text: string) => {
				const before = texts[stream];
				texts[stream] += text;
				if (until !== undefined && stream === 'stderr' && !hasLine(before, until) && hasLine(texts.stderr, until)) child.kill('SIGINT');
			});
		}
		child.on('close', (status) => done({ status, ...texts }));
	});
}

function hasLine(text: string, line: string): boolean {
	return text.split('\n').includes(line);
}
