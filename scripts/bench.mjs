// Speed, as a table: linting in the running server, and how the core's time grows with the size of a file. `npm run bench`
import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** A stretch of ordinary file, twenty lines; every tenth starts a stage. */
const stretch = (/** @type {number} */ n) => `${n % 10 === 0 ? `FROM fedora:40 AS stage${n}` : `LABEL step${n}=done`}
# Tools that step ${n} needs.
ARG VERSION${n}=1.${n}
ENV APP_HOME=/srv/app${n} \\
    LANG=C.UTF-8
WORKDIR /srv/app${n}
RUN dnf -y install --setopt=install_weak_deps=False \\
      nginx \\
      # the module
      nginx-mod-stream \\
 && dnf clean all
COPY --chown=1001:0 conf/ /etc/nginx/
RUN useradd -r app${n} && mkdir -p /var/lib/app${n}
RUN if [ -n "$DEBUG" ]; then dnf -y install strace; fi; \\
    echo "step ${n}" > /etc/step
RUN curl -fsSL "https://example.com/$VERSION${n}.tar.gz" | tar xz
COPY --from=stage0 /etc/step /etc/step0
EXPOSE 80${n % 10}0
USER app${n}
CMD ["nginx", "-g", "daemon off;"]
`;
const lines = (/** @type {number} */ count) => Array.from({ length: count / 20 }, (_unused, n) => stretch(n)).join('');

/** One RUN of downloads, installations and changes of owners. */
const longRun = (/** @type {number} */ count) => {
	const step = (/** @type {number} */ n) => `curl -fsSLO https://example.com/a${n}.tgz && tar xf a${n}.tgz && apt-get install -y package${n} && chown -R app:app /srv/a${n}`;
	return `FROM debian:12\nRUN ${Array.from({ length: count }, (_unused, n) => step(n)).join(' \\\n && ')}\n`;
};

/** A file for machines: what `line` gives, again and again. */
const many = (/** @type {number} */ count, /** @type {(n: number) => string} */ line, /** @type {string} */ between) =>
	Array.from({ length: count }, (_unused, n) => line(n)).join(between);

/** Files of one thing only, by how much of it there is: each shows what looks at all that stands before, or at all of its kind. */
const generated = {
	'ENVs that take one another’s values': (/** @type {number} */ n) => `FROM debian:12\n${many(n, (i) => `ENV A${i + 1}=$A${i}\nRUN echo $A${i}\n`, '')}`,
	'stages, each built on the one before': (/** @type {number} */ n) =>
		`FROM debian:12 AS s0\n${many(n, (i) => `FROM s${i} AS s${i + 1}\nRUN apt-get update && apt-get install -y p${i}\n`, '')}`,
	'stages that copy from the one before': (/** @type {number} */ n) => `FROM debian:12 AS s0\n${many(n, (i) => `FROM debian:12 AS s${i + 1}\nCOPY --from=s${i} /a /a\n`, '')}`,
	'downloads in one RUN': (/** @type {number} */ n) => `FROM debian:12\nRUN ${many(n, (i) => `curl -fsSLO https://example.com/a${i}.tgz`, ' && ')}\n`,
	'installations in one RUN': (/** @type {number} */ n) => `FROM fedora:41\nRUN ${many(n, (i) => `dnf -y install p${i}`, ' && ')}\n`,
	'scripts in quotes in one RUN': (/** @type {number} */ n) => `FROM debian:12\nRUN ${many(n, (i) => `bash -c 'apt-get update && apt-get install -y p${i}'`, ' && ')}\n`,
	'RUNs, each cleaned by the next': (/** @type {number} */ n) => `FROM fedora:41\n${many(n, (i) => `RUN dnf -y install p${i}\nRUN dnf clean all\n`, '')}`,
	'RUNs, each changed by the next': (/** @type {number} */ n) =>
		`FROM debian:12\n${many(n, (i) => `RUN git clone https://example.com/a${i} /srv/a${i}\nRUN chown -R a /srv/a${i}\n`, '')}`,
	'ignore comments': (/** @type {number} */ n) =>
		`FROM debian:12\n${many(n, (i) => `# whittle-ignore package-cache-kept -- a\nRUN apt-get update && apt-get install -y p${i}\n`, '')}`,
	'here-documents in one RUN': (/** @type {number} */ n) => `FROM debian:12\nRUN ${many(n, (i) => `cat <<E${i} > /a${i}`, ' && ')}\n${many(n, (i) => `x\nE${i}`, '\n')}\n`,
};

let edits = 0;
/** A text that was never seen before: the parser remembers the last one. */
const edited = (/** @type {string} */ text) => `${text}# ${edits++}\n`;

const median = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Median milliseconds of `work` on a text, each time edited, after warm-up. */
function timed(/** @type {string} */ text, /** @type {(text: string) => unknown} */ work) {
	const rounds = Array.from({ length: 25 }, () => {
		const changed = edited(text);
		const start = performance.now();
		work(changed);
		return performance.now() - start;
	});
	return median(rounds.slice(10));
}

/** How often as long the processor works for twice as much; the least of each, taken in turn, since what else runs only adds to it. */
function growth(/** @type {(count: number) => string} */ of) {
	const texts = [of(1500), of(3000)];
	const least = texts.map(() => Number.POSITIVE_INFINITY);
	for (let round = 0; round < 5; round++) {
		for (const [index, text] of texts.entries()) {
			const changed = edited(text);
			const start = process.cpuUsage();
			lint(changed);
			const { user, system } = process.cpuUsage(start);
			least[index] = Math.min(least[index] ?? 0, user + system);
		}
	}
	const [once = 0, twice = 0] = least;
	return twice / once;
}

