import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { merged } from '../support/merging';

/** What is run instead of real programs; each writes down that it was called, and fails where it is told to. */
const stubs = ['apt-get', 'a', 'b', 'c', 'rm'];
/** Those that scripts within quotes start; what is called is looked up in the folder of the stubs alone. */
const innerShells = ['bash', 'sh'];
const failing = ['apt-get', 'a', 'b', 'c'];
const shells = ['/bin/dash', '/bin/bash'].filter((shell) => spawnSync(shell, ['-c', ':']).status === 0);

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'whittle-'));
	const stub = join(folder, 'stub');
	writeFileSync(stub, `#!/bin/sh\nname=$\{0##*/}\nprintf '%s\\n' "$name $*" >> ${join(folder, 'trace')}\ncase " $FAIL " in *" $name "*) exit 3 ;; esac\n`);
	chmodSync(stub, 0o755);
	for (const name of stubs) symlinkSync(stub, join(folder, name));
	for (const name of innerShells) symlinkSync(`/bin/${name}`, join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the RUNs of a text call, cleaning aside, and whether all of them work; the first that fails is the last, as in a build. */
function behaviour(text: string, shell: string, fail: readonly string[]): { readonly calls: string; readonly works: boolean } {
	const trace = join(folder, 'trace');
	writeFileSync(trace, '');
	let works = true;
	for (const { keyword, script } of parseContainerfile(text).instructions) {
		if (keyword !== 'RUN' || !works) continue;
		const commands = text.slice(script?.span.start, script?.span.end).replaceAll('\\\n', '');
		works = spawnSync(shell, ['-c', commands], { env: { PATH: folder, FAIL: fail.join(' ') } }).status === 0;
	}
	const calls = readFileSync(trace, 'utf8')
		.replaceAll(/^rm .*\n/gm, '')
		.split('\n');
	// The sides of a pipe run at the same time.
	return { calls: (/[^|]\|[^|]/.test(text) ? calls.sort() : calls).join('\n'), works };
}

/** Every choice of programs of a text that fail. */
function choicesFor(text: string): readonly (readonly string[])[] {
	const names = failing.filter((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text.replace(/^FROM.*/, '')));
	return Array.from({ length: 2 ** names.length }, (_, mask) => names.filter((_name, bit) => (mask >> bit) & 1));
}

function expectSame(text: string, upTo: 'safe', only: string): string {
	return expectAlike(text, fixAll(text, undefined, { upTo, only }).text);
}

function expectAlike(text: string, after: string): string {
	for (const shell of after === text ? [] : shells) {
		for (const fail of choicesFor(text)) expect({ shell, fail, ...behaviour(after, shell, fail) }, after).toEqual({ shell, fail, ...behaviour(text, shell, fail) });
	}
	return after;
}

describe('a RUN that cleans calls the same programs and fails with the same ones', () => {
	it.each([
		'apt-get update && a',
		'apt-get update; a',
		'apt-get update; a;',
		'apt-get update && a || b',
		'apt-get update || a && b; c',
		'a && apt-get update || exit 1',
		'apt-get update && a || (b; exit 1)',
		'if a; then apt-get update; b; else c; fi',
		'(apt-get update && a); b',
		'(apt-get update; a)',
		'{ apt-get update; a; }',
		'a; apt-get update | b',
		'apt-get update && ! a',
		'for i in 1 2; do apt-get update && a && break; done',
		'case "$X" in "") apt-get update; a ;; *) b ;; esac',
		'set -e; apt-get update; a; b',
		'set -e; apt-get update || a; b && c',
		'set -e; apt-get update; ! a',
		'set -e; apt-get update; (a; b)',
		'set -e; apt-get update; { a; b; }',
		'set -e; apt-get update; if a; then b; c; fi',
		'set -e; apt-get update; for i in 1 2; do a; b; done',
		'set -eu; apt-get update; case x in *) a; b ;; esac',
		'set -ex; apt-get update; if a; then b || c; fi',
		'set -e; apt-get update; for i in 1 2; do a && b; done',
		'set -e; apt-get update && (a; b)',
		'set -e; apt-get update && { a; b; }',
		'set -e; apt-get update; (a; b) | c',
		'set -e; f() { a; b; }; apt-get update; f',
		'set -e; f() { a; b; }; apt-get update; f; c',
	])('%s', (commands) => {
		const text = `FROM debian:12\nRUN ${commands}\n`;
		const after = expectSame(text, 'safe', 'package-cache-kept');
		// Where the shell passes failures over, only leaving it alone is the same.
		const isKept = /^set -e.*(?:\|\| c; fi|a && b; done|&& [({]|\| c$|; f$)/.test(commands);
		expect(after === text).toBe(isKept);
	});
});

describe('a script within quotes that cleans calls the same programs and fails with the same ones', () => {
	it.each([
		"bash -c 'apt-get update && a'",
		'sh -c "apt-get update; a"',
		'bash -c "apt-get update; a;" || b',
		'a && bash -euc "apt-get update || true; b"',
		"bash -c 'apt-get update && (a; b)'",
		'bash -c \'for i in 1 2; do apt-get update; a "$i"; done\'',
		'for i in 1 2; do bash -c "apt-get update; a $i \\$i \'x y\'"; done',
		'sh -c "apt-get update" && a',
		'sh -c "apt-get update"; a || b',
		'bash -c "sh -c \'apt-get update; a\'; b"',
		'a | sh -c "apt-get update; b"',
		'P="1 2" && bash -c "apt-get update; a $P"',
		"bash -ec 'apt-get update; a; b'",
		"bash -c 'set -e; apt-get update; a || b'",
		"bash -ec 'apt-get update; for i in 1 2; do a && b; done'",
	])('%s', (commands) => {
		const text = `FROM debian:12\nRUN ${commands}\n`;
		expect(expectSame(text, 'safe', 'package-cache-kept') === text).toBe(/^bash -ec.*done|'; b"$/.test(commands));
	});
});

describe('RUNs that are merged call the same programs and fail with the same ones', () => {
	it.each([
		['a', 'b'],
		['a || b', 'c'],
		['a; b', 'c'],
		['a && b || c', 'b'],
		['a || true', 'b && c'],
		['a | b', 'c'],
		['! a', 'b'],
		['(a; b)', '(b; c) && a'],
		['if a; then b; fi', 'c'],
		['a', '! b && c'],
		['a', 'b | c'],
		['{ a || b; }', '{ b; c; }'],
		['a && b', 'c && b'],
	])('%s, then %s', (first, second) => {
		const text = `FROM debian:12\nRUN ${first}\nRUN ${second}\n`;
		expect(expectAlike(text, merged(text))).not.toBe(text);
	});
});

describe('an installation whose failure counts', () => {
	it.each(['apt-get install x; a', 'apt-get install x; rm -f y; a', 'a; apt-get install x; b', 'apt-get install x; { a; b; }'])('lets nothing else change: %s', (commands) => {
		const text = `FROM debian:12\nRUN ${commands}\n`;
		const { text: after } = fixAll(text, undefined, { upTo: 'suggested', only: 'broken-continuation' });
		expect(after).not.toBe(text);
		for (const shell of shells) {
			for (const fail of choicesFor(text)) {
				if (fail.includes('apt-get')) expect(behaviour(after, shell, fail).works).toBe(false);
				else expect(behaviour(after, shell, fail)).toEqual(behaviour(text, shell, fail));
			}
		}
	});
});
