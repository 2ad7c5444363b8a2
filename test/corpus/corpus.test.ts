import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FixResult } from '../../server/src/lint/fix';
import { loneFile } from '../../server/src/model/context/context';
import { folderWith } from '../support/commandLine';
import { checkLaws, type Subject } from '../support/laws';

const script = join(__dirname, '../../scripts/corpus.mjs');

const hard = [
	'FROM debian:12\nRUN apt-get update \\\n# why\n && apt-get install -y curl \\\n\n git\n',
	'FROM fedora:42\r\nRUN dnf -y install nginx \\\r\n  httpd\r\n',
	'\uFEFFFROM alpine\nRUN apk add curl',
	'FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF\nRUN cat <<"A" > /x <<B\nfrom here\nA\nto here\nB\n',
	'# escape=`\nFROM mcr.microsoft.com/windows/servercore\nSHELL ["powershell"]\nRUN Get-Item `\n  x\n',
	'FROM debian:12\nRUN if true; then apt-get update; apt-get install -y curl; fi\nONBUILD RUN apt-get update && apt-get install -y git\n',
	'FROM debian:12\nRUN ["apt-get", "install", "-y", "curl"]\nRUN set -ex; apt-get update; (apt-get install -y git); echo "a \\\n  b"\n',
	'MAINTAINER nobody\n RUN \\\n',
	'',
];

function corpus(...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
	return spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' });
}

