import { lines, type RepairCase } from './repairCase';

/** Repairs of pip's and npm's installations, from a package server on this machine. */
export const languageCases: readonly RepairCase[] = [
	{
		name: 'pip: no download cache, and a later step that imports the package',
		text: lines('FROM python:3.11', 'RUN pip install --no-build-isolation {server}/greeter-1.0.tar.gz', 'RUN python3 -c "import greeter; print(greeter.words)" > /later'),
		safe: ['package-cache-kept'],
		suggested: ['package-cache-kept'],
		shrinks: { safe: 1_000_000 },
		// The time of the source is in it.
		allowed: { mayChange: [/\/__pycache__\//] },
		check: 'cat /later',
		says: 'good morning\n',
	},
	{
		name: 'npm: a cleaned download cache, and a later RUN that installs and requires',
		context: { 'app.js': "console.log(require('greeter'))\n" },
		text: lines(
			'FROM node:20',
			'RUN useradd -m app',
			'WORKDIR /home/app',
			'USER app',
			'RUN npm install --no-audit --no-fund {server}/greeter-1.0.0.tgz',
			'COPY app.js .',
			'RUN node app.js > later && npm ls | grep -c greeter',
		),
		safe: ['package-cache-kept'],
		suggested: ['package-cache-kept'],
		shrinks: { safe: 1_000_000 },
		check: 'cat later && node app.js',
		says: 'good morning\ngood morning\n',
	},
];
