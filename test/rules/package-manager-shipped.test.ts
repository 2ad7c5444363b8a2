import { describe, expect, it } from 'vitest';
import { packageManagerShipped as rule } from '../../server/src/rules/package-manager-shipped';
import { finds, silent } from '../support/rules';

describe('package-manager-shipped', () => {
	it.each([
		'FROM «fedora:33»\nRUN dnf -y install nginx && dnf clean all\nCOPY nginx.conf /etc/nginx/\nUSER nginx\nCMD ["nginx"]\n',
		'FROM «debian:12» AS base\nRUN apt-get update && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*\nFROM base\nCMD ["nginx"]\n',
		'FROM «fedora:33»\nRUN dnf -y install restic\nENTRYPOINT ["restic"]\nCMD ["version"]\n',
		'FROM «fedora:33»\nRUN dnf -y install nginx\nCMD ["nginx", "-g"]\n',
	])('finds %j', (text) => {
		expect(finds(rule, text)[0]?.rewrites?.length).toBe(1);
	});

	it.each([
		'FROM fedora:33\nRUN dnf -y install gcc && make\n',
		'FROM fedora:33\nRUN dnf -y install nginx\nRUN ["x"]\n',
		'FROM fedora:33\nRUN dnf -y install python3-pip && pip install x\n',
		'FROM fedora:33\nCOPY x /x\n',
		'FROM fedora:33\nRUN dnf -y install nginx\nCMD ["/bin/bash"]\n',
		'FROM fedora:33\nRUN dnf -y install nginx\nENTRYPOINT bash\n',
		'FROM fedora:33\nRUN dnf -y install $(cat list) && "$SETUP"\n',
		'FROM fedora:33\nRUN dnf -y install nginx\nONBUILD COPY . /\n',
		// Nothing is started, or a script that may need anything.
		'FROM fedora:33\nRUN dnf -y install nginx\nCOPY nginx.conf /etc/nginx/\n',
		'FROM fedora:33\nRUN dnf -y install nginx\nCOPY watchdog.sh /opt/\nENTRYPOINT ["/opt/watchdog.sh"]\n',
		'FROM fedora:33\nRUN dnf -y install nginx\nADD usr /usr\nENTRYPOINT ["/usr/bin/container-entrypoint"]\nCMD ["nginx"]\n',
		'FROM fedora:33\nRUN dnf -y install nginx\nADD start /start\nCMD ["/start"]\n',
		'FROM fedora:33\nRUN dnf -y install nginx tini\nADD start.sh /\nENTRYPOINT ["tini", "--", "/start.sh"]\n',
		// Who starts a program only to say its version hands it out for others to build on.
		'FROM fedora:33\nRUN dnf -y install php-cli\nCMD ["/bin/php", "-v"]\n',
		'FROM fedora:33\nRUN dnf -y install go-toolset\nCMD ["/bin/go", "version"]\n',
		// For building.
		'FROM fedora:33\nRUN dnf -y install gcc gcc-c++ make\nCMD ["gcc", "--version"]\n',
		'FROM fedora:33\nLABEL description="RPM builder"\nRUN dnf -y install nginx\nCMD ["x"]\n',
		'FROM quay.io/acme/base\nRUN dnf -y install nginx\n',
		'FROM fedora:33 AS b\nRUN dnf -y install nginx\nFROM scratch\nCOPY --from=b /x /x\n',
		'FROM node:22\nRUN apt-get update && apt-get install -y curl\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});
});
