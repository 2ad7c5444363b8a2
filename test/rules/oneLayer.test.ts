import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/lint/lint';
import { type Context, loneFile } from '../../server/src/model/context/context';

const stage: Context = { ...loneFile, oneLayer: 'stage' };
const image: Context = { ...loneFile, oneLayer: 'image' };
const about = new Set([
	'cleaned-too-late',
	'package-cache-kept',
	'consecutive-runs',
	'build-tools-shipped',
	'weak-dependencies-installed',
	'distribution-upgraded',
	'debug-tools-shipped',
	'version-control-shipped',
	'layer-count',
	'copied-then-changed',
	'package-file-copied',
	'download-kept',
]);

/** Which of the rules about layers speak where each instruction makes a layer, where each stage does, and where the image does. */
function told(text: string): readonly (readonly string[])[] {
	return [loneFile, stage, image].map((context) => [
		...new Set(
			lint(text, context)
				.findings.map(({ rule }) => rule)
				.filter((rule) => about.has(rule)),
		),
	]);
}

describe('where one layer is made', () => {
	it.each([
		[
			'a cache that is cleaned later',
			'FROM fedora:40\nRUN dnf -y --setopt=install_weak_deps=False install nginx\nENV A=1\nRUN dnf clean all\n',
			['package-cache-kept', 'cleaned-too-late'],
			[],
			[],
		],
		[
			'one that a later RUN fills again and cleans',
			'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends nginx\nENV A=1\nRUN apt-get update && apt-get install -y --no-install-recommends tar && rm -rf /var/lib/apt/lists/*\n',
			['package-cache-kept'],
			[],
			[],
		],
		['one that stays', 'FROM fedora:40\nRUN dnf -y --setopt=install_weak_deps=False install nginx\n', ['package-cache-kept'], ['package-cache-kept'], ['package-cache-kept']],
		[
			'one that is cleaned in another stage',
			'FROM fedora:40 AS a\nRUN dnf -y --setopt=install_weak_deps=False install nginx\nFROM a\nRUN dnf clean all\n',
			['package-cache-kept', 'cleaned-too-late'],
			['package-cache-kept', 'cleaned-too-late'],
			[],
		],
		['a file of a COPY', 'FROM debian:12\nCOPY a.tar /a.tar\nRUN tar xf /a.tar && rm /a.tar\n', ['cleaned-too-late'], [], []],
		['another owner for what a COPY brought', 'FROM debian:12\nCOPY . /app\nRUN chown -R 1 /app\n', ['copied-then-changed'], [], []],
		['another owner for what a stage below has', 'FROM debian:12 AS a\nCOPY . /app\nFROM a\nRUN chown -R 1 /app\n', ['copied-then-changed'], ['copied-then-changed'], []],
		['a package file that stays', 'FROM debian:12\nCOPY a.deb /\nRUN dpkg -i /a.deb\n', ['package-file-copied'], ['package-file-copied'], ['package-file-copied']],
		['one that goes', 'FROM fedora:40\nCOPY *.rpm /tmp/\nRUN rpm -i /tmp/*.rpm && rm /tmp/*.rpm\n', ['package-file-copied'], [], []],
		['an archive that stays', 'FROM debian:12\nRUN curl -O https://e.com/a.tgz && tar -xf a.tgz\n', ['download-kept'], ['download-kept'], ['download-kept']],
		['what the base has', 'FROM debian:12\nRUN rm -rf /usr/share/locale/*\n', ['cleaned-too-late'], ['cleaned-too-late'], []],
		['very many layers', `FROM debian:12\n${'COPY a /\n'.repeat(41)}`, ['layer-count'], [], []],
		['RUNs in a row', 'FROM debian:12\nRUN gen > /a.bin\nRUN chmod 600 /a.bin\n', ['consecutive-runs'], [], []],
		[
			'a compiler that goes later',
			'FROM alpine:3.20\nRUN apk add --no-cache gcc\nCOPY a.c /\nRUN gcc -o /a /a.c\nRUN apk del gcc\nCMD ["/a"]\n',
			['build-tools-shipped', 'cleaned-too-late'],
			[],
			[],
		],
		[
			'recommended packages that go later',
			'FROM debian:12\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\nCOPY a /\nRUN apt-get purge -y --auto-remove git\n',
			['weak-dependencies-installed', 'cleaned-too-late'],
			[],
			[],
		],
		['an upgrade of the base', 'FROM almalinux:9\nRUN dnf -y upgrade && dnf clean all\n', ['distribution-upgraded'], ['distribution-upgraded'], []],
		['an editor that goes later by a pattern', 'FROM alpine:3.20\nRUN apk add --no-cache nginx nano\nCOPY a /\nRUN apk del nan*\nCMD ["nginx"]\n', ['debug-tools-shipped'], [], []],
		[
			'a history that stays',
			'FROM debian:12\nRUN git clone https://github.com/acme/tool /opt/tool\nCMD ["/opt/tool/run"]\n',
			['version-control-shipped'],
			['version-control-shipped'],
			['version-control-shipped'],
		],
	] as const)('%s', (_what, text, each, perStage, one) => {
		const sorted = (rules: readonly string[]) => [...rules].sort();
		expect(told(text).map(sorted)).toEqual([each, perStage, one].map(sorted));
	});
});