/** Median milliseconds from a change of a document to its diagnostics, in the bundled server over stdio. */
async function roundTrip(/** @type {string} */ text) {
	const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-languageserver-protocol/node');
	const child = spawn(process.execPath, [join(root, 'dist/server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
	const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
	connection.listen();
	await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } });
	await connection.sendNotification('initialized', {});
	const folder = await mkdtemp(join(tmpdir(), 'whittle-bench-'));
	const uri = pathToFileURL(join(folder, 'Containerfile')).href;
	await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'dockerfile', version: 1, text } });
	const times = [];
	for (let version = 2; version < 600; version++) {
		const start = performance.now();
		await connection.sendNotification('textDocument/didChange', {
			textDocument: { uri, version },
			contentChanges: [{ range: { start: { line: 1, character: 2 }, end: { line: 1, character: 2 } }, text: 'x' }],
		});
		await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
		if (version > 400) times.push(performance.now() - start);
	}
	connection.dispose();
	child.kill();
	await rm(folder, { recursive: true });
	return median(times);
}

/** Milliseconds of a lint of a folder of files, by the number of threads that look at them; the least of two, since what else runs only adds to it. */
async function throughput(/** @type {number[]} */ threads) {
	const folder = await mkdtemp(join(tmpdir(), 'whittle-bench-'));
	await Promise.all(Array.from({ length: 400 }, (_unused, n) => writeFile(join(folder, `${n}.containerfile`), edited(lines(100)))));
	const times = threads.map(() => Number.POSITIVE_INFINITY);
	for (let round = 0; round < 2; round++) {
		for (const [index, count] of threads.entries()) {
			const start = performance.now();
			const sharing = { threads: count, from: 1, program: join(root, 'dist/cli.js') };
			for await (const _answer of answersOf('lint', { options: new Map(), terminal: {} }, findInputs([folder], undefined), sharing));
			times[index] = Math.min(times[index] ?? 0, performance.now() - start);
		}
	}
	await rm(folder, { recursive: true });
	return times;
}

const bundled = await build({
	stdin: {
		contents:
			"export { lint } from './server/src/lint/lint'; export { fixAll } from './server/src/lint/fix'; export { DockerfileParser } from 'dockerfile-ast'; export { answersOf } from './server/src/cli/threads'; export { findInputs } from './server/src/cli/inputs';",
		resolveDir: root,
	},
	bundle: true,
	write: false,
	platform: 'node',
	format: 'cjs',
	minify: true,
	mainFields: ['module', 'main'],
});
const module = { exports: /** @type {Record<string, any>} */ ({}) };
new Function('module', 'exports', 'require', '__filename', '__dirname', bundled.outputFiles[0]?.text ?? '')(
	module,
	module.exports,
	require,
	join(root, 'dist/cli.js'),
	join(root, 'dist'),
);
const { lint, fixAll, DockerfileParser, answersOf, findInputs } = module.exports;

const rows = [['what', 'milliseconds (median)', 'against']];
rows.push(['200 lines: change to diagnostics, running server after 400 changes', (await roundTrip(lines(200))).toFixed(2), 'under 5']);
const sizes = [1250, 2500, 5000, 10000];
const times = sizes.map((size) => ({ size, ms: timed(lines(size), lint) }));
const parser = timed(lines(10000), DockerfileParser.parse);
for (const { size, ms } of times) rows.push([`${size} lines: lint`, ms.toFixed(1), size === 10000 ? 'under 200' : '']);
rows.push(['10000 lines: dockerfile-ast alone', parser.toFixed(1), '']);
rows.push(['10000 lines: lint against dockerfile-ast alone', `${((times.at(-1)?.ms ?? 0) / parser).toFixed(2)} ×`, '']);
rows.push(['10000 lines against 1250, per line', `${((times.at(-1)?.ms ?? 0) / (times[0]?.ms ?? 1) / 8).toFixed(2)} ×`, '1 is linear']);
rows.push(['one RUN of 8000 commands against 800, per command', `${(timed(longRun(2000), lint) / timed(longRun(200), lint) / 10).toFixed(2)} ×`, '1 is linear']);
for (const [what, of] of Object.entries(generated)) rows.push([`3000 ${what}, against 1500`, `${growth(of).toFixed(2)} ×`, '2 is linear']);
rows.push(['200 lines: all repairs', timed(lines(200), (/** @type {string} */ text) => fixAll(text, undefined, { upTo: 'suggested' })).toFixed(1), '']);
const [alone = 0, together = 0] = await throughput([1, 2]);
rows.push(['400 files of 100 lines: one thread', alone.toFixed(0), '']);
rows.push(['400 files of 100 lines: two threads are faster', `${(alone / together).toFixed(2)} ×`, '2 is the most']);
const sizesOf = await Promise.all(
	['dist/server.js', 'dist/extension.js', 'dist/cli.js', 'out/whittle.vsix'].map(
		async (file) => /** @type {const} */ ([file, (await stat(join(root, file)).catch(() => undefined))?.size]),
	),
);
for (const [file, size] of sizesOf) rows.push([`${file}`, size === undefined ? 'not built' : `${Math.round(size / 1000)} kB`, file.endsWith('vsix') ? 'under 1 MB' : '']);

const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows)
	console.log(
		row
			.map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
			.join('  ')
			.trimEnd(),
	);
