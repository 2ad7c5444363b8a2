import { describe, expect, it } from 'vitest';
import { buildToolsShipped as rule } from '../../server/src/rules/build-tools-shipped';
import { finds, silent } from '../support/rules';

describe('build-tools-shipped', () => {
	it.each([
		'FROM fedora:40\nRUN dnf -y install \\\n    nginx \\\n    «gcc-c++» \\\n    openssl-devel\nCMD ["x"]\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y «build-essential» curl\nCOPY . /src\n',
		'FROM alpine\nRUN apk add --no-cache «musl-dev»\nCMD x\n',
		'FROM quay.io/acme/base\nRUN yum -y install «gcc»\nCMD x\n',
		'FROM «golang:1.23»\nCOPY . /src\nRUN go build -o /x\nCMD ["bash"]\n',
		'FROM «maven:3-eclipse-temurin-21»\nCOPY . /src\nCMD ["mvn", "spring-boot:run"]\n',
		'FROM «eclipse-temurin:21-jdk»\nCOPY X.java /\nRUN javac /X.java\nCMD ["sh", "-c", "javac X.java && java X"]\n',
		// Removed in another layer: it is still there.
		'FROM alpine\nRUN apk add --no-cache «gcc»\nRUN apk del gcc\nCMD x\n',
		// Something else is removed.
		'FROM alpine\nRUN apk add --no-cache --virtual .build «gcc» && apk del .other\nCMD x\n',
		// The stage is shipped as the base of the last one.
		'FROM debian:12 AS base\nRUN apt-get update && apt-get install -y «gcc»\nFROM base\nCMD ["x"]\n',
		// Behind variables, in a loop, in quotes.
		'FROM debian:12\nENV DEPS="gcc nginx"\nRUN apt-get install -y «$DEPS»\nCMD x\n',
		'FROM debian:12\nRUN DEPS="gcc nginx" && apt-get install -y «${DEPS}»\nCMD x\n',
		'FROM debian:12\nENV V=12\nRUN apt-get install -y «g++-$V»\nCMD x\n',
		'FROM debian:12\nRUN for p in nginx gcc; do apt-get install -y «"$p"»; done\nCMD x\n',
		"FROM debian:12\nRUN bash -c 'apt-get install -y «gcc»'\nCMD x\n",
		// Of what is removed every name is known.
		'FROM debian:12\nRUN D="make" && apt-get install -y $D «gcc» && apt-get purge -y --auto-remove $D\nCMD x\n',
	])('finds %j', (text) => {
		finds(rule, text);
	});

	it.each([
		'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:12\nCOPY --from=build /x /x\nCMD ["/x"]\n',
		'FROM golang:1.23 AS build\nRUN go build\nFROM scratch\nCOPY --from=build /x /x\n',
		'FROM alpine\nRUN apk add --no-cache --virtual .build-deps gcc musl-dev && make && apk del .build-deps\nCMD x\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y gcc && make && apt-get purge -y --auto-remove gcc\nCMD x\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y gcc && make && apt-get purge -y --auto-remove $BUILD_DEPS\nCMD x\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y $BUILD_DEPS\nCMD x\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y nginx makedev\nCMD x\n',
		'FROM debian:12\nRUN echo gcc\nCMD x\n',
		// An image of tools: nobody starts or copies anything.
		'FROM fedora:40\nRUN dnf -y install gcc make\n',
		// single-stage-build tells of the build, and of the base with it.
		'FROM golang:1.23\nCOPY . /src\nRUN go build -o /x\nCMD ["/x"]\n',
		'FROM eclipse-temurin:21-jdk\nCOPY X.java /\nRUN javac /X.java\nCMD ["java", "X"]\n',
		// Nothing is built: its JRE is the cure.
		'FROM eclipse-temurin:21-jdk\nCOPY x.jar /x.jar\nCMD ["java", "-jar", "/x.jar"]\n',
		'FROM node:22\nCOPY . .\nCMD ["node", "x.js"]\n',
		// A build may be given other packages.
		'FROM debian:12\nARG DEPS="gcc"\nRUN apt-get install -y $DEPS\nCMD x\n',
		'FROM debian:12\nARG DEPS="gcc"\nENV ALL="$DEPS make"\nRUN apt-get install -y $ALL\nCMD x\n',
		'FROM debian:12\nENV DEPS="gcc make"\nRUN apt-get install -y $DEPS && make && apt-get purge -y --auto-remove $DEPS\nCMD x\n',
		// Made to build on.
		'FROM ubi9/s2i-base\nLABEL io.openshift.s2i.scripts-url=image:///usr/libexec/s2i\nRUN P="gcc make" && dnf -y install $P\nCMD x\n',
		'FROM debian:12-slim\nENV PHPIZE_DEPS gcc make\nRUN apt-get install -y $PHPIZE_DEPS\nCMD x\n',
		// What is started compiles.
		'FROM golang:1.22\nRUN go install example.com/golangci-lint@v1\nENTRYPOINT ["golangci-lint"]\n',
		'FROM rust:1.80\nRUN cargo install wasm-pack\nCMD ["wasm-pack", "build"]\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it('names three and counts the rest', () => {
		const [finding] = finds(rule, 'FROM fedora:40\nRUN dnf -y install «gcc» make cmake flex nginx bison\nCMD x\n');
		expect(finding?.message).toBe('gcc, make, cmake and 2 more are only needed to build, and stay in the image');
		expect(finding?.related).toHaveLength(4);
	});

	it('names what a variable holds', () => {
		const [finding] = finds(rule, 'FROM debian:12\nENV DEPS="gcc make cmake"\nRUN apt-get install -y «$DEPS»\nCMD x\n');
		expect(finding?.message).toBe('gcc, make, cmake are only needed to build, and stay in the image');
		expect(finding?.related).toEqual([]);
	});
});
