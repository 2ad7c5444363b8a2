import { prove } from './rewrites/prove';
import { addLeapWithZypper } from './support/zypper';

prove(
	'roots made by zypper',
	[
		{
			rewrite: 'installroot-to-scratch',
			name: 'real-zypper',
			smaller: 0.5,
			start: {},
			says: 'GOOD MORNING, world, from app on opensuse-leap\napp\n',
			packages: { manager: 'rpm', listed: ['greeter', 'shadow', 'bash', 'coreutils', 'openSUSE-release'] },
			without: ['usr/bin/zypper', 'usr/share/greeter-extras', 'usr/share/doc/greeter', 'var/cache/zypp', 'var/lib/zypp', 'var/log/zypp', 'run/zypp.pid'],
		},
		{
			rewrite: 'installroot-to-scratch',
			name: 'zypper-of-leap',
			smaller: 0.5,
			start: { port: 80 },
			says: '<p>served by what zypper installed</p>\n',
			packages: { manager: 'rpm', listed: ['nginx', 'ca-certificates-mozilla', 'openSUSE-release'] },
		},
		{
			rewrite: 'installroot-to-scratch',
			name: 'real-python-by-zypper',
			smaller: 0.3,
			start: {},
			says: 'Hello, good morning app True\n',
			packages: { manager: 'rpm', listed: ['python3', 'shadow', 'openSUSE-release'] },
			without: ['usr/bin/pip', 'usr/bin/pip3', 'usr/bin/zypper'],
		},
	],
	addLeapWithZypper,
);
