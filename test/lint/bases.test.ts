import { describe, expect, it } from 'vitest';
import { analyze } from '../../server/src/lint/analyze';
import { type BasesReport, baseUseOf, countBases } from '../../server/src/lint/bases';
import { describeBases } from '../../server/src/lint/basesText';

function reportOf(...texts: readonly string[]): BasesReport {
	const bases = countBases();
	for (const [number, text] of texts.entries()) {
		const use = baseUseOf(analyze(text));
		if (use) bases.add(`${number}`, use);
	}
	return bases.report();
}

describe('what a file stands on', () => {
	const cases: readonly [name: string, text: string, ships: unknown, builds?: readonly unknown[]][] = [
		['an image', 'FROM debian:12\n', { kind: 'image', reference: 'debian:12' }],
		['a default of an ARG', 'ARG V=12\nFROM debian:${V}\n', { kind: 'image', reference: 'debian:12' }],
		['a chain of stages', 'FROM debian:12 AS a\nFROM a AS b\nFROM b\n', { kind: 'image', reference: 'debian:12' }],
		[
			'a builder that is another image',
			'FROM golang:1 AS b\nFROM debian:12\nCOPY --from=b /x /x\n',
			{ kind: 'image', reference: 'debian:12' },
			[{ kind: 'image', reference: 'golang:1' }],
		],
		['a builder on the same image', 'FROM debian:12 AS b\nFROM docker.io/library/debian:12\n', { kind: 'image', reference: 'docker.io/library/debian:12' }],
		['nothing', 'FROM scratch\n', { kind: 'scratch' }],
		['an ARG without a value', 'ARG B\nFROM $B AS a\nFROM a\n', { kind: 'unknown', written: '$B' }],
		['no image name', 'FROM @@TOKEN@@\n', { kind: 'unknown', written: '@@TOKEN@@' }],
	];
	it.each(cases)('%s', (_name, text, ships, builds = []) => {
		expect(baseUseOf(analyze(text))).toEqual({ ships, builds });
	});

	it('is nothing where nothing ships', () => {
		expect([baseUseOf(analyze('')), baseUseOf(analyze('RUN true\n'))]).toEqual([undefined, undefined]);
	});

	it('is that of the stage that is built', () => {
		const text = 'FROM debian:12 AS a\nFROM alpine\n';
		expect(baseUseOf(analyze(text, { builder: { kind: 'any' }, target: 'a' }))?.ships).toEqual({ kind: 'image', reference: 'debian:12' });
	});
});

describe('a report', () => {
	it('takes spellings of one image together, and tells tags, digests and architectures apart', () => {
		const digest = `sha256:${'0'.repeat(64)}`;
		const { shipped, variants } = reportOf(
			'FROM debian:13',
			'FROM docker.io/library/debian:13',
			'FROM debian:13-slim',
			`FROM debian:13@${digest}`,
			'FROM arm64v8/debian:13',
			'FROM quay.io/x/debian:13',
		);
		expect(shipped.map(({ reference, ships }) => [reference, ships])).toEqual([
			['debian:13', 2],
			['arm64v8/debian:13', 1],
			['debian:13-slim', 1],
			[`debian@${digest}`, 1],
			['quay.io/x/debian:13', 1],
		]);
		expect(shipped[0]?.spellings).toEqual(['debian:13', 'docker.io/library/debian:13']);
		expect(variants).toEqual([{ repository: 'debian', ships: 4, references: ['debian:13', 'debian:13-slim', `debian@${digest}`] }]);
	});

	it('has a size for the very tag that was weighed, and for no other', () => {
		const { shipped } = reportOf('FROM debian:13', 'FROM debian:11', 'FROM ubuntu:24.04', `FROM debian:13@sha256:${'0'.repeat(64)}`);
		expect(shipped.filter(({ size }) => size).map(({ reference }) => reference)).toEqual(['debian:13']);
	});

	it('says what the known sizes come to, and nothing where there are not two', () => {
		expect(reportOf('FROM debian:13', 'FROM debian:13', 'FROM debian:13-slim', 'FROM other').sharing).toEqual({
			known: 2,
			together: { atLeast: 198_560_000, atMost: 198_560_000, basis: 'catalog' },
			one: { atLeast: 78_640_000, atMost: 119_920_000, basis: 'catalog' },
		});
		expect(reportOf('FROM debian:13', 'FROM other').sharing).toBeUndefined();
	});

	it('tells builders and unknown bases apart', () => {
		const { builders, unknown, scratch, files } = reportOf('FROM golang AS b\nFROM scratch\n', 'FROM $B\n', 'FROM $B\n', 'FROM $C\n', '');
		expect([files, scratch, builders.map(({ reference, builds }) => [reference, builds])]).toEqual([4, 1, [['golang:latest', 1]]]);
		expect(unknown).toEqual([
			{ written: '$B', ships: 2, files: ['1', '2'] },
			{ written: '$C', ships: 1, files: ['3'] },
		]);
	});

	it('stays small however many files there are', () => {
		const text = JSON.stringify(reportOf(...Array.from({ length: 500 }, () => 'FROM $B\n')));
		expect(text.length).toBeLessThan(1000);
	});

	it('of no file says so', () => {
		expect(describeBases(reportOf())).toEqual([{ sentence: 'No file has an image to ship.' }]);
	});
});
