import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isContainerfileName } from '../../server/src/disk/find';
import { clean, folderWith, program, wasteful, whittle } from '../support/commandLine';

interface Step {
	readonly id: string;
	readonly shell: string;
	readonly run: string;
	readonly env?: Readonly<Record<string, string>>;
}
interface Action {
	readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
	readonly outputs: Readonly<Record<string, { readonly value: string }>>;
	readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}
interface Hook {
	readonly id: string;
	readonly entry: string;
	readonly language: string;
	readonly files: string;
	readonly exclude: string;
}

const root = join(__dirname, '../..');
const action: Action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
const hooks: readonly Hook[] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));

/** Runs a step as GitHub's runner does: its script in a file, inputs put into the values of `env`. */
function step(id: string, cwd: string, inputs: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) {
	const found = action.runs.steps.find((one) => one.id === id);
	if (found?.shell !== 'bash') throw new Error(`there is no step ${id} for bash`);
	const given = Object.entries(found.env ?? {}).map(([name, value]) => [
		name,
		value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_all, input) => inputs[input] ?? action.inputs[input]?.default ?? `no input ${input}`),
	]);
	const folder = folderWith({ 'step.sh': found.run, output: '' });
	const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(folder, 'step.sh')], {
		cwd,
		encoding: 'utf8',
		env: { ...process.env, GITHUB_ACTION_PATH: root, GITHUB_WORKSPACE: cwd, GITHUB_OUTPUT: join(folder, 'output'), ...Object.fromEntries(given), ...env },
	});
	return { status, stdout, stderr, output: readFileSync(join(folder, 'output'), 'utf8') };
}

describe('the action', () => {
	it('is a composite one that puts no input into a script', () => {
		expect(action.runs.using).toBe('composite');
		for (const { run, shell } of action.runs.steps) {
			expect(shell).toBe('bash');
			expect(run).not.toContain('${{');
		}
		expect(Object.keys(action.inputs)).toEqual(['paths', 'baseline', 'format', 'sarif-file', 'fail-on']);
	});

	it('annotates what it finds, and fails the job with it', () => {
		const cwd = folderWith({ Containerfile: wasteful, 'a b/Dockerfile': wasteful, 'c/Dockerfile': clean });
		const { status, stdout, stderr } = step('lint', cwd);
		expect([status, stderr]).toEqual([1, '']);
		expect(stdout).toMatch(/^::warning file=Containerfile,line=2,/m);
		expect(step('lint', cwd, { paths: '  c  \n\n' }).status).toBe(0);
		expect(step('lint', cwd, { paths: 'c\na b\n' }).stdout).toMatch(/^::warning file=a b\/Dockerfile,/m);
		expect(step('lint', cwd, { paths: 'missing' }).status).toBe(2);
		const quiet = folderWith({ Containerfile: wasteful.replace('nginx', 'nginx && dnf clean all') });
		expect([step('lint', quiet).status, step('lint', quiet, { 'fail-on': 'hint' }).status]).toEqual([0, 1]);
	});

	it('writes SARIF beside, and takes a baseline', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		const { status, stdout, output } = step('lint', cwd, { 'sarif-file': 'whittle.sarif', format: 'text' });
		expect([status, output]).toEqual([1, 'sarif-file=whittle.sarif\n']);
		expect(stdout).toContain('[package-cache-kept]');
		expect(JSON.parse(readFileSync(join(cwd, 'whittle.sarif'), 'utf8')).runs[0].results.length).toBeGreaterThan(0);
		whittle(['lint', '--write-baseline', 'known.json'], { cwd });
		expect(step('lint', cwd, { baseline: 'known.json', 'fail-on': 'hint' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
	});

	it('runs nothing of what it is given', () => {
		const cwd = folderWith({ Containerfile: clean });
		const evil = '$(touch done) `touch done`; touch done "\' && touch done';
		for (const input of Object.keys(action.inputs)) step('lint', cwd, { [input]: evil });
		expect(existsSync(join(cwd, 'done'))).toBe(false);
	});

	it('builds itself where it was not built, and only there', () => {
		const bin = folderWith({ npm: '#!/bin/sh\necho "$PWD: npm $*"\n' });
		chmodSync(join(bin, 'npm'), 0o755);
		const env = { PATH: `${bin}${delimiter}${process.env['PATH']}` };
		expect(step('build', bin, {}, env)).toMatchObject({ status: 0, stdout: '' });
		const bare = folderWith({});
		const { status, stdout } = step('build', bin, {}, { ...env, GITHUB_ACTION_PATH: bare });
		expect([status, stdout]).toEqual([0, `${bare}: npm ci --ignore-scripts --no-audit --no-fund\n${bare}: npm run build\n`]);
	});
});

describe('the hooks for pre-commit', () => {
	const names = [
		...[
			'Containerfile',
			'Dockerfile',
			'containerfile',
			'DOCKERFILE',
			'Containerfile.dev',
			'Dockerfile.a.b',
			'app.containerfile',
			'app.Dockerfile',
			'.dockerfile',
			'a b.dockerfile',
		],
		...['Dockerfile.', 'Dockerfile.md', 'Dockerfile.J2', 'Containerfile.in', 'x.dockerfile.tmpl', 'Dockerfile.bak', 'Dockerfile.orig', 'Containerfile.expected'],
		...[
			'Dockerfile.dockerignore',
			'Containerfile.containerignore',
			'.dockerignore',
			'Dockerfiles',
			'MyDockerfile',
			'Dockerfile-dev',
			'docker-compose.yml',
			'file',
			'dockerfile.ts',
		],
	];

	it.each(hooks.map(({ id, ...hook }) => [id, hook] as const))('%s takes the files that a search of a folder takes', (_id, { files, exclude }) => {
		// What Python and JavaScript write differently.
		const [wanted, unwanted] = [files, exclude].map((pattern) => new RegExp(pattern.replace(/^\(\?i\)/, ''), 'i')) as [RegExp, RegExp];
		const isTaken = (path: string) => wanted.test(path) && !unwanted.test(path);
		for (const name of names) for (const path of [name, `a/${name}`, `Dockerfile.d/${name}`]) expect([path, isTaken(path)]).toEqual([path, isContainerfileName(name)]);
		expect(isTaken('node_modules/a/Dockerfile')).toBe(false);
	});

	it('run commands that there are', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		const bin = join(cwd, 'bin');
		mkdirSync(bin);
		writeFileSync(join(bin, 'whittle'), `#!/bin/sh\nexec node ${JSON.stringify(program)} "$@"\n`);
		chmodSync(join(bin, 'whittle'), 0o755);
		symlinkSync(process.execPath, join(bin, 'node'));
		const run = (id: string) => {
			const hook = hooks.find((one) => one.id === id);
			expect(hook?.language).toBe('node');
			return spawnSync('sh', ['-c', `${hook?.entry} Containerfile`], { cwd, encoding: 'utf8', env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` } }).status;
		};
		expect(run('whittle-lint')).toBe(1);
		expect(run('whittle-fix')).toBe(0);
		expect(readFileSync(join(cwd, 'Containerfile'), 'utf8')).toContain('dnf clean all');
		expect(run('whittle-lint')).toBe(0);
	});
});
