import { describe, expect, it } from 'vitest';
import type { Connection, Engine, Version } from '../../server/src/podman/engine';
import { isPlanRefusal, type Plan } from '../../server/src/podman/plan';
import { planBuild } from '../../server/src/podman/planBuild';
import type { BuildOptions, BuildRequest } from '../../server/src/podman/request';
import { list, words } from './support/orders';

const request: BuildRequest = { file: '/src/Containerfile', context: '/src', name: 'quay.io/me/app:1', platforms: ['linux/amd64', 'linux/arm64'] };
const plain = 'FROM fedora\nRUN dnf -y install nginx\n';
const repository = 'quay.io/me/app';
const format = '{{.Os}}/{{.Architecture}} {{.Size}} {{.Digest}}';

function engine(version: Version = [4, 3, 1], of: Partial<Engine> = {}): Engine {
	return { program: 'podman', options: ['--root', '/r'], version, remote: false, machine: { version, platform: 'linux/amd64', emulated: [] }, connections: [], farms: [], ...of };
}

function planOf(of: Partial<BuildRequest> = {}, by: Engine = engine(), text = plain): Plan {
	const plan = planBuild({ ...request, ...of }, by, '3f2a', text);
	if (isPlanRefusal(plan)) throw new Error(plan.because);
	return plan;
}

function refusalOf(of: Partial<BuildRequest>, by: Engine = engine(), text = plain): string {
	const plan = planBuild({ ...request, ...of }, by, '3f2a', text);
	if (!isPlanRefusal(plan)) throw new Error('It is planned.');
	expect(plan.because).not.toMatch(/[\n\0]/);
	return plan.because;
}

/** The arguments of all steps, behind podman's own options. */
function argumentsOf({ rows }: Plan, own: readonly string[] = ['--root', '/r']): readonly unknown[] {
	const steps = rows.flatMap((row) => row.flatMap((lane) => lane.steps));
	for (const { args } of steps) expect(args.slice(0, own.length)).toEqual(own);
	return steps.map(({ args }) => args.slice(own.length));
}

/** Those of the steps that build. */
function buildsOf({ rows }: Plan): readonly (readonly unknown[])[] {
	return rows.flatMap((row) => row.flatMap((lane) => lane.steps.filter(({ builds }) => builds !== undefined).map(({ args }) => args)));
}

/** An image of the list, which podman finds by digest, or only by ID. */
const member = (architecture: string, options: readonly string[], byId: boolean) => ({
	before: byId ? '' : `${list}@`,
	memberOf: list,
	platform: `linux/${architecture}`,
	options,
	...(byId ? { byId } : {}),
});

/** What follows after the images are built. */
const verified = (own: readonly string[], byId: boolean) => [
	words(`manifest inspect ${list}`),
	[...words('image inspect --format'), format, member('amd64', own, byId)],
	[...words('image inspect --format'), format, member('arm64', own, byId)],
	words(`tag ${list} ${repository}:1`),
	['tag', member('amd64', own, byId), `${repository}:1-linux-amd64`],
	['tag', member('arm64', own, byId), `${repository}:1-linux-arm64`],
	words(`manifest rm ${list}`),
];

