import { prove } from './prove';

prove('stages that build apart from stages that ship', [
	{ rewrite: 'split-build-stage', name: 'node-dependencies', smaller: 0.4, start: { port: 8080 }, says: 'Hello, world!' },
	{ rewrite: 'split-build-stage', name: 'node-built-and-pruned', smaller: 0.4, start: {}, says: 'built by a tool that does not ship\n' },
	{ rewrite: 'split-build-stage', name: 'python-requirements', smaller: 0.4, start: {}, says: 'Hello, world\n' },
]);
