import type { Complaint } from './complaint';

/** What hadolint 2.15.1 takes for waste, does not see or cannot read. */
export const hadolintComplaints: readonly Complaint[] = [
	{
		tool: 'hadolint',
		case: 'does not take any rm -rf for the cleaning of apt',
		text: 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl=1 && rm -rf /tmp/build\n',
		says: 'package-cache-kept',
		safe: [
			'RUN apt-get update && apt-get install -y --no-install-recommends curl=1 && rm -rf /tmp/build',
			'RUN apt-get update && apt-get install -y --no-install-recommends curl=1 && rm -rf /tmp/build && rm -rf /var/lib/apt/lists/*',
		],
	},
	{
		tool: 'hadolint',
		case: 'does not take any rm -rf for the cleaning of dnf',
		text: 'FROM fedora:40\nRUN dnf install -y httpd-2 && rm -rf /tmp/x\n',
		says: 'heavy-base package-cache-kept weak-dependencies-installed',
		safe: ['RUN dnf install -y httpd-2 && rm -rf /tmp/x', 'RUN dnf install -y httpd-2 && rm -rf /tmp/x && dnf clean all'],
		suggested: ['RUN dnf install -y httpd-2 && rm -rf /tmp/x && dnf clean all', 'RUN dnf install --setopt=install_weak_deps=False -y httpd-2 && rm -rf /tmp/x && dnf clean all'],
	},
	{
		tool: 'hadolint',
		case: 'sees that the wrong root is cleaned',
		text: 'FROM fedora:40 AS b\nRUN dnf install --installroot /mnt/rootfs -y x-1 && dnf clean all\nFROM scratch\nCOPY --from=b /mnt/rootfs/ /\n',
		says: 'installroot-incomplete cleaned-wrong-root',
		safe: [
			'RUN dnf install --installroot /mnt/rootfs -y x-1 && dnf clean all',
			'RUN dnf install --installroot /mnt/rootfs -y x-1 && dnf --installroot /mnt/rootfs clean all && rm -rf /mnt/rootfs/var/cache/dnf /mnt/rootfs/var/log/dnf* /mnt/rootfs/var/log/hawkey.log',
		],
		suggested: [
			'RUN dnf install --installroot /mnt/rootfs -y x-1 && dnf --installroot /mnt/rootfs clean all && rm -rf /mnt/rootfs/var/cache/dnf /mnt/rootfs/var/log/dnf* /mnt/rootfs/var/log/hawkey.log',
			'RUN dnf install --releasever 40 --setopt=install_weak_deps=False --nodocs --installroot /mnt/rootfs -y x-1 glibc-minimal-langpack && dnf --installroot /mnt/rootfs clean all && rm -rf /mnt/rootfs/var/cache/dnf /mnt/rootfs/var/log/dnf* /mnt/rootfs/var/log/hawkey.log',
		],
	},
	{
		tool: 'hadolint',
		case: 'accepts a cache mount of dnf 4',
		text: 'FROM redhat/ubi9\nRUN --mount=type=cache,target=/var/cache/dnf dnf install -y httpd-2\n',
		says: 'heavy-base',
	},
	{
		tool: 'hadolint',
		case: 'accepts a cache mount of yum',
		text: 'FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum yum install -y httpd-2\n',
		says: '',
	},
	{
		tool: 'hadolint',
		case: 'accepts rm -fr, and no glob',
		text: 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -fr /var/lib/apt/lists\n',
		says: '',
	},
	{
		tool: 'hadolint',
		case: 'leaves a discarded stage alone',
		text: 'FROM redhat/ubi9 AS b\nRUN dnf install -y gcc-1\nFROM scratch\nCOPY --from=b /x /x\n',
		says: '',
	},
	{
		tool: 'hadolint',
		case: 'accepts a cleaning before and after',
		text: 'FROM redhat/ubi9-minimal\nRUN microdnf clean all && microdnf install -y nginx-1 && microdnf clean all\n',
		says: 'heavy-base',
	},
	{
		tool: 'hadolint',
		case: 'accepts -o APT::Install-Recommends=0',
		text: 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y -o APT::Install-Recommends=0 curl && rm -rf /var/lib/apt/lists/*\n',
		says: '',
	},
	{
		tool: 'hadolint',
		case: 'accepts a line in apt.conf.d',
		text: 'FROM debian:12-slim\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/01norecommends\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
		says: '',
	},
	{
		tool: 'hadolint',
		case: 'reads on behind a here-document',
		text: 'FROM debian:12-slim\nRUN <<EOF\napt-get update\napt-get install -y --no-install-recommends curl\nEOF\nCMD ["curl"]\n',
		says: 'package-cache-kept',
		safe: ['apt-get install -y --no-install-recommends curl', 'apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*'],
	},
	{
		tool: 'hadolint',
		case: 'reads mounts without a type and with a quoted one',
		text: 'FROM debian:12-slim\nRUN --mount=from=binaries \\\n  --mount=type="tmpfs",target=/run apt-get update && apt-get install -y --no-install-recommends curl\n',
		says: '',
	},
	{
		tool: 'hadolint',
		case: 'sees that a compiler is shipped',
		text: 'FROM golang:1.22\nWORKDIR /src\nCOPY main.go .\nRUN go build -o /app main.go\nCMD ["/app"]\n',
		says: 'package-cache-kept single-stage-build debug-symbols-kept',
		safe: ['main.go\nCMD', 'main.go && go clean -cache\nCMD'],
		suggested: ['RUN go build -o /app main.go', "RUN go build -ldflags='-s -w' -o /app main.go"],
	},
	{
		tool: 'hadolint',
		case: 'accepts an rm -rf before the installation',
		text: 'FROM fedora:40\nRUN rm -rf /tmp/x && dnf install -y httpd && dnf clean all\n',
		says: 'heavy-base weak-dependencies-installed',
		suggested: ['RUN rm -rf /tmp/x && dnf install -y httpd && dnf clean all', 'RUN rm -rf /tmp/x && dnf install --setopt=install_weak_deps=False -y httpd && dnf clean all'],
	},
	{
		tool: 'hadolint',
		case: 'sees that Rust’s tools are shipped',
		text: 'FROM rust:1.80\nCOPY src src\nRUN cargo build --release\nCMD ["target/release/app"]\n',
		says: 'package-cache-kept single-stage-build',
		safe: ['RUN cargo build --release', 'RUN cargo build --release && rm -rf /usr/local/cargo/registry /usr/local/cargo/git'],
	},
	{
		tool: 'hadolint',
		case: 'accepts a script that cleans',
		text: 'FROM debian:12-slim\nCOPY cleanup_apt.sh /\nRUN apt-get update && apt-get install -y --no-install-recommends curl && /cleanup_apt.sh\n',
		says: '',
	},
	{
		tool: 'hadolint',
		case: 'does not take a cleaning before the installation for one behind it',
		text: 'FROM fedora-minimal:40\nRUN microdnf clean all && microdnf install -y --setopt=install_weak_deps=0 httpd\n',
		says: 'package-cache-kept',
		safe: [
			'RUN microdnf clean all && microdnf install -y --setopt=install_weak_deps=0 httpd',
			'RUN microdnf clean all && microdnf install -y --setopt=install_weak_deps=0 httpd && microdnf clean all',
		],
	},
	{
		tool: 'hadolint',
		case: 'promises no smaller image of merged RUNs of a builder stage',
		text: 'FROM node:20-slim AS build\nRUN npm ci\nRUN npm run build\nFROM nginx:1.27-alpine\nCOPY --from=build /dist /usr/share/nginx/html\n',
		says: '',
	},
];