describe('a plan', () => {
	it('builds a list in one go on this machine', () => {
		const plan = planOf({ push: true, options: { authfile: '/home/me/auth.json', tlsVerify: false } });
		expect(argumentsOf(plan)).toEqual([
			words(`image exists ${repository}:1`),
			words(`build --platform linux/amd64,linux/arm64 --manifest ${list} --authfile /home/me/auth.json --tls-verify=false --file /src/Containerfile /src`),
			...verified(['--root', '/r'], false),
			words(`manifest push --all --authfile /home/me/auth.json --tls-verify=false ${repository}:1 docker://${repository}:1`),
		]);
		expect(plan).toMatchObject({ strategy: 'local', name: `${repository}:1`, platforms: request.platforms, remarks: [] });
		expect(plan.rows[0]?.[0]?.steps.flatMap(({ must }) => must ?? [])).toEqual([
			{ kind: 'status', status: 1, otherwise: expect.stringContaining('podman rmi quay.io/me/app:1') },
			{ kind: 'list', platforms: request.platforms },
			{ kind: 'platform', platform: 'linux/amd64' },
			{ kind: 'platform', platform: 'linux/arm64' },
		]);
		expect(plan.rows[0]?.[0]?.steps[0]?.unless).toEqual(words(`podman --root /r manifest exists ${repository}:1`));
		expect(plan.cleanup.map(({ args }) => args)).toEqual([words(`--root /r manifest rm ${list}`)]);
	});

	it.for([
		[[4, 0, 0], false],
		[[4, 5, 1], false],
		[[4, 6, 0], true],
		[[5, 4, 2], true],
		[[5, 8, 2], true],
	] as const)('finds the images of a list as podman %j does', ([version, byId]) => {
		expect(argumentsOf(planOf({}, engine(version)))).toEqual([
			words(`image exists ${repository}:1`),
			words(`build --platform linux/amd64,linux/arm64 --manifest ${list} --file /src/Containerfile /src`),
			...verified(['--root', '/r'], byId),
		]);
	});

	it('builds one platform after another on another machine', () => {
		const plan = planOf({}, engine([5, 4, 2], { remote: true, options: ['--url', 'unix:///s'] }));
		expect(plan.strategy).toBe('loop');
		expect(argumentsOf(plan, ['--url', 'unix:///s'])).toEqual([
			words(`image exists ${repository}:1`),
			words(`build --platform linux/amd64 --manifest ${list} --file /src/Containerfile /src`),
			words(`build --platform linux/arm64 --manifest ${list} --file /src/Containerfile /src`),
			...verified(['--url', 'unix:///s'], true),
		]);
	});

	it('takes the options of this machine off where a connection is named', () => {
		const connections: readonly Connection[] = [{ name: '-t; $(id)', uri: 'ssh://x', isDefault: false, machine: { version: [4, 3, 1], platform: 'linux/arm64', emulated: [] } }];
		const plan = planOf({ connections: ['-t; $(id)'], platforms: [] }, engine([4, 3, 1], { connections }));
		expect(argumentsOf(plan, ['--connection', '-t; $(id)'])).toEqual([
			words(`build --tag ${repository}:1 --file /src/Containerfile /src`),
			[...words('image inspect --format'), format, `${repository}:1`],
		]);
		expect(buildsOf(plan)).toHaveLength(1);
		expect(plan.rows[0]?.[0]?.steps[0]?.builds).toEqual(['linux/arm64']);
	});

	it('makes no list of one platform, and looks at the image before it has its name', () => {
		const plan = planOf({ platforms: ['linux/aarch64'], push: 'quay.io/other/app' });
		expect(plan.strategy).toBe('single');
		expect(argumentsOf(plan)).toEqual([
			words(`build --platform linux/arm64 --tag ${list} --file /src/Containerfile /src`),
			[...words('image inspect --format'), format, list],
			words(`tag ${list} ${repository}:1`),
			words(`untag ${list} ${list}`),
			words(`push ${repository}:1 docker://quay.io/other/app:latest`),
		]);
		expect(plan.cleanup.map(({ args }) => args)).toEqual([words(`--root /r rmi ${list}`)]);
	});

	it('spreads over connections and farms', () => {
		const connections = ['pc', 'pi'].map((name, index): Connection => {
			return { name, uri: `ssh://${name}`, isDefault: false, machine: { version: [4, 3, 1], platform: index === 0 ? 'linux/amd64' : 'linux/arm64', emulated: [] } };
		});
		const by = engine([4, 3, 1], { connections, farms: [{ name: 'both', connections: ['pc', 'pi'] }] });
		expect(planOf({ connections: ['pc', 'pi'] }, by).strategy).toBe('connections');
		expect(planOf({ assigned: { 'linux/amd64': 'pc', 'linux/arm64': 'pi' } }, by).strategy).toBe('connections');
		expect(planOf({ farm: 'both' }, by).strategy).toBe('connections');
		// The oldest machine counts.
		expect(refusalOf({ connections: ['pc', 'pi'], options: { sbom: 'syft' } }, { ...by, version: [5, 8, 2] })).toMatch(/^Podman 4\.3\.1 does not take --sbom/);
	});
});

