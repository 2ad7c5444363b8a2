import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BuildEvent } from '../../server/src/podman/events';
import { execute } from '../../server/src/podman/execute';
import type { Lane, Plan, Step } from '../../server/src/podman/plan';
import { folderWith } from '../support/commandLine';

/** A folder with a program that notes its arguments and then does what the last of them says. */
function stage(): { readonly folder: string; readonly step: (script: string, more?: Partial<Step>) => Step; readonly calls: () => readonly string[] } {
	const folder = folderWith({});
	const program = join(folder, 'program');
	const log = join(folder, 'calls');
	writeFileSync(program, `#!/bin/sh\necho "$*" >> ${log}\nfor last; do :; done\neval "$last"\n`);
	chmodSync(program, 0o755);
	const step = (script: string, more: Partial<Step> = {}): Step => ({ title: script, program, args: [script], ...more });
	return { folder, step, calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []) };
}

function planOf(rows: readonly (readonly Lane[])[], more: Partial<Plan> = {}): Plan {
	return { strategy: 'local', name: 'app', platforms: ['linux/amd64', 'linux/arm64'], rows, cleanup: [], remarks: [], ...more };
}

const alone = (...steps: readonly Step[]): readonly Lane[] => [{ label: '', steps }];

const entry = (architecture: string, digest: string) => ({ digest, platform: { os: 'linux', architecture } });
const listStep = (step: ReturnType<typeof stage>['step'], ...manifests: readonly unknown[]) =>
	step(`echo '${JSON.stringify({ manifests })}'`, { must: { kind: 'list', platforms: ['linux/amd64', 'linux/arm64'] } });

