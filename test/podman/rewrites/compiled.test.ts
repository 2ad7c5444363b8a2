import { addStaticBase } from '../support/staticBase';
import { prove } from './prove';

prove(
	'programs that are compiled',
	[
		{
			rewrite: 'static-binary-to-scratch',
			name: 'real-go',
			smaller: 0.95,
			start: {},
			says: 'good morning scratch 1001 true\n',
			changed: { Env: { GOPATH: undefined } },
		},
		{ rewrite: 'static-binary-to-scratch', name: 'real-c', smaller: 0.95, start: {}, says: '2 words, the last is two, user 1001\n' },
		{ rewrite: 'static-binary-to-scratch', name: 'real-c', smaller: 0.95, start: {}, says: '2 words, the last is two, user 1001\n', platform: 'linux/arm64' },
		{
			rewrite: 'static-binary-to-scratch',
			name: 'real-go-on-final-base',
			smaller: 0.95,
			start: {},
			says: 'root is known, certificates too: true\n',
			without: ['bin', 'usr/bin', 'go'],
			changed: { Env: { GOPATH: undefined, SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt' } },
		},
		{
			rewrite: 'jlink-runtime',
			name: 'real-jar-on-jdk',
			smaller: 0.5,
			start: {},
			says: 'hello world, INFO Default app\n',
			changed: { Env: { LANG: 'C.UTF-8', LANGUAGE: undefined, LC_ALL: 'C.UTF-8' } },
		},
		{ rewrite: 'portable-platform-stages', name: 'stage-per-platform', platform: 'linux/amd64', before: 'does not build', smaller: 0, start: {}, says: 'amd64\n' },
	],
	addStaticBase,
);
