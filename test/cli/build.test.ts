import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Options, readArguments } from '../../server/src/cli/arguments';
import { builtReport, eventLine, failureReport } from '../../server/src/cli/buildReport';
import { buildRequestOf } from '../../server/src/cli/buildRequest';
import { styleOf } from '../../server/src/cli/style';
import { defaultConfig } from '../../server/src/lint/config';
import type { BuildRequest } from '../../server/src/podman/request';
import { podman43 } from '../podman/recorded/answers';
import { folderWith, program, sentences, whittle } from '../support/commandLine';

function optionsOf(words: readonly string[]): Options {
	const read = readArguments(['build', '/src/Containerfile', ...words]);
	if (read.kind !== 'run') throw new Error(JSON.stringify(read));
	return read.options;
}

const requestOf = (...words: readonly string[]) => buildRequestOf('/src/Containerfile', optionsOf(words), defaultConfig);
const style = styleOf({}, {});

describe('what is asked for', () => {
	it('is what the options say', () => {
		const words =
			'--tag app --platform linux/amd64,linux/arm64 --platform linux/s390x --push --squash --layers=false --no-cache --pull newer --network host --authfile /a --tls-verify=false --build-arg A=1 --build-arg B=2';
		const more = '--secret id=s --target final --ignorefile /i --timestamp 12 --format docker --sbom syft --jobs 2 --context /other';
		expect(requestOf(...words.split(' '), ...more.split(' '))).toEqual({
			file: '/src/Containerfile',
			context: '/other',
			name: 'app',
			platforms: ['linux/amd64', 'linux/arm64', 'linux/s390x'],
			push: true,
			options: {
				squash: 'new',
				layers: false,
				noCache: true,
				pull: 'newer',
				network: 'host',
				authfile: '/a',
				tlsVerify: false,
				buildArgs: ['A=1', 'B=2'],
				secrets: ['id=s'],
				target: 'final',
				ignorefile: '/i',
				timestamp: 12,
				format: 'docker',
				sbom: 'syft',
				jobs: 2,
			},
		});
		expect(requestOf('-t', 'app', '--push=quay.io/x/y', '--layers', '--tls-verify=true', '--squash-all')).toMatchObject({
			context: '/src',
			push: 'quay.io/x/y',
			options: { layers: true, tlsVerify: true, squash: 'all' },
		});
	});

	it('is what the configuration says where the options say nothing', () => {
		const config = { ...defaultConfig, target: 'prod', squash: 'all', layers: false } as const;
		const of = (...words: readonly string[]) => (buildRequestOf('/src/Containerfile', optionsOf(['-t', 'app', ...words]), config) as BuildRequest).options;
		expect(of()).toEqual({ target: 'prod', squash: 'all', layers: false });
		expect(of('--target', 'dev', '--squash', '--layers')).toEqual({ target: 'dev', squash: 'new', layers: true });
		expect((buildRequestOf('/src/Containerfile', optionsOf(['-t', 'app']), { ...defaultConfig, squash: false }) as BuildRequest).options).toEqual({});
	});

	it('is one platform, however often it is named', () => {
		expect(requestOf('--manifest', 'app', '--platform', 'linux/amd64,linux/x86_64')).toEqual({ because: expect.stringMatching(/^a manifest list is for several platforms/) });
	});

	it('has numbers that are written as such', () => {
		for (const text of ['1e3', '0x10', ' ', '1.5', 'x'])
			expect(requestOf('-t', 'app', `--timestamp=${text}`, `--jobs=${text}`)).toMatchObject({ options: { timestamp: Number.NaN, jobs: Number.NaN } });
	});

	it('finds the file of a secret from here', () => {
		expect(requestOf('-t', 'app', '--secret', 'id=s,src=token')).toMatchObject({ options: { secrets: [`id=s,src=${join(process.cwd(), 'token')}`] } });
	});

	it('is a connection, or which one builds a platform', () => {
		expect(requestOf('-t', 'app', '--connection', 'pc', '--connection', 'a=b')).toMatchObject({ connections: ['pc', 'a=b'], platforms: [] });
		expect(requestOf('-t', 'app', '--connection', 'linux/aarch64=my=pi', '--connection', 'pc')).toMatchObject({
			connections: ['pc'],
			assigned: { 'linux/arm64': 'my=pi' },
			platforms: ['linux/arm64'],
		});
		expect(requestOf('-t', 'app', '--farm', 'all')).toMatchObject({ farm: 'all' });
	});

	it.for([
		[[], /needs a name: --tag NAME/],
		[['-t', 'a', '--manifest', 'b'], /--manifest and --tag exclude/],
		[['--manifest', 'b'], /a manifest list is for several platforms/],
		[['--manifest', 'b', '--platform', 'linux/amd64'], /a manifest list is for several platforms/],
		[['-t', 'a', '--squash', '--squash-all'], /exclude each other/],
		[['-t', 'a', '--farm', 'f', '--connection', 'c'], /--farm and --connection exclude/],
		[['-t', 'a', '--connection', 'linux/nonsense=c'], /is no platform/],
	] as const)('is refused with %j', ([words, sentence]) => expect(requestOf(...words)).toEqual({ because: expect.stringMatching(sentence) }));
});

