import { describe, expect, test } from 'vitest';
import { baseImages, findBaseImage, siblingReference } from '../../server/src/model/catalog/baseImages';
import { parseReference } from '../../server/src/model/catalog/reference';

describe('a reference', () => {
	test.each([
		['debian', 'debian', 'latest', undefined],
		['docker.io/library/debian:12', 'debian', '12', undefined],
		['index.docker.io/library/debian', 'debian', 'latest', undefined],
		['library/debian', 'debian', 'latest', undefined],
		['arm64v8/debian:12-slim', 'debian', '12-slim', undefined],
		['public.ecr.aws/docker/library/python:3.12', 'python', '3.12', undefined],
		['localhost:5000/team/app', 'localhost:5000/team/app', 'latest', undefined],
		['localhost:5000/team/app:1.2@sha256:0123abcd', 'localhost:5000/team/app', '1.2', 'sha256:0123abcd'],
		['debian@sha256:0123abcd', 'debian', 'latest', 'sha256:0123abcd'],
		['docker://quay.io/fedora/fedora:41', 'quay.io/fedora/fedora', '41', undefined],
	])('%s', (text, shortName, tag, digest) => {
		expect(parseReference(text)).toMatchObject({ shortName, tag, digest });
	});

	test.each(['', '$BASE', 'debian:$VERSION', 'debian:', 'De bian', 'debian:12:13', '-slim', 'debian@', '$REGISTRY/debian:12'])('%j is none', (text) => {
		expect(parseReference(text)).toBeUndefined();
		expect(findBaseImage(text)).toBeUndefined();
	});
});

describe('what stands behind a program name', () => {
	test.each([
		['fedora', { dnf: 'dnf5', yum: 'dnf5', microdnf: 'dnf5' }],
		['fedora:41', { dnf: 'dnf5', dnf5: 'dnf5' }],
		['registry.fedoraproject.org/fedora:40', { dnf: 'dnf4', yum: 'dnf4' }],
		['fedora:33', { dnf: 'dnf4', microdnf: undefined }],
		['fedora:20', { yum: 'yum3', dnf: undefined }],
		['quay.io/fedora/fedora-minimal:40', { microdnf: 'dnf5', dnf: undefined }],
		['quay.io/fedora/fedora-minimal:36', { microdnf: 'microdnf', dnf: undefined }],
		['centos:7', { yum: 'yum3', dnf: undefined }],
		['centos:centos6.9', { yum: 'yum3' }],
		['centos:8', { yum: 'dnf4', dnf: 'dnf4' }],
		['quay.io/centos/centos:stream9', { dnf: 'dnf4' }],
		['registry.access.redhat.com/ubi9', { dnf: 'dnf4', yum: 'dnf4', microdnf: undefined }],
		['registry.access.redhat.com/ubi9/ubi:9.4', { dnf: 'dnf4' }],
		['registry.redhat.io/ubi8/ubi', { dnf: 'dnf4' }],
		['docker.io/redhat/ubi9', { dnf: 'dnf4' }],
		['redhat/ubi10-minimal', { microdnf: 'microdnf', dnf: undefined }],
		['registry.access.redhat.com/ubi9-minimal:9.4', { microdnf: 'microdnf', dnf: undefined }],
		['registry.access.redhat.com/ubi7/ubi', { yum: 'yum3' }],
		['registry.access.redhat.com/ubi9/ubi-micro', { dnf: undefined, microdnf: undefined }],
		['rockylinux:9', { dnf: 'dnf4' }],
		['almalinux:9-minimal', { microdnf: 'microdnf', dnf: undefined }],
		['oraclelinux:7-slim', { yum: 'yum3' }],
		['oraclelinux:9-slim', { microdnf: 'microdnf', dnf: undefined }],
		['amazonlinux:2', { yum: 'yum3', dnf: undefined }],
		['amazonlinux', { dnf: 'dnf4' }],
		['mcr.microsoft.com/azurelinux/base/core:3.0', { tdnf: 'tdnf', yum: undefined }],
		['photon:5.0', { tdnf: 'tdnf', yum: 'tdnf' }],
		['opensuse/leap:15.6', { zypper: 'zypper' }],
		['registry.suse.com/bci/bci-minimal:15.6', { zypper: undefined }],
		['debian:12', { 'apt-get': 'apt', apt: 'apt' }],
		['alpine', { apk: 'apk' }],
		['python:3.12-alpine3.20', { apk: 'apk', apt: undefined }],
		['eclipse-temurin:17-jdk-ubi9-minimal', { microdnf: 'microdnf', 'apt-get': undefined }],
		['mcr.microsoft.com/dotnet/aspnet:8.0', { 'apt-get': 'apt' }],
		['mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled', { 'apt-get': undefined }],
		['registry.access.redhat.com/ubi9/python-312', { dnf: 'dnf4' }],
		['registry.access.redhat.com/ubi9/python-312-minimal', { microdnf: 'microdnf', dnf: undefined }],
	])('%s', (reference, expected) => {
		const programs = findBaseImage(reference)?.image.programs;
		expect(programs).toBeDefined();
		for (const [program, manager] of Object.entries(expected)) expect(programs?.[program], program).toBe(manager);
	});
});

