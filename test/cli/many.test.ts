import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findInputs } from '../../server/src/cli/inputs';
import { progressOn } from '../../server/src/cli/progress';
import { answersOf, type Sharing } from '../../server/src/cli/threads';
import { clean, folderWith, program, sentences, wasteful, whittle } from '../support/commandLine';

/** As many files as wanted with few texts, in folders of a thousand. */
function manyFiles(count: number, texts: readonly string[]): string {
	const cwd = folderWith(Object.fromEntries(texts.map((text, number) => [`text${number}`, text])));
	for (let number = 0; number < count; number++) {
		const folder = join(cwd, `f${Math.floor(number / 1000)}`);
		if (number % 1000 === 0) mkdirSync(folder);
		linkSync(join(cwd, `text${number % texts.length}`), join(folder, `${number}.containerfile`));
	}
	return cwd;
}

async function answersWith(sharing: Partial<Sharing>, paths: readonly string[], format = 'json'): Promise<string> {
	const setup = { options: new Map([['format', [format]]]), terminal: {} };
	const all: unknown[] = [];
	for await (const answer of answersOf('lint', setup, findInputs(paths, undefined), { threads: 2, from: 1, program, ...sharing })) all.push(answer);
	return JSON.stringify(all);
}

describe('many files', () => {
	it('are looked at in little memory: neither results nor output are held', () => {
		const cwd = manyFiles(500, [`FROM scratch\n${'BANANA split\n'.repeat(250)}`]);
		for (const format of ['json', 'sarif']) {
			const command = '"$0" --max-old-space-size=32 "$1" lint --format "$2" | wc -c; exit $PIPESTATUS';
			const { status, stderr, stdout } = spawnSync('bash', ['-c', command, process.execPath, program, format], { cwd, encoding: 'utf8' });
			expect([status, stderr]).toEqual([1, '']);
			// More than the heap may hold.
			expect(Number(stdout)).toBeGreaterThan(40e6);
		}
	}, 300_000);

	it('give the same answers in the same order, however many threads look at them', async () => {
		const cwd = manyFiles(40, [wasteful, clean, 'FROM scratch\nBANANA split\n', `FROM fedora:33\n${'RUN dnf -y install nginx\n'.repeat(20)}`, '\0']);
		const paths = [cwd, join(cwd, 'missing'), ''];
		for (const format of ['text', 'sarif']) {
			const alone = await answersWith({ threads: 1 }, paths, format);
			expect(alone.length).toBeGreaterThan(10_000);
			for (const threads of [2, 3]) expect(await answersWith({ threads }, paths, format)).toBe(alone);
		}
	}, 300_000);

	it('have their configurations told once', () => {
		const cwd = manyFiles(600, [wasteful]);
		writeFileSync(join(cwd, '.whittlerc.json'), '{ "rules": { "nonsense": "off" } }');
		const { status, stderr } = whittle(['lint', '--format', 'github'], { cwd });
		expect(sentences(stderr)).toEqual([expect.stringContaining('nonsense')]);
		expect(status).toBe(1);
	});

	it('are no longer looked at where nobody reads on', () => {
		const cwd = manyFiles(3000, [wasteful]);
		const { stdout, stderr } = spawnSync('bash', ['-c', '"$0" "$1" lint | head -n 1', process.execPath, program], { cwd, encoding: 'utf8' });
		expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
	});
});

describe('a thread that dies', () => {
	it('costs the file that it had in hand one sentence', async () => {
		const faulty = `
			const { parentPort } = require('node:worker_threads');
			parentPort.on('message', ({ shown }) => {
				if (shown.endsWith('7.containerfile')) throw new Error('out of luck');
				parentPort.postMessage({ result: { file: shown }, notes: [] });
			});
			parentPort.postMessage('started');`;
		const cwd = manyFiles(30, [clean]);
		writeFileSync(join(cwd, 'faulty.cjs'), faulty);
		const answers: readonly { readonly result: { readonly file?: string; readonly because?: string } }[] = JSON.parse(
			await answersWith({ program: join(cwd, 'faulty.cjs') }, [cwd]),
		);
		expect(answers.length).toBe(30);
		const refused = answers.flatMap(({ result }) => result.because ?? []);
		expect(refused).toEqual(['17', '27', '7'].map((number) => expect.stringMatching(new RegExp(`${number}\\.containerfile, which is a bug in Whittle \\(out of luck\\)`))));
	});

	it('before it could start is one sentence for all, not a wait without end', async () => {
		const cwd = manyFiles(30, [clean]);
		const answers: readonly { readonly result: { readonly because?: string } }[] = JSON.parse(await answersWith({ program: join(cwd, 'nowhere.cjs') }, [cwd]));
		expect(new Set(answers.map(({ result }) => result.because))).toEqual(new Set([expect.stringMatching(/^Whittle could not start the threads/)]));
	});
});

describe('progress', () => {
	const run = (terminal: { readonly isTTY?: boolean }, environment: Readonly<Record<string, string>>): string => {
		let time = 0;
		let text = '';
		const progress = progressOn({ ...terminal, write: (part: string) => (text += part) }, environment, () => time);
		for (; time <= 1200; time += 50) progress.step();
		progress.hide();
		return text;
	};

	it('is shown on a terminal after a while, and goes again', () => {
		expect(run({ isTTY: true }, { NO_COLOR: '1' })).toBe(
			'\r\u001b[Kwhittle: 21 files looked at\r\u001b[Kwhittle: 23 files looked at\r\u001b[Kwhittle: 25 files looked at\r\u001b[K',
		);
	});

	it('is not shown elsewhere', () => {
		expect([run({}, {}), run({ isTTY: true }, { CI: 'true' }), run({ isTTY: true }, { TERM: 'dumb' })]).toEqual(['', '', '']);
	});
});