describe('options', () => {
	it('are those of podman', () => {
		const options: BuildOptions = {
			squash: 'all',
			noCache: true,
			pull: 'newer',
			network: 'host',
			buildArgs: ['A=x y', 'B=--squash'],
			secrets: ['id=s,src=/a b'],
			target: 'final',
			ignorefile: '/src/ignore it',
			timestamp: 0,
			format: 'docker',
			jobs: 0,
		};
		const [args] = buildsOf(planOf({ options, platforms: [] }));
		expect(args?.slice(2, -3)).toEqual([
			...words('build --tag quay.io/me/app:1 --squash-all --no-cache --pull=newer --network host --build-arg'),
			'A=x y',
			'--build-arg',
			'B=--squash',
			'--secret',
			'id=s,src=/a b',
			...words('--target final --ignorefile'),
			'/src/ignore it',
			...words('--timestamp 0 --format docker --jobs 0'),
		]);
		expect(buildsOf(planOf({ options: { squash: 'new' } }))[0]).toContain('--squash');
		expect(buildsOf(planOf({ options: { layers: false } }))[0]).toContain('--layers=false');
	});

	it('that this podman refuses or ignores are said before', () => {
		expect(refusalOf({ options: { sbom: 'syft' } })).toBe('Podman 4.3.1 does not take --sbom, podman 5.0 does; leave it out');
		expect(planOf({ options: { sbom: 'syft' } }, engine([5, 4, 2])).remarks).toEqual([
			expect.stringMatching(/^Podman 5\.4\.2 takes --sbom and does nothing with it, podman 5\.7 does/),
		]);
		expect(planOf({ options: { sbom: 'syft' } }, engine([5, 7, 0])).remarks).toEqual([]);
		expect(refusalOf({ options: { squash: 'new', layers: true } })).toMatch(/does not take --layers together with --squash/);
		expect(buildsOf(planOf({ options: { squash: 'new', layers: true } }, engine([5, 4, 2])))[0]).toEqual(expect.arrayContaining(['--squash', '--layers=true']));
		// A new client sends what an old service does not know.
		expect(refusalOf({ options: { sbom: 'syft' } }, engine([5, 8, 0], { machine: { version: [4, 3, 1], platform: 'linux/amd64', emulated: [] } }))).toMatch(/^Podman 4\.3\.1/);
	});

	it.for([
		[{ buildArgs: ['=x'] }, /NAME=value/],
		[{ buildArgs: ['--squash'] }, /NAME=value/],
		[{ secrets: ['src=/x'] }, /id=NAME,src=FILE/],
		[{ timestamp: Number.NaN }, /whole number of seconds/],
		[{ jobs: -1 }, /number of jobs/],
		[{ authfile: 'auth.json' }, /has to be absolute/],
		[{ ignorefile: '-t' }, /has to be absolute/],
		[{ target: '' }, /--target has no value/],
		[{ network: 'a\0b' }, /NUL character/],
	] as const)('%j is refused', ([options, sentence]) => expect(refusalOf({ options })).toMatch(sentence));
});