describe('the release', () => {
	test.each([
		['fedora:33', '33'],
		['fedora', undefined],
		['fedora:rawhide', undefined],
		['centos:centos7.9.2009', '7'],
		['quay.io/centos/centos:stream10', '10'],
		['registry.access.redhat.com/ubi8/ubi-minimal:8.5-230', '8'],
		['debian:bookworm-20260803-slim', 'bookworm'],
		['debian', undefined],
		['ubuntu:24.04', '24.04'],
		['ubuntu:latest', undefined],
		['python:3.12-slim-bookworm', 'bookworm'],
		['python:3.12', undefined],
		['alpine:3.20.1', '3.20'],
		['node:22-alpine3.23', '3.23'],
	])('%s', (reference, release) => {
		const found = findBaseImage(reference);
		expect(found).toBeDefined();
		expect(found?.release).toBe(release);
	});
});

describe('what is already set', () => {
	test.each([
		['fedora:41', { nodocs: true, weakDependenciesOff: false }],
		['fedora:39', { nodocs: true, coreutilsSingle: true, minimalLangpack: true }],
		['fedora:25', { nodocs: undefined }],
		['centos:7', { nodocs: true }],
		['centos:8', { nodocs: undefined, coreutilsSingle: true }],
		['almalinux:9', { nodocs: false }],
		['amazonlinux:2', { nodocs: true }],
		['debian:12', { nodocs: false, dockerClean: true }],
		['debian:12-slim', { nodocs: true, dockerClean: true }],
		['ubuntu:24.04', { nodocs: undefined, dockerClean: true }],
		['nginx:1.27', { nodocs: true, dockerClean: true }],
		['python:3.12', { nodocs: false }],
		['ubi9/python-312', { weakDependenciesOff: false }],
		['alpine:3', { dockerClean: undefined }],
	])('%s', (reference, expected) => {
		const sets = findBaseImage(reference)?.image.sets;
		expect(sets).toBeDefined();
		for (const [setting, value] of Object.entries(expected)) expect(sets?.[setting as keyof typeof sets], setting).toBe(value);
	});

	test('what a stage inherits', () => {
		expect(findBaseImage('nginx')?.image.passesOn).toMatchObject({ stopSignal: 'SIGQUIT', user: null });
		expect(findBaseImage('httpd:2.4')?.image.passesOn).toMatchObject({ stopSignal: 'SIGWINCH', workdir: '/usr/local/apache2' });
		expect(findBaseImage('postgres:17')?.image.passesOn.stopSignal).toBe('SIGINT');
		expect(findBaseImage('ubi9/nodejs-20')?.image.passesOn.user).toBe('1001');
		expect(findBaseImage('scratch')?.image.passesOn.cmd).toBeNull();
	});
});

