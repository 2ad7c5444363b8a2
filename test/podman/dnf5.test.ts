import { dnf5Cases } from './cases/dnf5';
import { repair } from './repairs/repair';
import { prove } from './rewrites/prove';
import { addFedoraWithDnf5 } from './support/dnf5';

prove(
	'roots made by dnf 5',
	[
		{
			rewrite: 'installroot-to-scratch',
			name: 'real-nginx-on-fedora-42',
			smaller: 0.7,
			start: { port: 80 },
			says: '<p>served by what dnf 5 installed</p>\n',
			packages: { manager: 'rpm', listed: ['nginx', 'greeter', 'glibc-minimal-langpack', 'fedora-release'] },
			without: ['usr/share/greeter-extras', 'usr/share/doc/greeter', 'var/cache/libdnf5', 'var/log/dnf5.log', 'usr/lib/sysimage/libdnf5'],
		},
	],
	addFedoraWithDnf5,
);

repair("dnf 5's installations", dnf5Cases, addFedoraWithDnf5);
