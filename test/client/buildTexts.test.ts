import { expect, it } from 'vitest';
import { bytesText, createProgressText, sentence, stepText, summaryText, withoutPassword } from '../../client/src/build/texts';
import type { Step } from '../../server/src/podman/plan';

const step: Step = { title: 'Build for linux/amd64 and linux/arm64', program: 'podman', args: [] };

it('says what runs, then each platform side by side, then what runs next', () => {
	const text = createProgressText();
	expect(text({ kind: 'started', lane: '', step })).toBe('Build for linux/amd64 and linux/arm64');
	const at = { instruction: 4, of: 7, text: 'RUN make' };
	expect(text({ kind: 'progress', lane: '', progress: { ...at, platform: 'linux/arm64', stage: { number: 2, of: 3 } } })).toBe('[linux/arm64] 2/3 STEP 4/7');
	expect(text({ kind: 'progress', lane: '', progress: { ...at, platform: 'linux/amd64' } })).toBe('[linux/arm64] 2/3 STEP 4/7 · [linux/amd64] STEP 4/7');
	expect(text({ kind: 'progress', lane: '', progress: { ...at, instruction: 5, platform: 'linux/arm64' } })).toBe('[linux/arm64] STEP 5/7 · [linux/amd64] STEP 4/7');
	expect(text({ kind: 'ended', lane: '', step })).toBe('');
	expect(text({ kind: 'started', lane: '', step: { ...step, title: 'Check the manifest list' } })).toBe('Check the manifest list');
});

it('names lanes that run at the same time', () => {
	const text = createProgressText();
	text({ kind: 'started', lane: 'east', step: { ...step, title: 'Build for linux/amd64' } });
	text({ kind: 'started', lane: 'west', step: { ...step, title: 'Build for linux/arm64' } });
	expect(text({ kind: 'progress', lane: 'west', progress: { instruction: 1, of: 2, text: 'FROM scratch' } })).toBe('[east] Build for linux/amd64 · [west] STEP 1/2');
});

it('names the stage only where there are several', () => {
	expect(stepText({ instruction: 1, of: 2, text: 'FROM scratch' })).toBe('STEP 1/2');
	expect(stepText({ stage: { number: 1, of: 2 }, instruction: 1, of: 2, text: 'FROM scratch' })).toBe('1/2 STEP 1/2');
});

it('sums up with the sizes that are known', () => {
	const images = [{ platform: 'linux/amd64', size: 1_234_567 }, { platform: 'linux/arm64' }];
	expect(summaryText({ kind: 'built', name: 'localhost/a', images, pushed: false })).toBe('Built localhost/a: linux/amd64 1.2 MB, linux/arm64.');
	expect(summaryText({ kind: 'built', name: 'localhost/a', images: [], pushed: true })).toBe('Built and pushed localhost/a.');
});

it.each([
	[0, '0 B'],
	[999, '999 B'],
	[1000, '1 kB'],
	[999_499, '999 kB'],
	[999_500, '1 MB'],
	[1_250_000, '1.3 MB'],
	[99_949_999, '99.9 MB'],
	[224_000_000, '224 MB'],
	[2_000_000_000_000, '2 TB'],
	[5_000_000_000_000_000, '5000 TB'],
])('writes %d bytes as %s', (bytes, text) => {
	expect(bytesText(bytes)).toBe(text);
});

it('leaves passwords out of addresses', () => {
	expect(['ssh://me:p@ss:w@host:22/run/p.sock', 'ssh://me@host/x', 'unix:///run/p@q:r.sock', 'tcp://host:1', ''].map(withoutPassword)).toEqual([
		'ssh://me@host:22/run/p.sock',
		'ssh://me@host/x',
		'unix:///run/p@q:r.sock',
		'tcp://host:1',
		'',
	]);
});

it('ends sentences once', () => {
	expect(['It failed', 'It failed.', 'Did it?'].map(sentence)).toEqual(['It failed.', 'It failed.', 'Did it?']);
});
