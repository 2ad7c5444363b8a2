import { describe, expect, it } from 'vitest';
import { buildToolsShipped as rule } from '../../server/src/rules/build-tools-shipped';
import { finds, silent } from '../support/rules';

describe('build-tools-shipped', () => {
	it.each([
		'FROM fedora:40\nRUN dnf -y install \\\n    nginx \\\n    «gcc-c++» \\\n    openssl-devel\nCMD ["x"]\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y «build-essential» curl\nCOPY . /src\nCMD ["x"]\n',
		'FROM alpine\nRUN apk add --no-cache «musl-dev»\nCMD x\n',
		'FROM quay.io/acme/base\nRUN yum -y install «gcc»\nCMD x\n',
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
		// A base of the buildpack-deps family has only some of it; its slim form has none.
		'FROM python:3.12\nRUN apt-get update && apt-get install -y gcc libpq-dev «libcairo2-dev»\nRUN pip install pycairo\nCMD ["python", "x.py"]\n',
		'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y «gcc» libpq-dev\nCMD ["python", "x.py"]\n',
		// Of a compiled language’s image the base is told, and what is added to it goes with it.
		'FROM «golang:1.23»\nRUN apt-get update && apt-get install -y gcc make libpq-dev\nCMD ["/x"]\n',
		'FROM «golang:1.23»\nCOPY x /go/bin/x\nENTRYPOINT ["/go/bin/x"]\n',
		// A script on the image of an interpreted language compiles nothing.
		'FROM «registry.access.redhat.com/ubi9/python-311»\nCOPY . .\nRUN pip install -r requirements.txt\nENTRYPOINT ["sh", "run.sh"]\n',
		// Helpers beside compilers; headers where something is compiled, or beside other tools that stay.
		'FROM debian:12\nRUN apt-get install -y «make» gcc\nCMD x\n',
		'FROM php:7-apache\nRUN apt-get install -y «libpng-dev» && docker-php-ext-install gd\nCMD ["apache2-foreground"]\n',
		'FROM debian:12\nRUN apt-get install -y «libpng-dev» gcc\nCMD x\n',
		'FROM debian:12\nRUN apt-get install -y python3-pip «libpq-dev»\nRUN pip install psycopg2\nCMD x\n',
		// A JDK is no header.
		'FROM almalinux:9\nRUN dnf -y install «java-17-openjdk-devel»\nCMD ["java", "-jar", "/x.jar"]\n',
		// g++ takes build-essential with it, not cmake.
		'FROM debian:12\nRUN apt-get install -y build-essential «cmake» && cmake . && apt-get purge -y g++\nCMD x\n',
		// What is told once is not told again.
		'FROM debian:12\nRUN apt-get install -y «gcc»\nRUN apt-get install -y gcc nginx\nCMD x\n',
		// Marked, and nothing takes away what is marked; or others are marked; or it is marked to stay.
		"FROM debian:12\nRUN apt-get install -y «gcc» && make && apt-mark auto '.*'\nCMD x\n",
		'FROM debian:12\nRUN apt-get install -y «gcc» cmake && make && apt-mark auto cmake && apt-get purge -y --auto-remove\nCMD x\n',
		"FROM debian:12\nRUN apt-get install -y «gcc» && apt-mark auto '.*' && apt-mark manual gcc && apt-get autoremove -y\nCMD x\n",
		'FROM debian:12\nRUN apt-get install -y «gcc» && make && apt-get autoremove -y\nCMD x\n',
		'FROM fedora:40\nRUN dnf -y install «gcc» && dnf history list\nCMD x\n',
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
		// Removed without a name.
		'FROM debian:12\nRUN set -eux; savedAptMark="$(apt-mark showmanual)"; apt-get update; apt-get install -y gcc; make; apt-mark auto \'.*\' > /dev/null; apt-mark manual $savedAptMark; apt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false\nCMD x\n',
		'FROM debian:12\nRUN apt-get install -y gcc && make && apt-mark auto gcc && apt-get -y autoremove\nCMD x\n',
		'FROM debian:12\nRUN apt-get install -y gcc && make && apt-mark auto $deps && apt-get -y autopurge\nCMD x\n',
		'FROM debian:12\nRUN apt-get install -y gcc && make && apt-mark showmanual | xargs apt-mark auto && apt-get -y autoremove --purge\nCMD x\n',
		'FROM debian:12\nRUN apt-get install -y gcc && make && cat list | xargs apt-get purge -y\nCMD x\n',
		'FROM centos:7\nRUN yum -y install gcc && make && yum -y history undo last\nCMD x\n',
		'FROM almalinux:9\nRUN dnf -y install gcc && make && dnf history -y undo last\nCMD x\n',
		'FROM almalinux:9\nRUN dnf -y install gcc && make && dnf -y mark remove gcc && dnf -y autoremove\nCMD x\n',
		'FROM almalinux:9\nRUN dnf -y install gcc && make && rpm -e --nodeps gcc\nCMD x\n',
		'FROM alpine\nRUN BUILD=.build && apk add --no-cache --virtual $BUILD gcc && make && apk del $BUILD\nCMD x\n',
		'FROM alpine\nRUN apk add --no-cache --virtual .build-$X gcc && make && apk del .build-$X\nCMD x\n',
		// The base has all of it.
		'FROM python:3.12\nRUN apt-get update && apt-get install -y build-essential libpq-dev libssl-dev\nCMD ["python", "x.py"]\n',
		'FROM perl:5.20\nRUN apt-get update && apt-get install -y zlib1g-dev make\nCMD ["perl", "x.pl"]\n',
		// Somebody works or builds in it, or builds on it.
		'FROM debian:12\nRUN apt-get install -y gcc\nCOPY . /src\nRUN make -C /src\n',
		'FROM ubuntu:22.04\nRUN apt-get install -y gcc\nCOPY run.sh /\nENTRYPOINT ["/run.sh"]\nCMD ["bash"]\n',
		'FROM oraclelinux:9\nRUN dnf -y install gcc\nCOPY e.sh /\nENTRYPOINT ["/e.sh"]\nCMD ["interactive-shell"]\n',
		'FROM oraclelinux:9\nLABEL org.opencontainers.image.title="Netdata Package Builder for Oracle Linux"\nRUN dnf -y install gcc\nCMD ["/x"]\n',
		'FROM oraclelinux:9\nRUN dnf -y install gcc\nCOPY x /build.sh\nCMD ["/build.sh"]\n',
		'FROM oraclelinux:9\nRUN dnf -y install gcc\nENTRYPOINT ["bash", "/usr/local/bin/build-rpm.sh"]\n',
		'FROM debian:12 AS builder\nRUN apt-get install -y gcc\nCMD ["/x"]\n',
		'# The image for development of acme.\nFROM debian:12\nRUN apt-get install -y gcc\nCMD ["/x"]\n',
		// Made to build on.
		'FROM rhel6\nRUN yum -y install java-1.7.0-openjdk-devel\nENV STI_SCRIPTS_URL https://example.com/bin\nCMD ["/run"]\n',
		'FROM ubi9\nLABEL io.s2i.scripts-url=image:///usr/local/s2i\nRUN dnf -y install gcc\nCMD ["/run"]\n',
		'FROM ubi9/s2i-base\nLABEL io.openshift.s2i.scripts-url=image:///usr/libexec/s2i\nRUN P="gcc make" && dnf -y install $P\nCMD x\n',
		'FROM debian:12-slim\nENV PHPIZE_DEPS gcc make\nRUN apt-get install -y $PHPIZE_DEPS\nCMD x\n',
		// What is started compiles.
		'FROM golang:1.23\nCOPY . /src\nRUN go build -o /x\nCMD ["go", "run", "."]\n',
		'FROM maven:3-eclipse-temurin-21\nCOPY . /src\nCMD ["mvn", "spring-boot:run"]\n',
		'FROM eclipse-temurin:21-jdk\nCOPY X.java /\nRUN javac /X.java\nCMD ["sh", "-c", "javac X.java && java X"]\n',
		'FROM rust:1.80\nCOPY . .\nCMD ["sh", "-c", "cargo run"]\n',
		"FROM debian:12\nRUN apt-get install -y make gcc\nCMD bash -c 'make >/dev/stderr && tar cf - *.png'\n",
		'FROM fedora\nRUN dnf -y install java-devel maven\nCMD ["mvn"]\n',
		'FROM eclipse-temurin:17-jdk\nRUN apt-get update && apt-get install -y gcc make\nCMD ["gradle"]\n',
		'FROM oraclelinux:7-slim\nRUN yum -y install golang\nCMD ["/bin/go", "version"]\n',
		'FROM ubuntu:14.04\nRUN apt-get install -y build-essential\nENTRYPOINT ["cargo"]\nCMD ["--help"]\n',
		'FROM node:22-alpine\nRUN apk add --no-cache g++ make\nCMD ["npm", "run", "dev"]\n',
		'FROM ubuntu:16.04\nRUN apt-get install -y gcc\nENTRYPOINT ["go", "run", "linux/mkall.go"]\n',
		'FROM debian:12\nRUN apt-get install -y gcc\nENTRYPOINT ["jenkins-slave"]\n',
		'FROM debian:12\nRUN apt-get install -y gcc\nCOPY install.sh /\nENTRYPOINT ["/install.sh"]\n',
		'FROM ubuntu:18.04\nRUN apt-get install -y gcc\nCMD arrow/ci/docker_build_cpp.sh && arrow/ci/test.sh\n',
		'FROM golang:1.22\nCOPY runner /runner\nENTRYPOINT ["/bin/bash", "/runner"]\n',
		// On the image of a compiled language a script may compile.
		'FROM golang:1.7.5-alpine\nRUN apk add -U git bash curl gcc musl-dev make\nENTRYPOINT ["man/generate.sh"]\n',
		'FROM golang\nCOPY run.sh /\nENTRYPOINT ../run.sh\n',
		// Whoever copies out of another stage knows how to leave it behind.
		'FROM mcr.microsoft.com/dotnet/sdk:9.0 AS b\nRUN dotnet publish -o /out\nFROM mcr.microsoft.com/dotnet/sdk:9.0\nCOPY --from=b /out /out\nENTRYPOINT ["/out/x"]\n',
		// It hands out what was built.
		'FROM rust:1.30.0-stretch\nRUN apt-get install -y libcap-dev\nRUN cargo build\nENTRYPOINT ["tar", "cf", "-", "crosvm"]\n',
		'FROM python:3.12-slim\nRUN apt-get install -y gcc && pip install homeassistant\nENTRYPOINT ["hass", "--config", "/etc/hass"]\n',
		'FROM debian:12\nRUN apt-get install -y openjdk-17-jdk\nCMD ["java", "-jar", "/usr/share/jenkins/jenkins.war"]\n',
		// Apps are built in the container.
		'FROM ubuntu:16.04\nENV ANDROID_HOME /opt/android\nRUN apt-get install -y build-essential openjdk-8-jdk\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n',
		'FROM oraclelinux:8\nRUN dnf -y install make gcc\nRUN $ORACLE_HOME/OPatch/opatch apply -silent /u01/1\nCMD ["/u01/provision.sh"]\n',
		'FROM debian:12\nRUN apt-get install -y docker-ce build-essential\nENTRYPOINT ["wrapper.sh"]\nVOLUME ["/var/lib/docker"]\n',
		// Marked packages go, these were meant to stay; without a compiler nothing was compiled.
		'FROM alpine\nRUN apk add --no-cache gcc make musl-dev && apk add --no-cache --virtual .d curl && curl -O x && apk del .d\nENTRYPOINT ["/usr/src/unixbench/Run"]\n',
		'FROM node:22-alpine\nRUN apk add --no-cache freetype-dev nss\nRUN yarn add puppeteer\nCMD ["node", "x.js"]\n',
		// A module for the kernel that happens to run.
		'# docker run -v /lib/modules:/lib/modules acme\nFROM debian:12\nRUN apt-get install -y gcc\nCOPY e.sh /\nENTRYPOINT ["/e.sh"]\n',
		// Nothing is started; a shell of Java.
		'FROM docker:dind\nRUN apk add make gcc\nENTRYPOINT []\nCMD []\n',
		'FROM ubuntu:22.04\nRUN apt-get install -y gcc\nCMD ["jshell"]\n',
		// Helpers that other programs call, too.
		'FROM ubuntu:22.04\nRUN apt-get install -y binutils openjdk-17-jre\nCMD ["java", "-jar", "/x.jar"]\n',
		'FROM alpine\nRUN apk add --no-cache make\nCMD ["crond", "-f"]\n',
		// Headers come along with the library that is wanted.
		'FROM ubuntu:22.04\nRUN apt-get install -y libexif-dev chromium\nCMD ["chromium"]\n',
		'FROM acme/php\nRUN apt-get install -y libaio-dev\nRUN pecl install oci8\nCMD ["x"]\n',
		'FROM oraclelinux:9\nRUN dnf -y install oracle-instantclient-devel oracle-instantclient-sqlplus\nCMD ["sqlplus", "-v"]\n',
		// The tools are gone again: what stayed was meant to.
		'FROM alpine:3.5\nRUN apk add --no-cache bash libressl-dev && apk add --no-cache --virtual .b gcc make && make && apk del .b\nCMD x\n',
		'FROM debian:12\nRUN apt-get install -y build-essential && make && apt-get purge -y g++ make\nCMD x\n',
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

	it('names each once', () => {
		const [finding] = finds(rule, 'FROM debian:12\nRUN apt-get install -y «libsass-dev» sassc libsass-dev sassc libsass-dev && gem install sassc\nCMD x\n');
		expect(finding?.message).toBe('libsass-dev is only needed to build, and stays in the image');
		expect(finding?.related).toEqual([]);
	});

	it('names what a variable holds', () => {
		const [finding] = finds(rule, 'FROM debian:12\nENV DEPS="gcc make cmake"\nRUN apt-get install -y «$DEPS»\nCMD x\n');
		expect(finding?.message).toBe('gcc, make, cmake are only needed to build, and stay in the image');
		expect(finding?.related).toEqual([]);
	});
});

it('build-tools-shipped leaves headers alone that stay where other tools go: they bring a library', () => {
	const [finding] = finds(rule, 'FROM alpine:3.20\nRUN apk add avahi-dev «libtool» build-base && make && apk del build-base\nCMD ["/usr/local/bin/x"]\n');
	expect(finding?.message).toBe('libtool is only needed to build, and stays in the image');
});