describe('what is known to go wrong', () => {
	it.for([
		[{ file: 'Containerfile' }, /Containerfile has to be absolute/],
		[{ context: '-t' }, /build context has to be absolute/],
		[{ file: '/src/a\0b' }, /NUL character/],
		[{ file: '/src/a\r\nb' }, /carriage return/],
		[{ name: '; rm -rf ~' }, /is no name of an image/],
		[{ name: `app:${'t'.repeat(125)}` }, /too long/],
		[{ platforms: ['linux/arm64', 'arm'] }, /write linux\/arm/],
		[{ connections: ['nope; $(id)'] }, /knows no connection "nope; \$\(id\)"; it knows none/],
		[{ farm: 'nope' }, /knows no farm "nope"/],
		[{ name: 'app', push: true }, /cannot be pushed, since no registry is in its name; name one, such as registry\.example\/app:latest/],
		[{ push: '$(id)' }, /is no name of an image/],
	] as const)('%j is refused', ([of, sentence]) => expect(refusalOf(of)).toMatch(sentence));

	it('is refused before podman 4, and on a connection that does not answer', () => {
		expect(refusalOf({}, engine([3, 4, 4]))).toBe('Podman 3.4.4 is too old; Whittle builds with podman 4.0 and later');
		const connections: readonly Connection[] = [{ name: 'off', uri: 'ssh://x', isDefault: true, unreachable: 'The podman service does not answer' }];
		expect(refusalOf({ connections: ['off'] }, engine([4, 3, 1], { connections }))).toBe('The podman service does not answer');
	});

	const heredoc = 'FROM fedora\nRUN <<EOF\ntrue\nEOF\n';
	it('are here-documents before podman 4.8', () => {
		expect(refusalOf({}, engine([4, 7, 2]), heredoc)).toMatch(/^Podman 4\.7\.2 knows no here-documents/);
		expect(planOf({}, engine([4, 8, 0]), heredoc).remarks).toEqual([]);
	});

	it.for([
		['FROM scratch\nCOPY app.py /\n', true],
		['FROM scratch\nLABEL a=b\nCOPY app.py /\nCOPY --from=x /y /\n', true],
		['FROM fedora AS b\nRUN make\nFROM scratch\nCOPY --from=b /output /\nCOPY app.py /\n', false],
		['FROM scratch AS files\nCOPY . /\nFROM scratch\nCOPY --from=files / /\n', true],
		['FROM scratch AS files\nCOPY . /\nFROM fedora\nCOPY --from=0 / /\n', true],
		['FROM scratch\nCOPY --from=quay.io/x/y:1 / /\n', false],
		['FROM fedora\nCOPY app.py /\n', false],
	] as const)('are layers of a scratch stage before podman 5.6: %j', ([text, isShared]) => {
		expect(buildsOf(planOf({}, engine(), text))[0]?.includes('--no-cache')).toBe(isShared);
		expect(planOf({}, engine(), text).remarks.some((remark) => remark.includes('uses no cache'))).toBe(isShared);
		expect(buildsOf(planOf({}, engine([5, 6, 0]), text))[0]).not.toContain('--no-cache');
		expect(buildsOf(planOf({ platforms: [] }, engine(), text))[0]).not.toContain('--no-cache');
		expect(buildsOf(planOf({ options: { noCache: true } }, engine(), text))[0]?.filter((word) => word === '--no-cache')).toHaveLength(1);
	});

	it.for([
		['FROM fedora\nARG V\nENV VERSION=$V\n', true],
		['FROM fedora\nRUN make\nARG V=1\nLABEL version="${V:-x}"\n', true],
		['FROM fedora\nARG W V\nWORKDIR /w$V\nCOPY . .\n', true],
		['FROM fedora AS b\nARG V\nUSER $V\nFROM b\nRUN make\n', true],
		['FROM fedora\nARG V\nENV VERSION=$V\nRUN make\n', false],
		['FROM fedora\nARG V\nCOPY $V /\n', false],
		['FROM fedora\nARG V\nCMD echo $V\n', false],
		['FROM fedora\nARG V\nENV A=$VERSION B=\\$V\n', false],
		['ARG V\nFROM fedora:$V\nENV A=$V\n', false],
		['FROM fedora\nARG W\nENV A=$W\n', false],
	] as const)('are values of build arguments that only instructions without files read: %j', ([text, isStale]) => {
		const options = { buildArgs: ['V=2', 'X=y'] };
		for (const platforms of [[], request.platforms]) {
			const plan = planOf({ options, platforms }, engine([5, 8, 0]), text);
			expect(buildsOf(plan)[0]?.includes('--no-cache')).toBe(isStale);
			expect(plan.remarks).toEqual(isStale ? [expect.stringMatching(/^The build uses no cache: .*\bV\b/)] : []);
		}
		expect(buildsOf(planOf({}, engine(), text))[0]).not.toContain('--no-cache');
		expect(planOf({ options: { ...options, noCache: true } }, engine([5, 8, 0]), text).remarks).toEqual([]);
		expect(planOf({ options: { ...options, layers: false } }, engine([5, 8, 0]), text).remarks).toEqual([]);
	});

	it.for([
		['FROM --platform=$BUILDPLATFORM golang AS b\nRUN go build\nFROM alpine\nCOPY --from=b /x /\n', true],
		['FROM --platform=$BUILDPLATFORM golang AS b\nRUN go build\nFROM scratch\nCOPY --from=b /x /\n', false],
		['FROM --platform=$BUILDPLATFORM golang AS b\nRUN go build\nFROM b\n', false],
		['FROM --platform=${TARGETPLATFORM} golang AS b\nRUN go build\nFROM alpine\nCOPY --from=b /x /\n', false],
	] as const)('is FROM --platform before podman 5.5: %j', ([text, leaks]) => {
		const said = (by: Engine) => planOf({}, by, text).remarks.some((remark) => remark.includes('FROM --platform'));
		expect([said(engine([5, 4, 2])), said(engine([5, 5, 0]))]).toEqual([leaks, false]);
	});

	it('is what images in OCI format do not have', () => {
		const text = 'FROM fedora\nSHELL ["/bin/bash", "-c"]\nHEALTHCHECK CMD true\nONBUILD RUN true\n';
		expect(planOf({}, engine([5, 8, 0]), text).remarks).toEqual([expect.stringMatching(/^SHELL, HEALTHCHECK, ONBUILD are dropped.*--format docker/)]);
		expect(planOf({ options: { format: 'docker' } }, engine([5, 8, 0]), text).remarks).toEqual([]);
	});

	it('is a scratch stage that begins without files, before podman 5', () => {
		const text = 'FROM fedora AS b\nRUN make\nFROM scratch\nARG X\nCOPY --from=b / /\n';
		const said = (by: Engine, platforms: readonly string[]) => planOf({ platforms }, by, text).remarks.length;
		expect([said(engine(), request.platforms), said(engine(), []), said(engine([5, 4, 2]), request.platforms)]).toEqual([1, 0, 0]);
	});

	it('is nothing for any text', () => {
		for (const text of ['', 'garbage', 'FROM', 'FROM scratch', '\0', 'ONBUILD', 'COPY --from= / /\nFROM scratch\nCOPY --from=9 / /\n'])
			expect(() => planBuild(request, engine(), '3f2a', text)).not.toThrow();
	});
});
