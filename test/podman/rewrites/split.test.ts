import { prove } from './prove';

prove('stages that build apart from stages that ship', [
	{ rewrite: 'split-build-stage', name: 'node-dependencies', smaller: 0.4, start: { port: 8080 }, application: 'server.js', says: 'Hello, world!' },
	{ rewrite: 'split-build-stage', name: 'node-built-and-pruned', smaller: 0.4, start: {}, says: 'built by a tool that does not ship\n' },
	{ rewrite: 'split-build-stage', name: 'python-requirements', smaller: 0.4, start: {}, says: 'Hello, world\n' },
	{
		rewrite: 'split-build-stage',
		name: 'c-with-sqlite',
		smaller: 0.6,
		start: {},
		says: 'kept in a table, 33580416\n',
		packages: { manager: 'dpkg', listed: ['libsqlite3-0', 'zlib1g'] },
	},
	{ rewrite: 'split-build-stage', name: 'go-with-cgo', smaller: 0.6, start: {}, says: 'SQLite 3 from Go\n', packages: { manager: 'dpkg', listed: ['libsqlite3-0'] } },
	{
		rewrite: 'split-build-stage',
		name: 'cpp-installs-library',
		smaller: 0.6,
		start: {},
		says: 'Read from its own folder: 1802242257\n',
		packages: { manager: 'dpkg', listed: ['zlib1g', 'libgomp1'] },
	},
]);
