import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../server/src/cli/commands';
import { clean, folderWith, program, sentences, wasteful, whittle } from '../support/commandLine';
import { startClient } from '../support/languageClient';

describe('mistakes', () => {
	const cases: readonly [words: string, said: RegExp][] = [
		['', /command is missing/],
		['lnit', /did you mean `whittle lint`/i],
		['Containerfile', /`whittle lint Containerfile`/],
		['--quiet', /no option --quiet/],
		['lint --fromat json', /--fromat; did you mean --format\?/],
		['lint --format xml', /--format has to be text, json, sarif or github, not "xml"/],
		['lint --format', /--format needs a value/],
		['lint --config --format json', /--config needs a value/],
		['lint --format json --format text', /--format can be given once only/],
		['lint --fail-on error', /--fail-on has to be warning, info or hint/],
		['lint --suggested', /no option --suggested\. See/],
		['rules package-cache-kept', /takes options only, not "package-cache-kept"/],
		['lint --rule package-cache-kept', /ID=LEVEL/],
		['lint --rule package-cache-keep=off', /no rule "package-cache-keep" \(did you mean package-cache-kept\?\)/],
		['lint --rule package-cache-kept=of', /error, warning, info, hint or off, not "of"/],
		['lint --builder docker', /--builder has to be/],
		['lint --config nowhere.json', /nowhere\.json does not exist/],
		['fix --diff=3', /--diff takes no value/],
		['fix --diff --stdout', /exclude each other/],
		['explain', /explain takes one rule or rewrite/],
		['explain package-cache', /did you mean package-cache-kept/],
		['explain portable-platform-stage', /no rule and no rewrite "portable-platform-stage" \(did you mean portable-platform-stages\?\)/],
		['rewrite', /takes a rewrite and a file/],
		['rewrite portable-platform-stages', /takes a file too/],
		['rewrite portable-platform-stage Containerfile', /refused because there is no rewrite "portable-platform-stage" \(did you mean portable-platform-stages\?\)/],
		['rewrite --diff --write portable-platform-stages Containerfile', /--diff and --write exclude each other/],
		['rewrite --list --write Containerfile', /--list changes nothing/],
		['rewrite --format json portable-platform-stages Containerfile', /--format is for --list/],
		['rules --format sarif', /--format has to be text or json/],
		['help lintt', /`whittle lint`/],
	];
	it.each(cases)('whittle %s', (words, said) => {
		const cwd = folderWith({ Containerfile: clean });
		const { status, stdout, stderr } = whittle(words === '' ? [] : words.split(' '), { cwd });
		expect(sentences(stderr)).toEqual([expect.stringMatching(said)]);
		expect([status, stdout]).toEqual([2, '']);
	});

	it('takes what follows -- for a path', () => {
		const cwd = folderWith({ '--format': clean });
		expect(whittle(['lint', '--', '--format'], { cwd })).toEqual({ status: 0, stdout: 'No findings in 1 file.\n', stderr: '' });
	});
});

describe('about itself', () => {
	const cwd = __dirname;

	it('prints the version of the package', () => {
		const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
		for (const word of ['--version', '-V']) expect(whittle([word], { cwd })).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
	});

	it('helps with every command and every option of it, in lines that fit', () => {
		const main = whittle(['--help'], { cwd });
		expect(main.status).toBe(0);
		for (const [name, { options }] of Object.entries(commands)) {
			expect(main.stdout).toContain(`whittle ${name}`);
			const { status, stdout } = whittle([name, '--help'], { cwd });
			expect(status).toBe(0);
			expect(whittle(['help', name], { cwd }).stdout).toBe(stdout);
			for (const option of Object.keys(options)) expect(stdout).toContain(`--${option}`);
			for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
		}
	});

	it('lists the rules for people and for programs', () => {
		const list = JSON.parse(whittle(['rules', '--format', 'json'], { cwd }).stdout) as readonly { readonly id: string; readonly title: string }[];
		expect(list).toContainEqual({ id: 'package-cache-kept', title: expect.any(String), severity: 'warning', fixable: 'safe' });
		const { status, stdout } = whittle(['rules'], { cwd });
		expect(status).toBe(0);
		for (const { id, title } of list) expect(stdout.split('\n').filter((line) => line.startsWith(`${id} `) && line.endsWith(title))).toHaveLength(1);
	});

	it('explains every rule', () => {
		const list = JSON.parse(whittle(['rules', '--format', 'json'], { cwd }).stdout) as readonly { readonly id: string; readonly title: string }[];
		for (const { id, title } of list) {
			const { status, stdout } = whittle(['explain', id], { cwd });
			expect(status).toBe(0);
			expect(stdout).toContain(title);
			expect(stdout).toMatch(/^Before\n {2}\S/m);
		}
	});
});

describe('colour', () => {
	const onTerminal = (env: Readonly<Record<string, string>>) => {
		const cwd = folderWith({ Containerfile: wasteful });
		const { stdout } = spawnSync('script', ['-qec', `'${process.execPath}' '${program}' lint`, '/dev/null'], {
			cwd,
			encoding: 'utf8',
			env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', ...env },
		});
		expect(stdout).toContain('package-cache-kept');
		return stdout.includes('\u001b[');
	};

	it.skipIf(process.platform !== 'linux')('is there on a terminal, and not where it is not wanted', () => {
		expect(onTerminal({})).toBe(true);
		expect(onTerminal({ NO_COLOR: '1' })).toBe(false);
		expect(onTerminal({ NO_COLOR: '' })).toBe(true);
		expect(onTerminal({ TERM: 'dumb' })).toBe(false);
	});
});

describe('whittle lsp', () => {
	it.each(['lsp --stdio', 'lsp'])('%s is the language server', async (words) => {
		const client = await startClient({ command: ['dist/cli.js', ...words.split(' ')] });
		expect(client.initialized.serverInfo?.name).toBe('whittle');
		await client.open('untitled:Containerfile', wasteful);
		expect((await client.pull('untitled:Containerfile')).map(({ code }) => code)).toContain('package-cache-kept');
		expect(await client.stop()).toBe(0);
	});
});
