import { expect, it } from 'vitest';
import { folderWith, sentences, whittle } from '../support/commandLine';

const files = {
	'a/Containerfile': 'FROM debian:13\n',
	'b/Containerfile': 'FROM golang:1.22 AS b\nFROM docker.io/library/debian:13\nCOPY --from=b /x /x\n',
	'c/Containerfile': 'ARG T=13-slim\nFROM debian:$T\n',
	'd/Dockerfile': 'FROM $BASE\n',
	'e/Dockerfile': 'FROM golang:1.22 AS b\nFROM scratch\nCOPY --from=b /x /x\n',
};

it('says for people what ships on what, which are variants, and what one base would share', () => {
	const { status, stdout, stderr } = whittle(['bases'], { cwd: folderWith(files) });
	expect(stdout).toBe(
		[
			'2 different bases for 3 Containerfiles of 5; 1 on nothing (scratch), 1 on a base that only the build knows.',
			'',
			'Bases that ship',
			'FILES  BASE            SIZE    ALSO WRITTEN',
			'    2  debian:13       120 MB  docker.io/library/debian:13',
			'    1  debian:13-slim  79 MB',
			'',
			'Variants of the same image',
			'FILES  IMAGE   VARIANTS',
			'    3  debian  2: 13, 13-slim',
			'',
			'Bases that only the build knows',
			'FILES  WRITTEN  IN',
			'    1  $BASE    d/Dockerfile',
			'',
			'Only built with',
			'FILES  BASE',
			'    2  golang:1.22',
			'',
			'One standard base',
			'A machine that runs all of these images stores 2 bases, each once, and each has to be updated. On one standard base the 3 images would share it.',
			'The 2 whose size is known take 199 MB together, one of them 79 MB to 120 MB (known figures: docker-library/repo-info, debian:13 (2026-08); docker-library/repo-info, debian:13-slim (2026-08)). They may share layers already, which nobody has weighed.',
			'',
		].join('\n'),
	);
	expect([status, stderr]).toEqual([0, '']);
});

it('gives the same as JSON', () => {
	const { stdout } = whittle(['bases', '--format', 'json'], { cwd: folderWith(files) });
	const report = JSON.parse(stdout);
	expect(Object.keys(report)).toEqual(['files', 'scratch', 'shipped', 'builders', 'unknown', 'variants', 'sharing']);
	expect(report.unknown).toEqual([{ written: '$BASE', ships: 1, files: ['d/Dockerfile'] }]);
});

it('counts the rest where something cannot be read, and lets no name steer the terminal', () => {
	const { status, stdout, stderr } = whittle(['bases', '.', 'missing'], { cwd: folderWith({ Containerfile: 'FROM \u001b[31m$X\n' }) });
	expect(stdout).toContain('␛[31m$X');
	expect([status, sentences(stderr)]).toEqual([2, ['missing does not exist.']]);
});

it('goes by the stage that is built', () => {
	const cwd = folderWith({ Containerfile: 'FROM debian:13 AS prod\nFROM alpine:3 AS test\n', '.whittlerc.json': '{ "build": { "target": "prod" } }' });
	const report = JSON.parse(whittle(['bases', '--format', 'json'], { cwd }).stdout);
	expect(report.shipped.map(({ reference }: { reference: string }) => reference)).toEqual(['debian:13']);
});
