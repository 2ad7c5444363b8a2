import { lines, type RepairCase } from './repairCase';

/** A file of about a megabyte that is the same in every build. */
const large = 'seq 1 150000';

/** A ustar archive with one file, as the build's folder has it. */
function archiveOf(name: string, text: string): string {
	const number = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
	const head = [name.padEnd(100, '\0'), number(0o644, 8), number(0, 8), number(0, 8), number(text.length, 12), number(0, 12)].join('');
	const tail = `0${'\0'.repeat(100)}ustar\x0000`.padEnd(356, '\0');
	const sum = [...`${head}        ${tail}`].reduce((total, character) => total + character.charCodeAt(0), 0);
	return `${head}${number(sum, 7)} ${tail}${text}`.padEnd(512 * (3 + Math.ceil(text.length / 512)), '\0');
}

/** What a layer keeps although nobody needs it, or has once more. */
export const layerCases: readonly RepairCase[] = [
	{
		name: 'a fetched archive goes in the RUN that unpacks it, and a later step builds with what came out',
		text: lines(
			'FROM busybox',
			'WORKDIR /src',
			'RUN wget {server}/greeter-1.0.tar.gz && \\',
			'    tar -xzf greeter-1.0.tar.gz && \\',
			'    test -f greeter-1.0/setup.py',
			'RUN ls greeter-1.0 > /later',
		),
		only: 'download-kept',
		safe: [],
		suggested: ['download-kept'],
		shrinks: { safe: 0, suggested: 100 },
		allowed: { mayGo: [/^\/src\/greeter-1\.0\.tar\.gz$/] },
		check: 'grep setup.py /later && ls -d greeter-1.0',
		says: 'setup.py\ngreeter-1.0\n',
	},
	{
		name: 'COPY gives owner and mode itself, and the user changes a file later',
		context: { 'tool.jar': 'x'.repeat(500_000) },
		text: lines(
			'FROM debian:12 AS build',
			`RUN mkdir -p /out/sub && ${large} > /out/data && echo hello > /out/sub/run.sh && chmod 755 /out/sub/run.sh && ln -s data /out/link`,
			'FROM debian:12',
			'RUN useradd --no-log-init --uid 2000 app',
			'COPY --from=build /out/ /srv/app',
			'COPY tool.jar /opt/tool.jar',
			'RUN chown -R app:app /srv/app',
			'RUN chmod 640 /opt/tool.jar',
			'WORKDIR /srv/app',
			'USER app',
			'RUN echo more >> sub/run.sh && touch new',
		),
		only: 'copied-then-changed',
		safe: [],
		suggested: ['copied-then-changed'],
		shrinks: { safe: 0, suggested: 1_000_000 },
		check: 'cat sub/run.sh && stat -c "%n %a %U:%G" . data link sub sub/run.sh new /opt/tool.jar && id -un',
		says: 'hello\nmore\n. 755 app:app\ndata 644 app:app\nlink 777 app:app\nsub 755 app:app\nsub/run.sh 755 app:app\nnew 644 app:app\n/opt/tool.jar 640 root:root\napp\n',
	},
	{
		name: 'a copied tree of one mode, and a fetched file that ADD gives its mode',
		text: lines(
			'FROM debian:12 AS build',
			`RUN mkdir -p /out/sub && ${large} > /out/data && echo hello > /out/sub/text`,
			'FROM debian:12',
			'COPY --from=build /out/ /tools',
			'ADD {server}/greeter-1.0.tar.gz /opt/greeter-1.0.tar.gz',
			'RUN chmod -R 755 /tools',
			'RUN chmod 444 /opt/greeter-1.0.tar.gz',
			'RUN cat /tools/sub/text > /later',
		),
		only: 'copied-then-changed',
		safe: [],
		suggested: ['copied-then-changed'],
		shrinks: { safe: 0, suggested: 900_000 },
		check: 'cat /later && stat -c "%n %a %U" /tools /tools/data /tools/sub /tools/sub/text /opt/greeter-1.0.tar.gz',
		says: 'hello\n/tools 755 root\n/tools/data 755 root\n/tools/sub 755 root\n/tools/sub/text 755 root\n/opt/greeter-1.0.tar.gz 444 root\n',
	},
	{
		name: 'archives are lent to the RUN that unpacks them, from the build’s folder and from a stage',
		context: { 'notes.tar': archiveOf('notes', 'a note\n') },
		text: lines(
			'FROM debian:12 AS build',
			`RUN ${large} > /data && tar -cf /data.tar /data`,
			'FROM debian:12',
			'COPY notes.tar /tmp/',
			'COPY --from=build /data.tar /tmp/data.tar',
			'RUN tar -xf /tmp/notes.tar -C /srv',
			'RUN tar -xf /tmp/data.tar -C /srv',
			'RUN cat /srv/notes > /later && tail -n 1 /srv/data >> /later',
		),
		only: 'package-file-copied',
		reviewed: true,
		safe: [],
		suggested: ['package-file-copied'],
		shrinks: { safe: 0, suggested: 900_000 },
		// Older podman leaves an empty file where something was mounted.
		allowed: { mayBeAnything: [/^\/tmp\/(?:notes|data)\.tar$/] },
		check: 'cat /later',
		says: 'a note\n150000\n',
	},
];