describe('what is printed', () => {
	it('is where podman is, in place of its own line', () => {
		const progress = { platform: 'linux/arm64', stage: { number: 2, of: 3 }, instruction: 4, of: 7, text: 'RUN echo \u001b[31m' };
		expect(eventLine({ kind: 'progress', lane: '', progress }, style)).toBe('[linux/arm64] 2/3 STEP 4/7 RUN echo ␛[31m\n');
		expect(eventLine({ kind: 'line', lane: '', stream: 'stdout', text: '[linux/arm64] [2/3] STEP 4/7: RUN x' }, style)).toBeUndefined();
		expect(eventLine({ kind: 'line', lane: 'pi', stream: 'stdout', text: 'Using cache' }, style)).toBe('pi: Using cache\n');
	});

	it('is the size of each image in the end', () => {
		const images = [{ platform: 'linux/amd64', size: 5_865, digest: 'sha256:aa' }, { platform: 'linux/arm/v7' }];
		const request = { file: '/f', context: '/', name: 'app', platforms: [], push: 'quay.io/x/y' };
		expect(builtReport({ kind: 'built', name: 'localhost/app:latest', images, pushed: true }, request, style).replace(/ +$/gm, '')).toBe(
			'Built localhost/app:latest and pushed it to quay.io/x/y\nplatform      size    digest\nlinux/amd64   5.9 kB  sha256:aa\nlinux/arm/v7\n',
		);
	});

	it('is the place that failed, and what podman said', () => {
		const at = { platform: 'linux/arm64', instruction: 2, of: 2, text: 'RUN exit 42' };
		const outcome = { kind: 'failed', because: 'It failed', status: 42, step: 'Build for linux/arm64', lane: 'pi', at, lastLines: ['one', 'two'] } as const;
		expect(failureReport(outcome, 'Containerfile', 'FROM a\nRUN exit 42\n', style)).toBe(
			'Containerfile:2:1 error Build for linux/arm64 failed (linux/arm64) on pi\n 2 | RUN exit 42\n   | ^^^^^^^^^^^\n| one\n| two\n',
		);
		const { at: _, ...nowhere } = outcome;
		expect(failureReport(nowhere, 'Containerfile', 'FROM a\n', style)).toBe('Build for linux/arm64 failed on pi\n| one\n| two\n');
	});
});

