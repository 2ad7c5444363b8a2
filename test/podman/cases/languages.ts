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
	{
		name: 'Go and C: programs without symbols, one of which panics with the names of its functions',
		context: {
			'main.go':
				'package main\n\nimport "os"\n\nfunc deep() { panic("deep") }\n\nfunc main() {\n\tprintln(version)\n\tif len(os.Args) > 1 {\n\t\tdeep()\n\t}\n}\n\nvar version string\n',
			'hello.c': '#include <stdio.h>\nint main(void) { return puts("hello") < 0; }\n',
		},
		text: lines(
			'FROM golang:1.22 AS build',
			'WORKDIR /src',
			'COPY main.go hello.c ./',
			'RUN GO111MODULE=off go build -ldflags "-X main.version=$(echo one)" -o /out/app main.go && GO111MODULE=off go build -o /out/plain main.go',
			'RUN gcc -g -o /out/hello hello.c',
			'FROM debian:12-slim',
			'COPY --from=build /out /opt/out',
			'CMD ["/opt/out/app"]',
		),
		safe: [],
		suggested: ['debug-symbols-kept'],
		shrinks: { safe: 0, suggested: 500_000 },
		allowed: { mayChange: [/^\/opt\/out\//] },
		check: '/opt/out/hello && /opt/out/app 2>&1 && /opt/out/plain x 2>&1 | grep -o -e "^main.deep" -e "main.go:5"',
		says: 'hello\none\nmain.deep\nmain.go:5\n',
	},
];