describe('running a plan', () => {
	it('tells what happens, and what is there in the end', async () => {
		const { step } = stage();
		const events: BuildEvent[] = [];
		const build = step('echo "[linux/arm64] [1/2] STEP 2/3: RUN x"; echo hello >&2', { builds: ['linux/amd64', 'linux/arm64'] });
		const look = step('echo "linux/arm64 1234 sha256:bb"', { must: { kind: 'platform', platform: 'linux/arm64' } });
		const outcome = await execute(planOf([alone(build, listStep(step, entry('arm64', 'sha256:bb'), entry('amd64', 'sha256:aa')), look)]), {
			onEvent: (event) => events.push(event),
		});
		expect(outcome).toEqual({
			kind: 'built',
			name: 'app',
			images: [
				{ platform: 'linux/amd64', digest: 'sha256:aa' },
				{ platform: 'linux/arm64', digest: 'sha256:bb', size: 1234 },
			],
			pushed: false,
		});
		const told = events.map((event) => (event.kind === 'line' ? event.text : event.kind === 'progress' ? event.progress.instruction : event.kind));
		expect(told.filter((one) => one !== 'hello')).toEqual(['started', '[linux/arm64] [1/2] STEP 2/3: RUN x', 2, 'ended', 'started', 'ended', 'started', 'ended']);
		expect(told).toContain('hello');
	});

	it('runs the lanes of a row at the same time, and rows one after another', async () => {
		const { folder, step, calls } = stage();
		const meet = (mine: string, other: string) => step(`touch ${folder}/${mine}; for i in 1 2 3 4 5 6 7 8 9; do [ -e ${folder}/${other} ] && exit 0; sleep 1; done; exit 9`);
		const row = [
			{ label: 'a', steps: [meet('a', 'b')] },
			{ label: 'b', steps: [meet('b', 'a')] },
		];
		expect(await execute(planOf([row, alone(step('true'))]))).toMatchObject({ kind: 'built' });
		expect(calls().at(-1)).toBe('true');
	});

	it('ends the other lanes at a failure, and cleans up', async () => {
		const { step, calls } = stage();
		const row = [
			{ label: 'slow', steps: [step('sleep 60'), step('echo not me')] },
			{ label: 'bad', steps: [step('sleep 1; echo "Error: no space left on device" >&2; exit 7')] },
		];
		const started = Date.now();
		const outcome = await execute(planOf([row, alone(step('echo not this'))], { cleanup: [step('exit 3'), step('echo clean')] }));
		expect(outcome).toMatchObject({ kind: 'failed', status: 7, lane: 'bad', because: expect.stringMatching(/^The disk is full/), lastLines: ['Error: no space left on device'] });
		expect(Date.now() - started).toBeLessThan(30_000);
		expect(calls().slice(-2)).toEqual(['exit 3', 'echo clean']);
		expect(calls().join()).not.toContain('not');
	});

	it('is cancelled in the midst, and cleans up', async () => {
		const { step, calls } = stage();
		const abort = new AbortController();
		const plan = planOf([alone(step('echo go; sleep 60'), step('echo not me'))], { cleanup: [step('echo clean')] });
		const outcome = await execute(plan, { signal: abort.signal, onEvent: ({ kind }) => kind === 'line' && abort.abort() });
		expect(outcome).toEqual({ kind: 'cancelled' });
		expect(calls().slice(1)).toEqual(['echo clean']);
		expect(await execute(plan, { signal: abort.signal })).toEqual({ kind: 'cancelled' });
		expect(calls().slice(2)).toEqual(['echo clean']);
	}, 60_000);

	it('is cancelled between two steps', async () => {
		const { step, calls } = stage();
		const abort = new AbortController();
		const plan = planOf([alone(step('true'), step('echo not me'))]);
		expect(await execute(plan, { signal: abort.signal, onEvent: ({ kind }) => kind === 'ended' && abort.abort() })).toEqual({ kind: 'cancelled' });
		expect(calls()).toEqual(['true']);
	});

	it('passes over a step, or does not', async () => {
		const { step, calls } = stage();
		const [yes, no] = [step('true'), step('false')].map(({ program, args }) => [program, ...(args as readonly string[])]) as [string[], string[]];
		const told: string[] = [];
		await execute(planOf([alone(step('echo a', { unless: yes }), step('echo b', { unless: no }))]), { onEvent: ({ kind }) => told.push(kind) });
		expect(calls()).toEqual(['true', 'false', 'echo b']);
		expect(told).toEqual(['passed over', 'started', 'line', 'ended']);
	});

	it('holds a step to what must hold', async () => {
		const { step } = stage();
		const because = async (one: Step) => {
			const outcome = await execute(planOf([alone(one)]));
			return outcome.kind === 'failed' ? [outcome.status, outcome.because] : outcome.kind;
		};
		const status = { kind: 'status', status: 1, otherwise: 'It is there' } as const;
		expect(await because(step('exit 1', { must: status }))).toBe('built');
		expect(await because(step('exit 0', { must: status }))).toEqual([2, 'It is there']);
		expect(await because(step('echo "Error: no space left on device" >&2; exit 125', { must: status }))).toEqual([125, expect.stringMatching(/^The disk is full/)]);
		const platform = { kind: 'platform', platform: 'linux/arm/v7' } as const;
		expect(await because(step('echo linux/arm 12 sha256:aa', { must: platform }))).toBe('built');
		expect(await because(step('echo linux/amd64', { must: platform }))).toEqual([2, expect.stringMatching(/built for linux\/arm\/v7 is one for linux\/amd64/)]);
		expect(await because(step('echo nonsense', { must: platform }))).toEqual([2, expect.stringMatching(/is one for no platform/)]);
		expect(await because(listStep(step, entry('amd64', 'x')))).toEqual([2, expect.stringMatching(/^The manifest list lacks linux\/arm64;.*FROM with --platform.*--no-cache/)]);
		expect(await because(listStep(step, entry('amd64', 'x'), entry('amd64', 'y'), entry('arm64', 'z')))).toEqual([2, 'The manifest list has linux/amd64 more than once']);
		expect(await because(listStep(step, entry('amd64', 'x'), entry('s390x', 'y'), entry('arm64', 'z')))).toEqual([2, 'The manifest list has linux/s390x, which nobody asked for']);
		expect(await because(step('echo {}', { must: { kind: 'list', platforms: ['linux/amd64'] } }))).toEqual([2, expect.stringMatching(/lacks linux\/amd64/)]);
	});

	it('finds out what is known only then', async () => {
		const { folder, step, calls } = stage();
		const { program } = step('');
		const list = `echo '${JSON.stringify({ manifests: [entry('amd64', 'sha256:aa'), entry('arm64', 'sha256:bb')] })}' #`;
		const shared = join(folder, 'shared');
		const plan = planOf(
			[
				alone(
					step(`echo sha256:cc > ${shared}/digest`),
					{ title: 'Tag', program, args: ['tag', { before: 'list@', memberOf: list, platform: 'linux/arm64', options: ['--root', '/r'] }, 'true'] },
					{ title: 'Add', program, args: ['add', { before: 'docker://x@', contentOf: join(shared, 'digest') }, 'true'] },
				),
			],
			{ folder: shared },
		);
		// The list's name is what the program runs when it is asked for the list.
		expect(await execute(plan)).toMatchObject({ kind: 'built' });
		expect(calls().slice(1)).toEqual([`--root /r manifest inspect ${list}`, 'tag list@sha256:bb true', 'add docker://x@sha256:cc true']);
		expect(existsSync(shared)).toBe(false);
	});

	it('fails with a sentence where that cannot be known, or the program is not there', async () => {
		const { folder, step } = stage();
		const { program } = step('');
		const because = async (args: Step['args'], of = program) => {
			const outcome = await execute(planOf([alone({ title: 'Tag', program: of, args })]));
			return outcome.kind === 'failed' ? [outcome.status, outcome.because] : outcome.kind;
		};
		const memberOf = `echo '{"manifests":[]}' #`;
		expect(await because([{ before: '', memberOf, platform: 'linux/arm64', options: [] }])).toEqual([2, expect.stringMatching(/has no image for linux\/arm64$/)]);
		expect(await because([{ before: '', contentOf: join(folder, 'none') }])).toEqual([2, expect.stringMatching(/has not written/)]);
		expect(await because(['x'], join(folder, 'nothing'))).toEqual([2, expect.stringMatching(/is not there; install podman/)]);
		expect(await because(['x'], folder)).toEqual([2, expect.stringMatching(/cannot be started \(EACCES\)/)]);
		expect(await because(['x'.repeat(200_000)])).toEqual([2, expect.stringMatching(/cannot be started \(E2BIG\)/)]);
		expect(await because(['a\0b'])).toEqual([2, expect.stringMatching(/cannot be started \(ERR_INVALID_ARG_VALUE\)/)]);
	});
});
