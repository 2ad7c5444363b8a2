import { expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { lint } from '../../server/src/lint/lint';
import { maskContinuations } from '../../server/src/syntax/mask';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { contains } from '../../server/src/text/span';
import { checkLaws } from '../support/laws';
import fc from '../support/properties';

// The same texts each time, so that a run says something about a change; WHITTLE_SEED=$RANDOM looks at others.
fc.configureGlobal({ seed: Number(process.env['WHITTLE_SEED'] ?? 20261121) });

/** Pieces that real files are made of, the hard ones too. */
const pieces = [
	'FROM fedora:33',
	'FROM debian:12 AS b',
	'FROM b',
	'FROM scratch',
	'FROM quay.io/x/y',
	'from node:22',
	'RUN ',
	'run ',
	'ONBUILD RUN ',
	'COPY . /app',
	'COPY --from=b /output /',
	'COPY <<EOF /x',
	'ENV A=b C="d e"',
	'ARG X',
	'WORKDIR /w',
	'USER 1',
	'CMD ["a", "b"]',
	'SHELL ["/bin/bash", "-c"]',
	'dnf -y install nginx',
	'dnf --installroot /output --releasever 33 install -y glibc',
	'dnf clean all',
	'yum -y clean all --enablerepo="*"',
	'apt-get update',
	'apt-get install -y curl',
	'rm -rf /var/lib/apt/lists/*',
	'apk add --update x',
	'pip install flask',
	'npm ci',
	'set -ex;',
	'cd /x',
	'export A=1',
	'if true; then',
	'fi',
	'for i in 1 2; do',
	'done',
	'( a )',
	'{ b; }',
	'<<EOF',
	"<<-'EOF'",
	'EOF',
	'\tEOF',
	'$(cat x)',
	'"$Y"',
	"'open",
	'"open',
	'`x`',
	'# comment',
	'# whittle-ignore package-cache-kept -- because',
	'# escape=`',
	'&&',
	'||',
	';',
	'&',
	'|',
	' \\',
	'\\',
	'`',
	'\\  ',
	'\\ # c',
	'\n',
	'\n',
	'\n\n',
	'\r\n',
	'\n  ',
	' ',
	'\t',
	'\uFEFF',
	'😀',
	'[',
	']',
	'--mount=type=cache,target=/var/cache/dnf ',
];

const texts = fc.oneof(
	fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
	fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => `FROM fedora:33\nRUN ${parts.join(' ')}\n`),
	fc.string({ unit: 'binary', maxLength: 200 }),
);

it('parses anything, and every place is inside what holds it', () => {
	fc.assert(
		fc.property(texts, (text) => {
			const file = parseContainerfile(text);
			let end = 0;
			for (const instruction of file.instructions) {
				expect(instruction.span.start).toBeGreaterThanOrEqual(end);
				expect(instruction.span.end).toBeLessThanOrEqual(text.length);
				end = instruction.span.end;
				for (const inner of [
					instruction.keywordSpan,
					...instruction.flags.map(({ span }) => span),
					...instruction.words.map(({ span }) => span),
					...instruction.heredocs.map(({ span }) => span),
				])
					expect(contains(instruction.span, inner)).toBe(true);
				const script = instruction.script;
				for (const command of script?.commands ?? []) {
					expect(contains(instruction.span, command.span)).toBe(true);
					for (const word of command.words) expect(text.slice(word.span.start, word.span.end)).toBe(word.text);
				}
				for (const statement of script?.statements ?? []) expect(contains(instruction.span, statement.span)).toBe(true);
			}
		}),
		{ numRuns: 1500 },
	);
});

it('masking keeps the length', () => {
	fc.assert(
		fc.property(texts, fc.constantFrom('\\', '`'), (text, continuation) => maskContinuations(text, { start: 0, end: text.length }, continuation).text.length === text.length),
	);
});

it('lints anything without throwing, in the order of places', () => {
	fc.assert(
		fc.property(texts, (text) => {
			const starts = lint(text).findings.map(({ span }) => span.start);
			expect(starts).toEqual([...starts].sort((a, b) => a - b));
		}),
		{ numRuns: 1000 },
	);
});

it('repairs keep the laws', () => {
	fc.assert(
		fc.property(texts, (text) => {
			expect(checkLaws(text)).toEqual([]);
		}),
		{ numRuns: 1000 },
	);
});

it('settles', () => {
	fc.assert(
		fc.property(texts, fc.constantFrom('safe' as const, 'suggested' as const), (text, upTo) => fixAll(text, undefined, { upTo }).settled),
		{ numRuns: 1000 },
	);
});

it('reads files of tens of thousands of instructions that each build on the one before', () => {
	const many = (line: (n: number) => string) => Array.from({ length: 12_000 }, (_unused, n) => line(n)).join('');
	for (const text of [
		`FROM a AS s0\n${many((n) => `FROM s${n} AS s${n + 1}\n`)}`,
		`FROM a AS s0\n${many((n) => `FROM a AS s${n + 1}\nCOPY --from=s${n} /a /a\n`)}`,
		`FROM a\n${many((n) => `ENV A${n + 1}=$A${n}\n`)}`,
	])
		expect(() => lint(text)).not.toThrow();
});
