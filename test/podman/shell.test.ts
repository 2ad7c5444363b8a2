import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Argument, Must, Plan } from '../../server/src/podman/plan';
import { quoted, shellOf } from '../../server/src/podman/shell';
import { folderWith } from '../support/commandLine';

const list = {
	manifests: [
		{ digest: 'sha256:aa', platform: { architecture: 'amd64', os: 'linux' } },
		{ digest: 'sha256:bb', platform: { architecture: 'arm64', os: 'linux' } },
		{ digest: 'sha256:cc', platform: { architecture: 'arm', os: 'linux', variant: 'v7' } },
		{ digest: 'sha256:dd', platform: { architecture: 'arm', os: 'linux', variant: 'v6' } },
	],
};

/** Runs the lines in a shell with a podman that notes its arguments, answers `manifest inspect` with a list, `image inspect` with a platform, and ends with the number behind `end`. */
function runIn(
	lines: readonly string[],
	folder = folderWith({ 'list.json': JSON.stringify(list, undefined, 4) }),
): { readonly status: number | null; readonly stderr: string; readonly calls: readonly (readonly string[])[] } {
	const log = join(folder, 'calls');
	const program = join(folder, 'podman');
	writeFileSync(
		program,
		`#!/bin/sh
printf '%s\\0' "$@" >> ${log}; printf '\\1' >> ${log}
case "$1 $2" in
'manifest inspect') cat ${folder}/list.json;;
'images --all') printf 'sha256:aa one\\nsha256:bb two\\nsha256:bb two\\n';;
'image inspect') echo 'linux/arm64 1234 sha256:bb';;
'end '*) exit $2;;
esac
`,
	);
	chmodSync(program, 0o755);
	const { status, stderr } = spawnSync('sh', ['-c', lines.join('\n')], {
		encoding: 'utf8',
		cwd: folder,
		env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}` },
	});
	const calls = existsSync(log) ? readFileSync(log, 'utf8').split('\x01').slice(0, -1) : [];
	return { status, stderr, calls: calls.map((call) => call.split('\0').slice(0, -1)) };
}

function planWith(...steps: readonly { readonly args: readonly Argument[]; readonly must?: Must; readonly unless?: readonly string[] }[]): Plan {
	return {
		strategy: 'local',
		name: 'app',
		platforms: [],
		rows: [[{ label: '', steps: steps.map((step) => ({ title: 'A step', program: 'podman', ...step })) }]],
		cleanup: [],
		remarks: [],
	};
}

describe('a plan as shell', () => {
	it.for(['; rm -rf ~', '$(id)', '`id`', '-t', 'two\nlines', "it's", '"', '\\', '*', '~', '!x', 'ü💥', '#', '', ' ', 'a=b', '{a,b}', 'x'.repeat(300)])(
		'hands over %j as it is',
		(word) => {
			expect(runIn(shellOf(planWith({ args: ['build', word, `--x=${word}`] }))).calls).toEqual([['build', word, `--x=${word}`]]);
		},
	);

	it('leaves what needs no quotes without them', () => {
		expect(shellOf(planWith({ args: ['build', '--platform', 'linux/amd64,linux/arm64', '/a b'] }, { args: ['end'] }))).toEqual([
			"podman build --platform linux/amd64,linux/arm64 '/a b' &&",
			'podman end',
		]);
		expect(quoted("it's")).toBe("'it'\\''s'");
	});

	it('ends with the first step that fails', () => {
		expect(runIn(shellOf(planWith({ args: ['one'] }, { args: ['end', '3'] }, { args: ['two'] })))).toMatchObject({ status: 3, calls: [['one'], ['end', '3']] });
	});

	it('passes over a step, or does not', () => {
		const step = (status: string) => planWith({ args: ['step'], unless: ['podman', 'end', status] }, { args: ['next'] });
		expect(runIn(shellOf(step('0'))).calls).toEqual([['end', '0'], ['next']]);
		expect(runIn(shellOf(step('1'))).calls).toEqual([['end', '1'], ['step'], ['next']]);
	});

	it('says why a status is wrong', () => {
		const must = { kind: 'status', status: 1, otherwise: `It's there; $(id) \`x\`` } as const;
		expect(runIn(shellOf(planWith({ args: ['end', '1'], must }, { args: ['next'] })))).toMatchObject({ status: 0, calls: [['end', '1'], ['next']] });
		expect(runIn(shellOf(planWith({ args: ['end', '0'], must }, { args: ['next'] })))).toEqual({ status: 1, stderr: `${must.otherwise}\n`, calls: [['end', '0']] });
	});

	it.for([
		['linux/arm64', 0],
		['linux/arm64/v9', 0],
		['', 0],
		['linux/arm', 1],
		['linux/amd64', 1],
	] as const)('checks the platform of an image: %s', ([platform, status]) => {
		expect(runIn(shellOf(planWith({ args: ['image', 'inspect', 'x'], must: { kind: 'platform', platform } }))).status).toBe(status);
	});

	it.for([
		[['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/arm/v6'], 0],
		[['linux/amd64', 'linux/arm64', 'linux/arm/v7'], 1],
		[['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/s390x'], 1],
		[['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/arm'], 1],
	] as const)('checks a list for %j', ([platforms, status]) => {
		expect(runIn(shellOf(planWith({ args: ['manifest', 'inspect', 'x'], must: { kind: 'list', platforms } }))).status).toBe(status);
	});

	it.for([
		['linux/amd64', 'sha256:aa'],
		['linux/arm64', 'sha256:bb'],
		['linux/arm/v7', 'sha256:cc'],
		['linux/arm/v6', 'sha256:dd'],
	] as const)('finds the image for %s in a list', ([platform, digest]) => {
		const args = ['tag', { before: 'a list@', memberOf: 'a list', platform, options: [] }, 'name'];
		expect(runIn(shellOf(planWith({ args }))).calls).toEqual([
			['manifest', 'inspect', 'a list'],
			['tag', `a list@${digest}`, 'name'],
		]);
	});

	it('finds its ID too', () => {
		const args = ['tag', { before: '', memberOf: 'a list', platform: 'linux/arm64', options: [], byId: true }, 'name'] as const;
		expect(runIn(shellOf(planWith({ args }))).calls.at(-1)).toEqual(['tag', 'two', 'name']);
	});

	it('keeps what steps leave to each other in a folder, and says what has to be read as comments', () => {
		const folder = folderWith({ 'list.json': '' });
		const plan = { ...planWith({ args: ['push', { before: '', contentOf: join(folder, 'a b/digest') }] }), folder: join(folder, 'a b'), remarks: ['Read\nthis; $(id)'] };
		expect(shellOf(plan)[0]).toBe('# Read this; $(id)');
		writeFileSync(join(folder, 'sh'), '');
		const lines = shellOf(plan).flatMap((line) => (line.startsWith('mkdir') ? [line, `printf 'sha256:ee\\n' > '${folder}/a b/digest' &&`] : [line]));
		expect(runIn(lines, folder)).toMatchObject({ status: 0, calls: [['push', 'sha256:ee']] });
		expect(existsSync(join(folder, 'a b'))).toBe(false);
	});
});
