import { describe, expect, it } from 'vitest';
import type { Context } from '../../server/src/model/context/context';
import { cacheMountDefeated as rule } from '../../server/src/rules/cache-mount-defeated';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const podman: Context = { builder: { kind: 'podman' } };
const buildkit: Context = { builder: { kind: 'buildkit' } };

describe('cache-mount-defeated finds', () => {
	it.each([
		// An option or a variable switches the cache off.
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pip pip install «--no-cache-dir» flask\n',
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache python3 -m pip install «--no-cache-dir» flask\n',
		'FROM quay.io/acme/base\nRUN --mount=type=cache,target=/root/.cache/pip pip install «--no-cache-dir» flask\n',
		'FROM python:3.12 AS build\nENV PIP_NO_CACHE_DIR=1\nRUN --mount=type=cache,target=/root/.cache/pip «pip» install flask\nFROM scratch\nCOPY --from=build /x /x\n',
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/uv uv sync «--no-cache»\n',
		'FROM python:3.12\nENV UV_NO_CACHE=1\nRUN --mount=type=cache,target=/root/.cache/uv «uv» sync\n',
		'FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add «--no-cache» curl\n',
		'FROM php:8.3\nRUN --mount=type=cache,target=/root/.composer/cache composer install «--no-cache»\n',
		// A command empties it.
		'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf -y install nginx && «dnf clean all»\n',
		'FROM almalinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf -y install nginx && «dnf clean all» && rm -rf /tmp/x\n',
		'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl && «rm -rf /var/lib/apt/lists/*»\n',
		'FROM node:22\nRUN --mount=type=cache,target=/root/.npm npm ci && «npm cache clean --force»\n',
		'FROM node:22 AS build\nRUN --mount=type=cache,target=/root/.npm npm ci && «rm -rf ~/.npm»\nFROM scratch\nCOPY --from=build /x /x\n',
		'FROM opensuse/leap:15.6\nRUN --mount=type=cache,target=/var/cache/zypp zypper -n install nginx && «zypper clean --all»\n',
		'FROM golang:1.22\nRUN --mount=type=cache,target=/root/.cache/go-build --mount=type=cache,target=/go/pkg/mod go build ./... && «go clean -cache»\n',
		// It is not where the tool looks.
		'FROM fedora:42\nRUN «--mount=type=cache,target=/var/cache/dnf» dnf -y install nginx\n',
		'FROM almalinux:9\nRUN «--mount=type=cache,target=/var/cache/libdnf5» dnf -y install nginx\n',
		'FROM almalinux:9\nRUN «--mount=type=cache,target=/var/cache/dnf» dnf --installroot /output -y install nginx\n',
		'FROM node:22\nUSER node\nRUN «--mount=type=cache,target=/root/.npm» npm ci\n',
		'FROM node:22\nRUN «--mount=type=cache,target=/home/node/.npm» npm ci\n',
		'FROM node:22\nUSER node\nUSER root\nRUN «--mount=type=cache,target=/home/node/.npm» npm ci\n',
		'FROM python:3.12\nRUN useradd app\nUSER app\nRUN «--mount=type=cache,target=/root/.cache/pip» pip install --user flask\n',
		'FROM golang:1.22\nRUN «--mount=type=cache,target=/root/go/pkg/mod» go mod download\n',
		'FROM golang:1.22\nRUN --mount=type=cache,target=/go/pkg/mod «--mount=type=cache,target=/go-build» go build -o /app .\n',
		'FROM rust:1.80\nRUN «--mount=type=cache,target=/root/.cargo/registry» cargo build --release\n',
		// A hook of the base empties it.
		'FROM debian:12\nRUN «--mount=type=cache,target=/var/cache/apt,sharing=locked» --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y curl\n',
	])('%j', (marked) => {
		finds(rule, marked);
	});

	it('what podman refuses, and only with podman', () => {
		const text = 'FROM quay.io/acme/base\nRUN --mount=type=cache,target=/cache,sharing=private make\n';
		const [finding] = finds(rule, text.replace(/--mount\S+/, '«$&»'), podman);
		expect(finding?.severity).toBe('error');
		silent(rule, text);
		silent(rule, text, buildkit);
		silent(rule, text.replace('private', 'locked'), podman);
	});

	it('says where the cache lies', () => {
		expect(finds(rule, 'FROM fedora:42\nRUN «--mount=type=cache,target=/var/cache/dnf» dnf -y install nginx\n')[0]?.message).toBe(
			'dnf keeps its cache in /var/cache/libdnf5, so this mount at /var/cache/dnf catches nothing and what is fetched goes into the layer',
		);
		expect(finds(rule, 'FROM node:22\nUSER node\nRUN «--mount=type=cache,target=/root/.npm» npm ci\n')[0]?.message).toContain('/home/node/.npm for node');
	});
});