describe('npm run corpus', () => {
	it('exits 0 where all laws hold, and counts findings and repairs', () => {
		const folder = folderWith(
			Object.fromEntries([
				['clean/Containerfile', 'FROM fedora:40 AS b\nRUN dnf -y --installroot /o --releasever 40 install nginx\nFROM scratch\nCOPY --from=b /o /\n'] as const,
				...hard.map((text, index) => [`${index}.dockerfile`, text] as const),
			]),
		);
		const { status, stdout } = corpus(folder, '--jobs', '1');
		expect(stdout).toMatch(new RegExp(`^${hard.length + 1} files, `));
		expect(stdout).toMatch(/^package-cache-kept +[1-9]\d* +[1-9]\d* +[1-9]\d*$/m);
		expect(stdout).toMatch(/^installroot-complete +1$/m);
		expect(stdout).toContain('there is no FROM instruction');
		expect(stdout).toContain('No law is broken.');
		expect(status).toBe(0);
	});

	it('exits 1 and shows the change where another parser no longer takes a file', () => {
		const folder = folderWith({
			Containerfile: 'FROM alpine:3.20\nRUN apk add curl\n',
			refuses: '#!/bin/sh\nwhile read -r file; do if grep -q -e no-cache -e /var/cache "$file"; then echo no; else echo ok; fi; done\n',
		});
		spawnSync('chmod', ['+x', join(folder, 'refuses')]);
		const { status, stdout } = corpus(folder, '--parser', join(folder, 'refuses'));
		expect(stdout).toContain('## the given parser still takes it (package-cache-kept)');
		expect(stdout).toMatch(/^-RUN apk add curl$/m);
		expect(status).toBe(1);
	});

	it('draws the same findings for the same seed, others for another', () => {
		const folder = folderWith(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.dockerfile`, 'FROM alpine:3.20\nRUN echo a | b\nRUN apk add curl\n'])));
		const [first, again, other] = [
			['--seed', '7'],
			['--seed', '7'],
			['--seed', '8'],
		].map((more) => corpus(folder, '--draw', '5', ...more).stdout);
		expect(first).toMatch(/^5 of \d+ findings, seed 7\n/);
		expect(first).toMatch(/^\| \d \| package-cache-kept \| \d+\.dockerfile:3 \| `RUN apk add curl` \| .* \| {2}\|$/m);
		expect(again).toBe(first);
		expect(other).not.toBe(first);
	});

	it('exits 2 where there is nothing to check, and says why', () => {
		const empty = folderWith({ 'README.md': 'nothing' });
		for (const [words, sentence] of [
			[[empty], /^There is no Containerfile in /],
			[[join(empty, 'missing')], / is no folder\.$/m],
			[[], /^Name one folder/],
			[[empty, '--nothing'], /--nothing/],
		] as const) {
			const { status, stdout, stderr } = corpus(...words);
			expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
			expect(stderr).toMatch(sentence);
			expect(stderr).not.toMatch(/^\s+at /m);
		}
	});
});

describe('the laws of a fix', () => {
	const text = 'FROM debian:12\n# first\nRUN a \\\n # second\n && b\nCOPY x /x\nRUN c\n';
	const withFix = (repair: (text: string) => string): Subject => ({
		lint: () => ({ problems: [], findings: [] }),
		fixAll: (before) => result(repair(before)),
	});
	const broken = (repair: (text: string) => string, before = text) => checkLaws(before, loneFile, withFix(repair)).map((sentence) => sentence.replace(/ \(.*/s, ''));

	it.each(hard)('hold on hard syntax: %j', (one) => {
		expect(checkLaws(one)).toEqual([]);
	});

	it.each<[law: string, repair: (text: string) => string, before?: string]>([
		['it still parses', (before) => before.replace('RUN a \\', 'RUN a')],
		['another parser still takes it', (before) => before.replace('RUN c', 'RN c')],
		['comments are kept', (before) => before.replace(' # second\n', '')],
		['other instructions stay as they are', (before) => before.replace('COPY x /x', 'COPY x /y')],
		['line endings are kept', (before) => before.replace('RUN c\r\n', 'RUN c\n'), text.replaceAll('\n', '\r\n')],
		['continuations end their line', (before) => before.replace('\\\n # second\n', '\\ # second\n')],
		['continuations end their line', (before) => before.replace('RUN c', 'RUN c \\ d')],
		['line endings are kept', (before) => before.trimEnd()],
		['line endings are kept', (before) => before.replace('\uFEFF', ''), `\uFEFF${text}`],
		['fixing again changes nothing', (before) => `${before.trimEnd()} d\n`],
		['the shell still reads it', (before) => before.replace('RUN c', 'RUN c &&')],
		['the shell still reads it', (before) => before.replace('\n && b', '\n || && b')],
	])('%s', (law, repair, before) => {
		expect(broken(repair, before)).toContain(law);
	});

	it('does not hold a repair to what was broken before', () => {
		expect(broken((before) => before.replace('d )', 'd e )'), 'FROM a\nRUN d )\n')).not.toContain('the shell still reads it');
	});

	it('fixes settle', () => {
		const subject: Subject = { lint: () => ({ problems: [], findings: [] }), fixAll: (before) => ({ ...result(before), settled: false }) };
		expect(checkLaws(text, loneFile, subject)[0]).toMatch(/^fixes settle/);
	});

	it('nothing throws', () => {
		const fails = (): never => {
			throw new Error('on purpose');
		};
		expect(checkLaws(text, loneFile, { lint: fails, fixAll: fails })).toEqual([expect.stringMatching(/^nothing throws .*on purpose/)]);
	});

	it('what was repaired is gone, and places are in the text', () => {
		const edits = [{ span: { start: 0, end: 0 }, text: '' }];
		const finding = {
			rule: 'never-ends',
			severity: 'info' as const,
			span: { start: 0, end: 999 },
			message: 'here',
			fixes: [{ title: 'Do nothing', applicability: 'review' as const, edits }],
		};
		const subject: Subject = { lint: () => ({ problems: [], findings: [finding] }), fixAll: (before) => ({ ...result(before), applied: [] }) };
		const sentences = checkLaws(text, loneFile, subject);
		expect(sentences).toEqual([expect.stringMatching(/^places are in the text \(never-ends\)/), expect.stringMatching(/^what was repaired is gone \(never-ends\)/)]);
	});
});

function result(text: string): FixResult {
	return { text, applied: [{ rule: 'made-up', title: 'Change it', span: { start: 0, end: 1 }, pass: 1, line: 0 }], files: [], settled: true };
}