describe('a smaller sibling', () => {
	/** The reference of the first sibling, in the words of FROM. */
	const smaller = (reference: string): string | undefined =>
		findBaseImage(reference)
			?.image.siblings?.map((sibling) => siblingReference(reference, sibling))
			.find((found) => found !== undefined);

	test.each([
		['debian', 'debian:stable-slim'],
		['docker.io/library/debian:12', 'docker.io/library/debian:12-slim'],
		['debian:bookworm', 'debian:bookworm-slim'],
		['python', 'python:slim'],
		['python:3.12', 'python:3.12-slim'],
		['python:3.12-bookworm', 'python:3.12-slim-bookworm'],
		['python:bookworm', 'python:slim-bookworm'],
		['node:22', 'node:22-slim'],
		['node:22-bookworm', 'node:22-bookworm-slim'],
		['node:lts', 'node:lts-slim'],
		['ruby:3.4-trixie', 'ruby:3.4-slim-trixie'],
		['eclipse-temurin:17', 'eclipse-temurin:17-jre'],
		['eclipse-temurin:17-jdk', 'eclipse-temurin:17-jre'],
		['eclipse-temurin:21-jdk-alpine', 'eclipse-temurin:21-jre-alpine'],
		['eclipse-temurin:17-jdk-jammy', 'eclipse-temurin:17-jre-jammy'],
		['openjdk:8', 'openjdk:8-jre'],
		['openjdk:8-jdk-alpine', 'openjdk:8-jre-alpine'],
		['openjdk:11-jdk-slim', 'openjdk:11-jre-slim'],
		['java:8', 'java:8-jre'],
		['registry.access.redhat.com/ubi9', 'registry.access.redhat.com/ubi9/ubi-minimal'],
		['registry.access.redhat.com/ubi8/ubi:8.9', 'registry.access.redhat.com/ubi8/ubi-minimal:8.9'],
		['docker.io/redhat/ubi9', 'docker.io/redhat/ubi9-minimal'],
		['redhat/ubi9-minimal', 'redhat/ubi9-micro'],
		['registry.fedoraproject.org/fedora:40', 'registry.fedoraproject.org/fedora-minimal:40'],
		['quay.io/fedora/fedora', 'quay.io/fedora/fedora-minimal'],
		['almalinux:9', 'almalinux:9-minimal'],
		['oraclelinux:8', 'oraclelinux:8-slim'],
	])('of %s is %s', (reference, expected) => {
		expect(smaller(reference)).toBe(expected);
		const [image, sibling] = [findBaseImage(reference)?.image, findBaseImage(expected)?.image];
		expect(sibling, 'the sibling is in the catalogue').toBeDefined();
		expect(sibling).not.toBe(image);
		expect(sibling?.family).toBe(image?.family);
	});

	test.each([
		'openjdk:17',
		'openjdk:17-jdk-slim',
		'openjdk:12',
		'openjdk:11-jre-slim',
		'openjdk:11-jdk-oracle',
		'eclipse-temurin:17-jre',
		'eclipse-temurin:17-jdk-nanoserver',
		'eclipse-temurin:16-jdk',
		'debian:12-slim',
		'debian:bookworm-backports',
		'python:3.12-slim',
		'python:3.12-alpine',
		'python:3.12-windowsservercore',
		'python:2.7-wheezy',
		'node:22-alpine',
		'node:8-onbuild',
		'ubuntu:24.04',
		'alpine',
		'golang:1.26',
		'registry.access.redhat.com/ubi8/ubi:8.5-226',
		`python:3.12@sha256:${'0'.repeat(64)}`,
	])('%s has none', (reference) => {
		expect(smaller(reference)).toBeUndefined();
	});
});

describe('unknown bases stay unknown', () => {
	test.each(['acme/base', 'localhost:5000/debian', 'fedora:branched', 'openjdk:17', 'maven:3', 'rhel7/other', 'my.registry/ubi9', `python@sha256:${'0'.repeat(64)}`])(
		'%s',
		(reference) => {
			expect(findBaseImage(reference)).toBeUndefined();
		},
	);

	test('a digest alone is enough where there is one kind', () => {
		expect(findBaseImage(`alpine@sha256:${'0'.repeat(64)}`)).toMatchObject({ image: { family: 'apk' }, release: undefined });
	});
});

describe('every record', () => {
	const described = baseImages.map((image) => [`${image.names.join(', ')} ${image.tags ?? ''}`, image] as const);

	test.each(described)('%s is sound', (_, image) => {
		expect(image.source).not.toBe('');
		expect(new Set(Object.values(image.programs))).toEqual(new Set(image.packageManagers));
		for (const name of image.names) {
			if (typeof name === 'string') expect(parseReference(name)?.shortName).toBe(name);
			else expect(name.source).toMatch(/^\^.*\$$/s);
		}
		// A pattern with a state would answer differently every second time.
		for (const pattern of [image.tags, image.release, ...(image.siblings ?? []).flatMap(({ changes, tags }) => [tags, ...changes.map(({ from }) => from)])])
			expect(pattern?.flags ?? '').toBe('');
		for (const sibling of image.siblings ?? []) {
			expect(sibling.source).not.toBe('');
			expect(new Set(sibling.lacks).size).toBe(sibling.lacks.length);
			if (sibling.saves) expect(sibling.saves.atLeast).toBeLessThanOrEqual(sibling.saves.atMost);
			for (const manager of sibling.lacksPackageManagers ?? []) expect(image.packageManagers).toContain(manager);
		}
	});
});