describe('cache-mount-defeated is silent', () => {
	it.each([
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask\n',
		'FROM python:3.12\nRUN pip install --no-cache-dir flask\n',
		// The second one uses the mount.
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir -U pip && pip install flask\n',
		'FROM python:3.12\nENV PIP_NO_CACHE_DIR=1\nRUN --mount=type=cache,target=/root/.cache/pip PIP_NO_CACHE_DIR= pip install flask\n',
		'FROM python:3.12\nENV UV_NO_CACHE=0\nRUN --mount=type=cache,target=/root/.cache/uv uv sync\n',
		// It is for uv, which fills it.
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache pip install --no-cache-dir uv && uv pip install --system -r requirements.txt\n',
		// The command has a home or a folder of its own.
		'FROM python:3.12-slim\nRUN --mount=type=cache,target=/home/app/.cache/pip HOME=/home/app pip install --user flask\n',
		'FROM python:3.12-slim\nRUN --mount=type=cache,target=/home/app/.cache/pip export HOME=/home/app && pip install --user flask\n',
		'FROM golang:1.22\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/root/go/pkg/mod export GOPATH=/root/go && go mod download\n',
		'FROM golang:1.22\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/root/go/pkg/mod GOPATH=/root/go go mod download\n',
		'FROM golang:1.22\nENV GOPATH=/go:/src\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\n',
		'FROM rust:1.80\nRUN --mount=type=cache,target=/root/.cargo/registry CARGO_HOME=/root/.cargo cargo build --release\n',
		// The mount is for something else.
		'FROM python:3.12\nRUN --mount=type=cache,target=/var/cache/apt pip install --no-cache-dir flask\n',
		'FROM python:3.12\nRUN --mount=type=bind,target=/root/.cache/pip pip install --no-cache-dir flask\n',
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pip,ro pip install --no-cache-dir flask\n',
		// Whose home it is, nobody knows.
		'FROM python:3.12\nUSER 1000\nRUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir flask\n',
		'FROM python:3.12\nARG U\nUSER $U\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask\n',
		'FROM quay.io/acme/base\nUSER root\nRUN --mount=type=cache,target=/home/jovyan/.npm npm ci\n',
		'FROM node:22\nENV HOME=/home/node\nRUN --mount=type=cache,target=/home/node/.npm npm ci\n',
		'FROM node:22\nUSER node\nRUN --mount=type=cache,target=/home/node/.npm,uid=1000 npm ci\n',
		'FROM node:22\nRUN --mount=type=cache,target=/home/node/.npm npm ci --cache /home/node/.npm\n',
		'FROM node:22\nENV npm_config_cache=/npm\nRUN --mount=type=cache,target=/npm npm ci\n',
		'FROM node:22\nRUN --mount=type=cache,target=/home/node/.npm sudo -u node npm ci\n',
		// Cleaned before, by another tool, elsewhere, or only if something says so.
		'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf clean all && dnf -y install nginx\n',
		'FROM debian:12\nRUN --mount=type=cache,target=/root/.cache/pip apt-get update && apt-get install -y x && apt-get clean && rm -rf /var/lib/apt/lists/*\n',
		'FROM node:22\nRUN --mount=type=cache,target=/root/.npm npm ci && rm -rf /root/.npm/_logs /tmp/*\n',
		'FROM node:22\nRUN --mount=type=cache,target=/root/.npm npm ci || npm cache clean --force\n',
		'FROM golang:1.22\nRUN --mount=type=cache,target=/root/.cache/go-build --mount=type=cache,target=/go/pkg/mod go build ./... && go clean\n',
		'FROM almalinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf -y install x && dnf --installroot /r -y install y && dnf --installroot /r clean all\n',
		// The cache may be elsewhere, and the cleaning needed.
		'FROM quay.io/acme/base\nRUN --mount=type=cache,target=/var/cache/libdnf5 microdnf -y install nginx && microdnf clean all\n',
		'FROM almalinux:9\nRUN --mount=type=cache,target=/var/cache/yum dnf -y install nginx && dnf clean all\n',
		'FROM node:22\nRUN --mount=type=cache,target=/root/.cache/yarn yarn install && yarn cache clean\n',
		'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pypoetry/cache poetry install --no-cache\n',
		// It is where the tool looks.
		'FROM almalinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf -y install nginx\n',
		'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache dnf -y install nginx\n',
		'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/dnf --mount=type=cache,target=/var/cache/libdnf5 dnf -y install nginx\n',
		'FROM quay.io/acme/base\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf -y install nginx\n',
		'FROM almalinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf --installroot /output --setopt=cachedir=/var/cache/dnf -y install nginx\n',
		'FROM almalinux:9\nRUN --mount=type=cache,target=/output/var/cache/dnf dnf --installroot /output -y install nginx\n',
		'FROM golang:1.22\nENV GOCACHE=/go-build\nRUN --mount=type=cache,target=/go-build go build .\n',
		'FROM golang:1.22\nRUN --mount=type=cache,target=/go-build GOCACHE=/go-build go build .\n',
		'FROM golang:1.22\nRUN --mount=type=cache,target=/go/pkg/mod/cache go mod download\n',
		'FROM golang:1.22\nRUN --mount=type=cache,target=/root/.cache --mount=type=cache,target=/go/pkg/mod go build .\n',
		'FROM rust:1.80\nRUN --mount=type=cache,target=/usr/local/cargo/registry/index --mount=type=cache,target=/usr/local/cargo/registry/cache cargo build\n',
		'FROM node:22\nRUN --mount=type=cache,target=/root/.yarn yarn install\n',
		'FROM node:22\nRUN --mount=type=cache,id=pnpm,target=/pnpm/store pnpm install --frozen-lockfile\n',
		// The hook is gone, or the base has none, or nobody knows.
		'FROM debian:12\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y curl\n',
		'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y curl\n',
		'FROM quay.io/acme/base\nRUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl\n',
		'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update && apt-get install -y curl\n',
		'FROM debian:12\nONBUILD RUN --mount=type=cache,target=/var/cache/apt apt-get install -y curl\n',
		'FROM python:3.12\nRUN --mount=type=cache,target=$X pip install --no-cache-dir flask\n',
	])('%j', (text) => {
		silent(rule, text);
	});
});

