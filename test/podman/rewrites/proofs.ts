import type { Proof } from './proof';

/**
 * The cases that are built for real. Not among them: rewrites of apk, zypper, dnf 5, microdnf and tdnf, whose programs and packages are not in Debian, so that no
 * image with them can be made where these tests have to run.
 */
export const proofs: readonly Proof[] = [
	{
		rewrite: 'installroot-to-scratch',
		name: 'slide-17',
		smaller: 0.5,
		start: { port: 80 },
		says: '<h1>Welcome to nginx!</h1>\n',
		packages: { manager: 'rpm', listed: ['nginx', 'glibc-minimal-langpack'] },
	},
	{
		rewrite: 'static-binary-to-scratch',
		name: 'go-web-server',
		smaller: 0.95,
		start: { port: 8080 },
		says: 'Hello, scratch\n',
		changed: { Env: { GOPATH: undefined } },
	},
];
