import { describe, expect, it } from 'vitest';
import { analyze } from '../../server/src/lint/analyze';
import { loneFile } from '../../server/src/model/context/context';
import { heavyBase as rule } from '../../server/src/rules/heavy-base';
import { finds, fixes, silent, unfixable } from '../support/rules';

describe('heavy-base', () => {
	it.each([
		['FROM python:3.12\nCMD ["python", "x.py"]\n', 'FROM python:3.12-slim\nCMD ["python", "x.py"]\n'],
		['FROM debian:12 AS base\nRUN apt-get update\nFROM base\nCMD ["x"]\n', 'FROM debian:12-slim AS base\nRUN apt-get update\nFROM base\nCMD ["x"]\n'],
		['FROM docker.io/library/node:22\nCMD ["node", "x.js"]\n', 'FROM docker.io/library/node:22-slim\nCMD ["node", "x.js"]\n'],
	])('offers the sibling for %j', (before, after) => {
		fixes(rule, before, after, 'review');
	});

	it('marks the image', () => {
		finds(rule, 'FROM --platform=linux/amd64 «python:3.12» AS x\n');
	});

	it.each([
		// Something the sibling lacks is used.
		'FROM python:3.12\nRUN gcc x.c\n',
		'FROM python:3.12\nCMD ["git", "log"]\n',
		'FROM python:3.12\nRUN pip install git+https://example.com/x.git\n',
		'FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost\n',
		'FROM node:22\nRUN npm install -g github:acme/tool\nCMD ["tool"]\n',
		'FROM node:5\nRUN npm install -g phantomjs-prebuilt\nCMD ["x"]\n',
		// A script that nobody sees may call any of it.
		'FROM oraclelinux:8\nCOPY prerequisites.sh /tmp/\nRUN /tmp/prerequisites.sh && rm /tmp/prerequisites.sh\nCMD ["x"]\n',
		'FROM python:3.12\nCOPY setup.sh /tmp\nRUN bash /tmp/setup.sh\nCMD ["python", "x.py"]\n',
		'FROM node:22\nCOPY . .\nRUN ./configure\nCMD ["node", "x.js"]\n',
		// What is started compiles or tests.
		'FROM node:22\nCOPY . .\nCMD npm run test\n',
		'FROM python:3.12\nCOPY . .\nCMD ["tox"]\n',
		// microdnf could not do the same.
		'FROM oraclelinux:8\nRUN dnf -y distro-sync\nCMD ["x"]\n',
		'FROM oraclelinux:8\nRUN dnf config-manager --enable ol8_codeready_builder && dnf -y install nginx\nCMD ["x"]\n',
		'FROM oraclelinux:8\nRUN dnf -y groupinstall "Development Tools"\nCMD ["x"]\n',
		'FROM oraclelinux:8\nRUN dnf -y install https://acme.com/x.rpm\nCMD ["x"]\n',
		// A builder stage is not shipped, an unknown base is not known, a small one is small.
		'FROM python:3.12 AS b\nFROM scratch\nCOPY --from=b /x /x\n',
		'FROM quay.io/acme/python:3.12\n',
		'FROM python:3.12-slim\n',
		// Somebody builds or works in it.
		'FROM debian:12\nLABEL description="Package builder image"\nRUN apt-get install -y gcc\nCMD ["/x"]\n',
		'FROM debian:12\nRUN apt-get install -y gcc\nCOPY build.sh /\nCMD ["/build.sh"]\n',
		'FROM debian:12\nRUN apt-get install -y git\nCMD ["bash"]\n',
		'FROM alpine\n',
		'FROM scratch\n',
		'FROM python:3.12@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n',
		'FROM openjdk:11-jdk\nCOPY presto-server.tar.gz /\nRUN tar xf /presto-server.tar.gz\nCMD ["/start"]\n',
		'FROM debian:$VERSION\n',
		'FROM\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it('does not replace what a variable writes', () => {
		unfixable(rule, 'ARG V=3.12\nFROM python:$V\nCMD ["python", "x.py"]\n');
	});

	it('warns of what may need a compiler', () => {
		expect(finds(rule, 'FROM «python:3.12»\nRUN pip install --no-cache-dir flask\n')[0]?.message).toContain('pip may have to compile something there');
	});

	it('says what may need what Debian’s slim image leaves out', () => {
		expect(finds(rule, 'FROM «debian:12»\nRUN apt-get install -y locales && locale-gen\nCMD ["x"]\n')[0]?.message).toMatch(/installs none later; locale-gen may need them$/);
	});

	it.each([
		'FROM «debian:12»\nCOPY setup.sh /tmp\nRUN /tmp/setup.sh\nCMD ["x"]\n',
		'FROM «python:3.12»\nRUN sh -c "pip install flask" && /usr/local/bin/python -V\nCMD ["python", "x.py"]\n',
		'FROM «oraclelinux:8»\nRUN dnf -y module enable redis:5 && dnf -y install redis && dnf clean all\nCMD ["redis-server"]\n',
	])('but speaks on %j', (text) => {
		finds(rule, text);
	});

	it('says which package manager stands in the way', () => {
		const [finding] = finds(rule, 'FROM «registry.access.redhat.com/ubi9/ubi»\nRUN dnf -y install nginx\n');
		expect(finding?.message).toContain('this file calls dnf, which it lacks');
		expect(finding?.fixes).toBeUndefined();
	});

	it('with a number only for the tags that somebody weighed', () => {
		const saving = (image: string) => [...rule.check(analyze(`FROM ${image}\nCMD ["x"]\n`), loneFile)].map(({ saves }) => saves?.atMost);
		expect(['node:22', 'node:22.3.1-bookworm', 'python:3.12', 'python', 'debian:12', 'ruby:3.3'].map(saving)).toEqual([[908e6], [908e6], [996e6], [996e6], [44e6], [947e6]]);
		expect(['node:8', 'python:3.6', 'debian:9', 'ruby:2.7'].map(saving)).toEqual([[undefined], [undefined], [undefined], [undefined]]);
	});
});

it('heavy-base warns of a missing compiler only where the file installs none, and keeps what a comment gives a reason for', () => {
	const message = (text: string) => finds(rule, text)[0]?.message;
	expect(message('FROM «ruby:3.3»\nCOPY Gemfile .\nRUN bundle install\nCMD ["ruby", "x.rb"]\n')).toContain('finds no compiler');
	expect(message('FROM «ruby:3.3»\nRUN apt-get update && apt-get install -y build-essential\nRUN bundle install\nCMD ["ruby", "x.rb"]\n')).not.toContain('finds no compiler');
	silent(rule, '# It asks rpm -qf for the owner of a file.\nFROM registry.access.redhat.com/ubi9-minimal\nCOPY tool /tool\nCMD ["/tool"]\n');
});
