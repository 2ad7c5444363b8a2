import { lines, type RepairCase } from './repairCase';

/** What the scripts of fontconfig and of a font make, both recommended: they are in no package's list. */
const fonts = /^\/(?:etc\/fonts\/conf\.d|usr\/local\/share\/fonts)(?:\/|$)/;

/** Repairs of apt's installations. */
export const aptCases: readonly RepairCase[] = [
	{
		name: 'apt: removed package lists, and a later RUN that fetches its own',
		text: lines(
			'FROM debian:12',
			'RUN apt-get update && apt-get install -y --no-install-recommends hello',
			'ENV WHO=world',
			'RUN apt-get update && apt-get install -y --no-install-recommends tree',
		),
		safe: ['package-cache-kept'],
		suggested: ['package-cache-kept'],
		shrinks: { safe: 8_000_000 },
		check: 'hello && tree --version | cut -c1-4 && echo $WHO',
		says: 'Hello, world!\ntree\nworld\n',
	},
	{
		name: 'apt: package lists that a later RUN installs from stay, until the two are one',
		text: lines('FROM debian:12', 'RUN apt-get update', 'RUN apt-get install -y --no-install-recommends hello'),
		safe: [],
		suggested: ['consecutive-runs', 'package-cache-kept'],
		shrinks: { suggested: 8_000_000 },
		check: 'hello',
		says: 'Hello, world!\n',
	},
	{
		name: 'apt: package lists that a stage built on this one installs from stay',
		text: lines('FROM debian:12 AS lists', 'RUN apt-get update', 'FROM lists', 'RUN apt-get install -y --no-install-recommends hello'),
		safe: [],
		suggested: [],
		check: 'hello',
		says: 'Hello, world!\n',
	},
	{
		name: 'apt: without recommended packages, later steps read the certificates that curl is used with and compile a C program',
		text: lines(
			'FROM debian:12',
			'RUN apt-get update && apt-get install -y curl gcc g++ && rm -rf /var/lib/apt/lists/*',
			'WORKDIR /data',
			'RUN curl -sS file:///etc/ssl/certs/ca-certificates.crt | grep -c BEGIN.CERTIFICATE > count',
			'COPY hi.c .',
			'RUN gcc -o hi hi.c',
		),
		context: { 'hi.c': '#include <stdio.h>\nint main(void) { return puts("hi") < 0; }\n' },
		safe: [],
		suggested: ['weak-dependencies-installed'],
		shrinks: { suggested: 5_000_000 },
		allowed: { withoutPackages: true, mayGo: [fonts], mayChange: [/^\/var\/lib\/(?:dpkg\/status|apt\/extended_states)/, /^\/etc\/ld\.so\.cache$/] },
		check: './hi && test "$(cat count)" -gt 50 && curl --version | head -n 1 | cut -c1-4',
		says: 'hi\ncurl\n',
	},
	{
		name: 'apt: lists and a file that a later RUN removes, merged into the RUN that wrote them',
		text: lines(
			'FROM debian:12',
			'RUN apt-get update && \\',
			'    apt-get install -y --no-install-recommends hello',
			'RUN head -c 4000000 /dev/urandom > /tmp/archive && sha256sum /tmp/archive | wc -c > /size',
			'RUN rm /tmp/archive',
			'RUN rm -rf /var/lib/apt/lists/*',
		),
		safe: ['cleaned-too-late'],
		suggested: ['cleaned-too-late'],
		shrinks: { safe: 4_000_000 },
		check: 'hello && cat /size',
		says: 'Hello, world!\n79\n',
	},
];
