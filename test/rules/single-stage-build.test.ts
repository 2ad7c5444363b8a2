import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/lint/lint';
import { withOffered } from '../../server/src/lint/propose';
import { loneFile } from '../../server/src/model/context/context';
import { rules } from '../../server/src/rules';
import { singleStageBuild as rule } from '../../server/src/rules/single-stage-build';
import { checkLaws } from '../support/laws';
import { finds, silent } from '../support/rules';

describe('single-stage-build', () => {
	it.each([
		'FROM golang:1.22\nCOPY . /src\nRUN cd /src && «go build» -o /app .\nCMD ["/app"]\n',
		'FROM golang:1.22\nCOPY . /src\nRUN cd /src && «make»\nENTRYPOINT ["/src/bin/app"]\n',
		// The last one is told.
		'FROM golang:1.22\nCOPY . /src\nRUN cd /src && go build -o /a . && «go install» ./b\nCMD ["/a"]\n',
		'FROM rust:1.80\nCOPY . .\nRUN «cargo build» --release\nCMD ["target/release/app"]\n',
		'FROM maven:3-eclipse-temurin-21\nCOPY . .\nRUN «mvn -B clean package»\nCMD ["java", "-jar", "target/app.jar"]\n',
		'FROM eclipse-temurin:21-jdk\nCOPY . .\nRUN «./gradlew bootJar»\nCMD ["java", "-jar", "build/libs/app.jar"]\n',
		'FROM mcr.microsoft.com/dotnet/sdk:8.0\nCOPY . .\nRUN «dotnet publish» -c Release -o /app\nENTRYPOINT ["dotnet", "/app/x.dll"]\n',
		'FROM gcc:13\nCOPY x.c .\nRUN «gcc» -o /x x.c\nCMD ["/x"]\n',
		'FROM node:22\nCOPY . .\nRUN npm ci && «npm run build»\nCMD ["npm", "start"]\n',
		'FROM node:22-alpine\nCOPY . .\nRUN yarn && «yarn build»\nCMD ["node", "dist/main.js"]\n',
		// Nobody knows the base, but who calls go has it.
		'FROM quay.io/acme/golang\nCOPY . .\nRUN «go build» -o /app .\nCMD ["/app"]\n',
		// Fetched, not installed as a package.
		'FROM debian:12\nRUN curl -L https://go.dev/dl/go1.22.linux-amd64.tar.gz | tar xz -C /usr/local\nCOPY . .\nRUN «/usr/local/go/bin/go build» -o /app .\nCMD ["/app"]\n',
		// The builder is the base of what ships.
		'FROM golang:1.22 AS build\nCOPY . .\nRUN «go build» -o /app .\nFROM build\nCMD ["/app"]\n',
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		'FROM golang:1.22 AS build\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n',
		// Images of tools: nothing is started, or a shell.
		'FROM golang:1.22\nRUN go install example.com/tool@latest\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build -o /app .\nCMD ["bash"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build -o /app .\nCMD tar czf - /app\n',
		'FROM golang:1.22\nCOPY . .\nRUN make build\nENTRYPOINT ["hack/dind"]\n',
		'FROM buildpack-deps:bookworm\nRUN ./configure && make && make install\nCMD ["python3"]\n',
		'FROM golang:1.22 AS dev\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n',
		// What is started builds again.
		'FROM golang:1.9\nENV GOROOT_BOOTSTRAP /usr/local/go\nRUN go install example.com/tip\nCMD ["/go/bin/tip"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build ./...\nCMD ["go", "run", "."]\n',
		'FROM maven:3-eclipse-temurin-21\nCOPY . .\nRUN mvn package\nCMD mvn spring-boot:run\n',
		'FROM node:22\nCOPY . .\nRUN npm run build\nCMD ["npm", "run", "dev"]\n',
		'FROM rust:1.80\nCOPY . .\nRUN cargo build\nCMD ["cargo", "run"]\n',
		'FROM golang:1.22\nRUN go install example.com/golangci-lint@v1\nENTRYPOINT ["golangci-lint"]\n',
		'FROM rust:1.80\nRUN cargo install wasm-pack\nCMD ["wasm-pack", "build"]\n',
		'FROM gcc:13\nRUN make install\nCMD ["iceccd"]\n',
		// build-tools-shipped tells of the packages.
		'FROM debian:12\nRUN apt-get update && apt-get install -y gcc libc6-dev\nCOPY x.c .\nRUN gcc -o /x x.c\nCMD ["/x"]\n',
		'FROM alpine\nRUN apk add --no-cache go\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n',
		// The tools go again.
		'FROM alpine\nRUN apk add --no-cache --virtual .b go && go build -o /app . && apk del .b\nCMD ["/app"]\n',
		'FROM debian:12\nRUN curl -L https://go.dev/dl/go1.22.linux-amd64.tar.gz | tar xz -C /usr/local && go build -o /app . && rm -rf /usr/local/go\nCMD ["/app"]\n',
		'FROM node:22\nCOPY . .\nRUN npm ci && npm run build && npm prune --omit=dev\nCMD ["node", "dist/main.js"]\n',
		// A compiler of C is no part of a JDK.
		'FROM eclipse-temurin:21-jdk\nCOPY . .\nRUN make\nCMD ["java", "-jar", "x.jar"]\n',
		// Make may as well copy files only.
		'FROM debian:12\nCOPY . .\nRUN make install\nCMD ["/usr/local/bin/x"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go vet ./... && go test ./...\nCMD ["/app"]\n',
		'FROM gcr.io/cloud-builders/go:debian\nRUN go build -o /x /x.go\nENTRYPOINT ["dep.bash"]\n',
		'FROM golang:1.22\nRUN echo "go build"\nCMD ["/app"]\n',
		'FROM golang:1.22\nONBUILD RUN go build -o /app .\nCMD ["/app"]\n',
		'FROM golang:1.22-windowsservercore\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n',
		// tally speaks here, as somebody installs a package.
		'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*\nCOPY app /usr/local/bin/app\nUSER 65532\nCMD ["app"]\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it('says once what ships for nothing', () => {
		const text = 'FROM golang:1.22\nCOPY . /src\nRUN cd /src && go build -o /app .\nCMD ["/app"]\n';
		const ids = lint(text).findings.map((finding) => finding.rule);
		expect(ids).toContain('single-stage-build');
		expect(ids).not.toContain('build-tools-shipped');
		expect(rules.map(({ id }) => id)).toContain('single-stage-build');
	});

	it('points at the rewrites that can be made, and at no other', () => {
		const offered = (text: string) => withOffered(lint(text).findings, text, loneFile).find((finding) => finding.rule === 'single-stage-build')?.rewrites;
		expect(offered(rule.docs.before)).toContain('static-binary-to-scratch');
		expect(offered('FROM quay.io/acme/golang\nCOPY . .\nRUN go get ./... && go build -o $X .\nCMD ["/app"]\n')).toBeUndefined();
	});
});