describe('cache-mount-defeated repairs', () => {
	it.each([
		['pip install --no-cache-dir -r x.txt', 'pip install -r x.txt', '/root/.cache/pip', 'python:3.12'],
		['dnf -y install nginx && dnf clean all', 'dnf -y install nginx', '/var/cache/libdnf5', 'fedora:42'],
		['dnf -y install nginx && dnf clean all && rm -rf /tmp/x', 'dnf -y install nginx && rm -rf /tmp/x', '/var/cache/libdnf5', 'fedora:42'],
		['dnf -y install nginx \\\n    # clean\n && dnf clean all && true', undefined, '/var/cache/libdnf5', 'fedora:42'],
		['npm ci \\\n && npm cache clean --force \\\n && npm run build', 'npm ci \\\n && npm run build', '/root/.npm', 'node:22'],
		['npm ci && rm -rf ~/.npm /tmp/*', 'npm ci && rm -rf /tmp/*', '/root/.npm', 'node:22'],
		['npm ci; npm cache clean --force', undefined, '/root/.npm', 'node:22'],
		['npm ci\\\n && npm cache clean --force ', undefined, '/root/.npm', 'node:22'],
		['npm ci && npm cache clean --force\\\n    # then\n && npm run build', undefined, '/root/.npm', 'node:22'],
		['npm ci && rm -rf /tmp/*\\\n ~/.npm', undefined, '/root/.npm', 'node:22'],
		['pip install\\\n --no-cache-dir', undefined, '/root/.cache/pip', 'python:3.12'],
		['pip install flask --no-cache-dir\\\n    # then\n && true', undefined, '/root/.cache/pip', 'python:3.12'],
	])('%j', (before, after, target, base) => {
		const text = (command: string) => `FROM ${base}\nRUN --mount=type=cache,target=${target} ${command}\n`;
		if (after === undefined) unfixable(rule, text(before));
		else fixes(rule, text(before), text(after), 'suggested');
		expect(checkLaws(text(before))).toEqual([]);
	});

	it.each([
		['FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/dnf,sharing=locked dnf -y install nginx\n', ['target=/var/cache/dnf', 'target=/var/cache/libdnf5'], 'suggested'],
		['FROM fedora:42\nRUN --mount=type=cache,dst="/var/cache/dnf" dnf -y install nginx\n', ['/var/cache/dnf', '/var/cache/libdnf5'], 'suggested'],
		['FROM node:22\nUSER node\nRUN --mount=type=cache,target=/root/.npm npm ci\n', ['/root/.npm', '/home/node/.npm,uid=1000,gid=1000'], 'suggested'],
		['FROM node:22\nRUN --mount=target=/home/node/.npm,type=cache npm ci\n', ['/home/node/.npm', '/root/.npm'], 'suggested'],
		['FROM golang:1.22\nRUN --mount=type=cache,target=/root/go/pkg/mod go mod download\n', ['/root/go/pkg/mod', '/go/pkg/mod'], 'suggested'],
		[
			'FROM almalinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf --installroot /output -y install nginx\n',
			['install nginx', 'install --setopt=cachedir=/var/cache/dnf nginx'],
			'review',
		],
		[
			'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt set -e; apt-get update && apt-get install -y curl\n',
			['set -e', 'rm -f /etc/apt/apt.conf.d/docker-clean && echo \'Binary::apt::APT::Keep-Downloaded-Packages "true";\' > /etc/apt/apt.conf.d/keep-cache && set -e'],
			'review',
		],
	] as const)('%j', (before, [old, by], applicability) => {
		fixes(rule, before, before.replace(old, by), applicability);
		expect(checkLaws(before)).toEqual([]);
	});

	it('sharing, as safe as can be', () => {
		const text = 'FROM quay.io/acme/base\nRUN --mount=type=cache,sharing=private,target=/private make\n';
		fixes(rule, text, text.replace('sharing=private', 'sharing=locked'), 'safe', podman);
		expect(checkLaws(text, podman)).toEqual([]);
	});

	it('not where the home is a guess or the text is not as it stands', () => {
		unfixable(rule, 'FROM python:3.12\nRUN useradd app\nUSER app\nRUN --mount=type=cache,target=/root/.cache/pip pip install --user flask\n');
		unfixable(rule, 'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl && apt-get clean\n');
		unfixable(rule, 'FROM fedora:42\nARG C=/var/cache/dnf\nRUN --mount=type=cache,target=$C dnf -y install nginx\n');
		unfixable(rule, 'FROM python:3.12\nENV PIP_NO_CACHE_DIR=1\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask\n');
		unfixable(rule, 'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/dnf dnf --installroot /output -y install nginx\n'.replace('/var/cache/dnf', '/var/cache/libdnf5'));
	});
});