describe('the program', () => {
	/** A folder with a podman that says what it is and fails at everything else. */
	function project(): { readonly cwd: string; readonly env: Readonly<Record<string, string>> } {
		const cwd = folderWith({ Containerfile: 'FROM scratch\nCOPY app /\n', version: podman43.version, info: podman43.info });
		writeFileSync(join(cwd, 'podman'), `#!/bin/sh\ncase "$1" in version|info) cat ${cwd}/$1;; system) echo '[]';; *) echo "Error: no space left on device" >&2; exit 125;; esac\n`);
		chmodSync(join(cwd, 'podman'), 0o755);
		return { cwd, env: { PATH: `${cwd}${delimiter}${process.env['PATH']}` } };
	}

	it('prints the commands and runs nothing with --dry-run', () => {
		const on = project();
		const { status, stdout, stderr } = whittle(['build', 'Containerfile', '--tag', 'app', '--dry-run'], on);
		const inspect = "podman image inspect --format '{{.Os}}/{{.Architecture}} {{.Size}} {{.Digest}}' localhost/app:latest | grep .";
		expect({ status, stdout, stderr }).toEqual({
			status: 0,
			stdout: `podman build --tag localhost/app:latest --file ${on.cwd}/Containerfile ${on.cwd} &&\n${inspect}\n`,
			stderr: '',
		});
		const json = whittle(['build', 'Containerfile', '--tag', 'app', '--dry-run', '--json'], on);
		expect(JSON.parse(json.stdout)).toMatchObject({ strategy: 'single', name: 'localhost/app:latest', remarks: [] });
	});

	it.skipIf(process.platform === 'win32')('ends a podman that it still asks when somebody cancels', async () => {
		const { cwd, env } = project();
		writeFileSync(join(cwd, 'podman'), `#!/bin/sh\n[ "$1" = info ] || exec cat ${cwd}/version\necho $$ > ${cwd}/asked.new\nmv ${cwd}/asked.new ${cwd}/asked\nexec sleep 60\n`);
		const child = spawn(process.execPath, [program, 'build', 'Containerfile', '--tag', 'app'], { cwd, env: { ...process.env, ...env } });
		const said: string[] = [];
		child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
		while (!existsSync(join(cwd, 'asked'))) await new Promise((resolve) => setTimeout(resolve, 50));
		child.kill('SIGINT');
		const [status] = await once(child, 'close');
		expect([status, said.join('')]).toEqual([130, 'whittle: cancelled before anything was built.\n']);
		expect(() => process.kill(Number(readFileSync(join(cwd, 'asked'), 'utf8')), 0)).toThrow('ESRCH');
	});

	it('ends with the status of podman, and prints JSON alone', () => {
		const { status, stdout, stderr } = whittle(['build', 'Containerfile', '--tag', 'app', '--json'], project());
		expect(status).toBe(125);
		expect(JSON.parse(stdout)).toMatchObject({ kind: 'failed', because: expect.stringMatching(/^The disk is full/), step: 'Build' });
		expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^whittle: The disk is full/);
	});

	it.for([
		[['build'], /build takes a Containerfile/],
		[['build', 'a', 'b', '-t', 'x'], /one file is built at a time/],
		[['build', 'nothing', '-t', 'x'], /nothing does not exist/],
		[['build', 'Containerfile', '-t', '; rm -rf ~'], /is no name of an image: there may be no blank/],
		[['build', 'Containerfile', '-t', '$(id)'], /is no name of an image/],
		[['build', 'Containerfile', '--tag=-t'], /is no name of an image/],
		[['build', 'Containerfile', '-t', 'x', '--podman', './nothing'], /\.\/nothing is not there; install podman/],
		[['build', 'Containerfile', '-t', 'x', '--context', 'nowhere'], /nowhere is no folder/],
		[['build', 'Containerfile', '-t', 'x', '--connection', '; rm'], /knows no connection "; rm"/],
		[['build', 'Containerfile', '-t', 'x', '--layers=perhaps'], /--layers has to be true or false/],
		[['build', 'Containerfile', '-t', 'x', '--push', '--push'], /--push can be given once only/],
		[['build', 'Containerfile', '-t', 'x', '--jobs', 'many'], /number of jobs is a whole number/],
	] as const)('refuses %j with status 2', ([words, sentence]) => {
		const { status, stdout, stderr } = whittle(words, project());
		expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
		expect(sentences(stderr)).toEqual([expect.stringMatching(sentence)]);
	});
});
