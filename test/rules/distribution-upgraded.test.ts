import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/lint/lint';
import { loneFile } from '../../server/src/model/context/context';
import { distributionUpgraded as rule } from '../../server/src/rules/distribution-upgraded';
import { checkLaws } from '../support/laws';
import { finds, silent } from '../support/rules';

describe('distribution-upgraded', () => {
	it.each([
		'FROM almalinux:9\nRUN «dnf -y upgrade» && dnf -y install nginx && dnf clean all\n',
		'FROM amazonlinux:2\nRUN «yum update» -y; yum clean all\n',
		'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6\nRUN «microdnf update» -y && microdnf clean all\n',
		'FROM debian:12\nRUN apt-get update && «apt-get upgrade» -y && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*\n',
		'FROM debian:12\nRUN apt-get update && «apt-get -o Dpkg::Options::="--force-confold" -y dist-upgrade»\n',
		'FROM ubuntu:24.04\nRUN apt update && «apt full-upgrade» -y\n',
		'FROM alpine:3.22\nRUN «apk upgrade» --no-cache\n',
		'FROM alpine:3.22\nRUN «apk --no-cache upgrade»\n',
		'FROM opensuse/leap:15.6\nRUN «zypper --non-interactive up»\n',
		'FROM opensuse/leap:15.6\nRUN «zypper -n dup»\n',
		'FROM almalinux:9\nRUN «dnf -y distro-sync»\n',
		'FROM quay.io/almalinuxorg/almalinux:9\nRUN sudo «dnf update» -y\n',
		// Once for each file: the second replaces next to nothing.
		'FROM debian:12\nRUN apt-get update && «apt-get upgrade» -y\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM debian:12\nRUN apt-get update && «apt-get upgrade» -y && apt-get dist-upgrade -y\n',
		// The stage is the base of the last one.
		'FROM debian:12 AS base\nRUN apt-get update && «apt-get upgrade» -y\nFROM base\nCMD ["x"]\n',
		'FROM debian:12\nRUN <<EOF\napt-get update\n«apt-get upgrade» -y\nEOF\n',
		// A supported release, however it is named.
		'FROM ubuntu:noble\nRUN «apt-get upgrade» -y\n',
		'FROM registry.access.redhat.com/ubi8/ubi-minimal:8.5\nRUN «microdnf update» -y\n',
		'FROM quay.io/centos/centos:stream9\nRUN «dnf -y update»\n',
		'FROM python:3.12-slim\nRUN «apt-get upgrade» -y\n',
		'FROM registry.fedoraproject.org/fedora:44\nRUN «dnf -y update»\n',
		// Another mirror has the same packages; what comes later has not been there.
		"FROM ubuntu:24.04\nRUN sed -i 's/archive.ubuntu.com/mirrors.acme.com/' /etc/apt/sources.list && apt-get update && «apt-get upgrade» -y\n",
		"FROM debian:12\nRUN sed -i '/bookworm-backports/d' /etc/apt/sources.list && apt-get update && «apt-get upgrade» -y\n",
		'FROM ubuntu:24.04\nRUN apt-get update && «apt-get upgrade» -y && add-apt-repository -y ppa:acme/nginx\n',
		'FROM debian:12\nRUN cat /etc/apt/sources.list && apt-get update && «apt-get upgrade» -y\n',
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text)).toEqual([]);
	});

	it.each([
		// Only what is named, or only what closes a hole.
		'FROM almalinux:9\nRUN dnf -y upgrade nginx\n',
		'FROM almalinux:9\nRUN dnf -y update $PACKAGES\n',
		'FROM almalinux:9\nRUN dnf -y upgrade --security\n',
		'FROM almalinux:9\nRUN dnf -y upgrade --advisory=FEDORA-2024-1\n',
		'FROM almalinux:9\nRUN dnf -y upgrade-minimal\n',
		'FROM alpine:3.22\nRUN apk upgrade --no-cache libcrypto3 libssl3\n',
		'FROM alpine:3.22\nRUN apk add --upgrade nginx\n',
		'FROM debian:12\nRUN apt-get install --only-upgrade -y openssl\n',
		// From somewhere that a newer base does not have.
		'FROM debian:12\nRUN apt-get update && apt-get -t bookworm-backports upgrade -y\n',
		'FROM almalinux:9\nRUN dnf -y --enablerepo=updates-testing upgrade\n',
		'FROM opensuse/leap:15.6\nRUN zypper -n dup --from packman\n',
		'FROM almalinux:9\nRUN dnf -y --releasever=41 distro-sync\n',
		// Where the base changes every day, what is installed on top needs the packages of the day.
		'FROM alpine:edge\nRUN apk upgrade --no-cache && apk add --no-cache nginx\n',
		'FROM debian:sid-slim\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM archlinux\nRUN pacman -Syu --noconfirm\n',
		'FROM ubuntu:24.04\nRUN add-apt-repository -y cloud-archive:caracal && apt-get update && apt-get -y dist-upgrade\n',
		"FROM debian:12\nRUN sed -i 's/bookworm/trixie/' /etc/apt/sources.list && apt-get update && apt-get -y dist-upgrade\n",
		"FROM alpine:3.22\nRUN bash -c 'echo https://dl-cdn.alpinelinux.org/alpine/edge/main >> /etc/apk/repositories' && apk upgrade\n",
		'FROM alpine:3.22\nRUN echo https://acme.com/edge | tee -a /etc/apk/repositories\nRUN apk upgrade --no-cache\n',
		'FROM almalinux:9 AS base\nCOPY acme.repo /etc/yum.repos.d/\nFROM base\nRUN dnf -y upgrade\n',
		'FROM opensuse/leap:15.6\nRUN zypper -n ar https://acme.com/repo acme && zypper -n dup\n',
		// Nothing is replaced.
		'FROM debian:12\nRUN apt-get -s upgrade\n',
		'FROM almalinux:9\nRUN dnf -y upgrade --downloadonly\n',
		'FROM debian:12\nRUN apt-get update && apt-get install -y nginx\n',
		'FROM almalinux:9\nRUN dnf check-update || true\n',
		'FROM python:3.12\nRUN pip install --upgrade pip\n',
		// Another root, another stage, a stage without a base.
		'FROM almalinux:9\nRUN dnf -y --installroot /output upgrade\n',
		'FROM debian:12 AS build\nRUN apt-get update && apt-get upgrade -y\nFROM debian:12\nCOPY --from=build /x /x\n',
		'FROM scratch\nADD root.tar /\nRUN apt-get update && apt-get upgrade -y\n',
		// Only if somebody wants it, or not in this build.
		'FROM debian:12\nARG UPGRADE\nRUN if [ -n "$UPGRADE" ]; then apt-get update && apt-get upgrade -y; fi\n',
		'FROM debian:12\nONBUILD RUN apt-get update && apt-get upgrade -y\n',
		'FROM debian:12\nRUN echo "apt-get upgrade -y"\n',
		// Out of support: no newer one of that name has the updates.
		'FROM ubuntu:18.04\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM ubuntu:20.04\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM ubuntu:xenial-20170915\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM ubuntu:22.10\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM debian:10-slim\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM debian:8.11\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM fedora:38\nRUN dnf -y upgrade\n',
		// Its updates come seldom.
		'FROM fedora\nRUN dnf -y update\n',
		// It has every update.
		'FROM registry.access.redhat.com/ubi9/ubi-minimal\nRUN microdnf update -y && microdnf clean all\n',
		'FROM registry.access.redhat.com/ubi8/ubi:latest\nRUN dnf -y update\n',
		'FROM centos\nRUN yum -y update\n',
		'FROM centos:centos6\nRUN yum -y update; yum clean all\n',
		'FROM centos:7.5.1804\nRUN yum -y update; yum clean all\n',
		'FROM registry.centos.org/centos:latest\nRUN yum -y update\n',
		'FROM quay.io/centos/centos:stream8\nRUN dnf -y update\n',
		'FROM registry.access.redhat.com/ubi7\nRUN yum -y update\n',
		'FROM alpine:3.8\nRUN apk upgrade --no-cache\n',
		'FROM php:7.4-apache-bullseye\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM python:2.7\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM python:3.5-slim\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM openjdk:8-jdk-alpine\nRUN apk upgrade --no-cache\n',
		// The next patch takes its place; nobody is known to rebuild it; its name is not known.
		'FROM quay.io/acme/base\nRUN sudo dnf update -y\n',
		'FROM node:22.3.0\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM osixia/web-baseimage:1.1.1\nRUN apt-get update && apt-get dist-upgrade -y\n',
		'FROM acme/base@sha256:04d48df82c938587820d7b6006f5071dbbffceb7ca01d2814f81857c631d44df\nRUN dnf -y upgrade\n',
		'ARG BASE\nFROM $BASE\nRUN dnf -y upgrade\n',
		// What is installed once more has to be that of the repositories; who builds packages needs those of the day.
		'FROM quay.io/centos/centos:stream10\nRUN dnf -y upgrade && dnf -y reinstall bash\n',
		'FROM quay.io/rockylinux/rockylinux:10\nRUN dnf -y distro-sync\nCOPY build.sh /\nCMD ["/build.sh"]\n',
		// Somebody weighed it.
		'FROM debian:12\n# Security updates: the base is rebuilt too seldom.\nRUN apt-get update && apt-get upgrade -y\n',
		'FROM debian:12\nRUN apt-get update \\\n    # CVE-2024-3094\n    && apt-get upgrade -y\n',
		// Options that are not known.
		'FROM almalinux:9\nRUN dnf -y "$OPTIONS" upgrade\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it('is silent where the old files are gone', () => {
		silent(rule, 'FROM almalinux:9\nRUN dnf -y upgrade\n', { ...loneFile, oneLayer: 'image' });
		finds(rule, 'FROM almalinux:9\nRUN «dnf -y upgrade»\n', { ...loneFile, oneLayer: 'stage' });
	});

	it('names the base', () => {
		const [finding] = finds(rule, 'FROM docker.io/library/debian:12\nRUN «apt-get upgrade» -y\n');
		expect(finding?.message).toBe(
			'what this replaces ships twice, since the old files stay in the layers of docker.io/library/debian:12; a base that is rebuilt often has the updates without them',
		);
	});

	it.each(['DL3005', 'DL3017', 'DL3031', 'DL3035', 'DL3039'])('respects an ignore comment for %s', (id) => {
		const { findings } = lint(`FROM debian:12\n# hadolint ignore=${id}\nRUN apt-get update && apt-get dist-upgrade -y\n`);
		expect(findings.map((finding) => finding.rule)).not.toContain(rule.id);
	});
});
